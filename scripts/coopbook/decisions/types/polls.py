"""Polls and the answers to them."""

from __future__ import annotations

from typing import Any, Literal

from ..poll_count import AnswerMarks, Method, Question
from ..tally.shapes import Localized, Part
from .parts import Decisive
from .proposals import vote_and_member


class PollOption(Part, frozen=True):
    """What one may choose: a title, a day, or both."""

    id: str = ""
    title: Localized = {}
    date: str = ""


class Conclusion(Part, frozen=True):
    """What was done with the answers, and why."""

    on: str = ""
    text: Localized = {}


class Poll(Decisive, frozen=True):
    """A question to others, until a day; it decides nothing by itself."""

    id: str = ""
    title: Localized = {}
    method: Method = "advice"
    options: tuple[PollOption, ...] = ()
    asked_by: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    asked_bodies: tuple[str, ...] = ()
    asked_roles: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    shown: Literal["names", "totals", ""] = ""
    outcome: dict[str, Any] | None = None
    conclusion: Conclusion | None = None

    @property
    def question(self) -> Question:
        return Question(method=self.method, options=tuple(one.id for one in self.options))

    @property
    def names(self) -> bool:
        """Whether members see who answered what."""
        return self.shown == "names"

    @property
    def is_settled(self) -> bool:
        """Whether what came of it is written."""
        return self.outcome is not None or self.conclusion is not None

    @property
    def asks_everybody(self) -> bool:
        return not (self.asked or self.asked_bodies or self.asked_roles)

    def is_open_on(self, day: str) -> bool:
        """Whether one answers on a day such as 2026-01-31: the last day is one still."""
        return self.opens <= day <= self.closes and not self.is_settled

    def has_closed_by(self, day: str) -> bool:
        """Whether its last day is over."""
        return bool(self.closes) and self.closes < day


class Answer(Decisive, frozen=True):
    """One member's answer; its id is `<poll>/<member>`."""

    id: str = ""
    marks: dict[str, str] = {}
    says: Literal["agree", "unsure", "disagree", ""] = ""
    word: str = ""
    entered_by: str = ""

    @property
    def poll(self) -> str:
        return vote_and_member(self.id)[0]

    @property
    def given(self) -> AnswerMarks:
        return AnswerMarks(marks=self.marks, says=self.says)
