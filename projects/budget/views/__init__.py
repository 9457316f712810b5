"""Pages of the yearly budget: the grid, and the workbook to download and upload."""
