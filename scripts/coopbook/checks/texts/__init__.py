"""Texts and their links."""
