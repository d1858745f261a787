"""Which column of a table is which field of a record: by the field's path, its title, or the other
words that people write above a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..base.diagnostics import nearest
from ..base.formats import slug
from ..base.messages import Misuse, _, languages, translator
from ..base.positions import Value
from ..base.shipped import shipped
from ..documents.table_reader import Row
from ..records.dialect import labels
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_localized
from ..records.model import Kind, schema_at
from ..yaml_files.reader import parse

Target = tuple[str, ...]
"""Where a column goes: the names that lead to a field. Behind a list whose items are known by one
of their fields stands that field's value, as in links, Blog.
"""

ID: Target = ("id",)
NOWHERE: Target = ()
KEYED: Mapping[str, tuple[str, str]] = {
    "links": ("label", "url"),
    "accounts": ("forge", "login"),
    "consents": ("purpose", "given"),
}
"""Lists whose items a column can name: by which field, and which other one it holds."""

MOST_ABOVE = 15
"""Lines that may stand above the names of the columns."""
_FILE = shipped("columns.yml")
_LANGUAGE = re.compile(r"^(.+?)[ ._-]*[(\[._ -]([a-z]{2})[)\]]?$", re.I)
_PLURAL = re.compile(r"\((s|es|e|x|ne|trice|rice|·[a-z]+)\)", re.I)
_ADDRESS = re.compile(r"https?://\S", re.I)


@dataclass(frozen=True)
class Column:
    """A column of a table: its place from 0, what stands above it, and where it goes."""

    at: int
    name: str
    target: Target
    near: str = ""
    """The field whose name is most like that of a column without a place."""
    aside: bool = False
    """Somebody said that it stays out."""

    @property
    def field(self) -> str:
        return ".".join(self.target)


@dataclass(frozen=True)
class Heading:
    """The line that names the columns, and those columns."""

    line: int
    names: tuple[str, ...]
    columns: tuple[Column, ...]


def find_heading(
    rows: Sequence[Row], kind: Kind, tongues: Sequence[str], given: Mapping[str, Target]
) -> Heading:
    """The line that names the columns: of the first ones, that which names most fields.

    Args:
        rows: The table.
        kind: The kind whose fields are named.
        tongues: The co-op's languages, the main one first.
        given: What somebody said of columns, by their names.

    Raises:
        Misuse: No line names a field that names a record, two columns go to one field, or what was
            said names no column.
    """
    best: Heading | None = None
    above = rows[:MOST_ABOVE]
    widest = max((row.cells for row in above), key=len, default=())
    named = [cell for row in above for cell in row.cells]
    require_columns(named, given, widest)
    for row in above:
        found = tuple(name_columns(row.cells, kind, tongues, given))
        known = sum(bool(column.target) for column in found)
        if known and (best is None or known > sum(bool(one.target) for one in best.columns)):
            best = Heading(row.line, row.cells, found)
    if best is None:
        seen = rows[0].cells if rows else ()
        raise Misuse(
            _(
                "No line of this table names a field. The first says: {names}. Say which column is "
                "which: --map COLUMN=name.display.",
                names=", ".join(cell for cell in seen[:12] if cell),
            )
        )
    refuse_twice(best.columns, kind)
    return best


def require_columns(names: Sequence[str], given: Iterable[str], shown: Sequence[str]) -> None:
    """Raises Misuse where somebody named a column that is not there."""
    for name in given:
        if slug(name) not in {slug(cell) for cell in names}:
            there = ", ".join(cell for cell in shown if cell)
            raise Misuse(
                _("There is no column “{name}”. There are: {names}.", name=name, names=there)
            )


def name_columns(
    names: Sequence[str], kind: Kind, tongues: Sequence[str], given: Mapping[str, Target]
) -> Iterator[Column]:
    """The columns of these names; one without a name is none."""
    said = {slug(name): target for name, target in given.items()}
    known = words_of(kind, tuple(tongues))
    has_given = any(known.get(_bare(name)) == ("name", "given") for name in names)
    for at, name in enumerate(names):
        if not name.strip():
            continue
        if slug(name) in said:
            yield Column(at, name.strip(), said[slug(name)], aside=not said[slug(name)])
            continue
        target = _target_of(name, kind, tongues, known)
        if has_given and target == ("name", "display") and _bare(name) in {"nom", "name"}:
            target = ("name", "family")
        near = "" if target else known.get(nearest(_bare(name), known) or "", NOWHERE)
        yield Column(at, name.strip(), target, ".".join(near))


def _bare(name: str) -> str:
    return slug(_PLURAL.sub("", name))


def _target_of(
    name: str, kind: Kind, tongues: Sequence[str], known: Mapping[str, Target]
) -> Target:
    path = read_target(name.strip(), kind, tongues)
    if path:
        return path
    if found := known.get(_bare(name)):
        return found
    told = _LANGUAGE.match(name.strip())
    if told and told[2].lower() in tongues and (base := known.get(_bare(told[1]))):
        inner = base[:-1] if base[-1] in tongues else base
        if _is_localized(kind, inner):
            return (*inner, told[2].lower())
    return NOWHERE


def read_target(text: str, kind: Kind, tongues: Sequence[str]) -> Target:
    """The field that a path such as `name.display` names; NOWHERE where it names none."""
    steps = tuple(text.split("."))
    if steps == ID:
        return ID
    schema: Schema = kind.schema
    for number, step in enumerate(steps):
        if schema.get("type") == "array":
            if steps[0] in KEYED and number == 1:
                return (steps[0], ".".join(steps[1:]))
            schema = schema["items"]
        inner = schema.get("properties", {}).get(step)
        if inner is None and "properties" not in schema and schema.get("type") == "object":
            if x_localized.of(schema) and step not in tongues:
                return NOWHERE
            inner = schema.get("additionalProperties")
        if not isinstance(inner, Mapping):
            return NOWHERE
        schema = inner
    return (*steps, tongues[0]) if x_localized.of(schema) else steps


def _is_localized(kind: Kind, path: Target) -> bool:
    schema: Schema = kind.schema
    for step in path:
        schema = schema.get("properties", {}).get(step, {})
    return bool(schema) and x_localized.of(schema)


@lru_cache(maxsize=4)
def words_of(kind: Kind, tongues: tuple[str, ...]) -> dict[str, Target]:
    """The words for the fields of a kind, as they are compared: the paths themselves, their titles
    in each language we speak, and the words of `data/columns.yml`.
    """
    found: dict[str, Target] = {"id": ID, "identifiant": ID, "slug": ID}
    others = parse(_FILE.read_bytes(), front_matter=False).value
    for path, words in others.items():
        for place in path.split(" or "):
            target = read_target(place, kind, tongues)
            if target:
                for word in words:
                    found.setdefault(slug(word), target)
                break
    speak = [translator(language, shown=str) for language in languages()]
    for name, part in kind.properties.items():
        target = read_target(name, kind, tongues)
        found.setdefault(slug(name), target)
        for say in speak:
            found.setdefault(slug(say(labels.title_of(part, name))), target)
    return found


def refuse_twice(columns: Iterable[Column], kind: Kind) -> None:
    """Raises Misuse where two columns go to one field that holds one value."""
    seen: dict[Target, Column] = {}
    for column in columns:
        is_list = schema_at(kind.schema, column.target).get("type") == "array"
        other = seen.setdefault(column.target, column) if column.target else column
        if other is not column and not is_list:
            raise Misuse(
                _(
                    "Two columns are {field}: “{one}” (column {first}) and “{other}” (column "
                    "{second}). Say of one where it goes, or that it stays out: --map "
                    "“{other}”=-.",
                    field=column.field,
                    one=other.name,
                    first=other.at + 1,
                    other=column.name,
                    second=column.at + 1,
                )
            )


def label_links(columns: Iterable[Column], rows: Sequence[Mapping[int, Value]]) -> list[Column]:
    """A column without a place that holds addresses of the web alone is a link of its name."""

    def goes(column: Column) -> Column:
        if column.target or column.aside:
            return column
        cells = [cell for row in rows if (cell := str(row.get(column.at) or "").strip())]
        if cells and all(map(_ADDRESS.match, cells)):
            return Column(column.at, column.name, ("links", column.name))
        return column

    return list(map(goes, columns))


def read_map(
    given: Iterable[tuple[str, str]], kind: Kind, tongues: Sequence[str]
) -> dict[str, Target]:
    """What `--map COLUMN=FIELD` says; a hyphen leaves the column out.

    Raises:
        Misuse: There is no such field.
    """
    found: dict[str, Target] = {}
    for name, field in given:
        target = NOWHERE if field == "-" else read_target(field, kind, tongues)
        if field != "-" and not target:
            target = words_of(kind, tuple(tongues)).get(slug(field), NOWHERE)
        if field != "-" and not target:
            raise Misuse(
                _(
                    "There is no field “{name}”. Fields of a member: {names}.",
                    name=field,
                    names=", ".join(kind.properties),
                )
            )
        found[name] = target
    return found
