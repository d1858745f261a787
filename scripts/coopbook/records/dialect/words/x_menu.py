"""Where the list of the records stands in the navigation.

* `section`: `menu`, an entry of the main menu; `footer`, at the foot of every page; the name of an
  entry of the menu, such as `about` or `life`: below that one; `none`: nowhere. The two sites may
  differ: `{"public": "menu", "members": "life"}` is what holds where nothing is said.
* `place`: a number; entries stand in its order. Those of the tool are 10, 20, 30 and so on; without
  a number an entry comes after them.
* `title`: what the entry is called, where the name of the list (`x-title-plural`) will not do.
* `always`: `true` keeps the list in the navigation even while it is empty.
"""

from __future__ import annotations

from msgspec import Struct

from ..shared import TEXT, Schema

_SECTION = {"type": "string", "pattern": "^[a-z][a-z-]*$"}

ON = ("kind",)
FRAGMENT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "section": {
            "anyOf": [
                _SECTION,
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": {"public": _SECTION, "members": _SECTION},
                },
            ]
        },
        "place": {"type": "integer", "minimum": 0},
        "title": TEXT,
        "always": {"const": True},
    },
}
LAST = 1_000_000
"""The place of what says none."""


class MenuWord(Struct, frozen=True):
    """`x-menu` as its schema says it, or its defaults; `public` and `members` are the section
    on each site. Its title: `labels.menu_title`.
    """

    public: str = "menu"
    members: str = "life"
    place: int = LAST
    always: bool = False


def of(schema: Schema) -> MenuWord:
    said = schema.get("x-menu", {})
    section = said.get("section", {})
    by_site = section if isinstance(section, dict) else {"public": section, "members": section}
    return MenuWord(
        public=by_site.get("public", MenuWord.public),
        members=by_site.get("members", MenuWord.members),
        place=said.get("place", LAST),
        always="always" in said,
    )
