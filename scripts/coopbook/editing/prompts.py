"""Questions to a person: an answer that will not do is told so at once and asked again; those
before it are kept.

A conversation can go back. It is a function of its answers, so it is held anew from the first
question, without a word as far as the answers reach: `converse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, TypeVar

from ..base.messages import NOTHING, Message, Translator, _
from ..base.positions import HIDDEN, Value

END_OF_TEXT = "."
NOTHING_THERE = "-"
"""The answer that leaves out what Enter would not."""
BACK = "<"
"""The answer that asks the question before once more."""
NOTHING_SAID = "—"
"""How people read that a question was left open."""

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


class Heard(NamedTuple):
    """A question by its key and its words, and its answer as people read it."""

    key: str
    question: Message
    words: str


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
        former: Answers that were taken back: they are offered again.
        heard: What was answered since the conversation began, also by what was known beforehand.
    """

    say: Translator
    read: Callable[[str], str] | None
    show: Callable[[str], None]
    answers: dict[str, str] = field(default_factory=dict)
    keep: Callable[[], None] = lambda: None
    reopened: set[str] = field(default_factory=set)
    former: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    _unsaid: list[str] = field(default_factory=list)
    _is_asking: bool = False

    def begin(self) -> None:
        """Hold the conversation from its first question; what was answered is not asked."""
        self.heard.clear()
        self._unsaid.clear()
        self._is_asking = False

    def reopen(self, key: str) -> NoReturn:
        """Have a question asked once more, by its key, and offer its answer. Raises WentBack."""
        if key in self.answers:
            self.former[key] = self.answers.pop(key)
        self.reopened.add(key)
        raise WentBack

    def is_open(self, key: str) -> bool:
        """Whether a question whose answer goes without saying is asked all the same."""
        return key in self.reopened or key in self.answers

    def key_of(self, question: Message, hangs_on: str = "") -> str:
        """What a question is known by: its words and what its answer hangs on, with a number where
        it was asked before.
        """
        name = self.say(question) + (hangs_on and f"{_HANGS_ON}{hangs_on}")
        number = 1 + sum(1 for key in self._answered if key.partition(_NUMBER)[0] == name)
        return name if number == 1 else f"{name}{_NUMBER}{number}"

    def note(
        self, key: str, question: Message, value: Value, shown: Callable[[Any], str] | None
    ) -> None:
        """Note an answer as people read it."""
        words = NOTHING_SAID if value in (None, "", []) else (shown or str)(value)
        self.heard.append(Heard(key, question, words))

    @property
    def _answered(self) -> list[str]:
        """The questions that somebody answered, in order."""
        return [one.key for one in self.heard if one.key in self.answers]

    def tell(self, message: Message, indent: str = "") -> None:
        if message and self.read:
            self._show(indent + self.say(message))

    def _show(self, line: str) -> None:
        """A line: at once in answer to somebody, else above the next question that is put."""
        if self._is_asking or not self.read:
            self.show(line)
        else:
            self._unsaid.append(line)

    def ask(  # noqa: PLR0913 -- what is known of a question, by name
        self,
        question: Message,
        take: Callable[[str], Value],
        *,
        help: Sequence[Message] = (),
        default: str = "",
        optional: bool = False,
        given: str | None = None,
        lines: bool = False,
        shown: Callable[[Any], str] | None = None,
        hangs_on: str = "",
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
            shown: How people read what `take` makes, which is kept then rather than what they
                typed, such as the number of a choice.
            hangs_on: What the question is asked of; of something else its answer does not hold.

        Raises Ended when the answers end, WentBack when an answer is taken back.
        """
        key = self.key_of(question, hangs_on)
        former = self.former.get(key, "")
        if key in self.answers:
            self._unsaid.clear()
            given = self.answers[key]
        elif key in self.reopened:
            given = None
        elif given is None and not self.read and (optional or default):
            value = take(default) if default else None
            self.note(key, question, value, shown)
            return value
        words = default
        if former and given is None:
            default, words = _offer_again(former, default, take, shown)
        is_put = False
        while True:
            try:
                if given is None and not is_put:
                    self._put_question(question, help, words, optional)
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
                answer = answer or (default if default == former else "")
                if is_put:
                    self._is_asking = False
                    self.answers[key] = _as_kept(value) if shown and answer and value else answer
                    self.keep()
                self.note(key, question, value, shown)
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

    def _go_back(self) -> None:
        """Take the last answer back. Raises WentBack; at the first question there is none."""
        if not self._answered:
            self.tell(_("This is the first question."), "  ")
            return
        self.reopen(self._answered[-1])

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

        def show(value: bool) -> str:
            return self.say(_("yes") if value else _("no"))

        answered: bool | None = self.ask(
            question,
            take,
            help=[*help, _("Yes or no?")],
            default="" if default is None else show(default),
            optional=optional,
            given=given,
            shown=show,
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


_NUMBER, _HANGS_ON = " #", " @"
"""What stands in the key of a question before its number, and before what its answer hangs on."""


def _offer_again(
    former: str, default: str, take: Callable[[str], Value], shown: Callable[[Any], str] | None
) -> tuple[str, str]:
    """What Enter alone answers after an answer was taken back, and how people read it; the default
    where it would not do any more.
    """
    if former == NOTHING_THERE:
        return "", ""
    try:
        value = take(former)
    except (Refused, Unsure):
        return default, default
    first, *more = former.splitlines()
    return former, shown(value) if shown else first + "…" * bool(more)


def _as_kept(value: Value) -> str:
    """A value as an answer that gives it again."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


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
