"""Counting elections: `count(contest, ballots) -> Outcome`, pure and exact.

No clock, no disk, no chance: who stands, how it is counted, what decides a tie and the public value
of a lot are all arguments. The order of ballots means nothing. Each method has its source in the
module that counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from .ballots import Box, is_mark, open_box
from .grades import grade_figures, tiers_of_grades
from .pairs import count_pairs, duels, strongest_paths, tiers_of_paths
from .scores import add_up, may_be_elected, pick_runners_up, score_round, tiers_of
from .seats import Seats, find_unfilled
from .shapes import (
    GRADES,
    Ballot,
    Contest,
    Duel,
    Figure,
    Method,
    Outcome,
    Reserve,
    Round,
    Tie,
    TieRule,
)
from .ties import Ties, Undecided, draw_lot
from .transfers import Transfers

__all__ = [
    "GRADES",
    "Ballot",
    "Contest",
    "Duel",
    "Figure",
    "Method",
    "Outcome",
    "Reserve",
    "Round",
    "Tie",
    "TieRule",
    "begin_second_round",
    "count",
    "draw_lot",
    "is_mark",
]


def count(contest: Contest, ballots: Iterable[Ballot] = ()) -> Outcome:
    """Count an election.

    Where there are as many candidates as seats or fewer, `acclamation` elects them all; the other
    methods count even then. Seats for which nobody is left stay empty, and the outcome says so.

    Args:
        contest: The seats, who stands, the method and its rules.
        ballots: The ballots, alike ones together or apart, in any order.

    Returns:
        Each round, who is elected, which seats stay empty, and what is still to be decided.

    Raises:
        ValueError: A ballot bears what no ballot of this election can; there are no seats; or
            there are too many candidates for an acclamation.
    """
    if contest.seats < 1:
        raise ValueError("there is no seat to fill")
    contest = _leave_out(contest)
    box = open_box(contest, ballots)
    ties = Ties(contest)
    found = _COUNTS[contest.method](contest, box, ties)
    return replace(
        found,
        ballots=box.expressed + box.blank + box.null,
        blank=box.blank,
        null=box.null,
        ties=tuple(ties.decided),
    )


def begin_second_round(contest: Contest, first: Outcome, name: str) -> Contest:
    """The second round of an election, by relative majority: who stands in it, and the seats that
    the first one left, those kept for groups among them. `name` is that of its vote.
    """
    left = dict(find_unfilled(contest.reserved, first.elected))
    reserved = tuple(
        replace(reserve, seats=left[reserve.group])
        for reserve in contest.reserved
        if reserve.group in left
    )
    return replace(
        contest,
        name=name,
        seats=first.left,
        candidates=first.second_round,
        majority="relative",
        reserved=reserved,
        ties=tuple(rule for rule in contest.ties if rule != "second_round"),
    )


def _leave_out(contest: Contest) -> Contest:
    """The election without those who stand no more. Where none are named, whom ballots name and who
    does not accept is left out once they are counted.
    """
    if not contest.declined or contest.method == "without_candidates":
        return contest

    def stay(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in contest.declined)

    return replace(
        contest,
        candidates=stay(contest.candidates),
        by_age=stay(contest.by_age),
        reserved=tuple(replace(one, candidates=stay(one.candidates)) for one in contest.reserved),
    )


def _acclaim(contest: Contest, _box: Box, ties: Ties) -> Outcome:
    if len(contest.candidates) > contest.seats:
        raise ValueError("there are more candidates than seats")
    seats = Seats(contest, contest.candidates)
    return _settle(contest, seats, [[*contest.candidates]], ties, ())


def _count_scores(contest: Contest, box: Box, ties: Ties) -> Outcome:
    figures = add_up(contest, box)
    able = [one for one in figures if may_be_elected(contest, box, one)]
    seats = Seats(contest, [one.candidate for one in figures])
    shown = score_round(contest, box, figures)
    found = _settle(contest, seats, tiers_of(able), ties, (shown,))
    absolute = shown.needed is not None
    rest = [one for one in figures if one.candidate not in found.elected and one.votes]
    if absolute and seats.left and rest and not found.undecided:
        standing = tuple(pick_runners_up(contest, rest, seats.left))
        return replace(found, second_round=standing, left=seats.left, empty=0, unfilled=())
    return found


def _count_pairs(contest: Contest, box: Box, ties: Ties) -> Outcome:
    pairs = count_pairs(contest.candidates, box)
    paths = strongest_paths(contest.candidates, pairs)
    tiers = tiers_of_paths(contest.candidates, paths)
    figures = tuple(
        Figure(
            candidate=one,
            beats=tuple(other for other in contest.candidates if _beats(paths, one, other)),
        )
        for tier in tiers
        for one in tier
    )
    seats = Seats(contest, contest.candidates)
    found = _settle(contest, seats, tiers if box.papers else [], ties, (Round(figures=figures),))
    return replace(found, duels=duels(contest, pairs, paths))


def _beats(paths: Mapping[tuple[str, str], int], one: str, other: str) -> bool:
    return one != other and paths[one, other] > paths[other, one]


def _count_grades(contest: Contest, box: Box, ties: Ties) -> Outcome:
    figures = grade_figures(contest, box)
    seats = Seats(contest, contest.candidates)
    tiers = tiers_of_grades(figures) if box.papers else []
    return _settle(contest, seats, tiers, ties, (Round(figures=figures),))


def _count_transfers(contest: Contest, box: Box, ties: Ties) -> Outcome:
    if not box.papers:
        return _settle(contest, Seats(contest, contest.candidates), [], ties, ())
    counting = Transfers(contest, box, ties)
    undecided: tuple[str, ...] = ()
    try:
        counting.run()
    except Undecided as tie:
        undecided = tie.candidates
    elected = tuple(counting.seats.elected)
    found = _outcome(contest, elected, tuple(counting.rounds), undecided, counting.seats.left)
    return replace(found, second_round=tuple(counting.standing)) if found.second_round else found


def _settle(
    contest: Contest,
    seats: Seats,
    tiers: Iterable[list[str]],
    ties: Ties,
    rounds: tuple[Round, ...],
) -> Outcome:
    """Give the seats to the best of a ranking."""
    undecided: tuple[str, ...] = ()
    try:
        seats.take(tiers, ties)
    except Undecided as tie:
        undecided = tie.candidates
    elected = tuple(seats.elected)
    shown = tuple(replace(one, elected=elected) for one in rounds)
    return _outcome(contest, elected, shown, undecided, seats.left)


def _outcome(
    contest: Contest,
    elected: tuple[str, ...],
    rounds: tuple[Round, ...],
    undecided: tuple[str, ...],
    left: int,
) -> Outcome:
    """What was found. Candidates whom no rule parts stand in a second round, where the election
    asks for one.
    """
    waiting = bool(undecided)
    again = waiting and "second_round" in contest.ties
    rest = tuple(one for one in contest.candidates if one not in elected)
    return Outcome(
        method=contest.method,
        rounds=rounds,
        elected=elected,
        empty=0 if waiting else contest.seats - len(elected),
        unfilled=() if waiting else find_unfilled(contest.reserved, elected),
        undecided=() if again else undecided,
        second_round=(rest if contest.reserved else undecided) if again else (),
        left=left if waiting else 0,
    )


_COUNTS: Mapping[Method, Callable[[Contest, Box, Ties], Outcome]] = {
    "acclamation": _acclaim,
    "yes_no": _count_scores,
    "plurality": _count_scores,
    "approval": _count_scores,
    "without_candidates": _count_scores,
    "stv": _count_transfers,
    "schulze": _count_pairs,
    "majority_judgment": _count_grades,
}
