"""Pages of the two sites: shells of the theme, filled record by record."""
