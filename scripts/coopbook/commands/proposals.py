"""The proposal that a command is about."""

from __future__ import annotations

from ..deciding.votes import rules_of
from ..diagnostics import suggestion
from ..index import Entry, Index
from ..messages import Translator, _
from ..tally.keeping import times_of
from . import refuse


def countable(index: Index, name: str, say: Translator) -> Entry:
    """The proposal of this id or file, complete enough to be counted; else leave with 2."""
    id = name.rpartition("/")[2].removesuffix(".md")
    entry = index.find("proposal", id)
    if entry is None:
        help = suggestion(id, index.entries.get("proposal", {}))
        refuse(_("There is no proposal “{id}”. {help}", id=id, help=help), say)
    assert entry is not None
    if not rules_of(index):
        refuse(_("There are no rules to count by: decisions/rules.yml is missing or has faults. “coopbook check” tells them."), say)
    if not entry.sound or entry.get("category") not in rules_of(index)["categories"]:
        refuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file), say)
    if not {"opened", "closes"} <= times_of(entry.value).keys():
        refuse(_("{file} does not say when the vote opens and closes.", file=entry.file), say)
    return entry
