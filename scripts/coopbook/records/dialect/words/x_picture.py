"""The text is the path of a picture from the record's own file, as in a link of its text.

Whoever may see the field sees the picture: a clean copy of it is on their site. A card shows the
first picture that the index keeps of its record.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("string",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-picture" in schema
