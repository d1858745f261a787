"""What may be answered where there is a list: choices, how they are shown, and which of them an
answer names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..base.formats import slug
from ..base.messages import Message, _
from ..base.positions import Value
from .prompts import Refused, Unsure

MOST_LISTED = 12
"""Choices shown by themselves; of more, `?` shows all."""
_MOST_SHOWN = 9
"""Choices shown of a long list whose others are known by their names."""
_LEAST_PART = 3
"""The letters by which a part of a name can be recognized."""


class Choice(NamedTuple):
    """What may be answered: the value it gives, how people read it, other words for it, and what it
    is called elsewhere.
    """

    value: Value
    label: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            self.label
            if slug(self.label) == slug(str(self.value))
            else f"{self.label} ({self.value})"
        )


def list_choices(choices: Sequence[Choice], all_of_them: bool = False) -> list[Message]:
    """Choices with their numbers, or how to see them all where they are many."""
    if len(choices) > MOST_LISTED and not all_of_them:
        return [_("Type a word, or ? to see all {count} choices.", count=len(choices))]
    return [
        Message("{number}. {label}", {"number": number, "label": str(choice)})
        for number, choice in enumerate(choices, 1)
    ]


def choose(answer: str, choices: Sequence[Choice]) -> Value:
    """The value of the choice that an answer names by itself, its number, its label or another word
    for it; else the answer.
    """
    if answer in [str(choice.value) for choice in choices]:
        return next(choice.value for choice in choices if str(choice.value) == answer)
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1].value
    found = _match_names(answer, choices) or _named_otherwise(answer, choices)
    return found[0].value if len(found) == 1 else answer


def sure_choice(answer: str, choices: Sequence[Choice]) -> Value:
    """As `chosen`; where other words or a part of a name alone say it, raises Unsure for one, and
    for several Refused, with their names.
    """
    found = choose(answer, choices)
    is_known = found in [choice.value for choice in choices]
    if is_known and (
        found == answer or answer.isdecimal() or len(_match_names(answer, choices)) == 1
    ):
        return found
    near = _named_otherwise(answer, choices) if is_known else _containing(answer, choices)
    if len(near) == 1:
        raise Unsure(str(near[0].value), near[0].label)
    if 1 < len(near) <= MOST_LISTED:
        names = ", ".join(choice.label for choice in near)
        raise Refused(_("“{word}” may be: {names}.", word=answer, names=Message(names)))
    return found


def _match_names(answer: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices of this name."""
    word = slug(answer)
    return [
        choice
        for choice in choices
        if word
        and word in [slug(name) for name in (str(choice.value), choice.label, *choice.names)]
    ]


def _named_otherwise(answer: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that this is another word for."""
    word = slug(answer)
    return [choice for choice in choices if word and word in [slug(one) for one in choice.words]]


def _containing(answer: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices of whose names this is a part."""
    word = slug(answer)
    if len(word) < _LEAST_PART:
        return []
    return [
        choice
        for choice in choices
        if any(word in slug(name) for name in (choice.label, *choice.names, *choice.words))
    ]


def number_choices(choices: Sequence[Choice]) -> list[Message]:
    """Choices with their numbers, without the codes that files have for them."""
    return [
        numbered_line(number, Message(choice.label)) for number, choice in enumerate(choices, 1)
    ]


def numbered_line(number: int, words: Message) -> Message:
    return Message("{number}. {words}", {"number": number, "words": words})


def number_first_choices(choices: Sequence[Choice]) -> list[Message]:
    """The first of many choices, and how to see the others."""
    shown = number_choices(choices[:_MOST_SHOWN])
    left = len(choices) - _MOST_SHOWN
    if left <= 0:
        return shown
    return [*shown, _("? shows the {count} others; their names are understood, too.", count=left)]


def label_of(choices: Sequence[Choice]) -> Callable[[Value], str]:
    """How people read the value of a choice; another value as it is."""
    labels = {choice.value: choice.label for choice in choices}
    return lambda value: labels.get(value, str(value))
