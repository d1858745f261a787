"""Who votes, counts and speaks for whom is said on the base, never by the change that is voted."""

from __future__ import annotations

from typing import Any

import pytest
from coopbook import checks
from coopbook.records.load import load
from support.vote_coop import (
    AFTER,
    DAY,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    RULES,
    Repository,
    Stub,
    ballot,
    based,
    close,
    job,
    named,
    own,
    page,
    show,
    votes,
)

CONDUCT = {
    "recused": "[jo, kim, lou]",
    "tellers": "[cleo]",
    "chair": "cleo",
    "proxies": "[{principal: dan, holder: cleo, received_on: 2026-03-01}]",
    "gates": "[{role: manager, by: cleo, at: 2026-03-01T09:00:00+01:00, decision: cleared}]",
    "objections": (
        "[{slug: bruit, by: jo, at: 2026-03-01T09:00:00+01:00, resolved: {at: "
        "2026-03-01T10:00:00+01:00, by: meeting}}]"
    ),
}


@pytest.mark.parametrize("name", CONDUCT)
def test_a_change_does_not_say_itself_who_votes_and_counts(
    repository: Repository, name: str
) -> None:
    """Else an author takes opponents out, lets the proposal pass for a role, or ends what others
    object.
    """
    repository.propose(
        {OWN: page("consent", **{name: CONDUCT[name]}), "wiki/samedi.md": "# Le samedi\n"}
    )
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 2
    assert f"take {name} out of {OWN}" in forge.comments[NUMBER].replace("\\", "")
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 2
    assert RESULT not in repository.files()


def test_who_votes_and_counts_is_told_to_all(repository: Repository) -> None:
    forge, _head = based(
        repository, **{name: CONDUCT[name] for name in ("recused", "tellers", "chair", "proxies")}
    )
    told = forge.comments[NUMBER]
    for line in (
        "- Do not vote: jo, kim, lou",
        "- Tellers: cleo",
        "- Chair: cleo",
        "- Proxies: dan, by cleo",
    ):
        assert line in told


def test_a_word_of_nobody_s_role_does_not_open_a_gate(repository: Repository) -> None:
    repository.commit(
        "main",
        {
            "decisions/rules.yml": RULES
            + "gates: [{role: manager, on: [ordinary], stage: before_vote}]\n"
        },
    )
    repository.commit("main", {OWN: named(gates=CONDUCT["gates"])})
    repository.propose({"wiki/samedi.md": "# Le samedi\n"})
    forge = Stub(repository)
    show(job(repository, forge, OPENS))
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) != 0
    assert "had no mandate with the role" in forge.comments[NUMBER]
    assert RESULT not in repository.files()


@pytest.mark.parametrize("begin", [own, based], ids=["its-own-page", "a-page-of-the-base"])
def test_what_a_close_writes_passes_the_check_against_what_was_there(
    repository: Repository, begin: Any
) -> None:
    forge, _head = begin(repository)
    votes(forge, 9)
    repository.commit("main", {"decisions/ballots/samedi/lou.yml": ballot("against")})
    before = repository.clone()
    assert close(job(repository, forge, AFTER)) == 0
    day = (AFTER + DAY).date()
    assert [
        item.message.text
        for item in checks.check_change(load(before, day), load(repository.clone(), day))
    ] == []
