"""Members' profiles and offers."""
