"""What was kept elsewhere comes in as records, and records go out as a table."""
