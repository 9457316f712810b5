"""Demo data: pilot agreements led along the road by the same moves as people make."""
