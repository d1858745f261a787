"""A vote on a proposed change, on real repositories: what counts, what is shown, and which proposal
is asked.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from coopbook.decisions.tally import Event
from coopbook.pull_requests.request import read_motion
from support.vote_coop import (
    AFTER,
    DAY,
    NAMES,
    NUMBER,
    OPENS,
    OWN,
    PAPER,
    RESULT,
    RULES,
    UIDS,
    Repository,
    Stub,
    ballot,
    based,
    close,
    errors,
    fields,
    git,
    job,
    member,
    named,
    own,
    page,
    show,
    votes,
)


def test_dates_are_judged_by_the_day_of_the_co_op(repository: Repository, tmp_path: Path) -> None:
    """The forge's runner is in no time zone of ours."""
    zone = repository.read("coop.yml") + "\ntimezone: Pacific/Noumea\n"
    repository.commit("main", {"coop.yml": zone})
    forge, _head = own(repository)
    late = OPENS.replace(hour=21)
    assert read_motion(job(repository, forge, late), tmp_path).index.today == (late + DAY).date()


def test_adopted_record_and_change_come_in_one_commit(repository: Repository) -> None:
    before = repository.main()
    forge, head = own(repository)
    votes(forge, 9)
    forge.say("jo", "/voter contre", OPENS + 3 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split() == [before, head]
    found = fields(repository, "decisions/results/samedi.yml")
    assert (found["result"], found["counts"]) == (
        "adopted",
        {"for": "9", "against": "1", "abstain": "0", "blank": "0"},
    )
    assert repository.read("wiki/samedi.md") == "# Le samedi"
    assert fields(repository, OWN)["status"] == "adopted"
    assert fields(repository, OWN)["pull_request"] == {"forge": "github", "number": str(NUMBER)}
    assert "category: ordinary   # la plus simple" in repository.read(OWN)
    assert errors(repository) == []
    assert forge.state == "merged"
    assert forge.statuses[-1][:2] == (head, "success")
    assert "Proposal adopted" in forge.comments[NUMBER]
    kept = json.loads(repository.read("decisions/results/samedi.events.json"))
    assert kept["vote"]["of"] == "change"


# What counts


def test_twelve_votes_by_comment_review_and_ballot_file(repository: Repository) -> None:
    cast = {"kim": ballot("for"), "lou": ballot("against"), "max": ballot("abstain", more=PAPER)}
    head = repository.propose({"wiki/samedi.md": "# Le samedi\n"})
    repository.commit("main", {OWN: named()})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    for name, text in zip(
        NAMES[:5],
        ["/voter pour", "/vote yes", "Oui !\n/voter pour\nmerci", "/voter contre", "/voter blanc"],
        strict=True,
    ):
        forge.say(name, text, OPENS + DAY)
    for name, state in zip(
        NAMES[5:9], ["approve", "approve", "request_changes", "approve"], strict=True
    ):
        forge.review(name, state, head, OPENS + DAY)
    forge.say("jo", "> /voter pour\n\nJe réfléchis encore.", OPENS + DAY)
    repository.commit(
        "main", {f"decisions/ballots/samedi/{name}.yml": text for name, text in cast.items()}
    )
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, RESULT)
    assert (found["counts"], found["cast"]) == (
        {"for": "7", "against": "3", "abstain": "1", "blank": "1"},
        "12",
    )
    assert errors(repository) == []


def test_a_ballot_file_that_came_after_the_close_does_not_count_whatever_day_it_names(
    repository: Repository,
) -> None:
    forge, _head = own(repository)
    votes(forge, 3)
    repository.commit("main", {"decisions/ballots/samedi/kim.yml": ballot("for")})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    late = {"lou": ballot("for"), "kim": ballot("against"), "max": ballot("abstain", more=PAPER)}
    late |= {
        "jo": ballot("for", more=PAPER.replace("cast_by: ana\n", "")),
        "ana": ballot("against", more=PAPER),
    }
    repository.commit(
        "main", {f"decisions/ballots/samedi/{name}.yml": text for name, text in late.items()}
    )
    assert close(job(repository, forge, AFTER + 10 * DAY)) == 0
    found = fields(repository, RESULT)
    assert found["counts"] == {"for": "4", "against": "0", "abstain": "1", "blank": "0"}, (
        "kim's as it was; a teller's has its proof"
    )


def test_votes_on_an_earlier_text_are_asked_for_again(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 4)
    forge.review("gil", "approve", head, OPENS + 2 * DAY)
    new = repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Le samedi et le dimanche\n"})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert (
        "The text has changed since you voted. Please vote again.** @ana, @bob, @cleo, @dan, @gil"
        in forge.comments[NUMBER]
    )
    assert forge.statuses[-1][0] == new
    forge.say("ana", "/voter pour", OPENS + 4 * DAY)
    forge.review("gil", "approve", new, OPENS + 4 * DAY)
    forge.say("bob", "/voter contre", OPENS + 4 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"] == {
        "for": "2",
        "against": "1",
        "abstain": "0",
        "blank": "0",
    }
    assert fields(repository, RESULT)["not_counted"] == {"refused": "0", "stale": "2"}


def test_a_text_that_comes_back_does_not_take_what_was_said_of_another(
    repository: Repository,
) -> None:
    """Bad text, shown; good text, voted for; bad text again, by a forced push to the very same
    commit.
    """
    forge, first = own(repository, files={"wiki/samedi.md": "# Le samedi, sans paie\n"})
    repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi, payé double\n"})
    assert show(job(repository, forge, OPENS + DAY)) == 0
    votes(forge, 9)
    git(repository.work, "push", "-q", "--force", "origin", f"{first}:refs/pull/{NUMBER}/head")
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert close(job(repository, forge, AFTER)) == 0
    assert (fields(repository, RESULT)["result"], fields(repository, RESULT)["cast"]) == (
        "no_quorum",
        "0",
    )


def test_the_same_text_on_another_commit_keeps_its_votes(repository: Repository) -> None:
    """A rebase changes no word."""
    forge, head = own(repository)
    votes(forge, 5)
    forge.review("jo", "approve", head, OPENS + 2 * DAY)
    repository.commit("main", {"wiki/autre.md": "# Autre\n"})
    assert repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi\n"}) != head
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"]["for"] == "6"


def test_without_our_notes_the_statuses_say_since_when(repository: Repository) -> None:
    forge, _head = own(repository)
    forge.say("ana", "/voter pour", OPENS + DAY)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Un\n"})
    show(job(repository, forge, OPENS + 2 * DAY))
    forge.say("bob", "/voter pour", OPENS + 3 * DAY)
    git(repository.remote, "update-ref", "-d", f"refs/coopbook/votes/{NUMBER}")
    forge.say("cleo", "/voter pour", OPENS + 3 * DAY)
    forge.say("dan", "/voter pour", OPENS + 3 * DAY)
    forge.say("eve", "/voter pour", OPENS + 3 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert (fields(repository, RESULT)["result"], fields(repository, RESULT)["counts"]["for"]) == (
        "adopted",
        "4",
    )


def test_an_edited_comment_counts_at_its_edit(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    forge.edit("ana", "/voter contre", OPENS + 5 * DAY)
    forge.say("bob", "/voter contre", OPENS + 6 * DAY)
    forge.edit("cleo", "/voter pour\n/voter contre", OPENS + 6 * DAY)
    forge.edit("dan", "/voter contre", AFTER)
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert fields(repository, RESULT)["counts"] == {
        "for": "1",
        "against": "2",
        "abstain": "0",
        "blank": "0",
    }
    assert "@cleo: two votes in one message" in forge.comments[NUMBER]


@pytest.mark.parametrize(("snapshot", "counted"), [("opens_at", "5"), ("closes_at", "4")])
def test_the_voters_are_those_of_the_day_the_rules_name(
    repository: Repository, snapshot: str, counted: str
) -> None:
    repository.commit("main", {"decisions/rules.yml": RULES.replace("opens_at", snapshot)})
    forge, _head = own(repository)
    votes(forge, 5)
    rests = "    suspended:\n      - {from: 2026-03-10}\n"
    repository.commit("main", {"members/bob.yml": member("bob", rests)})
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"]["for"] == counted


def test_who_may_not_vote_is_told_why(repository: Repository) -> None:
    rests = "    suspended:\n      - {from: 2026-01-10}\n"
    repository.commit("main", {"members/bob.yml": member("bob", rests)})
    forge, _head = own(repository)
    for name in ("bob", "zoe", "intruse"):
        forge.say(name, "/voter pour", OPENS + DAY)
    forge.say("cleo", "/voter pour au nom de @dan", OPENS + DAY)
    forge.say("eve", "/voter peut-être", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    told = forge.comments[NUMBER]
    assert "@bob: “bob” was suspended on 2026-03-02, the day that counts, and cannot vote." in told
    assert (
        "@zoe: “zoe” is not a member in law, and cannot vote: a working link gives no vote." in told
    )
    assert "@intruse: an account that is no member's" in told
    assert "@cleo: for somebody else, without a proxy or proof" in told
    assert "@eve: not understood: /voter peut-être" in told
    assert "Votes cast" not in told


def test_whose_account_has_no_number_is_told_what_to_add(repository: Repository) -> None:
    without = member("bob").replace(f", uid: {UIDS['bob']}", "")
    repository.commit("main", {"members/bob.yml": without})
    forge, _head = own(repository)
    forge.say("bob", "/voter pour", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    assert f"members/bob.yml without its number: add “uid: {UIDS['bob']}” there." in forge.comments[
        NUMBER
    ].replace("\\", "")


def test_accounts_and_rules_of_the_change_itself_count_for_nothing(repository: Repository) -> None:
    """Who proposes to become a member, or a weaker rule, does not vote by it."""
    files = {
        "members/zoe.yml": member("ana").replace("Ana", "Zoe").replace("1001", "1015"),
        "wiki/a.md": "# A\n",
    }
    forge, _head = own(repository, files=files)
    forge.say("zoe", "/voter pour", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    assert "@zoe: “zoe” is not a member in law" in forge.comments[NUMBER]


def test_an_account_called_as_a_member_is_still_a_stranger_s(repository: Repository) -> None:
    """It is the forge's number that says whose an account is, never what it calls itself; whom it
    concerns is told so.
    """
    forge, _head = based(repository, recused="[dan]")
    forge.hear(Event("comment", "/voter pour", OPENS + DAY, UIDS["intruse"], "zoe"))
    forge.say("dan", "/voter pour", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    assert "@zoe: an account that is no member's" in forge.comments[NUMBER]
    assert "dan: “dan” does not vote on this proposal (“recused”)." in forge.comments[NUMBER]


# What is shown


@pytest.mark.parametrize(
    ("category", "seen", "hidden"),
    [
        (
            "ordinary",
            ["14 members are entitled", "What was voted is told once the vote is closed"],
            ["Votes cast", "| 2 |"],
        ),
        ("special", ["Votes cast: 3 of 14"], ["| 2 |"]),
        ("consent", ["| 2 | 1 | 0 | 0 | 11 |", "/object"], []),
    ],
)
def test_while_it_is_open_no_more_is_shown_than_the_rules_say(
    repository: Repository, category: str, seen: list[str], hidden: list[str]
) -> None:
    forge, head = own(repository, category)
    votes(forge, 2)
    forge.say("jo", "/voter contre", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert all(
        words in forge.comments[NUMBER] for words in [*seen, "/vote yes", "Open to vote until"]
    )
    assert not any(words in forge.comments[NUMBER] for words in hidden)
    assert forge.statuses[-1][:2] == (head, "pending")


def test_an_open_objection_is_told_and_bars_the_close(repository: Repository) -> None:
    forge, _head = own(repository, "consent")
    votes(forge, 3)
    forge.say("jo", "/objection bruit : le voisin <dort> @ana", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert "- bruit (@jo): le voisin \\<dort\\> @<!-- -->ana" in forge.comments[NUMBER]
    assert "Open to vote until" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 3
    assert RESULT not in repository.files()
    over_but_waiting(forge, "an open objection must be resolved first")
    forge.say("jo", "/lever bruit", OPENS + 4 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["result"] == "adopted"


def over_but_waiting(forge: Stub, why: str) -> None:
    """What is told of a vote that is past its close and cannot be closed."""
    told = forge.comments[NUMBER]
    assert why in told
    assert [
        words for words in ("Open to vote until", "How to vote", "/vote yes") if words in told
    ] == []
    assert (forge.statuses[-1][1], why in forge.statuses[-1][2]) == ("pending", True)


def test_a_gate_that_bars_the_close_is_told_with_its_role(repository: Repository) -> None:
    gate = (
        "gates: [{role: board, on: [ordinary], stage: after_vote}, {role: manager, on: [special], "
        "stage: after_vote}]\n"
    )
    repository.commit("main", {"decisions/rules.yml": RULES + gate})
    forge, _head = own(repository)
    votes(forge, 9)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert "Open to vote until" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 3
    over_but_waiting(forge, "the word of board first")


def test_a_dry_run_changes_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi\n"})
    forge, before = Stub(repository), repository.main()
    assert show(job(repository, forge, OPENS, dry_run=True)) == 0
    assert "Ouvrir le samedi" in capsys.readouterr().out
    assert show(job(repository, forge, OPENS)) == 0
    votes(forge, 9)
    told = len(forge.statuses)
    assert close(job(repository, forge, AFTER, dry_run=True)) == 0
    assert (repository.main(), len(forge.statuses), forge.writes) == (before, told, 1)


# Which proposal


def test_a_change_without_a_proposal_is_left_alone(repository: Repository) -> None:
    repository.propose({"wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert (show(job(repository, forge, OPENS)), close(job(repository, forge, OPENS))) == (4, 4)
    assert (forge.comments, forge.statuses) == ({}, [])


def test_one_change_asks_one_thing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.propose({OWN: page(), "decisions/proposals/dimanche.md": page()})
    assert show(job(repository, Stub(repository), OPENS)) == 2
    assert "One change asks one thing" in capsys.readouterr().err
    repository.commit("main", {OWN: named(), "decisions/proposals/lundi.md": named()})
    assert show(job(repository, Stub(repository), OPENS)) == 2
    assert "Several proposals name this change" in capsys.readouterr().err


def test_a_proposal_of_the_base_keeps_its_own_page(repository: Repository) -> None:
    repository.propose({OWN: page().replace("2026-03-16", "2027-03-16"), "wiki/a.md": "# A\n"})
    repository.commit("main", {OWN: named()})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 2
    assert "take it out of the change" in forge.comments[NUMBER]


def test_a_page_written_back_in_time_shortens_no_vote(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.propose(
        {
            OWN: page().replace("2026-03-02", "2026-01-01").replace("2026-03-16", "2026-03-03"),
            "wiki/a.md": "# A\n",
        }
    )
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    votes(forge, 9)
    assert close(job(repository, forge, OPENS + 6 * DAY)) == 3
    assert "9" in capsys.readouterr().out
    assert close(job(repository, forge, OPENS + 8 * DAY)) == 0


def test_a_vote_that_was_over_before_it_was_known_is_refused(repository: Repository) -> None:
    repository.propose({OWN: page(), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert close(job(repository, forge, AFTER)) == 2
    assert "closes before anybody could know of it" in forge.comments[NUMBER]


def test_a_review_counts_for_the_text_it_was_given_on(repository: Repository) -> None:
    """Not for the one that stood there at its hour: a page may have been open since the day
    before.
    """
    forge, old = own(repository, "special")
    new = repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Le samedi et le dimanche\n"})
    forge.review("ana", "approve", new, OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    forge.review("bob", "approve", old, OPENS + 3 * DAY)
    forge.review("cleo", "approve", "f" * 40, OPENS + 3 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"]["for"] == "1"
    assert "@bob, @cleo" in forge.comments[NUMBER]
