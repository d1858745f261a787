"""Files, their form, their names and what they refer to."""
