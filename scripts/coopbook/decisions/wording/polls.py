"""A poll in words: how one answers, how it is counted, and what each mark is called."""

from __future__ import annotations

from collections.abc import Iterator

from ...base.messages import Message, _
from ..poll_count import Method, marks_of
from .elections import GRADES

ANSWERED: dict[Method, Message] = {
    "dates": _("Say of each day whether it suits you: yes, if need be, no."),
    "plurality": _("Mark one option."),
    "approval": _("Mark every option that suits you."),
    "scores": _("Give each option a score from 0 to 5; without one it gets nothing."),
    "schulze": _(
        "Number the options in your order: 1, 2, 3… Two may have the same number; what has none "
        "comes last."
    ),
    "instant_run_off": _("Number the options in your order: 1, 2, 3… Stop where you wish."),
    "majority_judgment": _("Give each option a grade; what has none is given the lowest."),
    "sense": _("Say whether you agree, are unsure or disagree, with a word if you wish."),
    "advice": _("Write what you advise. Whoever asks reads it, and decides alone."),
}
"""What to do with an answer, by method."""
COUNTED: dict[Method, Message] = {
    "dates": _(
        "First come the days on which the most can be there, and among those the ones that suit "
        "the most."
    ),
    "plurality": _("The option marked most often comes first."),
    "approval": _("The option marked most often comes first."),
    "scores": _("The highest sum comes first."),
    "schulze": _("What would win against each of the others comes first (Schulze's method)."),
    "instant_run_off": _(
        "What more than half put first comes first; as long as nothing is, the last option goes "
        "out and its answers go on to the next."
    ),
    "majority_judgment": _("The best median grade comes first."),
}
MARKS = {
    "yes": _("yes"),
    "if_need_be": _("if need be"),
    "no": _("no"),
    "x": _("this one"),
    "agree": _("Agree"),
    "unsure": _("Unsure"),
    "disagree": _("Disagree"),
} | GRADES
"""What a mark is called; a number is called by itself."""


def describe_poll(method: Method) -> Iterator[Message]:
    """How one answers and how it is counted, sentence by sentence."""
    yield ANSWERED[method]
    if method in COUNTED:
        yield COUNTED[method]


def name_mark(mark: str) -> Message:
    """What a mark is called."""
    return MARKS.get(mark) or Message("{mark}", {"mark": mark})


def list_marks(method: Method) -> list[tuple[str, Message]]:
    """The marks that one chooses among, and what each is called; none where options are
    numbered.
    """
    return [(mark, name_mark(mark)) for mark in marks_of(method)]
