"""Coopbook: a cooperative's book as files, checked and published."""

__version__ = "0.1.0"
