"""Where the list of the records stands in the navigation.

A kind that does not have the word has no place in the navigation of the public site, and stands
below *Life of the co-op* on the members' site.

* `section`: `menu`, an entry of the main menu; `footer`, at the foot of every page; `about`, `life`
  or `decide`: on the page of that entry of the menu; `none`: nowhere. The two sites may differ:
  `{"public": "menu", "members": "life"}` is what holds where the word says no section.
* `place`: a number; entries stand in its order. Those of the tool are 10, 20, 30 and so on; without
  a number an entry comes after them.
* `title`: what the entry is called, where the name of the list (`x-title-plural`) will not do.
* `always`: `true` keeps the list in the navigation even while it is empty.
"""

from __future__ import annotations

from msgspec import Struct

from ..shared import TEXT, Schema

PUBLIC = ("menu", "footer", "none", "about")
MEMBERS = ("menu", "footer", "none", "life", "decide", "about")
"""The places that each site has."""

ON = ("kind",)
FRAGMENT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {
        "section": {
            "anyOf": [
                {"enum": list(MEMBERS)},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": {
                        "public": {"enum": list(PUBLIC)},
                        "members": {"enum": list(MEMBERS)},
                    },
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
    """`x-menu` as its schema says it; `public` and `members` are the section on each site. Its
    title: `labels.menu_title`.
    """

    public: str = "none"
    members: str = "life"
    place: int = LAST
    always: bool = False


def of(schema: Schema) -> MenuWord:
    said = schema.get("x-menu")
    if said is None:
        return MenuWord()
    section = said.get("section", {})
    by_site = section if isinstance(section, dict) else {"public": section, "members": section}
    return MenuWord(
        public=by_site.get("public", "menu"),
        members=by_site.get("members", MenuWord.members),
        place=said.get("place", LAST),
        always="always" in said,
    )
