"""What is told once on the page of a change, in comments of its own that name people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.vote_coop import (
    AFTER,
    CLOSES,
    DAY,
    NUMBER,
    OPENS,
    PAPER,
    RULES,
    Repository,
    Stub,
    based,
    close,
    job,
    own,
    repository,
    show,
    votes,
)

__all__ = ["repository"]


def notices(forge: Stub, name: str) -> list[str]:
    return [text for names, text in forge.notices if names[0].startswith(name)]


def test_a_new_comment_asks_to_vote_again_once_a_text(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 3)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Deux\n", "wiki/neuf.md": "# N\n"})
    for days in (3, 4):
        assert show(job(repository, forge, OPENS + days * DAY)) == 0
    (text,) = notices(forge, "text")
    assert "Please vote again.** @ana, @bob, @cleo" in text
    assert "wiki/samedi.md”: other words" in text
    assert "wiki/neuf.md”: part of the change now" in text
    assert "The vote is open until" in text
    assert len(forge.comments) == 1, "the one comment stays one"
    forge.say("ana", "/voter pour", OPENS + 5 * DAY)
    repository.commit(f"change-{NUMBER}", {"wiki/neuf.md": None})
    assert show(job(repository, forge, OPENS + 6 * DAY)) == 0
    assert len(notices(forge, "text")) == 2
    assert "wiki/neuf.md”: no longer part of the change" in notices(forge, "text")[1]


def test_a_proposal_on_the_base_whose_page_changes_is_another_text(repository: Repository) -> None:
    forge, _head = based(repository)
    votes(forge, 1)
    page = repository.read("decisions/proposals/samedi.md") + "\nEt le dimanche.\n"
    repository.commit("main", {"decisions/proposals/samedi.md": page})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert "decisions/proposals/samedi.md”: other words" in notices(forge, "text")[0]


def test_nobody_is_asked_again_whose_text_stayed_or_who_cannot_vote_any_more(
    repository: Repository,
) -> None:
    forge, _head = own(repository, "consent")
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    votes(forge, 3)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert forge.notices == []
    forge.say("jo", "/objection bruit : trop", OPENS + 3 * DAY)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Deux\n"})
    assert show(job(repository, forge, AFTER)) == 0
    assert forge.notices == []


def test_a_dry_run_prints_it_and_writes_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, _head = own(repository)
    votes(forge, 3)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Deux\n"})
    assert show(job(repository, forge, CLOSES - DAY, dry_run=True)) == 0
    assert forge.notices == []
    assert "closes soon" in capsys.readouterr().out


def test_near_the_close_who_is_missing_is_counted_once(repository: Repository) -> None:
    """A quarter of fourteen must be in favour: with one vote, whichever, three are missing."""
    forge, _head = own(repository)
    forge.say("ana", "/voter contre", OPENS + DAY)
    assert show(job(repository, forge, CLOSES - 3 * DAY - timedelta(minutes=1))) == 0
    assert forge.notices == []
    for hours in (70, 20):
        assert show(job(repository, forge, CLOSES - timedelta(hours=hours))) == 0
    (text,) = notices(forge, "shortfall")
    assert "at least 3 more members must vote" in text
    assert "16 March 2026" in text
    assert "@" not in text, "who has not voted is not listed"


def test_enough_voters_are_told_of_nothing(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 4, "/voter contre")
    assert show(job(repository, forge, CLOSES - DAY)) == 0
    assert forge.notices == [], "how ballots fell is not told before the close"


@pytest.mark.parametrize(
    ("rule", "cast", "missing"),
    [
        ("quorum: {of: cast, fraction: 1/2, op: gt}", 7, 1),
        ("quorum: {of: cast, fraction: 1/2}", 7, 0),
        ("quorum: {of: cast, min: 9}", 2, 7),
        ("quorum: {of: represented, fraction: 1/3}", 2, 3),
        ("any: [{quorum: {of: cast, fraction: 1/2}}, {quorum: {of: cast, min: 4}}]", 1, 3),
    ],
)
def test_the_number_is_that_of_the_rule(
    repository: Repository, rule: str, cast: int, missing: int
) -> None:
    was = "quorum: {of: for, base: electorate, fraction: 1/4}"
    repository.commit("main", {"decisions/rules.yml": RULES.replace(was, rule)})
    forge, _head = own(repository)
    votes(forge, cast)
    assert show(job(repository, forge, CLOSES - DAY)) == 0
    told = notices(forge, "shortfall")
    assert len(told) == bool(missing)
    assert all(f"at least {missing} more member" in text for text in told)


def test_who_had_a_ballot_entered_is_told_by_name_once(repository: Repository) -> None:
    forge, _head = based(repository)
    ballot = "choice: %s\ncast_at: 2026-03-04T10:00:00+01:00\n"
    entered = {
        f"decisions/ballots/samedi/{who}.yml": ballot % "for" + PAPER for who in ("dan", "eve")
    }
    repository.commit(
        "main", {"decisions/ballots/samedi/ana.yml": ballot % "for" + "cast_by: ana\n", **entered}
    )
    for days in (3, 4):
        assert show(job(repository, forge, OPENS + days * DAY)) == 0
    (text,) = notices(forge, "ballot")
    assert "@dan: entered by @ana" in text
    assert "@eve: entered by @ana" in text
    assert "for you" in text
    repository.commit("main", {"decisions/ballots/samedi/dan.yml": ballot % "against" + PAPER})
    assert show(job(repository, forge, OPENS + 5 * DAY)) == 0
    again = notices(forge, "ballot")[1]
    assert "@dan" in again
    assert "@eve" not in again
    assert "gainst" not in again, "how somebody voted is not told"


def test_what_was_told_before_a_run_was_cut_off_is_not_told_again(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 3)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Deux\n"})
    forge.fails.add("tell_once")
    with pytest.raises(InterruptedError):
        show(job(repository, forge, OPENS + 3 * DAY))
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert len(notices(forge, "text")) == 1
    assert close(job(repository, forge, AFTER)) == 0
    assert len(forge.notices) == 1
