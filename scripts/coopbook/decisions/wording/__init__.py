"""What came of a vote, and what the rules ask, in sentences."""
