"""What the co-op's records say of its decisions: votes, meetings, texts that change, and what may
change them.
"""
