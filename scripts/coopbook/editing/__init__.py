"""What is asked of somebody or laid for them: a new record field by field, a new co-op's files."""
