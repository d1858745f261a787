"""A record's fields, asked of a person: what to ask and what may be answered follows from the
schema alone.

Required fields are always asked, others when their schema says `x-prompt`; each answer is judged as
`check` would judge it in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..base.formats import example_phone, slug
from ..base.messages import NOTHING, Message, _
from ..base.positions import Path, Value
from ..checks.tree import unknown_reference, unknown_term
from ..records.core_kinds import COOP
from ..records.dialect import labels
from ..records.dialect.shared import Schema
from ..records.dialect.words import (
    x_audience,
    x_localized,
    x_markdown,
    x_personal,
    x_prompt,
    x_ref,
    x_vocabulary,
)
from ..records.index import Index
from ..records.model import Kind, Record, dig, order_fields, schema_at
from ..records.validation import Shape
from ..records.vocabularies import drop_retired
from ..yaml_files.events import resolve
from .answers import as_written, currency_of
from .choices import Choice, choose, label_of, list_choices, sure_choice
from .prompts import Asker, Refused

Judge = Callable[[Value], Value]
"""An answer as it would stand in the field that is judged: by itself, in a list, or under a
language.
"""

_ONE_AT_A_TIME = _("One at a time; press Enter alone when there is no more.")
_AS_TEXT = _("Write as many lines as you like; a point alone on a line ends the text.")


class Drafter:
    """Asks for the fields of one kind. `given` holds answers that are known beforehand, by path;
    `within` is a part whose name goes without saying in its questions.
    """

    def __init__(
        self,
        kind: Kind,
        index: Index,
        asker: Asker,
        language: str,
        given: Mapping[Path, str] | None = None,
    ) -> None:
        self.kind, self.index, self.asker, self.language = kind, index, asker, language
        self.given = dict(given or {})
        self.within: Path = ()
        self.value: dict[str, Value] = {}

    @property
    def languages(self) -> list[str]:
        """The co-op's languages; where the co-op itself is asked for, those answered so far."""
        return (
            self.value.get("languages") if self.kind.name == COOP else None
        ) or self.index.languages

    def fields(self) -> dict[str, Value]:
        """Every field that is asked of a new record."""
        for name in asked_fields(self.kind.schema):
            answer = self.field(
                (name,),
                self.kind.properties[name],
                name in self.kind.schema.get("required", ()),
            )
            if answer is not None:
                self.value[name] = answer
        return self.value

    def ask_published(self) -> dict[str, Value]:
        """The fields with those that everybody may read because their owner says so (`publish`)."""
        private = [
            name
            for name, part in self.kind.properties.items()
            if name in self.value and x_audience.of(part) == "choice"
        ]
        if "publish" not in self.kind.properties or not self.value.get("listed", True):
            return self.value
        shown = [
            name
            for name in private
            if self.asker.yes(
                _("May everybody read this: {name}?", name=self.title((name,))), default=False
            )
        ]
        return order_fields(self.value | ({"publish": shown} if shown else {}), self.kind.schema)

    def text(self, question: Message, help: Sequence[Message] = ()) -> str:
        """A text of several lines; empty where it is left out."""
        return str(
            self.asker.ask(question, str, help=[*help, _AS_TEXT], optional=True, lines=True) or ""
        )

    def field(
        self, path: Path, part: Schema, needed: bool, had: Value = None, deep: bool = False
    ) -> Value:
        """The value of one field; None where it is left out. `had` is offered again, `deep` asks
        for every part.
        """
        if x_personal.of(part) and self.index.settings.is_in_public:
            return None
        if x_localized.of(part):
            return self._ask_localized(path, part, needed)
        if part["type"] == "object":
            return (
                self._object(path, part, needed, had, deep)
                if "properties" in part
                else self._map(path, part)
            )
        if part["type"] == "array":
            return (
                self._records(path, part, needed)
                if part["items"]["type"] == "object"
                else self._list(path, part, needed)
            )
        return self._leaf(path, self.title(path), part, (part, lambda answer: answer), needed, had)

    def _leaf(
        self,
        path: Path,
        question: Message,
        part: Schema,
        judged: tuple[Schema, Judge],
        needed: bool,
        had: Value = None,
        first: bool = True,
    ) -> Value:
        """A value without parts. It is judged in the field it stands in; help is given the `first`
        time alone.
        """
        help = self._example(part) or describe_field(part) or describe_field(judged[0])
        if part["type"] == "boolean":
            return self.asker.yes(
                question, help=help, optional=not needed, given=self.given.get(path)
            )
        choices = self.choices(part)
        if choices is not None and (not choices and not needed):
            return None
        if needed and choices and len(choices) == 1 and "enum" in part:
            return choices[0].value
        default = self._default(part, choices or []) if had is None else str(had)
        lines = x_markdown.of(part)
        one_of_many = [_ONE_AT_A_TIME] * (bool(path) and isinstance(path[-1], int))
        help = (
            [*help, *one_of_many, *list_choices(choices or ()), *[_AS_TEXT] * lines]
            if first
            else []
        )
        take = self._taker(_name(path), part, judged, choices)
        return self.asker.ask(
            question,
            take,
            help=help,
            default=default,
            optional=not needed,
            given=self.given.get(path),
            lines=lines,
            shown=label_of(choices) if choices else None,
        )

    def _taker(
        self, name: str, part: Schema, judged: tuple[Schema, Judge], choices: list[Choice] | None
    ) -> Callable[[str], Value]:
        def take(answer: str) -> Value:
            if answer == "?" and choices is not None:
                for line in list_choices(choices, all_of_them=True):
                    self.asker.tell(line, "  ")
                raise Refused(NOTHING)
            value = sure_choice(answer, choices) if choices else self._plain(answer, part)
            around, judge = judged
            if wrong := refusal(name, around, judge(value), self.index):
                raise Refused(*wrong)
            return value

        return take

    def _ask_localized(self, path: Path, part: Schema, needed: bool) -> Value:
        """A text in the co-op's first language, then, where there is one, in its others."""
        found: dict[str, str] = {}
        for number, language in enumerate(self.languages):

            def judge(answer: Value, language: str = language) -> Value:
                return {language: answer}

            question = (
                self.title(path)
                if len(self.languages) == 1
                else _in_language(self.title(path), language, self.language)
            )
            inner, at = part["additionalProperties"], (*path, language)
            answer = self._leaf(
                at, question, inner, (part, judge), needed and not number, first=not number
            )
            if answer is None and not number:
                return None
            found |= {language: answer} if answer is not None else {}
        return found

    def _object(self, path: Path, part: Schema, needed: bool, had: Value, deep: bool) -> Value:
        """An object, part by part; one that may be missing in the order of its schema, and left out
        when its first part is, or all those before the first that must be there.
        """
        names = asked_fields(part, deep) or list(part["properties"])
        if not deep and not needed:
            names.sort(key=lambda name: (name == "id", [*part["properties"]].index(name)))
        found: dict[str, Value] = {}
        for number, name in enumerate(names):
            inner, offered = part["properties"][name], dig(had, name)
            must_be = name in part.get("required", ())
            if must_be and number and not found and not needed:
                return None
            if name == "id" and offered is None:
                offered = next((slug(str(word)) for word in _words(found.values())), None)
            answer = self.field(
                (*path, name),
                inner,
                must_be and (needed or number > 0),
                offered,
                deep,
            )
            waits = x_prompt.of(inner) and not deep
            if answer is None and not found and not needed and not waits:
                return None
            found |= {name: answer} if answer is not None else {}
        return order_fields(found, part)

    def _list(self, path: Path, part: Schema, needed: bool) -> Value:
        """Values one after the other, until nothing is answered."""
        found: list[Value] = []
        known = sum(1 for at in self.given if at[:-1] == path)
        while len(found) < (known or part.get("maxItems", 100)):
            question = self.title(path)
            if found:
                question = _(
                    "{question}, number {number}", question=question, number=len(found) + 1
                )
            judged = (
                {word: limit for word, limit in part.items() if word != "minItems"},
                lambda answer: [*found, answer],
            )
            enough = len(found) >= part.get("minItems", int(needed))
            answer = self._leaf(
                (*path, len(found)), question, part["items"], judged, not enough, first=not found
            )
            if answer is None:
                break
            found.append(answer)
        return found or ([] if needed else None)

    def _records(self, path: Path, part: Schema, needed: bool) -> Value:
        """Objects one after the other, as long as there is one to add."""
        found: list[Value] = []
        while len(found) < part.get("maxItems", 100):
            question = (
                _("{title}: add one?", title=self.title(path))
                if not found
                else _("{title}: add another?", title=self.title(path))
            )
            enough = len(found) >= part.get("minItems", 0)
            if enough and not self.asker.yes(
                question, help=describe_field(part) if not found else [], optional=True
            ):
                break
            found.append(self._object((*path, len(found)), part["items"], True, None, False))
        return found or ([] if needed else None)

    def _map(self, path: Path, part: Schema) -> Value:
        """Names and what belongs to each, until no name is answered."""
        found: dict[str, Value] = {}
        names = {"type": "string", **part["propertyNames"]}
        while len(found) < part.get("maxProperties", 100):
            judged = names, lambda answer: answer
            key = self._leaf(
                (*path, "*"),
                self.title(path),
                {**names, "description": part.get("description", "")},
                judged,
                False,
            )
            if key is None:
                break
            found[key] = self.field((*path, key), part["additionalProperties"], True)
        return found or None

    def title(self, path: Path) -> Message:
        """What a field is called, with what it is a part of."""
        said = NOTHING
        known = len(self.within) if path[: len(self.within)] == self.within else 0
        for length, step in enumerate(path, 1):
            if isinstance(step, str) and length > known:
                part = schema_at(self.kind.schema, path[:length])
                name = labels.title_of(part, step)
                said = _("{name}: {value}", name=said, value=name) if said else name
        return said

    def choices(self, part: Schema) -> list[Choice] | None:
        """What a field may hold, where that is a list."""
        if "enum" in part:
            return [
                Choice(value, self.asker.say(labels.choice_of(part, value)), ())
                for value in part["enum"]
            ]
        if vocabulary := x_vocabulary.of(part):
            terms = drop_retired(self.index.terms(vocabulary) or {})
            return [
                Choice(
                    id,
                    self.index.text(term.get("label") or term.get("name") or id, self.language),
                    _words([term.get("synonyms")]),
                    _words([term.get("label"), term.get("name")]),
                )
                for id, term in terms.items()
            ]
        if kind := x_ref.of(part):
            return [
                Choice(entry.id, self.index.text(entry.title, self.language))
                for entry in self.index.of(kind)
            ]
        return None

    def _plain(self, answer: str, part: Schema) -> Value:
        """A number, a day, an hour or a sum where one is wanted and written, else the text: what is
        wrong with it is told as for a file.
        """
        if part["type"] not in {"integer", "number"}:
            country = self._country()
            return as_written(answer, part, month_first=country == "US", country=country)
        value = resolve(answer.replace(",", "."))
        return value if isinstance(value, int | float) and not isinstance(value, bool) else answer

    def _country(self) -> str:
        """The co-op's country; where the co-op itself is asked for, the one answered."""
        own = self.value.get("country") if self.kind.name == COOP else ""
        return str(own or self.index.coop.get("country") or "")

    def _example(self, part: Schema) -> list[Message]:
        """A phone number as people write it in the co-op's country."""
        if part.get("format") != "phone" or not (example := example_phone(self._country())):
            return []
        return [_("Such as {example}.", example=example)]

    def _default(self, part: Schema, choices: Sequence[Choice]) -> str:
        """What Enter alone answers: what the schema says, the one term of a list of the co-op's
        own, or what follows from its country and language.
        """
        said, form = x_prompt.default_of(part), part.get("format")
        if len(choices) == 1 and x_vocabulary.of(part).startswith("coop."):
            said = str(choices[0].value)
        if said:
            label = next((one.label for one in choices if str(one.value) == said), said)
            return label if str(choose(label, choices)) == said else said
        if form == "country":
            return self.index.settings.country
        if form == "currency":
            return currency_of(self.index.settings.country)
        return self.languages[0] if form == "language" and self.kind.name != COOP else ""


def asked_fields(schema: Schema, deep: bool = False) -> list[str]:
    """The fields to ask for, those that must be there first; an id comes last: it can be made from
    what was answered.
    """
    required, properties = schema.get("required", ()), schema["properties"]
    names = [name for name in properties if name in required and name != "id"]
    names += [
        name
        for name, part in properties.items()
        if name not in required and (deep or x_prompt.of(part))
    ]
    return names + ["id"] * ("id" in required)


def describe_field(part: Schema) -> list[Message]:
    said = labels.description_of(part)
    return [said] if said else []


def refusal(name: str, part: Schema, value: Value, index: Index) -> tuple[Message, Message] | None:
    """Why `check` would refuse this value in a field of this name, and the mending; None where it
    is sound.
    """
    schema = {"type": "object", "properties": {name: part}, "additionalProperties": False}
    for flaw in Shape(schema).flaws({name: value}):
        return flaw.message, flaw.help
    kind = Kind.of(
        "draft", {**schema, "title": name, "x-files": "", "x-id": "stem", "x-title": name}
    )
    record = Record(kind, "", "", {name: value})
    for check in (unknown_term, unknown_reference):
        for found in check.check_record(record, index):
            return found.message, found.help
    return None


def _name(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _words(values: Any) -> tuple[str, ...]:
    """Every text within, in order."""
    found: list[str] = []
    for value in values:
        found += (
            [value]
            if isinstance(value, str)
            else _words(value.values() if isinstance(value, dict) else value)
            if isinstance(value, dict | list)
            else []
        )
    return tuple(found)


def _in_language(question: Message, code: str, language: str) -> Message:
    from babel import Locale

    spoken = Locale.parse(language.replace("_", "-"), sep="-")
    name = spoken.languages.get(code.partition("-")[0], code)
    return _("{question} ({language})", question=question, language=name)
