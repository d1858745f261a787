"""The sites have words of their own in each of the co-op's languages.

The words of menus, buttons and dates exist in the languages that Coopbook is translated into. In
another of `languages` in coop.yml the co-op's own texts are shown, and around them the words of its
main language.

## Why
A page half in a language that its reader did not choose looks broken to whoever did not know. It is
told, so that nobody is surprised, and so that somebody may translate them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "coop"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for place, language in enumerate(index.languages):
        spoken = index.spoken_language(language)
        if not language.startswith(spoken[:2]):
            yield record.fault(
                _(
                    "The site’s own words do not exist in “{language}” yet: menus, buttons and "
                    "dates will be in “{other}” there.",
                    language=language,
                    other=spoken,
                ),
                "languages",
                place,
                help=_(
                    "Leave it so, or take the language out. The guide of Coopbook’s contributors "
                    "says how its words are translated."
                ),
            )
