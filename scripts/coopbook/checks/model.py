"""What a check is: its slug, what it applies to, its documentation and its functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from types import ModuleType
from typing import Any

from msgspec import Struct

from ..base.diagnostics import Diagnostic, Severity
from ..records.index import Index
from ..records.load import Book
from ..records.model import Record

Diagnostics = Iterable[Diagnostic]
DECLARATIONS = ("KIND", "SEES_REFUSED", "SEVERITY", "OF_CHANGES")
HOOKS = ("check_record", "check_index", "check_change", "check_record_change", "check_books")


class Check(Struct, frozen=True):
    """One check. It gets only records of its `kinds` (of every kind where it names none), and those
    of which the schema has refused something only if it asks for them (`sees_refused`): of those,
    nothing can be said to be missing.

    `check_record(record, index)` looks at one record, `check_index(index)` at all of them,
    `check_change(before, after)` at the way from one index to another, and
    `check_record_change(old, new, before)` at a record that differs, with the index before the
    change, and `check_books(before, after)` at both books whole, for what no index knows.
    """

    slug: str
    docstring: str
    severity: Severity = "error"
    kinds: tuple[str, ...] = ()
    sees_refused: bool = False
    of_changes: bool = True
    check_record: Callable[[Record, Index], Diagnostics] | None = None
    check_index: Callable[[Index], Diagnostics] | None = None
    check_change: Callable[[Index, Index], Diagnostics] | None = None
    check_record_change: Callable[[Record, Record, Index], Diagnostics] | None = None
    check_books: Callable[[Book, Book], Diagnostics] | None = None

    @property
    def document(self) -> str:
        """Its documentation, in Markdown."""
        return inspect.cleandoc(self.docstring)

    def looks_at(self, record: Record) -> bool:
        """Whether a record is one that this check gets."""
        return (not self.kinds or record.kind.name in self.kinds) and (
            self.sees_refused or not record.refused
        )

    @classmethod
    def of_module(cls, module: ModuleType) -> Check:
        """The check that a module declares.

        `KIND` names the kind of its records, or several; `SEES_REFUSED = True` asks for records of
        which something was refused; `OF_CHANGES = False` keeps it from whoever proposes a change
        and cannot mend it; `SEVERITY` is "error" where the module does not say. The
        module's docstring is the documentation.
        """
        kind = getattr(module, "KIND", ())
        return cls(
            slug=module.__name__.rpartition(".")[2].replace("_", "-"),
            docstring=module.__doc__ or "",
            severity=getattr(module, "SEVERITY", "error"),
            kinds=(kind,) if isinstance(kind, str) else kind,
            sees_refused=getattr(module, "SEES_REFUSED", False),
            of_changes=getattr(module, "OF_CHANGES", True),
            **{hook: getattr(module, hook, None) for hook in HOOKS},
        )


def refuse_slips(module: ModuleType) -> None:
    """Look for what a module declares and nobody would read.

    The tests ask this of every check, so that no start of the program has to.

    Raises:
        TypeError: A declaration is misspelt or of the wrong type.
    """
    own = {
        name: value
        for name, value in vars(module).items()
        if not inspect.ismodule(value)
        and getattr(value, "__module__", module.__name__) == module.__name__
    }
    for name in own:
        hook = name.startswith("check") and name not in HOOKS
        near = get_close_matches(name, DECLARATIONS, cutoff=0.8) if name.isupper() else []
        if hook or (near and name not in DECLARATIONS):
            raise TypeError(f"{module.__name__}: what is {name}?")
    kind: Any = own.get("KIND", ("a",))
    kinds = (kind,) if isinstance(kind, str) else kind
    sound = {
        "KIND": isinstance(kinds, tuple)
        and bool(kinds)
        and all(isinstance(one, str) for one in kinds),
        "SEES_REFUSED": isinstance(own.get("SEES_REFUSED", False), bool),
        "OF_CHANGES": isinstance(own.get("OF_CHANGES", True), bool),
        "SEVERITY": own.get("SEVERITY", "error") in ("error", "warning"),
    }
    for name, good in sound.items():
        if not good:
            raise TypeError(f"{module.__name__}: {name} = {own[name]!r}")
    if "SEES_REFUSED" in own and "check_record" not in own:
        raise TypeError(f"{module.__name__}: SEES_REFUSED without check_record")
