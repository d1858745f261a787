"""Two files do not bear the name of one person.

What is compared is the name that members show (`name.display`), the given and the family name
together, and `legal_name`, but for capitals, accents, spaces, hyphens and whether the family name
comes first. Where two people truly have one name, one of the files says so: `namesakes: [id of the
other]`.

## Why
Somebody who enters a member a second time, or comes back after years, makes a second file without
seeing the first: two pages in the directory, and changes that reach only one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.namesakes import find_namesakes, is_member_in_law
from ...records.index import Index

KIND = "member"
SEVERITY = "warning"


def check_index(index: Index) -> Iterator[Diagnostic]:
    for entry, other in find_namesakes(index):
        if not all(is_member_in_law(one, index.today) for one in (entry, other)):
            yield entry.fault(
                _("{file} bears this name too.", file=other.file),
                "name",
                help=_(
                    "Keep one of the two files; if they are two people, write here: "
                    "namesakes: [{id}]",
                    id=other.id,
                ),
            )
