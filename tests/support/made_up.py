"""A kind that nobody has thought of: its name, its fields and all its words are made up at run
time, so that no code can know them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

PERSON = "ana-lopes"
OFFICE = "nantes"
_SOUNDS = ("ba", "cho", "dri", "fu", "gla", "ki", "lo", "mu", "nep", "ro", "stu", "vi", "zan")


class Inventor:
    """Makes up words, none of them twice, none that the tool could know."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words: set[str] = set()

    def word(self) -> str:
        while True:
            found = "zq" + "".join(self.random.choice(_SOUNDS) for _ in range(3))
            if found not in self.words:
                self.words.add(found)
                return found

    def texts(self) -> dict[str, str]:
        """A word in each language of the tests."""
        return {language: f"{self.word().capitalize()} {language}" for language in ("fr", "en")}


@dataclass
class MadeUp:
    """A kind, its fields by what they are for, and its records.

    Attributes:
        name: its own.
        folder: where its files lie.
        fields: the names of its fields, by what they hold.
        labels: what a field is called in each language.
        schema: the one file.
        titles: of each record, in each language.
    """

    seed: int
    name: str = ""
    folder: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    plural: dict[str, str] = field(default_factory=dict)
    gives: dict[str, str] = field(default_factory=dict)
    open_to_all: dict[str, str] = field(default_factory=dict)
    schema: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        invent = Inventor(self.seed)
        self.name, self.folder = invent.word(), invent.word()
        holds = ("title", "day", "last", "from", "to", "off", "price", "person", "office", "skills")
        self.fields = {one: invent.word() for one in (*holds, "audience")}
        self.labels = {one: invent.texts() for one in self.fields}
        self.plural, self.gives, self.open_to_all = (invent.texts() for _ in range(3))
        self.schema = self._schema(invent)
        self.titles = {id: invent.texts() for id in ("far", "near", "gone", "inside", "dropped")}

    @property
    def files(self) -> dict[str, str]:
        """The records that the kind brings, by file."""
        return {
            f"{self.folder}/far.md": self.record("far", "2027-06-01", price="1250.50"),
            f"{self.folder}/near.md": self.record(
                "near", "2026-11-25", price="450", more={"last": "2026-11-26"}
            ),
            f"{self.folder}/gone.md": self.record("gone", "2026-10-02"),
            f"{self.folder}/dropped.md": self.record("dropped", "2026-12-10", more={"off": "true"}),
            f"{self.folder}/inside.md": self.record("inside", "2026-11-24", audience="some"),
        }

    def record(
        self,
        id: str,
        day: str,
        *,
        audience: str = "all",
        price: str = "",
        more: dict[str, str] | None = None,
    ) -> str:
        """A record's file."""
        title = self.titles[id]
        values = {
            "title": f'{{fr: "{title["fr"]}", en: "{title["en"]}"}}',
            "day": day,
            "from": '"18:30"',
            "to": '"20:00"',
            "person": PERSON,
            "office": OFFICE,
            "skills": "[decision-collective]",
            "audience": audience,
            **({"price": f'"{price}"'} if price else {}),
            **(more or {}),
        }
        lines = [f"{self.fields[one]}: {value}\n" for one, value in values.items()]
        return f"---\n{''.join(lines)}---\n\nTexte de {id}.\n"

    def _schema(self, invent: Inventor) -> dict[str, Any]:
        named = self.fields

        def part(holds: str, **words: Any) -> dict[str, Any]:
            return {
                "type": "string",
                "title": self.labels[holds],
                "x-audience": "public",
                "x-prompt": True,
                **words,
            }

        hour = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
        text = {"type": "string", "minLength": 1, "x-audience": "public"}
        properties = {
            "title": {
                **part("title", type="object"),
                "x-localized": True,
                "propertyNames": {"pattern": "^[a-z]{2}$", "description": invent.texts()},
                "additionalProperties": text,
            },
            "day": part("day", format="date"),
            "last": part("last", format="date"),
            "from": part("from", pattern=hour),
            "to": part("to", pattern=hour),
            "off": part("off", type="boolean"),
            "price": part(
                "price", format="amount", pattern="^[0-9]{1,7}([.][0-9]{2})?$", **{"x-money": "EUR"}
            ),
            "person": part("person", **{"x-ref": "member", "x-back": self.gives}),
            "office": part("office", **{"x-vocabulary": "coop.offices"}),
            "skills": {
                **part("skills", type="array"),
                "items": {"type": "string", "x-vocabulary": "skills", "x-audience": "public"},
            },
            "audience": part(
                "audience",
                enum=["all", "some"],
                **{"x-labels": {"all": self.open_to_all, "some": invent.texts()}},
            ),
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": invent.texts(),
            "x-title-plural": self.plural,
            "description": invent.texts(),
            "x-files": f"{self.folder}/**/*.md",
            "x-id": "stem",
            "x-title": named["title"],
            "x-body": "markdown",
            "x-audience": {"when": {named["audience"]: "all"}},
            "x-date": {
                "field": named["day"],
                "until": named["last"],
                "time": named["from"],
                "time_until": named["to"],
                "cancelled": named["off"],
                "place": [named["office"]],
            },
            "x-list": {"fields": [named["price"], named["person"], named["skills"]]},
            "x-menu": {"section": {"public": "menu", "members": "life"}, "place": 15},
            "type": "object",
            "required": [named["title"], named["day"], named["audience"]],
            "properties": {named[holds]: words for holds, words in properties.items()},
            "additionalProperties": False,
        }
