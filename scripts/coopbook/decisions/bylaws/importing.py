"""A text written elsewhere into its articles' files, and the proof that no word of it was lost."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...base import markdown
from ...base.atomic_files import all_or_none
from ...base.formats import slug
from ...base.list_indents import find_indented_code, indent_continuations
from ...base.messages import Message, Misuse, _, ngettext, show_value
from ...base.paragraphs import find_huge_table, find_long_paragraph
from ...base.positions import HIDDEN, point_at, tell_hidden
from ...records.index import Index
from ...yaml_files.editor import render
from ...yaml_files.reader import CLOSING, OPENING, parse
from . import VERSIONS, consolidate
from .cutting import WITHIN, Article, Text, cut_articles
from .wording import bare, lines

FOLDER = "decisions/bylaws"
MOST_BYTES = 500_000
MOST_ARTICLES = 999
_MOST_LOST = 5
_LONGEST_ID = 50
_PAGE_BREAK = re.compile(r"^[ \t]*\\(?:newpage|pagebreak|clearpage)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True)
class ImportedBylaws:
    """What a text gives, ready to be written.

    Attributes:
        id: The id of the document.
        text: The text that its articles must give back.
        titled: Whether that text begins with the document's title.
        files: What each file holds, by its path in the co-op's folder; the document's is the first.
        left_out: What of the file is no part of the text.
    """

    id: str
    text: str
    titled: bool
    files: dict[str, bytes]
    left_out: tuple[Message, ...]

    @property
    def count(self) -> int:
        """How many articles it has."""
        return len(self.files) - 1


@dataclass(frozen=True)
class BylawsOptions:
    """What is said of a text besides its own words.

    Attributes:
        id: The id of the new document; made from its title when empty.
        kind: What sort of text it is: bylaws, articles, house_rules or charter.
        in_force: Since when it holds.
        adopted_by: Who adopted it and when, in a few words.
    """

    id: str
    kind: str
    in_force: date
    adopted_by: str = ""


def import_bylaws(
    root: Path, index: Index, name: str, text: str, options: BylawsOptions
) -> ImportedBylaws:
    """The document and the articles that a text in Markdown gives. Nothing is written.

    Args:
        root: The co-op's folder.
        index: The co-op's records.
        name: The name of the text's file.
        text: The text; its headings become articles.
        options: What is said of it besides.

    Raises:
        Misuse: Where its id is none or is taken, where it holds no text, or more than its articles
            can hold.
    """
    _refuse_unreadable(name, text)
    plain, said_title, left_out = _take_out_matter(text)
    plain, moved = indent_continuations(plain)
    left_out += _tell_indents(plain, moved)
    language = index.languages[0]
    found = cut_articles(plain, language)
    title = found.title or said_title or Path(name).stem
    id = options.id or slug(title)
    if not id or slug(id) != id:
        raise Misuse(
            _("“{id}” is no id: use small letters without accents, digits and hyphens.", id=id)
        )
    for path in (f"{FOLDER}/{id}.yml", f"{FOLDER}/{id}"):
        if (root / path).exists():
            raise Misuse(_("{file} exists already; choose another id with --document.", file=path))
    left_out += _refuse_uncut(name, found)
    common: dict[str, Any] = {"audience": "members", "in_force": options.in_force.isoformat()}
    common |= {"adopted_by": {"text": options.adopted_by}} if options.adopted_by else {}
    files = {f"{FOLDER}/{id}.yml": render(_document(found, title, options.kind, language))}
    for stem, article in zip(_ids(found.articles), found.articles, strict=True):
        files[f"{FOLDER}/{id}/{stem}.md"] = render(_fields(article) | common, article.text)
    return ImportedBylaws(id, plain, bool(found.title), files, tuple(left_out))


def write_bylaws(root: Path, found: ImportedBylaws) -> None:
    """Write the document and its articles: all the files or none."""
    # the document comes last: without it, its articles are told
    paths = reversed(found.files)
    all_or_none(
        root / FOLDER, {path.removeprefix(f"{FOLDER}/"): found.files[path] for path in paths}
    )


def lost_words(index: Index, found: ImportedBylaws, day: date) -> list[Message]:
    """What of a text does not come back in the same words from its records, in an index that has
    them.
    """
    document = index.find("bylaws", found.id)
    back = (
        consolidate(index, document, day.isoformat(), lambda message: message.text)
        if document
        else ""
    )
    if not found.titled:
        back = back.partition("\n")[2]
    if bare(back) == bare(found.text):
        return []
    lost = Counter(_addresses(found.text)) - Counter(_addresses(back))
    if lost:
        return [
            _(
                "Lost, for a heading keeps no address: {url}. Put it into a text.",
                url=show_value(url),
            )
            for url in lost
        ]
    ours = {tuple(bare(line)) for line in lines(back)}
    other = [line for line in lines(found.text) if tuple(bare(line)) not in ours]
    return [
        _("Not the same words: look at “{line}”.", line=line) for line in other[:_MOST_LOST]
    ] or [_("The same lines in another order.")]


def _addresses(text: str) -> list[str]:
    return [link.url for link in markdown.links(text)]


def _refuse_unreadable(name: str, text: str) -> None:
    """Raises Misuse for a text that no record could hold, or that takes too long to read."""
    if len(text.encode()) > MOST_BYTES:
        raise Misuse(
            _("“{file}” is too long: at most {most} kilobytes.", file=name, most=MOST_BYTES // 1000)
        )
    if invisible := HIDDEN.search(text.replace("\r\n", "\n")):
        place = point_at(text, invisible.start())
        fault = tell_hidden(place, invisible[0])
        raise Misuse(
            _(
                "“{file}”, line {line}: {fault} {help}",
                file=name,
                line=place.line,
                fault=fault.message,
                help=fault.help,
            )
        )
    if line := find_long_paragraph(text) or find_huge_table(text):
        raise Misuse(
            _(
                "“{file}”, line {line}: this paragraph is too long; cut it in several.",
                file=name,
                line=line,
            )
        )


def _take_out_matter(text: str) -> tuple[str, str, list[Message]]:
    """A text without the fields above it and without commands to begin a page; the title that the
    fields give, and what was left out.
    """
    left_out, title = list[Message](), ""
    text = text.replace("\r\n", "\n")
    opened = OPENING.match(text)
    closed = CLOSING.search(text, opened.end()) if opened else None
    if closed:
        fields = parse(text[: closed.end()].encode(), front_matter=True).value
        if isinstance(fields, dict):
            said = fields.get("title")
            title = said if isinstance(said, str) else ""
            text = text[closed.end() :]
            left_out.append(
                _("Left out, the fields above the text: {words}.", words=", ".join(fields))
            )
    without = _PAGE_BREAK.sub("\n", text)
    if without != text:
        left_out.append(_("Left out: the commands that begin a new page."))
    return without, title, left_out


def _tell_indents(text: str, moved: int) -> Iterator[Message]:
    """What is said of passages that are indented: moved below the entry of a list that they belong
    to, or shown as code.
    """
    if moved:
        yield ngettext(
            "{count} passage below an entry of a list was indented as part of it.",
            "{count} passages below entries of lists were indented as parts of them.",
            moved,
        )
    for line in find_indented_code(text):
        yield _(
            "Shown as code, for four spaces stand before it: “{line}”", line=html.unescape(line)
        )


def _refuse_uncut(name: str, found: Text) -> list[Message]:
    """What of a text that was cut is left out. Raises Misuse where its articles cannot be kept."""
    if not found.articles:
        raise Misuse(_("There is no text in “{file}”.", file=name))
    if (count := len(found.articles)) > MOST_ARTICLES:
        raise Misuse(
            _(
                "“{file}” has {count} articles and other passages: at most {most} can be kept.",
                file=name,
                count=count,
                most=MOST_ARTICLES,
            )
        )
    for note in found.unnamed:
        if note.startswith("[^"):
            raise Misuse(
                _(
                    "No article of “{file}” names this footnote: {note}. Name it in a text (not in "
                    "a heading), or make a paragraph of it.",
                    file=name,
                    note=show_value(note.split("\n")[0]),
                )
            )
    return [
        _("Left out, an address that nothing names: {line}", line=line) for line in found.unnamed
    ]


def _document(text: Text, title: str, kind: str, language: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": {language: title}, "kind": kind, "audience": "members"}
    fields |= {"label": text.label} if text.label else {}
    return fields | ({} if text.numbered else {"numbered": False})


def _fields(article: Article) -> dict[str, Any]:
    """What an article's file says of it, besides who reads it and since when it holds."""
    names = ("number", "suffix", "place", "printed", "title", "part")
    fields = {name: getattr(article, name) for name in names if getattr(article, name)}
    return fields | ({} if article.above is None else {"above": list(article.above)})


def _ids(articles: Iterable[Article]) -> list[str]:
    """An id for each article, made from its title; none is that of the folder of old wordings."""
    found, counts = dict[str, None](), Counter({VERSIONS: 1})
    for article in articles:
        stem = slug(article.title)[:_LONGEST_ID].strip("-") or _numbered_id(article)
        id = stem if not counts[stem] else f"{stem}-{counts[stem] + 1}"
        while id in found:
            counts[stem] += 1
            id = f"{stem}-{counts[stem] + 1}"
        counts[stem] += 1
        found[id] = None
    return list(found)


def _numbered_id(article: Article) -> str:
    letters = f"-{article.suffix}" if article.place == WITHIN else ""
    return f"{article.place or 'article'}-{article.number}{letters}"
