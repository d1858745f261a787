"""Texts are Markdown; HTML in them is left out of the page.

## Why
HTML can carry programs onto the pages of others. What it is used for mostly has its Markdown: an
empty line for a new paragraph, `![description](picture.png)` for a picture, `[words](address)` for
a link.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.markdown_source import html_tags
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, text in record.markdown():
        for line, column, tag in html_tags(text):
            message, help = (
                _("HTML is left out of the page: {tag}.", tag=tag),
                _("Write it in Markdown, such as **bold**."),
            )
            yield record.fault_in_text(message, path, (line, column), len(tag), help)
            if path is not None:
                break
