"""Bytes to plain values and back, and nothing else."""
