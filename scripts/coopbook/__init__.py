"""Coopbook: a cooperative's book as files, checked and published.

The four steps of the program, for other programs: `load` reads a co-op's folder, `check` says what
is wrong with it, `build` makes its sites, `tally` counts a vote.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .base.version import __version__

if TYPE_CHECKING:
    from .checks import check
    from .decisions.vote_count import tally
    from .records.opening import load
    from .site.build import build

__all__ = ["__version__", "build", "check", "load", "tally"]

_HOMES = {
    "build": "site.build",
    "check": "checks",
    "load": "records.opening",
    "tally": "decisions.vote_count",
}


def __getattr__(name: str) -> Any:
    """A step, read when it is first asked for: no command waits for the modules of the others."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
