"""What the check found, as text on the terminal and as a banner over the last good site while
serving.
"""

from __future__ import annotations

import html

from ..base.diagnostics import Diagnostic, as_text
from ..base.messages import translator
from ..records.excerpts import Places
from ..records.load import Book


def tell_faults(book: Book, found: list[Diagnostic]) -> list[str]:
    """Diagnostics as text, in the co-op's first language."""
    places, say = Places(book.root), translator(book.index.usage(book.index.languages[0]))
    return [as_text(item, say, places.lines) for item in found]


def banner(book: Book, found: list[Diagnostic]) -> str:
    rows = "\n\n".join(tell_faults(book, [item for item in found if item.severity == "error"]))
    look = (
        "margin:0;padding:1rem;overflow:auto;max-height:50vh;background:#7f1d1d;color:#fff;"
        "font:14px/1.4 monospace"
    )
    return f'<pre style="{look}">{html.escape(rows)}</pre>'
