"""One person is a member in law once.

Two files that bear one name, but for capitals, accents, spaces, hyphens and whether the family name
comes first, and both of whose members are members in law today, are one person with two votes. The
name is the one shown, and so is what the given and the family name give, or the registered one.
Where they are two people, one of the files says so: `namesakes: [id of the other]`.

## Why
One member, one vote. A second file, made by mistake or on purpose, would be a second ballot, and a
quorum counted wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.namesakes import find_namesakes, is_member_in_law
from ...records.index import Index

KIND = "member"


def check_index(index: Index) -> Iterator[Diagnostic]:
    for entry, other in find_namesakes(index):
        if all(is_member_in_law(one, index.today) for one in (entry, other)):
            yield entry.fault(
                _(
                    "{file} bears this name too, and each of the two would have a vote.",
                    file=other.file,
                ),
                "name",
                help=_(
                    "Keep one of the two files; if they are two people, write here: "
                    "namesakes: [{id}]",
                    id=other.id,
                ),
            )
