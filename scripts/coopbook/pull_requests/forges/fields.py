"""Taking values out of a forge's answers: what is not of the shape we know is a ForgeError, and
what goes to git is looked at first.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, TypeVar

from ...decisions.tally.events import instant
from .http import not_understood

T = TypeVar("T")
_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCH = re.compile(r"[^-\s\x00-\x1f\x7f~^:?*\[\\][^\s\x00-\x1f\x7f~^:?*\[\\]{0,249}")


def field(row: Any, path: str, kind: type[T]) -> T:
    """The value at a path such as head.sha."""
    found = maybe(row, path, kind)
    if found is None:
        raise not_understood(path)
    return found


def maybe(row: Any, path: str, kind: type[T]) -> T | None:
    """The same; None where nothing is there, or null."""
    for name in path.split("."):
        if row is None:
            return None
        if not isinstance(row, dict):
            raise not_understood(path)
        row = row.get(name)
    if row is None:
        return None
    if not isinstance(row, kind) or (isinstance(row, bool) and kind is not bool):
        raise not_understood(path)
    return row


def moment(row: Any, path: str) -> datetime:
    """An instant with its zone."""
    try:
        return instant(field(row, path, str))
    except ValueError:
        raise not_understood(path) from None


def sha(row: Any, path: str) -> str:
    """A commit."""
    found = field(row, path, str)
    if not _SHA.fullmatch(found):
        raise not_understood(path)
    return found


def maybe_sha(row: Any, path: str) -> str:
    """A commit; empty where the forge has forgotten it."""
    found = maybe(row, path, str) or ""
    return found if _SHA.fullmatch(found) else ""


def branch(row: Any, path: str) -> str:
    """A branch's name that git takes for nothing else."""
    found = field(row, path, str)
    if not _BRANCH.fullmatch(found) or ".." in found:
        raise not_understood(path)
    return found


def link(row: Any, path: str) -> str:
    """An address on the web; empty where it is none."""
    found = maybe(row, path, str) or ""
    return found if found.startswith(("https://", "http://")) else ""
