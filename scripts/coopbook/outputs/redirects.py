"""Pages at the old addresses of renamed records, which lead to the new ones."""

from __future__ import annotations

import html
from collections.abc import Iterator

from ..records.addresses import Addresses, has_pages
from ..records.index import Index


def index_files(index: Index) -> Iterator[tuple[str, str]]:
    """A page at each former address of a record that has a page."""
    addresses = Addresses(index, index.languages[0])
    for (kind, old), new in sorted(index.former.items()):
        if not has_pages(index.kinds[kind]):
            continue
        entry = index.entries[kind][new]
        old_path = addresses.url_of_version(entry._replace(id=old))
        target = "../" * old_path.count("/") + addresses.url_of_version(entry)
        yield f"{old_path}index.html", _redirect_page(target)


def _redirect_page(target: str) -> str:
    address = html.escape(target)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>→</title>'
        '<meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={address}"></head>'
        f'<body><a href="{address}">→</a></body></html>\n'
    )
