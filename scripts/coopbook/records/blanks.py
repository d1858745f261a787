"""What an editor leaves blank: a field that is there and holds nothing, as forms and sheets write
it.

A field that need not be there is read as if it were not. What decides (`decisions/`) is never read
so: a quorum whose figure is missing is no rule without a quorum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.positions import Path, Value
from .flaws import Flaw
from .model import Kind, dig, schema_at

BLANK_FIELD = "blank-field"
DECIDING = "decisions/"
"""Where nothing is read as anything else than what is written."""


def find_blanks(value: Value, kind: Kind, flaws: Iterable[Flaw]) -> Iterator[Path]:
    """Find what is refused for being blank alone, where it need not be there.

    Args:
        value: The fields of a file.
        kind: Their kind.
        flaws: What its schema refuses of them.

    Yields:
        The place of each such field; of a field that holds nothing but blank ones, its own.
    """
    if kind.files.startswith(DECIDING):
        return
    for flaw in flaws:
        outer = [flaw.path[:length] for length in range(1, len(flaw.path) + 1)]
        blank = (path for path in outer if _is_blank(dig(value, *path)))
        found = None if flaw.on_key else next((p for p in blank if not _is_needed(p, kind)), None)
        if found:
            yield found


def _is_needed(path: Path, kind: Kind) -> bool:
    """Whether a value must be there; one of a list has its place."""
    return isinstance(path[-1], int) or path[-1] in schema_at(kind.schema, path[:-1]).get(
        "required", ()
    )


def _is_blank(value: Value) -> bool:
    if isinstance(value, dict | list):
        return all(map(_is_blank, value.values() if isinstance(value, dict) else value))
    return value is None or (isinstance(value, str) and not value.strip())


def tell_blanks(file: str, blanks: list[Path]) -> Diagnostic:
    """The one warning for the blank fields of a file."""
    names = sorted({".".join(map(str, path)) for path in blanks})
    return Diagnostic(
        file,
        _("Left blank, and read as if not written: {names}.", names=", ".join(names)),
        _("Fill them in, or delete the lines."),
        min(blanks, key=str),
        check=BLANK_FIELD,
        severity="warning",
    )
