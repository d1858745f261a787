"""Kinds, records and their index, how they are read, and what each audience may see of them."""
