"""A vote on a proposed change: what it asks, since when, how it stands, and the one commit that
closes it.
"""
