"""All that has a date, and what waits for whom."""
