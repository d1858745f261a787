"""The close of a vote on a proposed change: one commit, whoever closes and wherever it is cut off;
articles, rules and advice.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from coopbook.base.git import GitError
from coopbook.base.messages import translator
from support.vote_coop import (
    AFTER,
    CLOSES,
    DAY,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    RULES,
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

# Closing


def test_before_its_end_nothing_is_closed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, _head = own(repository)
    votes(forge, 9)
    before = repository.main()
    capsys.readouterr()
    assert close(job(repository, forge, CLOSES - timedelta(minutes=1))) == 3
    assert "The vote is open until" in capsys.readouterr().out
    assert (repository.main(), forge.state) == (before, "open")


def test_not_adopted_is_recorded_and_nothing_is_taken_over(repository: Repository) -> None:
    before = repository.main()
    forge, head = own(repository)
    votes(forge, 4)
    votes(forge, 4, "/voter contre", 3)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main") == before
    assert fields(repository, OWN)["status"] == "no_quorum"
    assert "wiki/samedi.md" not in repository.files()
    assert (forge.state, forge.statuses[-1][:2]) == ("closed", (head, "failure"))
    assert errors(repository) == []


def test_run_again_nothing_is_counted_twice_and_the_words_stay(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    main, told, writes = repository.main(), forge.comments[NUMBER], forge.writes
    forge.say("jo", "/voter contre", CLOSES - DAY)
    for again in range(2):
        assert close(job(repository, forge, AFTER + (again + 1) * DAY)) == 0
        assert show(job(repository, forge, AFTER + (again + 1) * DAY)) == 0
    assert (repository.main(), forge.comments[NUMBER], forge.writes) == (main, told, writes)


@pytest.mark.parametrize("where", ["comment", "announce", "close"])
def test_cut_off_after_the_push_the_rest_is_done_by_the_next_run(
    repository: Repository, where: str
) -> None:
    forge, head = own(repository)
    votes(forge, 9, "/voter contre" if where == "close" else "/voter pour")
    forge.fails = {where}
    with pytest.raises(InterruptedError):
        close(job(repository, forge, AFTER))
    main = repository.main()
    assert RESULT in repository.files()
    assert forge.state == "open"
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert (repository.main(), forge.state) == (main, "closed" if where == "close" else "merged")
    assert forge.statuses[-1][:2] == (head, "failure" if where == "close" else "success")


def test_two_closings_at_once_one_result(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 9)
    jobs = [job(repository, forge, AFTER + number * timedelta(minutes=1)) for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(close, jobs)) == [0, 0, 0]
    assert git(repository.remote, "rev-list", "--count", "--first-parent", "main") == "2"
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split()[1] == head
    assert errors(repository) == []


def test_the_base_moves_while_it_is_closed(repository: Repository) -> None:
    """Somebody merges something else between the reading and the push."""
    forge, head = own(repository)
    votes(forge, 9)
    moves = iter(["wiki/un.md", "wiki/deux.md"])

    class Busy(Stub):
        def statements(self, number: int) -> Any:
            name = next(moves, None)
            if name:
                repository.commit("main", {name: "# Autre\n"})
            return super().statements(number)

    busy = Busy(repository, spoken=forge.spoken, statuses=forge.statuses)
    assert close(job(repository, busy, AFTER)) == 0
    assert {"wiki/un.md", "wiki/deux.md", "wiki/samedi.md", RESULT} <= set(repository.files())
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split()[1] == head


def test_a_head_that_moves_while_it_is_closed_is_not_taken(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, _head = own(repository)
    votes(forge, 9)

    class Sly(Stub):
        def statements(self, number: int) -> Any:
            repository.commit(f"change-{number}", {"wiki/samedi.md": "# Tout est à moi\n"})
            return super().statements(number)

    sly, before = Sly(repository, spoken=forge.spoken, statuses=forge.statuses), repository.main()
    assert close(job(repository, sly, AFTER)) == 2
    assert repository.main() == before
    assert "altered this very moment" in capsys.readouterr().err


def test_a_text_changed_after_the_close_is_not_the_voted_one(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 9)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Tout est à moi\n"})
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before
    assert "changed after the vote closed" in forge.comments[NUMBER]
    git(repository.work, "push", "-q", "--force", "origin", f"{head}:refs/pull/{NUMBER}/head")
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert repository.read("wiki/samedi.md") == "# Le samedi"


def test_a_file_that_changed_on_the_base_meanwhile_is_told_and_nothing_changes(
    repository: Repository,
) -> None:
    forge, head = own(repository, files={"wiki/index.md": "# Bonsoir\n"})
    votes(forge, 9)
    before = repository.commit("main", {"wiki/index.md": "# Salut\n"})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert forge.statuses[-1][:2] == (head, "error")
    assert "“wiki/index.md” has changed since this was proposed" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before


def test_what_would_not_pass_the_check_is_not_recorded(repository: Repository) -> None:
    forge, _head = own(
        repository,
        files={"wiki/samedi.md": "[rien](nulle-part.md)\n", "members/bob.yml": "type: robot\n"},
    )
    votes(forge, 9)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before
    assert "the files would have faults" in forge.comments[NUMBER]
    assert "members/bob.yml" in forge.comments[NUMBER]


def test_a_change_that_its_author_closed_is_not_voted_on(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, _head = own(repository)
    votes(forge, 9)
    forge.state, before = "closed", repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert (repository.main(), "closed without a decision" in capsys.readouterr().err) == (
        before,
        True,
    )


# Articles, rules, advice


def test_an_article_is_replaced_and_its_words_before_are_kept(repository: Repository) -> None:
    files = {
        SIEGE: article("Le siège est à Rennes.").replace(
            "title: Le siège", "title: Le siège # un mot"
        )
    }
    forge, _head = own(repository, "special", files, amends=amends())
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, SIEGE)
    assert (found["in_force"], found["adopted_by"], found["previous"]) == (
        "2026-04-01",
        {"proposal": "samedi"},
        "2020-01-01",
    )
    assert "title: Le siège # un mot" in repository.read(SIEGE)
    assert (
        repository.read("decisions/bylaws/reglement/versions/siege/2020-01-01.md")
        == article("Le siège est à Nantes.").strip()
    )
    assert errors(repository) == []


def test_an_article_changed_under_a_weaker_category_is_refused(repository: Repository) -> None:
    forge, head = own(
        repository, "ordinary", {SIEGE: article("Le siège est à Rennes.")}, amends=amends()
    )
    votes(forge, 9)
    assert forge.statuses[-1][:2] == (head, "error")
    assert (
        "under “Décision importante”; this one is held under “Décision ordinaire”, which is weaker"
        in forge.comments[NUMBER]
    )
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before


def test_rules_change_under_no_weaker_rule(repository: Repository) -> None:
    weaker = RULES.replace("fraction: 2/3", "fraction: 1/2")
    forge, _head = own(repository, "ordinary", {"decisions/rules.yml": weaker})
    votes(forge, 14)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before
    words = (
        "The rules of decision cannot be changed under a weaker rule: they ask for “Décision "
        "importante”, not “Décision ordinaire”."
    )
    assert words in forge.comments[NUMBER]


def test_rules_change_by_the_vote_they_ask_for(repository: Repository) -> None:
    forge, _head = own(
        repository,
        "special",
        {"decisions/rules.yml": RULES.replace("fraction: 2/3", "fraction: 3/5")},
    )
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, "decisions/rules.yml")
    assert (found["in_force"], found["adopted_by"]) == ("2026-03-16", {"proposal": "samedi"})
    assert repository.read("decisions/rules.yml").startswith("# Nos règles")
    assert errors(repository) == []


def test_without_a_quorum_a_second_consultation_takes_the_same_change(
    repository: Repository,
) -> None:
    second = "    tie: rejected\n    second: {min_days: 7}\n"
    repository.commit(
        "main", {"decisions/rules.yml": RULES.replace("    tie: rejected\n", second, 1)}
    )
    forge, head = own(repository)
    votes(forge, 2)
    assert close(job(repository, forge, AFTER)) == 0
    assert (fields(repository, RESULT)["result"], forge.state) == ("no_quorum", "open")
    times = (
        "status: second\nsecond: {opens: 2026-03-17T09:00:00+01:00, closes: "
        "2026-03-27T18:00:00+01:00}"
    )
    repository.commit(
        "main", {OWN: repository.read(OWN).replace("status: no_quorum", times) + "\n"}
    )
    assert show(job(repository, forge, AFTER + DAY)) == 0
    votes(forge, 3, day=17)
    assert close(job(repository, forge, AFTER + 2 * DAY)) == 3
    assert close(job(repository, forge, AFTER + 20 * DAY)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split()[1] == head
    found = fields(repository, "decisions/results/samedi-2.yml")
    assert (found["result"], found["stage"], found["counts"]["for"], found["number"]) == (
        "adopted",
        "second",
        "3",
        "2",
    )
    assert repository.read("wiki/samedi.md") == "# Le samedi"
    assert errors(repository) == []


def test_a_secret_vote_is_not_held_by_comments(repository: Repository) -> None:
    repository.commit(
        "main", {"decisions/rules.yml": RULES + "secret: {required_for: [election]}\n"}
    )
    repository.propose({OWN: page(subject="election"), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 2
    assert "This vote is secret" in forge.comments[NUMBER]


def test_what_is_not_open_to_vote_is_told_and_left_alone(repository: Repository) -> None:
    head = repository.propose({OWN: page(status="draft"), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    assert (forge.statuses[-1][:2], "Draft of a proposal" in forge.comments[NUMBER]) == (
        (head, "pending"),
        True,
    )
    assert "/vote yes" not in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 3
    assert forge.writes == 1


def test_a_repository_that_takes_nothing_is_told(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such as a protected branch."""
    forge, _head = own(repository)
    votes(forge, 9)
    hook = repository.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'branche protégée' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = repository.main()
    with pytest.raises(GitError) as refused:
        close(job(repository, forge, AFTER))
    assert "The repository refused what was to be recorded" in translator("en")(
        refused.value.message
    )
    assert (repository.main(), forge.state) == (before, "open")
