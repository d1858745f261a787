"""What is put to the vote of an assembly as it was typed: a proposal by its id, or a resolution in
words with its category before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..base.diagnostics import suggestion
from ..base.messages import Message, Misuse, _
from ..decisions.meetings import rules_on
from ..decisions.presets import usual_labels
from ..decisions.types import Category
from ..records.index import Index
from .vocabulary import one_of, plain

SECRET = _("secret, secret ballot")
MOST_TITLE, MOST_WORDS = 160, 6_000
WEAKEST = ("ordinary", "section")
"""Sorts of assembly whose resolutions are of the weakest category where nothing else is said."""


@dataclass(frozen=True)
class Motion:
    """What is put to the vote: the id of a `proposal`, or words; `item` is its number in the
    agenda, 0 where none is said.
    """

    text: str
    proposal: bool = False
    item: int = 0


@dataclass(frozen=True)
class Wording:
    """A resolution in words, as it was understood."""

    title: str
    text: str
    category: str
    secret: bool
    item: int


def read_resolution(text: str, kind: str, day: str, index: Index) -> Wording:
    """A resolution such as “ordinary: Accounts of 2025 | The meeting approves …”. Before the colon,
    commas between them: its category by id or by name, “secret”, the number of its item; after the
    bar, the words that are voted where the title does not say them all.
    """
    known = _categories(index, day)
    before, colon, after = text.partition(":")
    prefix = _read_prefix(before, known) if colon else None
    if prefix is None and colon:
        _refuse_near_category(before, known, index)
    category, secret, item = prefix or ("", False, 0)
    title, bar, words = (one.strip() for one in (after if prefix else text).partition("|"))
    if not title or (bar and not words):
        raise Misuse(_("What is voted? “{text}” says no more than this.", text=text))
    if len(title) > MOST_TITLE:
        message = _(
            "The title “{title}” is too long: at most {most} signs; what is voted comes after "
            "it and a bar (|).",
            title=title,
            most=MOST_TITLE,
        )
        raise Misuse(message)
    if len(words) > MOST_WORDS:
        raise Misuse(
            _(
                "The text of “{id}” is too long for a resolution: at most {most} signs.",
                id=title,
                most=MOST_WORDS,
            )
        )
    return Wording(
        title, words or title, _category(category, title, kind, known, index), secret, item
    )


def _categories(index: Index, day: str) -> Mapping[str, Category]:
    return rules_on(index, date.fromisoformat(day)).categories


def _ways(name: str, category: Category) -> set[str]:
    """How somebody may write a category: its name, or its label in any language."""
    return {
        plain(one)
        for one in (name, *(category.label or usual_labels().get(name, {})).values())
        if one
    }


def _read_prefix(before: str, known: Mapping[str, Category]) -> tuple[str, bool, int] | None:
    """What stands before the colon; None where it is not all of it understood, and so is part of
    the words.
    """
    category, secret, item = "", False, 0
    for word in before.split(","):
        found = next((name for name, one in known.items() if plain(word) in _ways(name, one)), "")
        if found and not category:
            category = found
        elif one_of(word.strip(), SECRET):
            secret = True
        elif word.strip().isdecimal() and not item:
            item = int(word)
        else:
            return None
    return category, secret, item


def _refuse_near_category(before: str, known: Mapping[str, Category], index: Index) -> None:
    """Refuse words before a colon that are nearly a category's: nobody is to vote under another one
    than was meant.
    """
    for word in filter(None, map(plain, before.split(","))):
        for name, one in known.items():
            ways = _ways(name, one)
            if suggestion(word, ways) or any(word in way.split() for way in ways):
                raise Misuse(
                    _(
                        "“{text}” is no category. {help}",
                        text=before.strip(),
                        help=_list(known, index),
                    )
                )


def _category(name: str, title: str, kind: str, known: Mapping[str, Category], index: Index) -> str:
    """The category that was said; else the weakest that a meeting may take, where the sort of
    assembly leaves no doubt.
    """
    taken = list(_taken_names(known))
    if name and name not in taken:
        raise Misuse(
            _(
                "“{title}” is of a category that a meeting does not decide. {help}",
                title=title,
                help=_list(known, index),
            )
        )
    if known and not taken:
        raise Misuse(
            _(
                "The rules let a meeting decide nothing: “{title}” is not put to its vote.",
                title=title,
            )
        )
    if not name and len(taken) > 1 and kind not in WEAKEST:
        raise Misuse(
            _(
                "Under which category is “{title}” decided? {help}",
                title=title,
                help=_list(known, index),
            )
        )
    return name or next(iter(taken), "")


def _taken_names(known: Mapping[str, Category]) -> Iterator[str]:
    return (name for name, one in known.items() if one.channel in ("either", "meeting"))


def _list(known: Mapping[str, Category], index: Index) -> Message:
    names = list(_taken_names(known))
    words = ", ".join(
        f"{said} ({name})" if said else name
        for name in names
        for said in [index.text(known[name].label or usual_labels().get(name))]
    )
    return _("Write one of these before it, and a colon: {words}.", words=words)


def example(index: Index, day: str) -> Message:
    """How a resolution in words is typed, as the last part of a message; nothing where the rules
    let a meeting decide nothing.
    """
    name = next(_taken_names(_categories(index, day)), "")
    return (
        _(
            "What is no proposal is written with its category before it, such as: {category}: …",
            category=name,
        )
        if name
        else Message("")
    )
