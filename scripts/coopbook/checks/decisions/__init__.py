"""Votes, proposals, results, mandates and the rules of decision."""
