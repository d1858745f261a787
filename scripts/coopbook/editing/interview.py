"""One conversation about a new co-op: its answers as fields of coop.yml, and the summary that shows
each of them and takes any of them back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ..base.messages import Message, _
from ..base.positions import Path, Value
from ..records.core_kinds import COOP
from ..records.index import Index
from ..records.model import Kind, schema_at
from .answers import as_written
from .choices import Choice, choose, number_choices, numbered_line
from .form import refusal
from .prompts import Asker, Refused

FIELDS: dict[str, Path] = {
    "name": ("name",),
    "country": ("country",),
    "region": ("region",),
    "email": ("email",),
    "site": ("site",),
    "timezone": ("timezone",),
    "repository": ("repository",),
    "forge": ("forge", "kind"),
    "address": ("forge", "url"),
}
"""Which question a field of coop.yml is the answer of."""
CALLED = {
    "name": _("Name"),
    "country": _("Country"),
    "region": _("Region"),
    "timezone": _("Time zone"),
    "form": _("Legal form"),
    "city": _("Town"),
    "languages": _("Languages"),
    "email": _("E-mail"),
    "colours": _("Colours"),
    "forge": _("Where the files are kept"),
    "address": _("Address of the repository"),
    "site": _("Address of the site"),
    "rules": _("Rules of decision"),
    "repository": _("Who may read the files"),
    "notice": _("Legal notice"),
}
"""What the summary calls each question."""


T = TypeVar("T")


class _Line(NamedTuple):
    """A line of the summary: the question by its key, what it is about, what was answered."""

    key: str
    title: Message
    answer: str


class Interview:
    """One conversation. `given` holds answers that are known beforehand, by the question's name,
    `more` those of other fields of coop.yml; `value` is coop.yml as far as it was answered.
    """

    def __init__(
        self,
        index: Index,
        asker: Asker,
        language: str,
        given: Mapping[str, str],
        more: Mapping[Path, str],
    ) -> None:
        self.index, self.asker, self.language = index, asker, language
        self.given, self.more = given, more
        self.value: dict[str, Value] = {"format": 2}
        self._lines: list[_Line] = []

    @property
    def kind(self) -> Kind:
        return self.index.kinds[COOP]

    def ask(
        self,
        name: str,
        title: Message,
        take: Callable[[str], Value],
        *,
        leave: bool = False,
        default: str = "",
        quiet: bool = False,
        hangs_on: str = "",
        **more: Any,
    ) -> Value:
        """An answer, noted for the summary. `leave`: it may be left out; `quiet`: the default goes
        without saying; the rest is as the asker has it.
        """
        known, key = self.known_answer(name), self.asker.key_of(title, hangs_on)
        if quiet and known is None and not self.asker.is_open(key):
            found = take(default) if default else None
            self.asker.note(key, title, found, more.get("shown"))
        else:
            found = self.asker.ask(
                title,
                take,
                optional=leave,
                default=default,
                given=known,
                hangs_on=hangs_on,
                **more,
            )
        self._lines.append(_Line(key, CALLED[name], self.asker.heard[-1].words))
        return found

    def ask_whether(self, name: str, title: Message, *, help: Sequence[Message] = ()) -> bool:
        """Whether the answer is yes, which Enter says, too; noted for the summary."""
        key = self.asker.key_of(title)
        answer = bool(self.asker.yes(title, help=help, default=True))
        self._lines.append(_Line(key, CALLED[name], self.asker.heard[-1].words))
        return answer

    def note_rest(self, ask: Callable[[], T]) -> T:
        """What `ask` comes to; each question that it puts is a line of the summary, too."""
        before = len(self.asker.heard)
        found = ask()
        self._lines += [_Line(*one) for one in self.asker.heard[before:]]
        return found

    def known_answer(self, name: str) -> str | None:
        """What is known of a question beforehand."""
        path = FIELDS.get(name)
        return self.given.get(name) or (self.more.get(path) if path else None)

    def put(self, name: str, answer: Value) -> None:
        """Write a field of coop.yml, where there is an answer."""
        if answer is not None:
            self.value[name] = answer

    def field(self, *path: str) -> Callable[[str], Any]:
        """Takes an answer that a field of coop.yml may hold."""
        schema = schema_at(self.kind.schema, path)

        def take(answer: str) -> str:
            value = as_written(answer, schema, country=str(self.value.get("country") or ""))
            if wrong := refusal(path[-1], schema, value, self.index):
                raise Refused(*wrong)
            return value

        return take

    def one_of(
        self, choices: list[Choice], other: Callable[[str], Value] | None = None
    ) -> Callable[[str], Value]:
        """Takes one of the choices, or what `other` takes."""

        def take(answer: str) -> Value:
            if answer == "?":
                self.show_all(choices)
            found = choose(answer, choices)
            if found in [choice.value for choice in choices]:
                return found
            if other:
                return other(answer)
            raise Refused(_("“{name}” is none of these.", name=answer))

        return take

    def show_all(self, choices: Sequence[Choice]) -> None:
        """Show every choice. Raises Refused: the question is to be answered yet."""
        for line in number_choices(choices):
            self.asker.tell(line, "  ")
        raise Refused(Message(""))

    def confirm(self) -> None:
        """Show what was answered; a number changes a line. Raises WentBack then."""
        if not self.asker.read:
            return

        make = self.asker.say(_("make the folder"))

        def take(answer: str) -> None:
            if answer == make:
                return
            if not (answer.isdecimal() and 1 <= int(answer) <= len(self._lines)):
                raise Refused(
                    _("Press Enter, or a number from 1 to {last}.", last=len(self._lines))
                )
            self.asker.reopen(self._lines[int(answer) - 1].key)

        lines = [
            numbered_line(number, _("{name}: {value}", name=line.title, value=line.answer))
            for number, line in enumerate(self._lines, 1)
        ]
        question = _("Is this right? The number of a line changes it.")
        self.asker.ask(question, take, help=lines, default=make)
