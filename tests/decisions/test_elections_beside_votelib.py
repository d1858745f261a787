"""Elections at random, counted beside votelib (Simon Bureš and others, MIT), which shares nothing
with this program. Where the two may differ by what sources say, the case is left to the counters
of `test_elections`, and how many are left so is held.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median_low
from typing import Any

from coopbook.decisions.elections import GRADES, Ballot, Contest, Method, Outcome, count
from votelib.convert import ApprovalToSimpleVotes, RankedToCondorcetVotes
from votelib.evaluate.cardinal import MajorityJudgment
from votelib.evaluate.condorcet import Schulze
from votelib.evaluate.core import Plurality, Tie, VotingSystemError
from votelib.evaluate.sequential import TransferableVoteSelector

SEED, CASES = 20261130, int(os.environ.get("COOPBOOK_CASES", "300"))
"""A small part of the 20,000 cases a method that were counted: COOPBOOK_CASES=20000 counts them."""

Ranking = tuple[str, ...]


def electorates(seed: int) -> Iterator[tuple[str, int, random.Random]]:
    """Who stands, for how many seats, and the chance that makes the ballots."""
    for case in range(CASES):
        chance = random.Random(f"{SEED + seed}-{case}")
        standing = "ABCDEF"[: chance.randint(2, 6)]
        yield standing, chance.randint(1, min(3, len(standing))), chance


def choose(chance: random.Random, standing: str, least: int = 1) -> list[str]:
    return chance.sample(standing, chance.randint(least, len(standing)))


def counted(method: Method, standing: str, seats: int, ballots: Sequence[Ballot]) -> Outcome:
    return count(Contest(method=method, seats=seats, candidates=tuple(standing)), ballots)


def agrees(mine: Outcome, other: Sequence[Any]) -> bool:
    """Whether both elect the same, and find the same candidates with the same votes."""
    elected = {one for one in other if not isinstance(one, Tie)}
    tied = {one for tie in other if isinstance(tie, Tie) for one in tie}
    return (set(mine.elected), set(mine.undecided)) == (elected, tied)


def test_plurality_approval_and_no_candidates_beside_votelib() -> None:
    methods: tuple[Method, ...] = ("plurality", "approval", "without_candidates")
    for method in methods:
        for standing, seats, chance in electorates(1):
            most = {"plurality": seats, "approval": len(standing), "without_candidates": 1}[method]
            said = [choose(chance, standing)[:most] for _voter in range(chance.randint(1, 30))]
            ballots = [Ballot(marks=tuple((one, "x") for one in names)) for names in said]
            votes = ApprovalToSimpleVotes().convert(Counter(map(frozenset, said)))
            known = "" if method == "without_candidates" else standing
            mine = counted(method, known, seats, ballots)
            # nobody is elected whom nobody names
            assert agrees(mine, Plurality().evaluate(votes, min(seats, len(votes)))), (method, said)


def test_yes_or_no_beside_votelib() -> None:
    for standing, seats, chance in electorates(2):
        voters = [
            {one: chance.choice(["yes", "yes", "no", "abstain"]) for one in standing}
            for _voter in range(chance.randint(1, 30))
        ]
        mine = counted(
            "yes_no", standing, seats, [Ballot(marks=tuple(one.items())) for one in voters]
        )
        said = {one: Counter(voter[one] for voter in voters) for one in standing}
        able = {one: votes["yes"] for one, votes in said.items() if votes["yes"] > votes["no"]}
        other = Plurality().evaluate(able, min(seats, len(able))) if able else []
        assert agrees(mine, other), voters


def rankings(chance: random.Random, standing: str) -> list[Ranking]:
    """Orders of some candidates; one is of all, since votelib knows nobody whom no ballot names."""
    whole = tuple(chance.sample(standing, len(standing)))
    return [whole, *(tuple(choose(chance, standing)) for _voter in range(chance.randint(0, 30)))]


def as_ballots(said: Sequence[Ranking]) -> list[Ballot]:
    return [
        Ballot(marks=tuple((one, str(place)) for place, one in enumerate(order, 1)))
        for order in said
    ]


def test_schulze_beside_votelib() -> None:
    """The strengths of all paths, and who is elected where the order of paths is one: candidates
    that beat neither each other nor the same others have no place in it (Schulze 2011, 4.1).
    """
    compared = 0
    for standing, seats, chance in electorates(3):
        said = rankings(chance, standing)
        mine = counted("schulze", standing, seats, as_ballots(said))
        pairs = RankedToCondorcetVotes().convert(Counter(said))
        pairs |= {(a, b): 0 for a in standing for b in standing if a != b and (a, b) not in pairs}
        paths = Schulze.widest_paths(pairs)
        for duel in mine.duels:
            assert duel.strength == paths.get((duel.one, duel.other), 0), said
            assert duel.back == paths.get((duel.other, duel.one), 0), said
        beats = {(a, b) for a, b in pairs if paths.get((a, b), 0) > paths.get((b, a), 0)}
        wins = Counter(winner for winner, _loser in beats)
        if beats and beats == {(a, b) for a, b in pairs if wins[a] > wins[b]}:
            compared += 1
            assert agrees(mine, Schulze().evaluate(pairs, seats)), said
    assert compared > 0.8 * CASES


def test_majority_judgment_beside_votelib() -> None:
    """Where no more than two candidates have the median grade that the last seat goes to: of three,
    votelib goes on with one who fell behind when a grade was taken away, and the paper's order (its
    “majority value”) does not.
    """
    compared = 0
    for standing, seats, chance in electorates(4):
        voters = [
            {one: chance.randrange(len(GRADES)) for one in standing}
            for _voter in range(chance.randint(1, 20))
        ]
        ballots = [
            Ballot(marks=tuple((one, GRADES[-1 - grade]) for one, grade in voter.items()))
            for voter in voters
        ]
        mine = counted("majority_judgment", standing, seats, ballots)
        medians = sorted(median_low(voter[one] for voter in voters) for one in standing)
        if medians.count(medians[-seats]) > 2:
            continue
        compared += 1
        votes = Counter(frozenset(voter.items()) for voter in voters)
        try:
            assert agrees(mine, MajorityJudgment().evaluate(votes, seats)), voters
        except VotingSystemError:  # the same grades, throughout
            assert mine.undecided, voters
    assert compared > 0.5 * CASES


def test_single_transferable_vote_beside_votelib() -> None:
    """Where no two candidates have the same votes when one is to go (votelib stops there), and no
    two surpluses wait at once: votelib passes them on together, the Scottish rules one by one, so
    that who is elected by the first gets nothing of the second (SSI 2007/42, 48 and 49).
    """
    compared = 0
    for standing, seats, chance in electorates(5):
        said = rankings(chance, standing)
        mine = counted("stv", standing, seats, as_ballots(said))
        if (
            mine.undecided
            or any(waiting(mine))
            or {*standing} - {one for way in said for one in way}
        ):
            continue  # whom nobody names, votelib does not know
        selector = TransferableVoteSelector(transferer="Gregory", quota_function="droop")
        try:
            other = selector.evaluate(Counter(said), seats)
        except NotImplementedError:  # candidates with the same votes
            continue
        except VotingSystemError:  # fewer first choices than seats: votelib knows the others not
            assert len({way[0] for way in said}) < seats
            continue
        compared += 1
        assert agrees(mine, list(other)), said
    assert compared > 0.3 * CASES


def waiting(found: Outcome) -> Iterator[bool]:
    """Whether several elected candidates have more than the quota, round by round."""
    elected: set[str] = set()
    for one in found.rounds:
        elected |= {*one.elected}
        over = [
            each.candidate
            for each in one.figures
            if one.needed is not None and each.votes > one.needed and each.candidate in elected
        ]
        yield len(over) > 1
