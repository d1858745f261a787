"""Characters that cannot be seen and hide nothing, which come along where text is copied.

In prose they are read as if they were not there, and told once a file. In a name, an id or an
address they part what looks alike, and what decides (`decisions/`) has nothing that a reader cannot
see: there they are errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.diagnostics import Diagnostic
from ..base.messages import _, ngettext
from ..base.positions import Fault, Path, Source, Span
from ..yaml_files.reader import parse
from .blanks import DECIDING
from .dialect.words import x_localized, x_markdown
from .model import Kind, schema_at

INVISIBLE = "invisible-character"


def tell_invisible(file: str, kind: Kind, data: bytes, slight: list[Fault]) -> Iterator[Diagnostic]:
    """Say which characters of a file cannot be seen.

    Args:
        file: The file.
        kind: The kind of its record.
        data: What it holds.
        slight: What the reader says of them.
    """
    if not slight:
        return
    source = parse(data, front_matter=kind.front_matter, places=True)
    prose = (
        []
        if kind.files.startswith(DECIDING)
        else [fault for fault in slight if _is_prose(_place(fault.span, slight), source, kind)]
    )
    for fault in slight:
        if fault not in prose:
            yield Diagnostic(file, fault.message, fault.help, span=fault.span, check="syntax")
    if prose:
        yield Diagnostic(
            file,
            ngettext(
                "One character of this text cannot be seen, and is read as if it were not there.",
                "{count} characters of these texts cannot be seen, and are read as if they were "
                "not there.",
                count=len(prose),
            ),
            _("“coopbook tidy” takes them out."),
            span=prose[0].span,
            check=INVISIBLE,
            severity="warning",
        )


def _place(span: Span, slight: list[Fault]) -> tuple[int, int]:
    """Where a character would be if none of them were there."""
    before = sum(
        other.span.line == span.line and other.span.column < span.column for other in slight
    )
    return span.line, span.column - before


def _is_prose(place: tuple[int, int], source: Source, kind: Kind) -> bool:
    """Whether a place is in a text that is read: not in a key, not in a value of another kind."""
    if source.body and place[0] >= source.body_line:
        return True
    if any(_holds(span, place) for span in source.keys.values()):
        return False
    around = [path for path, span in source.spans.items() if _holds(span, place)]
    path = max(around, key=len, default=())
    return not _is_leaf(path, source) or _is_text(path, kind)


def _holds(span: Span, place: tuple[int, int]) -> bool:
    return (span.line, span.column) <= place <= (span.end_line, span.end_column)


def _is_leaf(path: Path, source: Source) -> bool:
    return not any(other[: len(path)] == path and other != path for other in source.spans)


def _is_text(path: Path, kind: Kind) -> bool:
    """Whether a value is prose: Markdown, or a text by language that names no record."""
    if x_markdown.of(schema_at(kind.schema, path)):
        return True
    above = path[:-1]
    return x_localized.of(schema_at(kind.schema, above)) and above not in kind.naming
