"""An account that somebody else wrote into a member's file votes for nobody in an open vote, and
for a week in none.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from coopbook.decisions.accounts import Account
from coopbook.decisions.credentials import WAIT, Arrival, counts_from
from coopbook.decisions.tally import Event
from support.vote_coop import (
    AFTER,
    CLOSES,
    DAY,
    NUMBER,
    OPENS,
    RESULT,
    UIDS,
    Repository,
    Stub,
    close,
    git,
    job,
    member,
    own,
    repository,
    show,
)

__all__ = ["repository"]
FOREIGN = 4242
MORE = f"  - {{forge: github, login: bob-bis, uid: {FOREIGN}}}\n"


def foreign(forge: Stub, text: str, day: int) -> None:
    forge.hear(Event("comment", text, OPENS + day * DAY, FOREIGN, "bob-bis"))


def counted(repository: Repository, forge: Stub) -> str:
    """How many votes the result has."""
    assert close(job(repository, forge, AFTER)) == 0
    return next(
        row.split(":")[1].strip()
        for row in repository.read(RESULT).splitlines()
        if row.startswith("cast:")
    )


def add_account(repository: Repository, days: float) -> None:
    repository.now = OPENS + timedelta(days=days)
    repository.commit("main", {"members/bob.yml": member("bob") + MORE})


@pytest.mark.parametrize(
    ("arrival", "counts"),
    [
        (Arrival("ana", OPENS - 30 * DAY), OPENS - 30 * DAY + WAIT),
        (Arrival("ana", OPENS - DAY), OPENS + 6 * DAY),
        (Arrival("ana", OPENS + DAY), None),
        (Arrival("ana", OPENS + DAY, by_self=True), OPENS + DAY),
    ],
)
def test_the_rule(arrival: Arrival, counts: object) -> None:
    assert counts_from(arrival, OPENS) == counts


def test_an_account_that_somebody_else_added_while_people_vote_counts_in_none_of_it(
    repository: Repository,
) -> None:
    forge, _head = own(repository)
    add_account(repository, 2)
    foreign(forge, "/voter contre", 9)
    forge.say("bob", "/voter pour", OPENS + 3 * DAY)
    assert show(job(repository, forge, OPENS + 10 * DAY)) == 0
    told = forge.comments[NUMBER]
    assert "@bob-bis: this account was added on 4 March 2026" in told
    assert "it counts from the next vote on" in told
    assert counted(repository, forge) == "1", "bob's account of before goes on counting"


def test_what_a_stranger_said_is_nobody_s_when_the_account_comes_after_the_close(
    repository: Repository,
) -> None:
    forge, _head = own(repository)
    foreign(forge, "/voter pour", 2)
    add_account(repository, 20)
    assert counted(repository, forge) == "0"


def test_an_account_of_the_days_before_counts_after_a_week(repository: Repository) -> None:
    repository.now = OPENS - 20 * DAY
    repository.commit("main", {"wiki/a.md": "# A\n"})
    add_account(repository, -2)
    forge, _head = own(repository)
    foreign(forge, "/voter pour", 3)
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert "by somebody else; it counts from 7 March 2026" in forge.comments[NUMBER]
    foreign(forge, "/voter pour", 6)
    assert counted(repository, forge) == "1"


def merge_as(repository: Repository, forge: Stub, who: int) -> None:
    """The account comes by a merge of change 7, made by an account."""
    repository.now = OPENS + 2 * DAY
    git(repository.work, "checkout", "-q", "-B", "change-7", "origin/main")
    repository.commit("change-7", {"members/bob.yml": member("bob") + MORE})
    git(repository.work, "checkout", "-q", "-B", "main", "origin/main")
    git(repository.work, "merge", "-q", "--no-ff", "-m", "m", "change-7", when=repository.now)
    repository.pushed("main")
    forge.made[7] = [Account("github", "x", who)]


@pytest.mark.parametrize(("who", "cast"), [(UIDS["bob"], "1"), (UIDS["ana"], "0"), (FOREIGN, "0")])
def test_one_s_own_account_of_before_may_add_another_at_once(
    repository: Repository, who: int, cast: str
) -> None:
    forge, _head = own(repository)
    merge_as(repository, forge, who)
    foreign(forge, "/voter pour", 3)
    assert counted(repository, forge) == cast


def test_the_number_of_an_account_that_stood_there_may_be_added(repository: Repository) -> None:
    """Whose account has none is told to add it: the name stood there before the vote."""
    without = member("bob").replace(f", uid: {UIDS['bob']}", "")
    repository.now = OPENS - 20 * DAY
    repository.commit("main", {"members/bob.yml": without})
    forge, _head = own(repository)
    repository.now = OPENS + 2 * DAY
    repository.commit("main", {"members/bob.yml": member("bob")})
    forge.say("bob", "/voter pour", OPENS + 3 * DAY)
    assert counted(repository, forge) == "1"


def test_a_file_that_moves_or_is_renamed_is_no_new_account(repository: Repository) -> None:
    forge, _head = own(repository)
    repository.now = OPENS + 2 * DAY
    repository.commit("main", {"members/bob.yml": None, "members/nantes/bob.yml": member("bob")})
    forge.say("bob", "/voter pour", OPENS + 3 * DAY)
    assert counted(repository, forge) == "1"
    assert CLOSES < AFTER
