"""The Content-Security-Policy of our pages (https://www.w3.org/TR/CSP3/): everything from the site itself, nothing written into the page."""

from __future__ import annotations

META_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'"
)
"""What a page says of itself. `data:` is for the drawings in the theme's styles."""
CONTENT_SECURITY_POLICY = f"{META_POLICY}; frame-ancestors 'none'"
"""What a server says: a page cannot forbid by itself to be framed."""
