"""Demo data: pilot agreements, made by the same moves as people make."""
