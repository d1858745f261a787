"""A vote where only a meeting decides: what an assembly confirms is taken over, and nothing holds
before it was decided.
"""

from __future__ import annotations

from typing import Any

import pytest
from support.vote_coop import (
    AFTER,
    DAY,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    SIEGE,
    Repository,
    Stub,
    amends,
    article,
    close,
    errors,
    fields,
    git,
    job,
    own,
    page,
    show,
    votes,
)

MINUTES = """---
record: minutes
body: ag
number: 1
kind: extraordinary
title: {fr: Assemblée}
date: 2026-04-10
status: %s
resolutions:
  - {number: 1, text: Le siège, category: bylaws, proposal: samedi, for: 12, against: 0, result: %s}
---
"""
BODY = "name: {fr: Assemblée générale}\nkind: assembly\naudience: members\nmandates: []\n"
NOTE = (
    MINUTES.replace("record: minutes", "record: note")
    .replace("body: ag", "body: cafe")
    .replace("proposal: samedi, ", "")
)
RATIFIED = "\nratified_by: {minutes: ag-2026, resolution: 1}\n---\n"
STATUTES = "decisions/bylaws/statuts/siege.md"


def advised(
    repository: Repository, effective: str = "2026-05-01"
) -> tuple[Stub, str, dict[str, Any]]:
    """A vote that is an opinion, closed; its forge, its head, and what a page on the base writes to
    name a resolution.
    """
    forge, head = own(
        repository,
        "bylaws",
        {STATUTES: article("Le siège est à Rennes.")},
        amends=amends("statuts", effective),
    )
    votes(forge, 12)
    assert close(job(repository, forge, AFTER)) == 0
    cafe = BODY.replace("Assemblée générale", "Groupe café").replace("assembly", "working_group")
    bodies = {"decisions/bodies/ag.yml": BODY, "decisions/bodies/cafe.yml": cafe}
    return forge, head, bodies | {OWN: repository.read(OWN).replace("\n---\n", RATIFIED, 1) + "\n"}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (NOTE % ("approved", "adopted"), "“ag-2026” is not of an assembly"),
        (
            NOTE.replace("body: cafe", "body: ag") % ("approved", "adopted"),
            "“ag-2026” is a working note",
        ),
        (
            MINUTES.replace("body: ag", "body: cafe") % ("approved", "adopted"),
            "“ag-2026” is not of an assembly",
        ),
        (
            MINUTES.replace("proposal: samedi, ", "") % ("approved", "adopted"),
            "does not name the proposal “samedi”",
        ),
        (
            MINUTES.replace("proposal: samedi", "proposal: autre") % ("approved", "adopted"),
            "decides on “autre”",
        ),
        (
            MINUTES.replace("category: bylaws", "category: ordinary") % ("approved", "adopted"),
            "is weaker than the category of “samedi”",
        ),
        (
            MINUTES.replace("category: bylaws, ", "") % ("approved", "adopted"),
            "is weaker than the category of “samedi”",
        ),
        (MINUTES % ("circulated", "adopted"), "are not approved yet"),
        (
            MINUTES.replace("for: 12, against: 0, ", "") % ("approved", "adopted"),
            "says neither how many were in favour",
        ),
        (MINUTES % ("approved", "rejected"), "was not adopted"),
    ],
)
def test_what_is_no_resolution_of_an_assembly_on_it_confirms_nothing(
    repository: Repository, minutes: str, said: str
) -> None:
    forge, _head, base = advised(repository)
    before = repository.commit("main", base | {"decisions/minutes/ag-2026.md": minutes})
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 0
    assert (repository.main(), forge.state, forge.statuses[-1][1]) == (before, "open", "pending")
    assert said in forge.comments[NUMBER]


def test_new_words_hold_from_the_meeting_that_confirmed_them_at_the_earliest(
    repository: Repository,
) -> None:
    forge, _head, base = advised(repository, "2026-04-01")
    repository.commit(
        "main", base | {"decisions/minutes/ag-2026.md": MINUTES % ("approved", "adopted")}
    )
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 0
    assert (forge.state, fields(repository, STATUTES)["in_force"]) == ("merged", "2026-04-10")


def test_new_words_hold_from_the_close_at_the_earliest(repository: Repository) -> None:
    """An article may bring a day of its own: it is not before the decision."""
    words = article("Le siège est à Rennes.", "2021-01-01")
    forge, _head = own(
        repository, "special", {SIEGE: words}, amends="[{document: reglement, article: siege}]"
    )
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, SIEGE)["in_force"] == "2026-03-16"
    assert errors(repository) == []


def test_a_day_before_the_close_is_refused_before_anybody_votes(repository: Repository) -> None:
    files = {
        OWN: page("special", amends=amends(effective="2026-03-10")),
        SIEGE: article("Le siège est à Rennes."),
    }
    head, before = repository.propose(files), repository.main()
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS - DAY)) == 2
    assert forge.statuses[-1][:2] == (head, "error")
    words = (
        "cannot hold from 2026-03-10, before the vote has closed: write “effective: 2026-03-16” "
        "or a later day"
    )
    assert words in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before


def test_where_only_a_meeting_decides_the_vote_is_advice_until_it_is_ratified(
    repository: Repository,
) -> None:
    statutes = "decisions/bylaws/statuts/siege.md"
    before = repository.main()
    forge, head = own(
        repository,
        "bylaws",
        {statutes: article("Le siège est à Rennes.")},
        amends=amends("statuts", "2026-05-01"),
    )
    assert "only a meeting can decide this" in forge.comments[NUMBER]
    votes(forge, 12)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main") == before
    assert (fields(repository, RESULT)["advisory"], fields(repository, OWN)["status"]) == (
        "true",
        "adopted",
    )
    assert (forge.state, forge.statuses[-1][:2]) == ("open", (head, "pending"))
    assert "an assembly must confirm it" in forge.comments[NUMBER]
    assert errors(repository) == []
    recorded = repository.main()
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert repository.main() == recorded
    ratified = (
        repository.read(OWN).replace(
            "\n---\n", "\nratified_by: {minutes: ag-2026, resolution: 1}\n---\n", 1
        )
        + "\n"
    )
    base = {"decisions/bodies/ag.yml": BODY, OWN: ratified}
    draft = repository.commit(
        "main", base | {"decisions/minutes/ag-2026.md": MINUTES % ("approved", "rejected")}
    )
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 0
    assert repository.main() == draft
    repository.commit("main", {"decisions/minutes/ag-2026.md": MINUTES % ("approved", "adopted")})
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split()[1] == head
    assert fields(repository, statutes)["adopted_by"] == {"proposal": "samedi"}
    assert (forge.state, forge.statuses[-1][:2]) == ("merged", (head, "success"))
    assert fields(repository, RESULT)["result"] == "adopted"


def test_a_text_changed_before_it_is_ratified_is_not_the_voted_one(repository: Repository) -> None:
    statutes = "decisions/bylaws/statuts/siege.md"
    forge, _head = own(
        repository,
        "bylaws",
        {statutes: article("Le siège est à Rennes.")},
        amends=amends("statuts", "2026-05-01"),
    )
    votes(forge, 12)
    assert close(job(repository, forge, AFTER)) == 0
    ratified = (
        repository.read(OWN).replace(
            "\n---\n", "\nratified_by: {minutes: ag-2026, resolution: 1}\n---\n", 1
        )
        + "\n"
    )
    minutes = {
        "decisions/minutes/ag-2026.md": MINUTES % ("approved", "adopted"),
        "decisions/bodies/ag.yml": BODY,
    }
    base = repository.commit("main", {OWN: ratified, **minutes})
    repository.commit(f"change-{NUMBER}", {statutes: article("Le siège est chez moi.")})
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 2
    assert repository.main() == base
    assert "not the text that was voted" in forge.comments[NUMBER]
