"""The yearly budget of a proposal: sums, a grid of cells, a workbook."""
