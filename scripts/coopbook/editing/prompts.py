"""Questions to a person: an answer that will not do is told so at once and asked again; those
before it are kept.

A conversation can go back. It is a function of its answers, so it is held anew from the first
question, without a word as far as the answers reach: `converse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn, TypeVar

from ..base.formats import slug
from ..base.messages import NOTHING, Message, Translator, _
from ..base.positions import HIDDEN, Value

MOST_LISTED = 12
"""Choices shown by themselves; of more, `?` shows all."""
END_OF_TEXT = "."
NOTHING_THERE = "-"
"""The answer that leaves out what Enter would not."""
_LEAST_PART = 3
"""The letters by which a part of a name can be recognized."""
BACK = "<"
"""The answer that asks the question before once more."""

T = TypeVar("T")

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


class Unsure(Exception):
    """An answer may mean something: what it would be, as an answer, and how people read it."""

    def __init__(self, answer: str, label: str) -> None:
        super().__init__(answer)
        self.answer, self.label = answer, label


class WentBack(Exception):
    """An answer is taken back: the conversation is to be held again."""


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


@dataclass
class Asker:
    """Somebody who answers in `say`'s language.

    Attributes:
        say: Says our questions.
        read: Takes a prompt and gives a line; without it nobody is there to be asked.
        show: Shows a line.
        answers: What was answered so far, by the question; a question that is asked several times
            has a number behind it.
        keep: Is called after each answer.
        reopened: Questions that are to be asked though their answer is known or taken for granted.
    """

    say: Translator
    read: Callable[[str], str] | None
    show: Callable[[str], None]
    answers: dict[str, str] = field(default_factory=dict)
    keep: Callable[[], None] = lambda: None
    reopened: set[str] = field(default_factory=set)
    _seen: list[str] = field(default_factory=list)
    _unsaid: list[str] = field(default_factory=list)
    _is_asking: bool = False

    def begin(self) -> None:
        """Hold the conversation from its first question; what was answered is not asked."""
        self._seen.clear()
        self._unsaid.clear()
        self._is_asking = False

    def reopen(self, question: str) -> NoReturn:
        """Have a question asked once more, whatever its answer is. Raises WentBack."""
        self.answers.pop(question, None)
        self.reopened.add(question)
        raise WentBack

    def is_open(self, question: Message) -> bool:
        """Whether a question whose answer goes without saying is asked all the same."""
        text = self.say(question)
        return text in self.reopened or text in self.answers

    def tell(self, message: Message, indent: str = "") -> None:
        if message and self.read:
            self._show(indent + self.say(message))

    def _show(self, line: str) -> None:
        """A line: at once in answer to somebody, else above the next question that is put."""
        if self._is_asking or not self.read:
            self.show(line)
        else:
            self._unsaid.append(line)

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
        """What `take` makes of an answer; None where an optional one is left out.

        Args:
            question: What is asked.
            take: Makes a value of an answer; raises Refused or Unsure.
            help: Lines below the question.
            default: What Enter alone answers.
            optional: It may be left out.
            given: What is answered already.
            lines: The answer is a text.

        Raises Ended when the answers end, WentBack when an answer is taken back.
        """
        key = self._key(self.say(question))
        if key in self.answers:
            self._unsaid.clear()
            given = self.answers[key]
        elif key in self.reopened:
            given = None
        elif given is None and not self.read and (optional or default):
            return take(default) if default else None
        is_put = False
        while True:
            try:
                if given is None and not is_put:
                    self._put_question(question, help, default, optional)
                    is_put = True
                answer = clean_answer(
                    given if given is not None else self._text() if lines else self._line()
                )
                if is_put and answer == BACK:
                    self._go_back()
                    continue
                answer, value = self._take_answer(answer, default, take, optional)
            except Refused as refused:
                self.fault(refused)
            except EOFError:
                raise Ended(question) from None
            else:
                if is_put:
                    self._is_asking = False
                    self.answers[key] = answer
                    self.keep()
                self._seen += [key] * (key in self.answers)
                return value
            self.answers.pop(key, None)
            given = None

    def _take_answer(
        self, answer: str, default: str, take: Callable[[str], Value], optional: bool
    ) -> tuple[str, Value]:
        """An answer and what it gives; one that may mean something else is asked about."""
        if optional and (not (answer or default) or (default and answer == NOTHING_THERE)):
            return answer, None
        try:
            return answer, take(answer or default)
        except Unsure as unsure:
            words = _("Do you mean “{label}”? Enter for yes, or no.", label=unsure.label)
            if self.read:
                self.show("  " + self.say(words))
            if not self.read or self._line().strip().lower() not in {"", *YES}:
                raise Refused(_("“{name}” is none of these.", name=answer)) from None
            return unsure.answer, take(unsure.answer)

    def _key(self, name: str) -> str:
        """The name of a question, with a number where it was asked before."""
        number = 1 + sum(1 for key in self._seen if key.partition(_NUMBER)[0] == name)
        return name if number == 1 else f"{name}{_NUMBER}{number}"

    def _go_back(self) -> None:
        """Take the last answer back. Raises WentBack; at the first question there is none."""
        if not self._seen:
            self.tell(_("This is the first question."), "  ")
            return
        self.reopen(self._seen[-1])

    def yes(
        self,
        question: Message,
        *,
        help: Sequence[Message] = (),
        default: bool | None = None,
        optional: bool = False,
        given: str | None = None,
    ) -> bool | None:
        """Whether the answer is yes. `default`: what Enter alone says."""

        def take(answer: str) -> bool:
            if answer.lower() not in YES | NO:
                raise Refused(_("Answer yes or no."))
            return answer.lower() in YES

        answered: bool | None = self.ask(
            question,
            take,
            help=[*help, _("Yes or no?")],
            default="" if default is None else self.say(_("yes") if default else _("no")),
            optional=optional,
            given=given,
        )
        return answered

    def _put_question(
        self, question: Message, help: Sequence[Message], default: str, optional: bool
    ) -> None:
        for unsaid in self._unsaid:
            self.show(unsaid)
        self._unsaid.clear()
        self._is_asking = True
        self.tell(Message("\n{question}", {"question": question}))
        for line in help:
            self.tell(line, "  ")
        if default and optional:
            self.tell(_("Press Enter for: {default}; - leaves it out.", default=default), "  ")
        elif default:
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
            self._show(f"  ! {self.say(refused.message)}")
        if refused.help:
            self._show(f"    {self.say(refused.help)}")


_NUMBER = " #"


def converse(asker: Asker, hold: Callable[[], T]) -> T:
    """What a conversation comes to, held again each time that an answer is taken back.

    `hold` asks all its questions of the asker and keeps nothing of another time.
    """
    while True:
        asker.begin()
        try:
            return hold()
        except WentBack:
            continue


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
    found = _match_names(answer, choices) or _named_otherwise(answer, choices)
    return found[0].value if len(found) == 1 else answer


def sure_choice(answer: str, choices: Sequence[Choice]) -> Value:
    """As `chosen`; where other words or a part of a name alone say it, raises Unsure for one, and
    for several Refused, with their names.
    """
    found = chosen(answer, choices)
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
