"""Ballot papers to be cut: one for each vote, all alike, so that none tells whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _, ngettext
from ..decisions.types import Resolution
from ..decisions.wording.elections import GRADES, MARKED
from ..documents.model import Block, Boxes, Break, Lines, Marks, Paper, make_text
from .elections import HeldElection, candidates_on_paper, find_held_elections, name_role
from .notice import paper
from .record import Assembly

BOXES: dict[str, tuple[Message, ...]] = {
    "yes_no": (_("Yes"), _("No"), _("Abstention")),
    "plurality": (_("Elect"),),
    "approval": (_("Elect"),),
    "stv": (_("Rank"),),
    "schulze": (_("Rank"),),
    "majority_judgment": tuple(GRADES.values()),
}
"""What stands above the boxes of a paper, by method."""
RANKED = ("stv", "schulze")
SPOILT = _("A name, a sign or a word of yours makes the paper invalid: it would tell whose it is.")
EMPTY = _("Left empty, it is a blank ballot: for nobody and against nobody.")


def ballot_papers(assembly: Assembly) -> Paper | None:
    """Papers for each resolution that is voted in secret and for each election; None where there is
    neither.
    """
    blocks = tuple(_cut(_sheets(assembly)))
    title = _("Ballot papers")
    return paper(assembly, "ballots", title, iter(blocks)) if blocks else None


def _sheets(assembly: Assembly) -> Iterator[tuple[int, list[Block]]]:
    """Each paper: how high it is in millimetres, and what stands on it."""
    elections = {held.resolution.number: held for held in find_held_elections(assembly)}
    for one in assembly.resolutions:
        held = elections.get(one.number)
        if held and held.needs_papers:
            sheet = (_height(held), list(_election(assembly, held)))
        elif one.is_secret and not held:
            sheet = (Break().keep, list(_resolution(assembly, one)))
        else:
            continue
        yield from (sheet for _voter in assembly.voters)


def _cut(sheets: Iterator[tuple[int, list[Block]]]) -> Iterator[Block]:
    """Papers one below the other, a line to cut along between two."""
    for number, (height, blocks) in enumerate(sheets):
        if number:
            yield Break(cut=True, keep=height)
        yield from blocks


def _resolution(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    say = assembly.say
    yield make_text(assembly.title, "lead")
    yield make_text(
        say(_("Resolution {number}: {title}", number=one.number, title=one.title)), "heading"
    )
    yield Boxes((say(_("For")), say(_("Against")), say(_("Abstention"))))
    yield make_text(
        say(
            _(
                "Tick one box. A paper with a name, a sign or two ticks is invalid; "
                "an empty one is blank."
            )
        ),
        "small",
    )


def _height(held: HeldElection) -> int:
    return 46 + 10 * len(held.contest.candidates) + 5 * len(held.contest.reserved)


def _election(assembly: Assembly, held: HeldElection) -> Iterator[Block]:
    say, contest = assembly.say, held.contest
    seats = ngettext("{count} seat to fill.", "{count} seats to fill.", contest.seats)
    second = [_("Second round.")] if held.is_second else []
    yield make_text(assembly.title, "lead")
    yield make_text(name_role(assembly, held), "heading")
    told = [*second, seats, MARKED[contest.method]]
    yield make_text(" ".join(map(say, told)))
    for one in held.election.reserved:
        if kept := next((left for left in contest.reserved if left.group == one.group), None):
            group = assembly.index.text(one.name, assembly.language)
            names = ", ".join(map(assembly.name, one.candidates))
            said = ngettext(
                "{count} kept for: {group}", "{count} kept for: {group}", kept.seats, group=group
            )
            yield make_text(f"{say(said)} ({names})", "small")
    if contest.method == "without_candidates":
        yield Lines((say(_("Name")),))
    else:
        rows = tuple(name for _id, name in candidates_on_paper(assembly, held))
        columns = tuple(map(say, BOXES[contest.method]))
        yield Marks(columns, rows, wide=contest.method in RANKED)
    yield make_text(f"{say(EMPTY)} {say(SPOILT)}", "small")
