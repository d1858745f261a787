"""Records that an option names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base.messages import Misuse, _
from ..records.core_kinds import MEMBER

if TYPE_CHECKING:
    from ..records.index import Entry, Index


def find_member(index: Index, id: str) -> Entry:
    """The member of this id. Raises Misuse where there is none."""
    from ..base.diagnostics import suggestion

    entry = index.find(MEMBER, id)
    if entry is None:
        near = suggestion(id, index.entries[MEMBER])
        raise Misuse(_("There is no member “{id}”. {help}", id=id, help=near))
    return entry
