"""A new record asked of somebody, field by field."""
