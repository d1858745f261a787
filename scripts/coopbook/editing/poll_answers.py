"""An answer to a poll, asked of a person: which poll, whose answer, then option by option in the
words of its method.
"""

from __future__ import annotations

from collections.abc import Callable

from ..base.dates import written_dates
from ..base.messages import Message, Misuse, _
from ..base.positions import Value
from ..decisions.kinds import ANSWER, POLL
from ..decisions.poll_count import SAYS, may_mark
from ..decisions.polls import answer_file, answers_to, asked_members, open_polls
from ..decisions.types import Poll, PollOption
from ..decisions.votes import rules_of
from ..decisions.wording.polls import describe_poll, list_marks, name_mark
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from ..records.model import Record
from .choices import Choice, choose, list_choices
from .prompts import Asker, Refused


def ask_answer(index: Index, asker: Asker, language: str) -> Record:
    """Ask for somebody's answer to a poll that is open.

    Returns:
        The answer, as its file would be.

    Raises:
        Misuse: No poll is open.
    """
    polls = open_polls(index)
    if not polls:
        raise Misuse(_("No poll is open to answers."))
    id = _choose(asker, _("Poll"), [_name_choice(index, one, language) for one in polls])
    entry = index.by_id(POLL)[id]
    poll = Poll.of(entry)
    member = _ask_member(index, asker, entry, language)
    for sentence in describe_poll(poll.method):
        asker.tell(sentence, "  ")
    value = _ask_words(index, asker, poll, language) | _ask_teller(index, asker, member, language)
    file = answer_file(entry.id, member)
    return Record(index.kinds[ANSWER], f"{entry.id}/{member}", file, value)


def _name_choice(index: Index, entry: Entry, language: str) -> Choice:
    return Choice(entry.id, index.text(entry.title, language))


def _choose(
    asker: Asker, question: Message, choices: list[Choice], *, optional: bool = False
) -> str:
    """The value of one of some choices; empty where an optional one is left out."""

    def take(answer: str) -> Value:
        if answer == "?":
            for line in list_choices(choices, all_of_them=True):
                asker.tell(line, "  ")
            raise Refused(Message(""))
        value = choose(answer, choices)
        if value not in [choice.value for choice in choices]:
            raise Refused(_("“{name}” is none of these.", name=answer))
        return value

    help = list_choices(choices)
    return str(asker.ask(question, take, help=help, optional=optional) or "")


def _ask_member(index: Index, asker: Asker, poll: Entry, language: str) -> str:
    """Whose answer it is: one of those asked, who has not answered."""
    people = [index.by_id(MEMBER)[id] for id in asked_members(index, poll)]
    choices, given = (
        [_name_choice(index, one, language) for one in people],
        answers_to(index, poll.id),
    )
    while True:
        member = _choose(asker, _("Whose answer is it?"), choices)
        if member not in given:
            return member
        has = _("“{member}” has answered already: {file}.", member=member, file=given[member].file)
        asker.fault(Refused(has, _("To change an answer, change that file.")))


def _ask_words(index: Index, asker: Asker, poll: Poll, language: str) -> dict[str, Value]:
    value: dict[str, Value] = {}
    if poll.method == "sense":
        words = [Choice(word, asker.say(name_mark(word))) for word in SAYS]
        value["says"] = _choose(asker, _("What do you say?"), words)
    elif poll.options:
        value["marks"] = {
            one.id: _ask_mark(index, asker, poll, one, language) for one in poll.options
        }
    is_advice = poll.method == "advice"
    question = _("What do you advise?") if is_advice else _("A word with it")
    end = _("Write as many lines as you like; a point alone on a line ends the text.")
    word = asker.ask(question, str, help=[end], optional=not is_advice, lines=True)
    return value | ({"word": word} if word else {})


def _ask_mark(index: Index, asker: Asker, poll: Poll, option: PollOption, language: str) -> str:
    """What is said of one option; nothing where it is left out."""
    day = written_dates(option.date, index.usage(language)) if option.date else ""
    title = index.text(option.title, language) if option.title else ""
    question = Message("{label}", {"label": ", ".join(filter(None, [day, title])) or option.id})
    words = [Choice(mark, asker.say(meant)) for mark, meant in list_marks(poll.method)]
    # A score is its own name, and no place in the list of scores.
    numbered = poll.method == "scores" or not words
    take = _taker(poll, [] if numbered else words)
    help = [] if numbered else list_choices(words)
    return str(asker.ask(question, take, help=help, optional=True) or "")


def _taker(poll: Poll, words: list[Choice]) -> Callable[[str], Value]:
    def take(answer: str) -> Value:
        mark = str(choose(answer, words)) if words else answer
        if not may_mark(poll.method, mark):
            raise Refused(_("“{mark}” is no answer to this poll.", mark=answer))
        return mark

    return take


def _ask_teller(index: Index, asker: Asker, member: str, language: str) -> dict[str, Value]:
    """Who enters it, where that is not the member: one of those whom the rules let count."""
    people = [index.find(MEMBER, id) for id in rules_of(index).tellers]
    tellers = [_name_choice(index, one, language) for one in people if one and one.id != member]
    if not tellers:
        return {}
    question = _("Who enters it, if not the member?")
    teller = _choose(asker, question, tellers, optional=True)
    return {"entered_by": teller} if teller else {}
