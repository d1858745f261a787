"""Questions to a person: an answer that will not do is told so at once and asked again; those
before it are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..base.formats import slug
from ..base.messages import NOTHING, Message, Translator, _
from ..base.positions import HIDDEN, Value

MOST_LISTED = 12
"""Choices shown by themselves; of more, `?` shows all."""
END_OF_TEXT = "."

YES = frozenset(["y", "yes", "o", "oui", "true", "vrai"])
NO = frozenset(["n", "no", "non", "false", "faux"])


class Refused(Exception):
    """An answer will not do: why, and the mending."""

    def __init__(self, message: Message, help: Message = NOTHING) -> None:
        super().__init__(message.text)
        self.message, self.help = message, help


class Ended(Exception):
    """Nobody answers any more: the question without an answer."""

    def __init__(self, question: Message) -> None:
        super().__init__(question.text)
        self.question = question


class Choice(NamedTuple):
    """What may be answered: the value it gives, how people read it, and other words for it."""

    value: Value
    label: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            self.label
            if slug(self.label) == slug(str(self.value))
            else f"{self.label} ({self.value})"
        )


@dataclass
class Asker:
    """Somebody who answers in `say`'s language.

    Attributes:
        say: Says our questions.
        read: Takes a prompt and gives a line; without it nobody is there to be asked.
        show: Shows a line.
    """

    say: Translator
    read: Callable[[str], str] | None
    show: Callable[[str], None]

    def tell(self, message: Message, indent: str = "") -> None:
        if message and self.read:
            self.show(indent + self.say(message))

    def ask(
        self,
        question: Message,
        take: Callable[[str], Value],
        *,
        help: Sequence[Message] = (),
        default: str = "",
        optional: bool = False,
        given: str | None = None,
        lines: bool = False,
    ) -> Value:
        """What `take` makes of an answer; None where an optional one is left out. `given` is
        answered already, `lines` makes a text.

        Raises Ended when the answers end.
        """
        if given is None:
            if not self.read and (optional or default):
                return take(default) if default else None
            self._put_question(question, help, default, optional)
        while True:
            try:
                answer = (
                    clean_answer(
                        given if given is not None else self._text() if lines else self._line()
                    )
                    or default
                )
                if not answer and optional:
                    return None
                return take(answer)
            except Refused as refused:
                self.fault(refused)
            except EOFError:
                raise Ended(question) from None
            given = None

    def yes(
        self,
        question: Message,
        *,
        help: Sequence[Message] = (),
        optional: bool = False,
        given: str | None = None,
    ) -> bool | None:
        """Whether the answer is yes."""

        def take(answer: str) -> bool:
            if answer.lower() not in YES | NO:
                raise Refused(_("Answer yes or no."))
            return answer.lower() in YES

        answered: bool | None = self.ask(
            question, take, help=[*help, _("Yes or no?")], optional=optional, given=given
        )
        return answered

    def _put_question(
        self, question: Message, help: Sequence[Message], default: str, optional: bool
    ) -> None:
        self.tell(Message("\n{question}", {"question": question}))
        for line in help:
            self.tell(line, "  ")
        if default:
            self.tell(_("Press Enter for: {default}", default=default), "  ")
        elif optional:
            self.tell(_("Press Enter to leave it out."), "  ")

    def _line(self) -> str:
        if not self.read:
            raise EOFError
        return self.read("> ")

    def _text(self) -> str:
        """Lines up to one with a point alone, or nothing when the first is empty."""
        found: list[str] = []
        while (line := self._line()).strip() != END_OF_TEXT and (found or line.strip()):
            found.append(line.rstrip())
        return "\n".join(found).rstrip() + "\n" if len(found) > 1 else "".join(found)

    def fault(self, refused: Refused) -> None:
        if refused.message:
            self.show(f"  ! {self.say(refused.message)}")
        if refused.help:
            self.show(f"    {self.say(refused.help)}")


def clean_answer(answer: str) -> str:
    """An answer without spaces and quotes around it, as YAML would have them. Raises Refused for
    what cannot be seen or kept.
    """
    text = answer.strip(" \t") if "\n" in answer else answer.strip()
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused(_("Some letters could not be read."), _("Type the text again."))
    if found := HIDDEN.search(text):
        raise Refused(
            _("This character cannot be seen: {code}.", code=f"U+{ord(found[0]):04X}"),
            _("Delete it and type the text again."),
        )
    return text[1:-1].strip() if re.fullmatch(r'"[^"]*"', text) else text


def list_choices(choices: Sequence[Choice], all_of_them: bool = False) -> list[Message]:
    """Choices with their numbers, or how to see them all where they are many."""
    if len(choices) > MOST_LISTED and not all_of_them:
        return [_("Type a word, or ? to see all {count} choices.", count=len(choices))]
    return [
        Message("{number}. {label}", {"number": number, "label": str(choice)})
        for number, choice in enumerate(choices, 1)
    ]


def chosen(answer: str, choices: Sequence[Choice]) -> Value:
    """The value of the choice that an answer names by itself, its number, its label or another word
    for it; else the answer.
    """
    if answer in [str(choice.value) for choice in choices]:
        return next(choice.value for choice in choices if str(choice.value) == answer)
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1].value
    for names in (lambda choice: [str(choice.value), choice.label], lambda choice: choice.words):
        found = [
            choice.value
            for choice in choices
            if slug(answer) in [slug(name) for name in names(choice)] and slug(answer)
        ]
        if len(found) == 1:
            return found[0]
    return answer
