"""`coopbook vote merge`: where a forge protects no branch, one account takes over what the judge
and the check let pass, on each forge.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from coopbook.pull_requests.forges import write_approval
from support.commands import Ran, environment, run
from support.forges.base import TOKEN, FakeForge
from support.forges.gitlab import FakeGitLab
from support.forges.pulls import FakeForgejo, FakeGitHub
from support.git import git
from support.vote_coop import COOP, NUMBER, UIDS, Repository, member, page

FORGES = {"github": FakeGitHub, "forgejo": FakeForgejo, "gitlab": FakeGitLab}
BOB = "members/bob.yml"


def record(id: str, name: str, more: str = "") -> str:
    return member(id).replace("forge: github", f"forge: {name}") + more


@contextmanager
def proposed(
    repository: Repository, name: str, files: dict[str, str | None]
) -> Iterator[FakeForge]:
    """A change on a forge that Bob opened and pushed."""
    base = {f"members/{one}.yml": record(one, name) for one in ("ana", "bob", "cleo")}
    base |= {"coop.yml": COOP.replace("kind: github", f"kind: {name}")}
    repository.commit("main", base)
    head = repository.propose(files)
    author = (UIDS["bob"], "bob")
    with FORGES[name](git=repository.remote, head=head, number=NUMBER, author=author) as forge:
        forge.push(head)
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        yield forge


def merged(repository: Repository, forge: FakeForge, *words: str) -> Ran:
    settings = environment(
        COOPBOOK_TOKEN=TOKEN, COOPBOOK_API=forge.api, COOPBOOK_REPOSITORY=forge.repository
    )
    call = words or ("merge", str(NUMBER))
    root = str(repository.clone())
    return run("vote", *call, "--root", root, "--lang", "en", settings=settings)


@pytest.fixture(params=FORGES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_its_maker_may_make_is_taken_over_once_it_is_asked_for(
    repository: Repository, name: str
) -> None:
    with proposed(repository, name, {BOB: record("bob", name, "headline: {fr: Photo}\n")}) as forge:
        before = repository.main()
        ran = merged(repository, forge)
        assert (ran.returncode, repository.main()) == (3, before), ran.output
        told = [one.text for one in forge.comments if one.who == forge.bot[0]]
        assert len(told) == 1
        assert write_approval(forge.head) in told[0]
        assert merged(repository, forge).returncode == 3
        assert [one.text for one in forge.comments if one.who == forge.bot[0]] == told
        forge.say(999, "nobody", write_approval(forge.head))
        assert merged(repository, forge).returncode == 3, "no member"
        forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        ran = merged(repository, forge)
        assert ran.returncode == 0, ran.output
        assert "headline: {fr: Photo}" in repository.read(BOB)
        parents = git(repository.remote, "log", "-1", "--format=%P", "main").split()
        assert parents == [before, forge.head]


def test_another_text_than_the_one_asked_for_waits(repository: Repository, name: str) -> None:
    with proposed(repository, name, {BOB: record("bob", name, "headline: {fr: Photo}\n")}) as forge:
        forge.say(UIDS["bob"], "bob", write_approval("b" * 40))
        assert merged(repository, forge).returncode == 3


def test_what_is_not_theirs_is_not_taken_over(repository: Repository, name: str) -> None:
    with proposed(repository, name, {"coop.yml": COOP + "# relu\n"}) as forge:
        before = repository.main()
        forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        forge.say(UIDS["ana"], "ana", write_approval(forge.head))
        ran = merged(repository, forge)
        assert (ran.returncode, repository.main()) == (3, before), ran.output


def test_a_faulty_file_is_not_taken_over(repository: Repository, name: str) -> None:
    with proposed(
        repository, name, {BOB: record("bob", name, "substitutes: [nobody-here]\n")}
    ) as forge:
        before = repository.main()
        forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        ran = merged(repository, forge)
        assert (ran.returncode, repository.main()) == (2, before), ran.output
        assert BOB in ran.stderr


def test_what_is_voted_waits_for_its_vote(repository: Repository) -> None:
    files = {"decisions/proposals/velos.md": page()}
    with proposed(repository, "github", files) as forge:
        before = repository.main()
        forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        ran = merged(repository, forge)
        assert ran.returncode != 0, ran.output
        assert repository.main() == before


def test_the_run_takes_over_only_where_it_was_told_to(repository: Repository, name: str) -> None:
    with proposed(repository, name, {BOB: record("bob", name, "headline: {fr: Photo}\n")}) as forge:
        forge.say(UIDS["bob"], "bob", write_approval(forge.head))
        before = repository.main()
        merged(repository, forge, "run")
        assert "headline" not in repository.read(BOB), "it was not told to"
        ran = merged(repository, forge, "run", "--merge")
        assert ran.returncode == 0, ran.output
        assert repository.main() != before
        assert "headline: {fr: Photo}" in repository.read(BOB)
