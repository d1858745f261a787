"""Articles of bylaws and their versions."""
