"""An election in words: how a ballot is marked, how it is counted, and what parts a tie."""

from __future__ import annotations

from collections.abc import Iterator

from ...base.messages import Message, _
from ..types import Election

MARKED = {
    "acclamation": _("Nobody votes: there are no more candidates than seats."),
    "yes_no": _("Say yes or no to each candidate."),
    "plurality": _("Mark as many names as there are seats, or fewer; with more, it is invalid."),
    "approval": _("Mark everybody whom you would like to see elected, as many as you wish."),
    "stv": _("Number the candidates in your order: 1, 2, 3… Stop where you wish."),
    "schulze": _(
        "Number the candidates in your order: 1, 2, 3… Two may have the same number; who has none "
        "comes last."
    ),
    "majority_judgment": _("Give each candidate a grade; who has none is given the lowest."),
    "without_candidates": _("Write the name of the person whom you see in this role."),
}
"""What to do with a ballot, by method."""
COUNTED = {
    "approval": _("Those marked most often are elected."),
    "stv": _(
        "Who reaches the quota is elected, and what is beyond it goes to the next on those "
        "ballots; if nobody does, the last candidate's ballots go on to the next."
    ),
    "schulze": _("Who would win against each of the others is elected (Schulze's method)."),
    "majority_judgment": _("The best median grade is elected."),
    "without_candidates": _("Who is named most often, and accepts, is elected."),
}
MAJORITIES = {
    "absolute": _(
        "Elected is who is on more than half of the ballots expressed; for the seats that are "
        "left, a second round elects those with the most votes."
    ),
    "relative": _("Those with the most votes are elected."),
}
GRADES = {
    "excellent": _("Excellent"),
    "very_good": _("Very good"),
    "good": _("Good"),
    "fair": _("Fair"),
    "passable": _("Passable"),
    "insufficient": _("Insufficient"),
    "reject": _("To be rejected"),
}
"""The grades of majority judgment, the best first."""
_TIES = {
    "age": _("the eldest is elected"),
    "second_round": _("a second round between them"),
    "lot": _("a lot that anybody can draw again"),
}


def describe_method(election: Election) -> Iterator[Message]:
    """How one votes and how it is counted, sentence by sentence."""
    yield MARKED[election.method]
    if election.method in ("yes_no", "plurality"):
        yield MAJORITIES[election.majority or "relative"]
    elif election.method in COUNTED:
        yield COUNTED[election.method]


def describe_ties(election: Election) -> list[Message]:
    """What parts candidates with the same votes, in order."""
    return [_TIES[rule] for rule in election.ties]
