"""Whether those who made a proposed change may make it, told on each forge: by what a merge would
give, and by the accounts that opened the change and pushed to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from coopbook.pull_requests.forges import approves, write_approval
from support.commands import Ran, environment, run
from support.forges.base import TOKEN, FakeForge
from support.forges.gitlab import FakeGitLab
from support.forges.pulls import FakeForgejo, FakeGitHub
from support.git import git
from support.vote_coop import COOP, NUMBER, UIDS, Repository, member

FORGES = {"github": FakeGitHub, "forgejo": FakeForgejo, "gitlab": FakeGitLab}
THREE = ("ana", "bob", "cleo")
BOB = "members/bob.yml"


def record(id: str, more: str = "", forge: str = "github") -> str:
    """A member with an account on a forge."""
    return member(id).replace("forge: github", f"forge: {forge}") + more


@contextmanager
def proposed(
    repository: Repository, name: str, files: dict[str, str | None], opened_by: str = "bob"
) -> Iterator[FakeForge]:
    """A change on a forge, opened by somebody who pushed it."""
    body = (
        "name: {fr: Équipe}\nkind: working_group\naudience: members\nmandates:\n"
        "  - {id: maintainers-2025, member: cleo, role: {fr: Programme}, from: 2020-01-01}\n"
    )
    base = {f"members/{one}.yml": record(one, forge=name) for one in THREE}
    base |= {"decisions/bodies/equipe.yml": body}
    base |= {"coop.yml": COOP.replace("kind: github", f"kind: {name}")}
    repository.commit("main", base)
    head = repository.propose(files)
    author = (UIDS.get(opened_by, 999), opened_by)
    with FORGES[name](git=repository.remote, head=head, number=NUMBER, author=author) as forge:
        forge.push(head)
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        yield forge


def judged(repository: Repository, forge: FakeForge, *more: str) -> Ran:
    options = ("--root", str(repository.clone()), "--lang", "en", *more)
    settings = environment(
        COOPBOOK_TOKEN=TOKEN, COOPBOOK_API=forge.api, COOPBOOK_REPOSITORY=forge.repository
    )
    return run("vote", "judge", str(NUMBER), *options, settings=settings)


def status(forge: FakeForge) -> str:
    """The state of our status on the head, with the words of all forges."""
    found = [one for one in forge.statuses if one.context == "coopbook/paths"]
    return found[-1].state.replace("failed", "failure") if found else ""


@pytest.fixture(params=FORGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_ones_own_record_needs_nobody(repository: Repository, name: str) -> None:
    with proposed(repository, name, {BOB: record("bob", "headline: {fr: Photo}\n", name)}) as forge:
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (0, "success"), ran.output
        assert forge.head[:10] in forge.statuses[-1].words
        assert repository.main()[:10] in forge.statuses[-1].words
        assert forge.comments == [one for one in forge.comments if one.system], "nothing to say"


def test_who_pushed_to_it_must_be_allowed_too(repository: Repository, name: str) -> None:
    """The change was opened by Bob: a push by another account is told, whatever its commits say."""
    with proposed(repository, name, {BOB: record("bob", "headline: {fr: Photo}\n", name)}) as forge:
        forge.push(forge.head, UIDS["ana"], "ana")
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (3, "pending")
        assert "not for “@ana”" in ran.stdout.replace("\\", "")


def test_who_pushed_stays_known_when_the_forge_forgets(repository: Repository, name: str) -> None:
    """Forges keep such events for a time only; the change's journal keeps who it was."""
    with proposed(repository, name, {BOB: record("bob", "headline: {fr: Photo}\n", name)}) as forge:
        forge.push(forge.head, UIDS["ana"], "ana")
        assert judged(repository, forge).returncode == 3
        forge.pushes.clear()
        forge.comments[:] = [one for one in forge.comments if not one.system]
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (3, "pending")
        assert "not for “@ana”" in ran.stdout.replace("\\", "")
        git(repository.remote, "update-ref", "-d", f"refs/coopbook/votes/{NUMBER}")
        ran = judged(repository, forge)
        assert ran.returncode == (3 if name == "github" else 0), "nobody knows of it any more"


def test_it_waits_for_an_approval_of_this_very_head(repository: Repository, name: str) -> None:
    with proposed(repository, name, {"coop.yml": COOP + "# relu\n"}) as forge:
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (3, "pending")
        assert write_approval(forge.head) in ran.stdout
        forge.say(UIDS["ana"], "ana", write_approval(forge.head))
        assert judged(repository, forge).returncode == 3, "Ana does not look after the program"
        forge.say(UIDS["cleo"], "cleo", write_approval("b" * 40))
        assert judged(repository, forge).returncode == 3, "another head"
        own = forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        assert judged(repository, forge).returncode == 3, "nobody approves of the own change"
        forge.edit(own, "Bien.")
        forge.say(UIDS["cleo"], "cleo", f"Relu.\n`{write_approval(forge.head)}`.")
        assert (judged(repository, forge).returncode, status(forge)) == (0, "success")
        ours = [one for one in forge.comments if one.who == forge.bot[0]]
        assert len(ours) == 1, "one comment, brought up to date"
        assert "may make it" in ours[0].text


@pytest.mark.parametrize("name", ["github", "forgejo"])
def test_a_review_approves_of_the_commit_it_was_given_on(repository: Repository, name: str) -> None:
    with proposed(repository, name, {"coop.yml": COOP + "# relu\n"}) as forge:
        forge.review(UIDS["cleo"], "cleo", "approve", "c" * 40)
        assert judged(repository, forge).returncode == 3, "an earlier head"
        forge.review(UIDS["cleo"], "cleo", "approve")
        assert judged(repository, forge).returncode == 0
        forge.review(UIDS["cleo"], "cleo", "request_changes")
        assert judged(repository, forge).returncode == 3


def test_an_approval_that_somebody_edited_does_not_count(repository: Repository, name: str) -> None:
    with proposed(repository, name, {"coop.yml": COOP + "# relu\n"}) as forge:
        said = forge.say(UIDS["cleo"], "cleo", "Non.")
        forge.edit(said, write_approval(forge.head))
        assert judged(repository, forge).returncode == 3


def test_another_s_ballot_is_refused(repository: Repository, name: str) -> None:
    ballot = 'choice: for\ncast_at: "2026-03-05T09:00:00+01:00"\n'
    with proposed(repository, name, {"decisions/ballots/samedi/ana.yml": ballot}) as forge:
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (3, "failure")
        assert "the ballot of “ana”" in ran.stdout


def test_who_is_no_member_makes_nothing(repository: Repository, name: str) -> None:
    files: dict[str, str | None] = {BOB: record("bob", "headline: {fr: Photo}\n", name)}
    with proposed(repository, name, files, opened_by="mallory") as forge:
        assert judged(repository, forge).returncode == 3


def test_what_is_judged_is_the_merge_with_the_present_base(
    repository: Repository, name: str
) -> None:
    """What the base has learnt since is no part of the change; what contradicts it is told."""
    with proposed(repository, name, {BOB: record("bob", "headline: {fr: Photo}\n", name)}) as forge:
        repository.commit("main", {"wiki/nouveau.md": "---\ntitle: Nouveau\n---\nOui.\n"})
        assert judged(repository, forge).returncode == 0
        repository.commit("main", {BOB: record("bob", "headline: {fr: Dessin}\n", name)})
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (2, "failure")
        assert "bring it up to date" in ran.output


def test_without_rules_nobody_is_judged(repository: Repository, name: str) -> None:
    with proposed(repository, name, {BOB: record("bob", "headline: {fr: Photo}\n", name)}) as forge:
        repository.commit("main", {"decisions/rules.yml": None})
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (4, "")
        assert "no rules to judge by" in ran.output


def test_unknown_pushers_are_nobody(repository: Repository) -> None:
    files: dict[str, str | None] = {BOB: record("bob", "headline: {fr: Photo}\n")}
    with proposed(repository, "github", files) as forge:
        assert isinstance(forge, FakeGitHub)
        forge.hides_activity = True
        ran = judged(repository, forge)
        assert (ran.returncode, status(forge)) == (3, "failure")
        assert "Nobody knows who made this change." in ran.stdout


def test_here_it_is_advice_for_the_accounts_that_are_named(repository: Repository) -> None:
    """A branch of this clone, and no forge: nothing is sent."""
    repository.commit("main", {f"members/{one}.yml": record(one) for one in THREE})
    repository.propose({BOB: record("bob", "headline: {fr: Photo}\n")})
    here = (
        "vote",
        "judge",
        str(NUMBER),
        "--root",
        str(repository.work),
        "--head",
        f"change-{NUMBER}",
        "--lang",
        "en",
    )
    assert run(*here, "--actor", "github:bob:1002").returncode == 0
    told = run(*here, "--actor", "github:ana:1001")
    assert (told.returncode, "for “bob” alone" in told.stdout) == (3, True)
    assert run(*here).returncode == 3, "nobody is named"
    misused = run(
        "vote", "judge", str(NUMBER), "--root", str(repository.work), "--actor", "github:bob:1002"
    )
    assert misused.returncode == 2


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("/accord aaaaaaaaaa", True),
        ("Merci !\n/approve aaaaaaaaaaaa", True),
        ("`/accord aaaaaaaaaa`", True),
        ("/accord aaaaaaaaa", False),
        ("/accord bbbbbbbbbb", False),
        ("/accord", False),
        ("> /accord aaaaaaaaaa", False),
        ("je dis /accord aaaaaaaaaa", False),
    ],
)
def test_an_approval_names_the_head(text: str, yes: bool) -> None:
    assert approves(text, "a" * 40) is yes


def test_who_is_known_by_something_else_hears_of_it(repository: Repository, name: str) -> None:
    """By the forge, whose mail no address of the co-op's files leads astray; once a change."""
    other = record("bob", "email: bob.bis@essais.example\n", name)
    with proposed(repository, name, {BOB: other}, opened_by="cleo") as forge:
        for _time in range(2):
            assert judged(repository, forge).returncode == 0, "Cleo looks after the program"
        told = [one.text for one in forge.comments if "what members are known by" in one.text]
        assert len(told) == 1
        assert "@bob: email" in told[0]
        assert "write to it and wait for the answer" in told[0]
        assert "bob.bis@essais.example" not in told[0]


@pytest.mark.parametrize("more", ["headline: {fr: Photo}\n", "phone: '+33 2 61 91 00 12'\n"])
def test_what_nobody_is_known_by_is_told_to_nobody(
    repository: Repository, name: str, more: str
) -> None:
    with proposed(repository, name, {BOB: record("bob", more, name)}, opened_by="cleo") as forge:
        judged(repository, forge)
        assert not [one for one in forge.comments if "what members are known by" in one.text]
