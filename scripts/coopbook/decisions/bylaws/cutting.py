"""A text with headings, such as bylaws written as one page -> its title and its articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase
from typing import NamedTuple

from ...base import markdown
from ..types.bylaws import SUFFIXES, print_number
from .notes import add_definitions, named_definitions, take_definitions

_SIGNS = r"[.:)–—-]+"
_NUMBERED = re.compile(
    r"(?P<printed>(?:(?P<label>[^\W\d_]+\.?|§)\s*(?<![^\W\d_]))?"
    r"(?:(?P<figures>\d{1,3}(?:\.\d{1,3})*)(?:er|ère|ere|ᵉʳ|re|st|nd|rd|th)?"
    rf"(?:\s*(?P<suffix>{'|'.join(SUFFIXES[1:])}))?"
    r"|(?P<roman>[IVXLC]+)|(?P<word>premier|première|unique))(?!\w))(?![\w.]*\d)"
    rf"(?P<after>\s*{_SIGNS}\s*|$|\s+)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN = re.compile(r"(?=[IVXLC]*[IVX]|[LC]{2})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})|C{1,3}[IVXL]+")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ARTICLE = re.compile(r"(art(icle)?s?|sec(tion)?|clause|règle|rule|bylaw)\.?|§", re.IGNORECASE)
_PART = re.compile(r"(titre|title|chapitre|chapter|partie|part|livre|book)\b", re.IGNORECASE)
_ANNEX = re.compile(r"(annexe?s?|appendi(x|ces?)|schedules?|exhibits?)\b", re.IGNORECASE)
BEFORE, AFTER, WITHIN = "before", "after", "within"


class Article(NamedTuple):
    """An article as it was found; `place` as in its record, nothing for a numbered one.

    `part` is the heading that it stands under, `above` those above that one; `printed` its number
    where the text prints it otherwise than from `number` and `suffix`.
    """

    number: int
    title: str
    text: str
    suffix: str = ""
    place: str = ""
    part: str = ""
    above: tuple[str, ...] | None = None
    printed: str = ""


@dataclass(frozen=True)
class Text:
    """A text cut into articles. `label`: the word before their numbers; `numbered`: whether their
    headings have some; `unnamed`: what it defines and nothing in it names.
    """

    title: str
    articles: tuple[Article, ...]
    label: str = ""
    numbered: bool = True
    unnamed: tuple[str, ...] = ()


class _Section(NamedTuple):
    """A heading with the text below it; `written` is the heading as it stands in the file."""

    level: int
    heading: str
    written: str
    text: str

    @property
    def whole(self) -> str:
        return _join(self.written, self.text)


class _Number(NamedTuple):
    """The number of a heading. `value` is nothing where it is no whole number, such as 3.2."""

    label: str
    value: int
    suffix: str
    printed: str
    title: str


class _Piece(NamedTuple):
    """An article or another passage, with the headings that it stands under."""

    parts: tuple[str, ...]
    title: str
    text: str
    number: _Number | None = None


def cut_articles(written: str, language: str = "") -> Text:
    """The articles of a text. They are what stands under the headings of the level that has most
    numbers, those that say “article” or “section” before others; else of the highest level. Higher
    headings are the parts they stand under. What stands before, between and after them without a
    number is kept unnumbered, footnotes go where they are named.

    Args:
        written: The text in Markdown.
        language: Its language: in French, 1 is printed “1er”.
    """
    plain, definitions = take_definitions(written.replace("\r\n", "\n"))
    first, *sections = _sections(plain)
    title = ""
    if not first.text and _begins_with_title(sections):
        title, first, sections = sections[0].heading, sections[0], sections[1:]
    level = _level_of_articles(sections)
    pieces = [_Piece((), "", first.text)] if first.text else []
    if level:
        pieces += _pieces(sections, level)
        labels = Counter(piece.number.label for piece in pieces if piece.number)
        label = labels.most_common(1)[0][0]
        found = list(_number_articles(pieces, label, french=language.startswith("fr")))
    else:
        label, found = "", list(_cut_unnumbered(pieces, sections))
    named = {name for article in found for name in named_definitions(article.text, definitions)}
    return Text(
        title,
        tuple(_with_definitions(article, definitions) for article in found),
        label,
        bool(level),
        tuple(definitions[name] for name in definitions if name not in named),
    )


def _begins_with_title(sections: Sequence[_Section]) -> bool:
    """Whether the first heading is the text's own: one of the highest level that begins no part,
    where all others of that level do, or with nothing of its own below it.
    """
    if not sections or sections[0].level != 1 or _begins_part(sections[0].heading):
        return False
    others = [section for section in sections[1:] if section.level == 1]
    empty = bool(others) and sections[1] is others[0] and not sections[0].text
    return empty or all(_begins_part(section.heading) for section in others)


def _begins_part(heading: str) -> bool:
    return bool(_number(heading) or _PART.match(heading) or _ANNEX.match(heading))


def _sections(text: str) -> Iterator[_Section]:
    """What stands before the first heading, then each heading with its text."""
    lines = text.split("\n")
    places = [*markdown.heading_lines(text), (0, len(lines) + 1, len(lines) + 1)]
    yield _Section(0, "", "", _body(lines[: places[0][1] - 1]))
    for (level, start, end), (_level, until, _end) in pairwise(places):
        written = "\n".join(lines[start - 1 : end])
        heading = markdown.plain(written, 10_000)
        yield _Section(level, heading, written, _body(lines[end : until - 1]))


def _body(lines: list[str]) -> str:
    return re.sub(r"\A(\s*\n)+", "", "\n".join(lines)).rstrip()


def _join(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


def _number(heading: str) -> _Number | None:
    """The number that a heading begins with, if it is an article's."""
    found = _NUMBERED.fullmatch(heading)
    if not found or _PART.match(heading) or _ANNEX.match(heading):
        return None
    label, value = found["label"] or "", 0
    if found["roman"]:
        plain = not label and not re.search(_SIGNS, found["after"])
        if plain or not found["roman"].isupper() or not _ROMAN.fullmatch(found["roman"]):
            return None
        value = _roman(found["roman"])
    elif found["word"]:
        if not _ARTICLE.fullmatch(label):
            return None
        value = 1
    elif "." not in found["figures"]:
        value = int(found["figures"])
    suffix = (found["suffix"] or "").lower()
    return _Number(label, value, suffix, found["printed"], found["title"].strip())


def _roman(figures: str) -> int:
    values = [_VALUES[figure] for figure in figures]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def _level_of_articles(sections: Sequence[_Section]) -> int:
    """The level of the articles' headings; 0 where none has a number. Of two levels with as many
    headings that say “article” or “section” it is the lower one, else the higher one.
    """
    said, bare = Counter[int](), Counter[int]()
    for section in sections:
        if number := _number(section.heading):
            (said if _ARTICLE.fullmatch(number.label) else bare)[section.level] += 1
    if said:
        return max(said, key=lambda level: (said[level], level))
    return max(bare, key=lambda level: (bare[level], -level), default=0)


def _pieces(sections: Sequence[_Section], level: int) -> Iterator[_Piece]:
    """The passages of a text in order: its articles, and what stands before, between and after."""
    ends = _ends(sections)
    numbers = _numbers_of_articles(sections, ends, level)
    starts = sorted(numbers)
    annexes = [place for place, section in enumerate(sections) if _ANNEX.match(section.heading)]
    above: list[tuple[int, str]] = []
    place = 0
    while place < len(sections):
        section, end = sections[place], ends[place]
        above = [(higher, heading) for higher, heading in above if higher < section.level]
        parts = tuple(heading for _level, heading in above)
        if place not in numbers and (
            _holds(starts, place + 1, end) or _holds(annexes, place + 1, end)
        ):
            above.append((section.level, section.heading))
            if section.text:
                yield _Piece((*parts, section.heading), "", section.text)
            place += 1
            continue
        inner = (one.whole for one in sections[place + 1 : end])
        title = numbers[place].title if place in numbers else section.heading
        yield _Piece(parts, title, _join(section.text, *inner), numbers.get(place))
        place = end


def _holds(places: list[int], first: int, end: int) -> bool:
    """Whether one of some places, which are sorted, lies from `first` to before `end`."""
    near = bisect_left(places, first)
    return near < len(places) and places[near] < end


def _ends(sections: Sequence[_Section]) -> list[int]:
    """For each heading, where the next one that is not below it stands."""
    ends, opened = [len(sections)] * len(sections), list[int]()
    for place, section in enumerate(sections):
        while opened and sections[opened[-1]].level >= section.level:
            ends[opened.pop()] = place
        opened.append(place)
    return ends


def _numbers_of_articles(
    sections: Sequence[_Section], ends: list[int], level: int
) -> dict[int, _Number]:
    """The headings that begin an article, with their numbers: those of the articles' level outside
    annexes, and higher ones that say “article” with none of them below.
    """
    found, annex = dict[int, _Number](), 0
    for place, section in enumerate(sections):
        if _ANNEX.match(section.heading) and section.level < level:
            annex = max(annex, ends[place])
        number = _number(section.heading)
        if number and section.level == level and place >= annex:
            found[place] = number
    starts = sorted(found)
    for place, section in enumerate(sections):
        number = _number(section.heading)
        says = number and _ARTICLE.fullmatch(number.label)
        if number and says and section.level < level and not _holds(starts, place, ends[place]):
            found[place] = number
    return found


def _number_articles(pieces: list[_Piece], label: str, *, french: bool) -> Iterator[Article]:
    """The articles with their numbers: those they have where these go 1, 2, 3…; else they are
    counted, and each keeps in `printed` what the text says.
    """
    articles = [place for place, piece in enumerate(pieces) if piece.number]
    own = _own_numbers(pieces)
    counts, number, shown = Counter[str](), 0, tuple[str, ...]()
    for place, piece in enumerate(pieces):
        part, above = _under(piece.parts, shown)
        shown = piece.parts
        if piece.number is None:
            where = _place(place, articles[0], articles[-1])
            at, suffix = 1, ""
            if where == WITHIN:
                after = pieces[articles[bisect_left(articles, place)]].number
                at = after.value if own and after else number + 1
                suffix = _letters(counts[f"{WITHIN} {at}"])
                counts[f"{WITHIN} {at}"] += 1
            else:
                counts[where] += 1
                at = counts[where]
            yield Article(at, piece.title, piece.text, suffix, where, part, above)
            continue
        number = piece.number.value if own else number + 1
        suffix = piece.number.suffix if own else ""
        usual = print_number(label, number, suffix, french=french)
        same = re.findall(r"\w+", usual) == re.findall(r"\w+", piece.number.printed)
        printed = "" if same else piece.number.printed
        yield Article(number, piece.title, piece.text, suffix, "", part, above, printed)


def _letters(count: int) -> str:
    """a, b, …, z, za, zb, …: letters in the order of the alphabet."""
    full, rest = divmod(count, len(ascii_lowercase) - 1)
    return "z" * full + ascii_lowercase[rest]


def _under(parts: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, tuple[str, ...] | None]:
    """`part` and `above` of a passage: where it stands under none after others that do, that is
    said.
    """
    if parts:
        return parts[-1], parts[:-1] or None
    return "", () if shown else None


def _place(place: int, first: int, last: int) -> str:
    return BEFORE if place < first else AFTER if place > last else WITHIN


def _own_numbers(pieces: list[_Piece]) -> bool:
    """Whether the articles' own numbers go 1, 2, 2 bis, 3 and so on."""
    last, between = (0, 0), False
    for piece in pieces:
        if piece.number is None:
            between = True
            continue
        now = piece.number.value, SUFFIXES.index(piece.number.suffix)
        if not piece.number.value or now <= last or now[0] > last[0] + 1 or (between and now[1]):
            return False
        last, between = now, False
    return True


def _cut_unnumbered(pieces: list[_Piece], sections: Sequence[_Section]) -> Iterator[Article]:
    """The sections of the highest level, which have no numbers."""
    yield from (Article(1, piece.title, piece.text, place=BEFORE) for piece in pieces)
    ends, place, number = _ends(sections), 0, 0
    while place < len(sections):
        number += 1
        inner = (one.whole for one in sections[place + 1 : ends[place]])
        section = sections[place]
        yield Article(number, section.heading, _join(section.text, *inner))
        place = ends[place]


def _with_definitions(article: Article, definitions: dict[str, str]) -> Article:
    own = [definitions[name] for name in named_definitions(article.text, definitions)]
    return article._replace(text=add_definitions(article.text, own))
