"""A text written elsewhere into its articles' files, and the proof that no word of it was lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...base.atomic_files import all_or_none
from ...base.formats import slug
from ...base.messages import Message, Misuse, _
from ...records.index import Index
from ...yaml_files.editor import render
from . import VERSIONS, consolidate
from .cutting import Article, Text, cut_articles
from .wording import bare, lines

FOLDER = "decisions/bylaws"
_MOST_LOST = 5
_LONGEST_ID = 50


@dataclass(frozen=True)
class ImportedBylaws:
    """What a text gives, ready to be written.

    Attributes:
        id: The id of the document.
        document: The fields of its own file.
        articles: The fields and the text of each article, by its id.
    """

    id: str
    document: dict[str, Any]
    articles: dict[str, tuple[dict[str, Any], str]]


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
        Misuse: Where its id is none or is taken, or where it holds no text.
    """
    found = cut_articles(text)
    title = found.title or Path(name).stem
    id = options.id or slug(title)
    if not id or slug(id) != id:
        raise Misuse(
            _("“{id}” is no id: use small letters without accents, digits and hyphens.", id=id)
        )
    for path in (f"{FOLDER}/{id}.yml", f"{FOLDER}/{id}"):
        if (root / path).exists():
            raise Misuse(_("{file} exists already; choose another id with --document.", file=path))
    if not found.articles:
        raise Misuse(_("There is no text in “{file}”.", file=name))
    common: dict[str, Any] = {"audience": "members", "in_force": options.in_force.isoformat()}
    common |= {"adopted_by": {"text": options.adopted_by}} if options.adopted_by else {}
    document = _document(found, title, options.kind, index.languages[0])
    return ImportedBylaws(id, document, _articles(found, common))


def write_bylaws(root: Path, found: ImportedBylaws) -> None:
    """Write the document and its articles: all the files or none."""
    files = {
        f"{found.id}/{name}.md": render(fields, text)
        for name, (fields, text) in found.articles.items()
    }
    all_or_none(root / FOLDER, files | {f"{found.id}.yml": render(found.document)})


def lost_words(index: Index, id: str, text: str, day: date) -> list[Message]:
    """What of a text does not come back in the same words from the records of its document."""
    document = index.find("bylaws", id)
    back = (
        consolidate(index, document, day.isoformat(), lambda message: message.text)
        if document
        else ""
    )
    if bare(back) == bare(text):
        return []
    ours = {tuple(bare(line)) for line in lines(back)}
    other = [line for line in lines(text) if tuple(bare(line)) not in ours]
    return [
        _("Not the same words: look at “{line}”.", line=line) for line in other[:_MOST_LOST]
    ] or [_("The same lines in another order.")]


def _document(text: Text, title: str, kind: str, language: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": {language: title}, "kind": kind, "audience": "members"}
    fields |= {"label": text.label} if text.label else {}
    return fields | ({} if text.numbered else {"numbered": False})


def _articles(text: Text, common: dict[str, Any]) -> dict[str, tuple[dict[str, Any], str]]:
    """Fields and text of each article's file, by its id."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for article in text.articles:
        stem = slug(article.title)[:_LONGEST_ID].strip("-") or _numbered_id(article)
        names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
        id = next(name for name in names if name not in found and name != VERSIONS)
        fields = {
            name: getattr(article, name)
            for name in ("number", "suffix", "place", "title", "part")
            if getattr(article, name)
        }
        found[id] = fields | common, article.text
    return found


def _numbered_id(article: Article) -> str:
    return f"{article.place or 'article'}-{article.number}"
