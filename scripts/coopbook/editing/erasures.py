"""What is still to be done once somebody was erased: the list of words to replace in the history is
the only place that still knows their name, and stands beside the repository, never in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _, ngettext
from ..records.load import Book
from .doctor import Line
from .member_errands import ERASED, texts_that_say
from .mentions import read_text

LIST = "build/erase.txt"
"""Where the list of replacements for git filter-repo is written: no part of the repository."""
_SHOWN = 5
_BEGIN, _END = "literal:", f"==>{ERASED}"


def examine_erasures(book: Book) -> Iterator[Line]:
    """Say which texts still name whoever was erased, as long as the list of their words is there;
    once it is gone, nobody can say it, and nothing is told.
    """
    words = read_words(book)
    if not words:
        return
    places = texts_that_say(book, words)
    if places:
        message = ngettext(
            "{count} line still says what was to be erased: {places}.",
            "{count} lines still say what was to be erased: {places}.",
            len(places),
            places=_list_places([f"{one.file}:{one.line}" for one in places]),
        )
        help = _("Change them by hand. Then the history, and at last delete {file}.", file=LIST)
        yield Line("mend", message, help)
    else:
        message = _("{file} still holds the name of whoever was erased.", file=LIST)
        yield Line("mend", message, _("When the history is written anew, delete it."))


def read_words(book: Book) -> list[str]:
    """The words of the list that name somebody; none where there is no list."""
    lines = read_text(book, LIST).splitlines()
    return [
        line.removeprefix(_BEGIN).removesuffix(_END)
        for line in lines
        if line.startswith(_BEGIN) and line.endswith(_END)
    ]


def _list_places(places: list[str]) -> Message | str:
    shown = ", ".join(places[:_SHOWN])
    more = len(places) - _SHOWN
    return _("{places} and {count} more", places=shown, count=more) if more > 0 else shown
