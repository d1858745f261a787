"""The texts that a co-op gives itself: their articles, the wordings each has had, and the whole as
it stood on a day.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile, zip_longest
from typing import NamedTuple

from ...base import markdown
from ...base.messages import Translator, _
from ...records.index import Entry, Index
from ..types import Article, BylawsText
from ..types.bylaws import print_number
from .notes import add_definitions, rename_notes, take_definitions
from .slips import undo
from .wording import words

VERSIONS = "versions"


class Place(NamedTuple):
    """Where a wording belongs: `since` is the day in the file's name of one that was replaced,
    nothing for the last one.
    """

    document: str
    article: str
    since: str = ""


def place_of(id: str) -> Place | None:
    """What the id of an article's record says; None for one that stands where no article can."""
    steps = id.split("/")
    if len(steps) == 2 and steps[1] != VERSIONS:
        return Place(*steps)
    return Place(steps[0], steps[2], steps[3]) if len(steps) == 4 and steps[1] == VERSIONS else None


def wordings(index: Index, document: str) -> dict[str, list[Entry]]:
    """The articles of a text by their ids, each with its wordings, the oldest first; those without
    a day are left out.
    """
    found: dict[str, list[Entry]] = {}
    for entry in index.of("article"):
        place = place_of(entry.id)
        if place and place.document == document and Article.of(entry).in_force:
            found.setdefault(place.article, []).append(entry)
    return {
        article: sorted(of, key=lambda entry: (Article.of(entry).in_force, _is_last(entry)))
        for article, of in found.items()
    }


def _is_last(entry: Entry) -> bool:
    place = place_of(entry.id)
    return bool(place and not place.since)


def wordings_on(index: Index, document: str, day: str) -> list[Entry]:
    """The wording of each article that held on a day, in the text's order; those that had been
    repealed are among them.
    """
    held = [
        [entry for entry in of if Article.of(entry).in_force <= day]
        for of in wordings(index, document).values()
    ]
    return sorted((of[-1] for of in held if of), key=order)


def order(entry: Entry) -> tuple[int, int, int, str]:
    """The place of an article in its text."""
    return Article.of(entry).order


def days(index: Index, document: str) -> list[str]:
    """The days on which something in a text came into force, the first one first."""
    return sorted(
        {Article.of(entry).in_force for of in wordings(index, document).values() for entry in of}
    )


def language_of(index: Index, document: Entry | None) -> str:
    """The language a text is written in."""
    return (BylawsText.of(document).language if document else "") or index.languages[0]


def number(index: Index, document: Entry | None, entry: Entry) -> str:
    """An article's number as it is printed, such as Article 4 bis; nothing where it has none."""
    article, text = Article.of(entry), BylawsText.of(document) if document else BylawsText()
    if article.place or not article.number or not text.numbered:
        return ""
    if article.printed:
        return article.printed
    french = language_of(index, document).startswith("fr")
    return print_number(text.label, article.number, article.suffix, french=french)


def heading(index: Index, document: Entry | None, entry: Entry) -> str:
    """An article's heading, such as Article 4. Seat."""
    return ". ".join(
        part for part in (number(index, document, entry), Article.of(entry).title) if part
    )


class Step(NamedTuple):
    """What stands above an article in the whole text: the headings that begin there, each with its
    depth from 0, and how many headings it stands under.
    """

    begins: tuple[tuple[int, str], ...]
    depth: int


def outline(articles: Iterable[Entry]) -> Iterator[Step]:
    """The headings of parts above each article of a text, in its order."""
    shown: tuple[str, ...] = ()
    for entry in articles:
        own = Article.of(entry).parts
        parts = shown if own is None else own
        pairs = zip_longest(parts, shown[: len(parts)])
        common = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
        yield Step(tuple(enumerate(parts))[common:], len(parts))
        shown = parts


def consolidate(index: Index, document: Entry, day: str, say: Translator) -> str:
    """The whole text as it stood on a day, in Markdown; `say` speaks the text's language."""
    parts = [f"# {index.text(document.title, language_of(index, document))}"]
    articles = wordings_on(index, document.id, day)
    for entry, text, step in zip(articles, _own_notes(articles), outline(articles), strict=True):
        parts += [f"{'#' * min(6, 2 + depth)} {words}" for depth, words in step.begins]
        level = min(6, 2 + step.depth)
        head = heading(index, document, entry)
        parts += [f"{'#' * level} {head}"] * bool(head)
        parts.append(
            f"*{say(_('Repealed.'))}*"
            if Article.of(entry).repealed
            else lower_headings(text, level + 1)
        )
    return "\n\n".join(part for part in parts if part) + "\n"


def _own_notes(articles: list[Entry]) -> Iterator[str]:
    """The articles' texts with their footnotes. One that several define in the same words stands
    once; of those that have one name and say different things each is named after its article.
    """
    cut = [take_definitions(entry.body) for entry in articles]
    said: dict[str, set[str]] = {}
    for _text, notes in cut:
        for name, note in notes.items():
            said.setdefault(name, set()).add(note)
    for entry, (text, notes) in zip(articles, cut, strict=True):
        place = place_of(entry.id)
        names = {
            name: f"^{place.article if place else ''}-{name[1:]}"
            for name in notes
            if name[0] == "^" and len(said[name]) > 1
        }
        own = [note for name, note in notes.items() if name in names or said[name]]
        for name in notes.keys() - names.keys():
            said[name] = set()
        yield rename_notes(add_definitions(text.strip("\n"), own), names)


def lower_headings(text: str, top: int) -> str:
    """A text whose highest headings are at the level `top`, none deeper than six."""
    found = list(markdown.heading_lines(text))
    written = text.split("\n")
    up = min((level for level, _first, _last in found), default=top) - top
    for level, first, last in reversed(found):
        said = " ".join(line.strip() for line in written[first - 1 : last]).strip()
        said = re.sub(r"^#+\s*|\s+#+\s*$|\s+[=-]+\s*$", "", said)
        written[first - 1 : last] = [f"{'#' * min(6, level - up)} {said}"]
    return "\n".join(written)


def same_words(one: Entry, other: Entry) -> bool:
    """Whether two wordings say the same: number, part, heading, text and whether it holds at
    all.
    """

    def gist(entry: Entry) -> tuple[object, ...]:
        it = Article.of(entry)
        text = words(f"# {it.part}\n\n# {it.title}\n\n{entry.body}")
        return it.number, it.suffix, it.place, it.printed, it.above, it.repealed, text

    return gist(one) == gist(other)


def before_slips(entry: Entry, known: int) -> Entry | None:
    """A wording as it was copied, before all its errata but the first, `known` ones; None where
    nobody can tell.
    """
    text = undo(entry.body, Article.of(entry).errata[known:])
    return None if text is None else entry._replace(body=text)


def is_same_but_for_slips(old: Entry, new: Entry) -> bool:
    """Whether a wording differs from what it was by the errata that were added, and no more: no
    field either, such as who adopted it or whether it still holds.
    """
    was, now = Article.of(old), Article.of(new)
    count = len(was.errata)
    if len(now.errata) <= count or now.errata[:count] != was.errata:
        return False
    before = before_slips(new, count)
    fields = ({**entry.value, "errata": ()} for entry in (old, new))
    return operator.eq(*fields) and before is not None and same_words(old, before)


def last_wordings(index: Index) -> Iterator[Entry]:
    """The last wording of each article, those that no text can hold left out."""
    return (entry for entry in index.of("article") if _is_last(entry))
