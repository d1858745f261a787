"""A co-op of an invented language: its data in Greek letters, our sentences in wide ones, so that
any Latin word of a page stands out.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import catalogues
import material
import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from coopbook.base.globs import alternatives
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.vote_record import hashes
from coopbook.records.dialect.shared import Schema
from coopbook.records.load import load
from coopbook.records.model import Record, schema_at

from support.coops import TODAY, copied_example

LANGUAGE = "nl"
OTHER = "nl-BE"
"""Another language of the sites, with the same catalogue: pages lead to each other."""

LATIN = "abcdefghijklmnopqrstuvwxyz"
GREEK = str.maketrans(
    LATIN + LATIN.upper(), "αβκδεφγηιζκλμνοπθρστυβωξψζ" + "ΑΒΚΔΕΦΓΗΙΖΚΛΜΝΟΠΘΡΣΤΥΒΩΞΨΖ"
)
WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in LATIN + LATIN.upper()})
GAP = re.compile(r"(\{\w+\})")
WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,}")
FRENCH = re.compile(r"[\s\u00a0\u202f][:;?!]|[«»]")
"""Typography of another language: data and sentences here have none of it."""
RAW_DATE = re.compile(r"^(\d{4}-)?\d\d-\d\d$")
NAMES = re.compile(
    r"\S+@\S+|\b[0-9a-f]{12}\b|https?://\S+|[\w./-]+\.(?:json|csv|yml|md|ics|vcf|xml|png|jpg)\b|[A-Z]{2}(?= ?[0-9])"  # noqa: E501
)
TEXT_ATTRIBUTES = {"title", "alt", "aria-label", "placeholder", "label"}
MUTE = {"script", "style"}


def _turned(text: str, letters: dict[int, Any]) -> str:
    return "".join(
        part if GAP.fullmatch(part) else part.translate(letters) for part in GAP.split(text)
    )


def marked(text: str) -> str:
    """A text of the co-op, in Greek letters."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )
    return _turned(FRENCH.sub(".", plain), GREEK)


def write_catalogue(locales: Path) -> None:
    """A catalogue of all our sentences, in wide letters."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8")
    for sentence in catalogues.find_sentences():
        text = sentence.text
        catalogue.add(
            text,
            string=_turned(text, WIDE)
            if isinstance(text, str)
            else tuple(_turned(one, WIDE) for one in text),
            context=sentence.context,
        )
    file = locales / LANGUAGE / "LC_MESSAGES" / "coopbook.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, catalogue)


def _value(value: Any, schema: Schema) -> Any:
    """A value whose free texts are marked; a text by language is in ours."""
    if isinstance(value, dict) and "x-localized" in schema:
        text = marked(next(iter(value.values()))).replace("](", "] (")
        return {LANGUAGE: text, OTHER: text}
    if isinstance(value, dict):
        return {key: _value(item, schema_at(schema, (key,))) for key, item in value.items()}
    if isinstance(value, list):
        return [_value(item, schema.get("items", {})) for item in value]
    free = schema.get("type") == "string" and not schema.keys() & {
        "enum",
        "format",
        "pattern",
        "x-ref",
        "x-vocabulary",
    }
    return marked(value) if free else value


def _file(record: Record) -> str:
    value = _value(record.value, record.kind.schema)
    if record.kind.name == "coop":
        value |= {"languages": [LANGUAGE, OTHER], "country": "NL"}
        value.pop("checks", None)  # what is accepted names files, which have other words now
    if "language" in record.kind.schema["properties"]:
        value = {key: item for key, item in value.items() if key not in {"language", "translates"}}
    if record.kind.name == "vocabulary":
        value["terms"] = {id: {"label": term["label"]} for id, term in value["terms"].items()}
    text = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
    )
    return (
        f"---\n{text}---\n## {marked('Heading')}\n\n{marked('Some words.')}\n"
        if record.kind.front_matter
        else text
    )


def _recounted(record: Record, root: Path) -> Record:
    """A result is bound to a text that has become another: it says that it was counted on a change
    of several files.
    """
    if record.kind.name != "result":
        return record
    data = record.beside | {"vote": record.beside["vote"] | {"of": "change"}}
    (root / record.kind.sidecar_of(record.file)).write_text(json.dumps(data), encoding="utf-8")
    return replace(record, value=record.value | {"hashes": hashes(VoteRecord.of(data))})


def write_coop(root: Path) -> Path:
    """The repository's own co-op with every text marked."""
    copied_example(root)
    decisions = root / "decisions"
    gone = {
        result.stem for result in (decisions / "results").glob("*.yml")
    }  # a result holds for the very words that were voted
    for name in gone:
        (decisions / "proposals" / f"{name}.md").unlink(missing_ok=True)
    for folder in ("results", "ballots", "counts"):
        shutil.rmtree(decisions / folder)
    for minutes in (decisions / "minutes").glob(
        "*.md"
    ):  # a resolution that decided one of those names it no more
        told = re.sub(
            r"^ +proposal: (\S+)\n",
            lambda line: "" if line[1] in gone else line[0],
            minutes.read_text(encoding="utf-8"),
            flags=re.M,
        )
        minutes.write_text(told, encoding="utf-8")
    book = load(root, TODAY)
    for record in book.records():
        file = root / record.file
        record = _recounted(record, root)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_file(record), encoding="utf-8")
    shutil.rmtree(root / "registers", ignore_errors=True)
    return root


class Texts(HTMLParser):
    """Every text that a page shows or reads out, without those of its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._mute = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._mute += tag in MUTE
        self.found += [value for name, value in attrs if name in TEXT_ATTRIBUTES and value]
        if tag == "meta" and values.get("name") == "description":
            self.found.append(values.get("content") or "")
        if tag == "input" and values.get("type") in {"submit", "button"}:
            self.found.append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._mute -= tag in MUTE

    def handle_data(self, data: str) -> None:
        if not self._mute and data.strip():
            self.found.append(" ".join(data.split()))


def _theme() -> set[str]:
    """What Material says of itself in this language, and in English where it has nothing."""
    folder = Path(material.__file__).parent / "templates" / "partials" / "languages"
    words: dict[str, str] = {}
    for language in ("en", LANGUAGE):
        words |= dict(
            re.findall(
                r'^ *"([^"]+)": "([^"]*)",?$',
                (folder / f"{language}.html").read_text(encoding="utf-8"),
                re.M,
            )
        )
    return {text.strip() for text in words.values() if text}


def _names() -> set[str]:
    """Words of dates, languages, countries and currencies in this language."""
    locale = Locale.parse(LANGUAGE)
    texts = [
        *locale.languages.values(),
        *locale.territories.values(),
        *locale.currency_symbols.values(),
        *locale.currencies,
    ]
    for widths in (*locale.months.values(), *locale.days.values()):
        texts += [name for names in widths.values() for name in names.values()]
    return {word.lower() for text in texts for word in WORD.findall(str(text))}


def _kept(root: Path) -> tuple[set[str], set[str]]:
    """What the co-op's files hold that is neither free text nor a choice of ours: whole values,
    such as the name of an account, and words of codes, such as FR; and the names of folders of the
    wiki.
    """
    whole, words = set[str](), set[str]()
    for record in load(root, TODAY).records():
        for leaf in record.leaves:
            if (
                isinstance(leaf.value, str)
                and "enum" not in leaf.schema
                and leaf.schema.keys() & {"format", "pattern"}
                and leaf.path[-1] != "id"
            ):
                whole.add(leaf.value)
                words |= {word for word in WORD.findall(leaf.value) if not word.islower()}
        words |= {
            code.capitalize()
            for code in record.get("languages") or ()
            if record.kind.name == "member"
        }
        if record.kind.name == "rules":
            whole |= {
                one for path in record.get("paths") or {} for one in (path, *alternatives(path))
            }
            gates = [
                name for gate in record.get("gates") or () for name in (gate["role"], *gate["on"])
            ]
            own = [
                *record.get("categories"),
                *(record.get("paths") or {}).values(),
                *gates,
                *(record.get("secret", "required_for") or ()),
            ]
            words |= {word for name in own for word in WORD.findall(name)}
        if record.kind.name == "page":
            whole |= {step.replace("-", " ").capitalize() for step in record.id.split("/")[:-1]}
    return whole, words


def latin_texts(site: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Page and text, for each text that is neither ours, nor the co-op's, nor the theme's, nor a
    date, an amount or a name.
    """
    theme, names, (whole, codes) = _theme(), _names(), _kept(root)
    for file in sorted(site.rglob("*.html")):
        if (
            file.relative_to(site)
            .as_posix()
            .startswith(("guides/", f"{OTHER.lower()}/guides/", f"{OTHER}/guides/"))
        ):
            continue  # our own guides are in the languages they are written in, and say so
        page = file.read_text(encoding="utf-8")
        for text in Texts(page).found if 'http-equiv="refresh"' not in page else ():
            words = {
                word for word in WORD.findall(NAMES.sub(" ", text)) if word.lower() not in names
            } - codes
            known = text in theme or text.rpartition(" - ")[0] in whole or text in whole
            if RAW_DATE.match(text) or FRENCH.search(text) or (words and not known):
                yield file.relative_to(site).as_posix(), text


def as_list(found: list[tuple[str, str]]) -> str:
    """What was found, each text once, with the first page that shows it."""
    first: dict[str, str] = {}
    for page, text in found:
        first.setdefault(text, page)
    return json.dumps(first, ensure_ascii=False, indent=1)
