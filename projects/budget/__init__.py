"""The yearly budget of a proposal: sums, a grid of cells, an Excel workbook."""
