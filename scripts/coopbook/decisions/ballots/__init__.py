"""A teller's sheet, and what two tellers counted."""
