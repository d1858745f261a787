"""What browsers must refuse on our pages, which need nothing from elsewhere and no inline script.

`docs/examples/Caddyfile` sends the same headers (a test compares them); hosts without a
configuration read `_headers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..records.index import Index

META_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'"
)
"""The policy in a page's own <meta>.

Browsers do not read `frame-ancestors` there (https://www.w3.org/TR/CSP3/#meta-element).
"""

CONTENT_SECURITY_POLICY = f"{META_POLICY}; frame-ancestors 'none'"
"""The policy as a header."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


def header_files(index: Index) -> Iterator[tuple[str, str]]:
    """`_headers` of the public site, as Netlify and Cloudflare Pages read it.

    It has a pattern of addresses, then lines of `name: value`:
    https://docs.netlify.com/manage/routing/headers/,
    https://developers.cloudflare.com/pages/configuration/headers/
    """
    if index.audience == "public":
        yield (
            "_headers",
            "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items()),
        )
