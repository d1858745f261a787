"""Who votes, counts and speaks for whom, where the proposal's page on the base says something of
it: told to all who vote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...base.messages import Message, Translator, _
from ..tally.shapes import Vote
from .forge_markdown import escape_value, pair

WORDS = {
    "cleared": _("{member}, as “{role}”, lets it pass"),
    "vetoed": _("{member}, as “{role}”, stops it"),
}


def conduct_lines(vote: Vote, say: Translator) -> Iterator[str]:
    """A line of Markdown each."""
    proxies = (
        say(_("{principal}, by {holder}", principal=one.principal, holder=one.holder))
        for one in vote.proxies
    )
    words = (
        say(
            Message(
                WORDS[one.decision].text, {"member": one.by, "role": one.role.replace("_", " ")}
            )
        )
        for one in vote.gates
    )
    rows: tuple[tuple[Message, Iterable[str]], ...] = (
        (_("Do not vote"), map(escape_value, vote.recused)),
        (_("Tellers"), map(escape_value, vote.tellers)),
        (_("Chair"), map(escape_value, [vote.chair] if vote.chair else ())),
        (_("Proxies"), proxies),
        (_("The word of a role"), words),
    )
    for title, values in rows:
        if told := ", ".join(values):
            yield f"- {pair(say, say(title), told)}"
