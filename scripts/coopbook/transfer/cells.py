"""What stands in a cell of a table, as a field of a record holds it: by the schema of the field
alone.

Nothing is guessed. What is written in another form than ours is taken and told; a word that no list
has, and a date that could be two days, are left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from ..base.diagnostics import nearest
from ..base.formats import FORMATS, is_email, is_phone, national_phone, slug
from ..base.messages import NOTHING, Message, _, languages, translator
from ..base.positions import HIDDEN, Value
from ..editing.answers import as_written
from ..editing.prompts import NO, YES
from ..records.core_kinds import MEMBER
from ..records.dialect import labels
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_localized, x_markdown, x_ref, x_vocabulary
from ..records.index import Index
from ..yaml_files.reader import parse

_BETWEEN = re.compile(r"[;|\n]")
_COMMA = re.compile(r"[;|\n,]|/(?!/)")
_APOSTROPHE = re.compile("^'+(?=[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20])")
"""Before what a spreadsheet would take for a formula: one of them is not the text's own."""
_ACCOUNT = re.compile(r"(?:https?://)?(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}/@?([^/?#\s]+)/?$", re.I)
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")
_MARKS = frozenset("xX✓✔☑")
_MOST_WORDS = 60
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}")
_COUNTED_DAY = re.compile(r"[1-9][0-9]{4}([.,][0-9]+)?")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{4}")
_LAST_MONTH = 12
_ITEM_WORDS = {
    **dict.fromkeys(("start", "begin", "since", "debut", "depuis"), "from"),
    **dict.fromkeys(("end", "to", "fin", "jusqu-a"), "until"),
    **dict.fromkeys(("employer", "client", "organisation", "organization", "employeur"), "for"),
    **dict.fromkeys(("title", "role", "mission", "startups", "products", "titre", "quoi"), "what"),
    **dict.fromkeys(("link", "lien"), "url"),
}
"""What others call the fields of an engagement."""
_COUNTRY_BEHIND = re.compile(r"(.+?) *\(([A-Z]{2})\)")
_NUMBERS = frozenset(["siret", "siren", "bce", "neq", "rna", "ide", "bn", "vat"])


@dataclass(frozen=True)
class Reading:
    """What a cell gives.

    Attributes:
        value: The field's value; None where the cell gives none.
        changed: In which way it was written otherwise; nothing where it is taken as it is.
        homeless: Words of it that have no place, each with what could be done.
        refused: Why it is not taken at all.
    """

    value: Value = None
    changed: Message = NOTHING
    homeless: tuple[tuple[str, Message], ...] = ()
    refused: Message = NOTHING


@dataclass(frozen=True)
class Reader:
    """Reads cells for one co-op.

    Attributes:
        index: The co-op: its lists of words, its country.
        find_member: The id of the member whom a name or an id means, or why it means nobody.
    """

    index: Index
    find_member: Callable[[str], str | Message] = lambda _text: _("Nobody is called so.")
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, cell: Value, schema: Schema, *, month_first: bool = False) -> Reading:
        """A cell as a field of this schema holds it; an empty cell gives nothing."""
        text, unseen = _clean(cell) if isinstance(cell, str) else (cell, False)
        if text in ("", None, [], {}):
            return Reading()
        if isinstance(text, str) and text.startswith("=") and unseen is False:
            return Reading(refused=_("This is a formula, not its result."))
        if isinstance(text, str):
            text = _APOSTROPHE.sub(lambda found: found[0][1:], text)
        read = self._read_part(text, schema, month_first)
        if unseen and read.value is not None and not read.changed:
            return Reading(
                read.value, _("characters that cannot be seen were taken out"), read.homeless
            )
        return read

    def _read_part(self, text: Value, schema: Schema, month_first: bool) -> Reading:
        kind = schema.get("type")
        if kind == "array":
            return self._read_list(text, schema)
        if kind == "object":
            return self._read_object(text, schema)
        if isinstance(text, list | dict):
            return Reading(refused=_("Several values stand where one belongs."))
        if kind == "boolean":
            return _read_boolean(text)
        if kind in ("integer", "number"):
            return _read_number(text, whole=kind == "integer")
        return self._read_text(str(text), schema, month_first)

    def _read_text(self, text: str, schema: Schema, month_first: bool) -> Reading:
        form = schema.get("format")
        if "enum" in schema:
            return self._read_choice(text, _choices(_Frozen(schema)), schema["enum"])
        if name := x_vocabulary.of(schema):
            return self._read_choice(text, self.words(name), self.index.terms(name) or {})
        if kind := x_ref.of(schema):
            return self._read_name(text, kind)
        if form == "date":
            return _read_date(text, schema, month_first)
        if form == "phone":
            if is_phone(text):
                return Reading(text)
            number = national_phone(text, self.index.settings.country)
            told = _make_reading(text, number, _("the number with its country code"))
            return told if number else Reading(refused=_("This is no phone number."))
        if form == "uri":
            return _read_address(text)
        if form == "email-address":
            address = text.removeprefix("mailto:").strip("<>").strip()
            told = _make_reading(text, address)
            return told if is_email(address) else Reading(refused=_("This is no e-mail address."))
        if form in _NUMBERS:
            number = re.sub(r"[\s.\-]", "", text).upper()
            told = _make_reading(text, number, _("spaces were taken out"))
            return told if FORMATS[form](number) else Reading(refused=_("This is no such number."))
        if form == "country":
            return self._read_choice(text, _countries(), [])
        if form == "postcode":
            return _read_postcode(text, self.index.settings.country)
        if form or schema.get("pattern"):
            return _make_reading(text, as_written(text, schema, month_first=month_first))
        if x_markdown.of(schema):
            return Reading(f"{text}\n" if "\n" in text else text)
        return Reading(_on_one_line(text))

    def _read_name(self, text: str, kind: str) -> Reading:
        """The id of a record that is named by it, or by its title."""
        if kind != MEMBER:
            return self._read_choice(text, self.titles(kind), self.index.by_id(kind))
        id = self.find_member(text)
        return Reading(refused=id) if isinstance(id, Message) else _make_reading(text, id)

    def _read_choice(self, text: str, words: Mapping[str, str], choices: Iterable[str]) -> Reading:
        found = text if text in choices else words.get(slug(text), "")
        if found:
            return _make_reading(text, found, _("by its other word"))
        near = nearest(slug(text), words)
        help = _("Did you mean “{near}”?", near=words[near]) if near else NOTHING
        return Reading(homeless=((text, help),))

    def _read_list(self, cell: Value, schema: Schema) -> Reading:
        """Words with ; | or line breaks between them; commas too, where the items are words of a
        list.
        """
        items = schema["items"]
        if items["type"] == "object":
            return self._read_items(cell, items)
        if isinstance(cell, str) and cell.startswith("["):
            written = _read_written(cell)
            cell = written.value if isinstance(written.value, list) else cell
        known = bool("enum" in items or x_vocabulary.of(items) or x_ref.of(items))
        if isinstance(cell, list):
            parts = [str(part) for part in cell]
        elif (
            known and not self._read_text(str(cell), items, False).homeless and not x_ref.of(items)
        ):
            parts = [str(cell)]
        else:
            parts = (_COMMA if known else _BETWEEN).split(str(cell))
        value: list[Value] = []
        homeless: list[tuple[str, Message]] = []
        changed = NOTHING
        for part in list(filter(None, (part.strip() for part in parts)))[:_MOST_WORDS]:
            read = self._read_text(part, items, False)
            homeless += [*read.homeless, *([(part, read.refused)] if read.refused else [])]
            changed = changed or read.changed
            if read.value is not None and read.value not in value:
                value.append(read.value)
        most = schema.get("maxItems", _MOST_WORDS)
        homeless += [
            (str(one), _("At most {most} of them are kept.", most=most)) for one in value[most:]
        ]
        return Reading(value[:most] or None, changed, tuple(homeless))

    def _read_items(self, cell: Value, schema: Schema) -> Reading:
        """Items with fields of their own: as our files write them, or with the names of others."""
        written = _read_written(cell) if isinstance(cell, str) else Reading(cell)
        if not isinstance(written.value, list):
            return written
        if all(
            isinstance(item, dict) and item.keys() <= schema["properties"].keys()
            for item in written.value
        ):
            return written
        value: list[Value] = []
        homeless: list[tuple[str, Message]] = []
        for item in written.value:
            if not isinstance(item, dict):
                homeless.append((str(item), NOTHING))
                continue
            made: dict[str, Value] = {}
            for name, said in item.items():
                ours = _ITEM_WORDS.get(slug(str(name)), str(name))
                part = schema["properties"].get(ours)
                text = ", ".join(map(str, said)) if isinstance(said, list) else said
                read = self.read(text, part) if part else Reading()
                if read.value is not None and ours not in made:
                    made[ours] = read.value
                elif said not in ("", None, [], {}):
                    homeless.append((f"{name}: {text}", read.refused))
            if "what" in schema["properties"] and "what" not in made and "for" in made:
                made["what"] = {self.index.languages[0]: made["for"]}
            if "audience" in schema.get("required", ()):
                made.setdefault("audience", "members")
            if set(schema.get("required", ())) <= made.keys():
                value.append({name: made[name] for name in schema["properties"] if name in made})
            else:
                homeless.append((", ".join(map(str, item.values())), NOTHING))
        return Reading(value or None, _("by other names of the fields"), tuple(homeless))

    def _read_object(self, cell: Value, schema: Schema) -> Reading:
        if x_localized.of(schema) and isinstance(cell, str) and not cell.startswith("{"):
            inner = self._read_text(cell, schema["additionalProperties"], False)
            return Reading({self.index.languages[0]: inner.value}, inner.changed)
        return _read_written(cell)

    def words(self, name: str) -> dict[str, str]:
        """The terms of a list by what they may be called; a word of two terms means none."""
        if name not in self.lists:
            self.lists[name] = _find_ids(self.index.terms(name) or {})
        return self.lists[name]

    def titles(self, kind: str) -> dict[str, str]:
        """The records of a kind by their titles; a title of two records means none."""
        if kind not in self.records:
            entries = self.index.by_id(kind).items()
            self.records[kind] = _find_ids({id: {"label": one.title} for id, one in entries})
        return self.records[kind]


def _find_ids(terms: Mapping[str, Value]) -> dict[str, str]:
    """Ids by what their terms may be called; a word of two terms means none, an id is its own."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for id, term in terms.items():
        for word in {slug(word) for word in [id, *_words_in(term)]} - {""}:
            if found.setdefault(word, id) != id:
                twice.add(word)
    ids = {slug(id): id for id in terms}
    return {word: id for word, id in found.items() if word not in twice} | ids


_WORDS = ("label", "synonyms", "name", "city")


def _words_in(term: Value) -> Iterator[str]:
    """The words of a term: its labels, its synonyms, its name; in all languages."""
    parts = [term.get(name) for name in _WORDS] if isinstance(term, dict) else []
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list):
            parts += part.values() if isinstance(part, dict) else part


def _clean(cell: str) -> tuple[str, bool]:
    """A text without what cannot be seen, and whether there was any."""
    plain = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = HIDDEN.sub("", plain.replace("\u00ad", ""))
    return text.strip(), text != plain


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", " ".join(text.split("\n"))).strip() if "\n" in text else text


def _make_reading(before: str, after: str, how: Message = NOTHING) -> Reading:
    """A text that is written otherwise, and how."""
    return Reading(after, (how or _("written as our files do")) if after != before else NOTHING)


def _read_boolean(cell: Value) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    word = str(cell).strip().lower()
    if word in YES or word == "1" or word in _MARKS:
        return Reading(True)
    if word in NO or word == "0":
        return Reading(False)
    return Reading(refused=_("Answer yes or no."))


def _read_number(cell: Value, *, whole: bool) -> Reading:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Reading(cell)
    text = _SPACES.sub("", str(cell)).replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,15}" + ("" if whole else r"(\.[0-9]{1,15})?"), text):
        return Reading(refused=_("This is no number."))
    return Reading(int(text) if whole or "." not in text else float(text))


def _read_date(text: str, schema: Schema, month_first: bool) -> Reading:
    """2026-01-31, 31/01/2026, 31 janvier 2026; an hour behind it is left out."""
    day = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$", "", text)
    written = as_written(day, schema, month_first=month_first)
    if _COUNTED_DAY.fullmatch(day):
        return Reading(
            refused=_("A spreadsheet counts days so: show the column as dates, and save it again.")
        )
    if _SHORT_YEAR.fullmatch(day):
        return Reading(refused=_("Write the year with its four digits."))
    try:
        date.fromisoformat(written)
    except ValueError:
        return Reading(refused=_("This is no day such as 2026-01-31."))
    return _make_reading(text, written, _("the day as our files write it"))


def is_month_first(cells: Iterable[str]) -> bool | None:
    """Whether the days of a column begin with the month; None where nothing tells it."""
    found = [one for cell in cells if (one := _MONTH_FIRST.match(cell.strip()))]
    if any(int(one[1]) > _LAST_MONTH for one in found):
        return False
    return True if any(int(one[2]) > _LAST_MONTH for one in found) else None


def _read_address(text: str) -> Reading:
    if re.match(r"http://", text, re.I):
        return Reading("https://" + text[7:], _("https:// instead of http://"))
    if not re.match(r"[a-z][a-z0-9+.-]*:", text, re.I) and re.match(r"[\w-]+(\.[\w-]+)+", text):
        return Reading(f"https://{text}", _("https:// before the address"))
    return Reading(text)


def _read_postcode(text: str, country: str) -> Reading:
    """A postcode; a spreadsheet takes 01000 for a number and cuts off its zero."""
    if country == "FR" and re.fullmatch("[0-9]{4}", text):
        return Reading(f"0{text}", _("the zero before the postcode"))
    return Reading(text)


def read_login(text: str, schema: Schema) -> Reading:
    """The login in the address of an account."""
    found = _ACCOUNT.fullmatch(text)
    login = found[1] if found else text.removeprefix("@")
    if not re.fullmatch(schema.get("pattern", ".*"), login):
        return Reading(refused=_("This is no login."))
    return _make_reading(text, login, _("the login out of the address"))


def read_region(text: str) -> tuple[str, str]:
    """A region and the country that stands behind it in brackets, such as Bretagne (FR)."""
    found = _COUNTRY_BEHIND.fullmatch(text.strip())
    return (found[1], found[2]) if found and FORMATS["country"](found[2]) else (text, "")


def _read_written(cell: Value) -> Reading:
    """A list or a map as our files write it on one line: what an export puts into a cell."""
    if not isinstance(cell, str):
        return Reading(cell)
    source = parse(f"value: {cell}\n".encode(), front_matter=False)
    value = source.value.get("value") if isinstance(source.value, dict) else None
    if source.faults or not isinstance(value, list | dict):
        return Reading(refused=_("This field has parts of its own: give each a column."))
    return Reading(value)


class _Frozen:
    """A schema of choices that can be kept by what it is."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and other.schema is self.schema


@lru_cache(maxsize=64)
def _choices(frozen: _Frozen) -> dict[str, str]:
    """The choices of a field by their words in each language that we speak."""
    schema = frozen.schema
    found = {slug(str(choice)): str(choice) for choice in schema["enum"]}
    for language in languages():
        say = translator(language, shown=str)
        for choice in schema["enum"]:
            found.setdefault(slug(say(labels.choice_of(schema, choice))), str(choice))
    for words, wanted in ((YES, "yes"), (NO, "no")):
        if wanted in schema["enum"]:
            found |= dict.fromkeys(words, wanted)
    return found


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Countries by their names in each language that we speak."""
    from babel import Locale

    found: dict[str, str] = {}
    for language in languages():
        for code, name in Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", code):
                found.setdefault(slug(name), code)
                found[code.lower()] = code
    return found
