"""`coopbook vote`: a vote on a proposed change, on real repositories, from what people said to the commit that closes it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook import markdown, rules
from coopbook.commands.voting import close, show
from coopbook.load import load
from forge_servers import TOKEN
from forge_servers import forge as fake
from test_commands import ENV
from vote_coop import (
    CLOSES,
    COOP,
    DAY,
    NAMES,
    NUMBER,
    OPENS,
    OWN,
    RULES,
    SIEGE,
    UIDS,
    Repository,
    Stub,
    article,
    git,
    job,
    member,
    named,
    page,
    start,
)

AFTER = CLOSES + timedelta(hours=1)
RESULT = "decisions/results/samedi.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path)
    found.begin(start())
    return found


def own(repository: Repository, category: str = "ordinary", files: dict[str, Any] | None = None, **more: Any) -> tuple[Stub, str]:
    """A change that brings its own proposal, seen when the vote opened."""
    head = repository.propose({OWN: page(category, **more), **(files or {"wiki/samedi.md": "# Le samedi\n"})})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    return forge, head


def votes(forge: Stub, count: int, text: str = "/voter pour", day: int = 2) -> None:
    for number, name in enumerate(NAMES[:count]):
        forge.say(name, text, OPENS + day * DAY + timedelta(minutes=number))


def errors(repository: Repository) -> list[str]:
    """What the check says of the base."""
    folder = repository.clone()
    return [f"{item.file}: {item.message.text}" for item in rules.check(load(folder, AFTER.date())) if item.severity == "error"]


def fields(repository: Repository, path: str) -> dict[str, Any]:
    text = repository.read(path)
    found: dict[str, Any] = yaml.load(text.split("---")[1] if path.endswith(".md") else text, yaml.BaseLoader)
    return found


def test_adopted_record_and_change_come_in_one_commit(repository: Repository) -> None:
    before = repository.main()
    forge, head = own(repository)
    votes(forge, 9)
    forge.say("jo", "/voter contre", OPENS + 3 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split() == [before, head]
    found = fields(repository, "decisions/results/samedi.yml")
    assert (found["result"], found["counts"]) == ("adopted", {"for": "9", "against": "1", "abstain": "0", "blank": "0"})
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


def ballot(choice: str, day: int = 3, more: str = "") -> str:
    return f"choice: {choice}\ncast_at: 2026-03-{day:02}T10:00:00+01:00\n{more}"


def test_twelve_votes_by_comment_review_and_ballot_file(repository: Repository) -> None:
    cast = {"kim": ballot("for"), "lou": ballot("against"), "max": ballot("abstain", more=PAPER)}
    head = repository.propose({"wiki/samedi.md": "# Le samedi\n"})
    repository.commit("main", {OWN: named()})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    for name, text in zip(
        NAMES[:5], ["/voter pour", "/vote yes", "Oui !\n/voter pour\nmerci", "/voter contre", "/voter blanc"], strict=True
    ):
        forge.say(name, text, OPENS + DAY)
    for name, state in zip(NAMES[5:9], ["approve", "approve", "request_changes", "approve"], strict=True):
        forge.review(name, state, head, OPENS + DAY)
    forge.say("jo", "> /voter pour\n\nJe réfléchis encore.", OPENS + DAY)
    repository.commit("main", {f"decisions/ballots/samedi/{name}.yml": text for name, text in cast.items()})
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, RESULT)
    assert (found["counts"], found["cast"]) == ({"for": "7", "against": "3", "abstain": "1", "blank": "1"}, "12")
    assert errors(repository) == []


PAPER = f"cast_by: ana\nevidence: {{file: samedi/papier.pdf, sha256: {'0' * 64}}}\n"


def test_votes_on_an_earlier_text_are_asked_for_again(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 4)
    forge.review("gil", "approve", head, OPENS + 2 * DAY)
    new = repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Le samedi et le dimanche\n"})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert "The text has changed since you voted. Please vote again.** @ana, @bob, @cleo, @dan, @gil" in forge.comments[NUMBER]
    assert forge.statuses[-1][0] == new
    forge.say("ana", "/voter pour", OPENS + 4 * DAY)
    forge.review("gil", "approve", new, OPENS + 4 * DAY)
    forge.say("bob", "/voter contre", OPENS + 4 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"] == {"for": "2", "against": "1", "abstain": "0", "blank": "0"}
    assert fields(repository, RESULT)["not_counted"] == {"refused": "0", "stale": "2"}


def test_a_text_that_comes_back_does_not_take_what_was_said_of_another(repository: Repository) -> None:
    """Bad text, shown; good text, voted for; bad text again, by a forced push to the very same commit."""
    forge, first = own(repository, files={"wiki/samedi.md": "# Le samedi, sans paie\n"})
    repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi, payé double\n"})
    assert show(job(repository, forge, OPENS + DAY)) == 0
    votes(forge, 9)
    git(repository.work, "push", "-q", "--force", "origin", f"{first}:refs/pull/{NUMBER}/head")
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert close(job(repository, forge, AFTER)) == 0
    assert (fields(repository, RESULT)["result"], fields(repository, RESULT)["cast"]) == ("no_quorum", "0")


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
    assert (fields(repository, RESULT)["result"], fields(repository, RESULT)["counts"]["for"]) == ("adopted", "4")


def test_an_edited_comment_counts_at_its_edit(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    forge.edit("ana", "/voter contre", OPENS + 5 * DAY)
    forge.say("bob", "/voter contre", OPENS + 6 * DAY)
    forge.edit("cleo", "/voter pour\n/voter contre", OPENS + 6 * DAY)
    forge.edit("dan", "/voter contre", AFTER)
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert fields(repository, RESULT)["counts"] == {"for": "1", "against": "2", "abstain": "0", "blank": "0"}
    assert "@cleo: two votes in one message" in forge.comments[NUMBER]


@pytest.mark.parametrize(("snapshot", "counted"), [("opens_at", "5"), ("closes_at", "4")])
def test_the_voters_are_those_of_the_day_the_rules_name(repository: Repository, snapshot: str, counted: str) -> None:
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
    for name in ("bob", "zoe", "intruse"):
        assert f"@{name}: an account that is no member's" in told
    assert "@cleo: for somebody else, without a proxy or proof" in told
    assert "@eve: not understood: /voter peut-être" in told
    assert "Votes cast" not in told


def test_accounts_and_rules_of_the_change_itself_count_for_nothing(repository: Repository) -> None:
    """Who proposes to become a member, or a weaker rule, does not vote by it."""
    files = {"members/zoe.yml": member("ana").replace("Ana", "Zoe").replace("1001", "1015"), "wiki/a.md": "# A\n"}
    forge, _head = own(repository, files=files)
    forge.say("zoe", "/voter pour", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 2 * DAY)) == 0
    assert "@zoe: an account that is no member's" in forge.comments[NUMBER]


# What is shown


@pytest.mark.parametrize(
    ("category", "seen", "hidden"),
    [
        ("ordinary", ["14 members are entitled", "What was voted is told once the vote is closed"], ["Votes cast", "| 2 |"]),
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
    assert all(words in forge.comments[NUMBER] for words in [*seen, "/vote yes", "Open to vote until"])
    assert not any(words in forge.comments[NUMBER] for words in hidden)
    assert forge.statuses[-1][:2] == (head, "pending")


def test_an_open_objection_is_told_and_bars_the_close(repository: Repository) -> None:
    forge, _head = own(repository, "consent")
    votes(forge, 3)
    forge.say("jo", "/objection bruit : le voisin <dort> @ana", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert "- bruit (@jo): le voisin \\<dort\\> @<!-- -->ana" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 3
    assert RESULT not in repository.files()
    forge.say("jo", "/lever bruit", OPENS + 4 * DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["result"] == "adopted"


def test_a_dry_run_changes_nothing(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi\n"})
    forge, before = Stub(repository), repository.main()
    assert show(job(repository, forge, OPENS, dry_run=True)) == 0
    assert "Ouvrir le samedi" in capsys.readouterr().out
    assert show(job(repository, forge, OPENS)) == 0
    votes(forge, 9)
    told = len(forge.statuses)
    assert close(job(repository, forge, AFTER, dry_run=True)) == 0
    assert (repository.main(), len(forge.statuses), forge.writes) == (before, told, 1)


# Closing


def test_before_its_end_nothing_is_closed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
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
def test_cut_off_after_the_push_the_rest_is_done_by_the_next_run(repository: Repository, where: str) -> None:
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
        def said(self, number: int) -> Any:
            name = next(moves, None)
            if name:
                repository.commit("main", {name: "# Autre\n"})
            return super().said(number)

    busy = Busy(repository, spoken=forge.spoken, statuses=forge.statuses)
    assert close(job(repository, busy, AFTER)) == 0
    assert {"wiki/un.md", "wiki/deux.md", "wiki/samedi.md", RESULT} <= set(repository.files())
    assert git(repository.remote, "log", "-1", "--format=%P", "main").split()[1] == head


def test_a_head_that_moves_while_it_is_closed_is_not_taken(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    forge, _head = own(repository)
    votes(forge, 9)

    class Sly(Stub):
        def said(self, number: int) -> Any:
            repository.commit(f"change-{number}", {"wiki/samedi.md": "# Tout est à moi\n"})
            return super().said(number)

    sly, before = Sly(repository, spoken=forge.spoken, statuses=forge.statuses), repository.main()
    assert close(job(repository, sly, AFTER)) == 1
    assert repository.main() == before
    assert "altered this very moment" in capsys.readouterr().err


def test_a_text_changed_after_the_close_is_not_the_voted_one(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 9)
    repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": "# Tout est à moi\n"})
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before
    assert "changed after the vote closed" in forge.comments[NUMBER]
    git(repository.work, "push", "-q", "--force", "origin", f"{head}:refs/pull/{NUMBER}/head")
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert repository.read("wiki/samedi.md") == "# Le samedi"


def test_a_file_that_changed_on_the_base_meanwhile_is_told_and_nothing_changes(repository: Repository) -> None:
    forge, head = own(repository, files={"wiki/index.md": "# Bonsoir\n"})
    votes(forge, 9)
    before = repository.commit("main", {"wiki/index.md": "# Salut\n"})
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert forge.statuses[-1][:2] == (head, "error")
    assert "“wiki/index.md” has changed since this was proposed" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before


def test_what_would_not_pass_the_check_is_not_recorded(repository: Repository) -> None:
    forge, _head = own(repository, files={"wiki/samedi.md": "[rien](nulle-part.md)\n", "members/bob.yml": "type: robot\n"})
    votes(forge, 9)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before
    assert "the files would have faults" in forge.comments[NUMBER]
    assert "members/bob.yml" in forge.comments[NUMBER]


def test_a_change_that_its_author_closed_is_not_voted_on(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    forge, _head = own(repository)
    votes(forge, 9)
    forge.state, before = "closed", repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert (repository.main(), "closed without a decision" in capsys.readouterr().err) == (before, True)


# Articles, rules, advice


def amends(document: str = "reglement", effective: str = "2026-04-01") -> str:
    return f"[{{document: {document}, article: siege, effective: {effective}}}]"


def test_an_article_is_replaced_and_its_words_before_are_kept(repository: Repository) -> None:
    files = {SIEGE: article("Le siège est à Rennes.").replace("title: Le siège", "title: Le siège # un mot")}
    forge, _head = own(repository, "special", files, amends=amends())
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, SIEGE)
    assert (found["in_force"], found["adopted_by"], found["previous"]) == ("2026-04-01", {"proposal": "samedi"}, "2020-01-01")
    assert "title: Le siège # un mot" in repository.read(SIEGE)
    assert repository.read("decisions/bylaws/reglement/versions/siege/2020-01-01.md") == article("Le siège est à Nantes.").strip()
    assert errors(repository) == []


def test_an_article_changed_under_a_weaker_category_is_refused(repository: Repository) -> None:
    forge, head = own(repository, "ordinary", {SIEGE: article("Le siège est à Rennes.")}, amends=amends())
    votes(forge, 9)
    assert forge.statuses[-1][:2] == (head, "error")
    assert "under “Décision importante”; this one is held under “Décision ordinaire”, which is weaker" in forge.comments[NUMBER]
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before


def test_rules_change_under_no_weaker_rule(repository: Repository) -> None:
    weaker = RULES.replace("fraction: 2/3", "fraction: 1/2")
    forge, _head = own(repository, "ordinary", {"decisions/rules.yml": weaker})
    votes(forge, 14)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before
    words = "The rules of decision cannot be changed under a weaker rule: they ask for “Décision importante”, not “Décision ordinaire”."
    assert words in forge.comments[NUMBER]


def test_rules_change_by_the_vote_they_ask_for(repository: Repository) -> None:
    forge, _head = own(repository, "special", {"decisions/rules.yml": RULES.replace("fraction: 2/3", "fraction: 3/5")})
    votes(forge, 9)
    assert close(job(repository, forge, AFTER)) == 0
    found = fields(repository, "decisions/rules.yml")
    assert (found["in_force"], found["adopted_by"]) == ("2026-03-16", {"proposal": "samedi"})
    assert repository.read("decisions/rules.yml").startswith("# Nos règles")
    assert errors(repository) == []


MINUTES = """---
record: cr
body: ag
title: {fr: Assemblée}
date: 2026-04-10
status: %s
resolutions:
  - {n: 1, text: Le siège est à Rennes., category: bylaws, proposal: samedi, result: %s}
---
"""
BODY = "name: {fr: Assemblée générale}\nkind: assembly\naudience: members\n"


def test_where_only_a_meeting_decides_the_vote_is_advice_until_it_is_ratified(repository: Repository) -> None:
    statutes = "decisions/bylaws/statuts/siege.md"
    before = repository.main()
    forge, head = own(repository, "bylaws", {statutes: article("Le siège est à Rennes.")}, amends=amends("statuts", "2026-05-01"))
    assert "only a meeting can decide this" in forge.comments[NUMBER]
    votes(forge, 12)
    assert close(job(repository, forge, AFTER)) == 0
    assert git(repository.remote, "log", "-1", "--format=%P", "main") == before
    assert (fields(repository, RESULT)["advisory"], fields(repository, OWN)["status"]) == ("true", "adopted")
    assert (forge.state, forge.statuses[-1][:2]) == ("open", (head, "pending"))
    assert "an assembly must confirm it" in forge.comments[NUMBER]
    assert errors(repository) == []
    recorded = repository.main()
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert repository.main() == recorded
    ratified = repository.read(OWN).replace("\n---\n", "\nratified_by: {minutes: ag-2026, resolution: 1}\n---\n", 1) + "\n"
    base = {"decisions/bodies/ag.yml": BODY, OWN: ratified}
    draft = repository.commit("main", base | {"decisions/minutes/ag-2026.md": MINUTES % ("approved", "rejected")})
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
    forge, _head = own(repository, "bylaws", {statutes: article("Le siège est à Rennes.")}, amends=amends("statuts", "2026-05-01"))
    votes(forge, 12)
    assert close(job(repository, forge, AFTER)) == 0
    ratified = repository.read(OWN).replace("\n---\n", "\nratified_by: {minutes: ag-2026, resolution: 1}\n---\n", 1) + "\n"
    minutes = {"decisions/minutes/ag-2026.md": MINUTES % ("approved", "adopted"), "decisions/bodies/ag.yml": BODY}
    base = repository.commit("main", {OWN: ratified, **minutes})
    repository.commit(f"change-{NUMBER}", {statutes: article("Le siège est chez moi.")})
    assert close(job(repository, forge, AFTER + 30 * DAY)) == 1
    assert repository.main() == base
    assert "not the text that was voted" in forge.comments[NUMBER]


# Which proposal


def test_a_change_without_a_proposal_is_left_alone(repository: Repository) -> None:
    repository.propose({"wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert (show(job(repository, forge, OPENS)), close(job(repository, forge, OPENS))) == (4, 4)
    assert (forge.comments, forge.statuses) == ({}, [])


def test_one_change_asks_one_thing(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert show(job(repository, forge, OPENS)) == 1
    assert "take it out of the change" in forge.comments[NUMBER]


def test_a_page_written_back_in_time_shortens_no_vote(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.propose({OWN: page().replace("2026-03-02", "2026-01-01").replace("2026-03-16", "2026-03-03"), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    votes(forge, 9)
    assert close(job(repository, forge, OPENS + 6 * DAY)) == 3
    assert "9" in capsys.readouterr().out
    assert close(job(repository, forge, OPENS + 8 * DAY)) == 0


def test_a_vote_that_was_over_before_it_was_known_is_refused(repository: Repository) -> None:
    repository.propose({OWN: page(), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert close(job(repository, forge, AFTER)) == 1
    assert "closes before anybody could know of it" in forge.comments[NUMBER]


# What is proposed by somebody who means harm


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"coop.yml": "format: 1\nname: À moi\n"}, "“coop.yml” is for the maintainers"),
        ({"scripts/coopbook/__init__.py": "raise SystemExit('owned')\n"}, "is for the maintainers"),
        ({"coopbook/__init__.py": "open('/tmp/owned', 'w')\n"}, "says who may change “coopbook/"),
        ({".github/workflows/vote.yml": "on: push\n"}, "says who may change"),
        ({".gitattributes": "* export-ignore\n"}, "says who may change"),
        ({"sitecustomize.py": "raise SystemExit('owned')\n"}, "says who may change"),
        ({"wiki/a\nb.md": "# A\n"}, "whose name cannot be used"),
        ({"wiki/\u202ea.md": "# A\n"}, "whose name cannot be used"),
        ({"wiki/big.md": "x" * 10_000_001}, "is too big"),
    ],
    ids=["coop", "package", "package-at-top", "workflow", "attributes", "site", "newline", "bidi", "big"],
)
def test_what_no_vote_can_carry_is_refused(repository: Repository, files: dict[str, str], words: str) -> None:
    forge = Stub(repository)
    head = repository.propose({OWN: page(), **files})
    show(job(repository, forge, OPENS))
    assert words in forge.comments[NUMBER]
    assert forge.statuses[-1][:2] == (head, "error")
    votes(forge, 14)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before


def test_links_are_refused(repository: Repository) -> None:
    git(repository.work, "checkout", "-q", "-B", f"change-{NUMBER}", "origin/main")
    (repository.work / "wiki/lien.md").symlink_to("/etc/passwd")
    repository.commit(f"change-{NUMBER}", {OWN: page()})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 1
    assert "“wiki/lien.md” is a link" in forge.comments[NUMBER]
    (repository.work / OWN).unlink()
    (repository.work / "wiki/lien.md").unlink()
    (repository.work / OWN).symlink_to("../../coop.yml")
    repository.commit(f"change-{NUMBER}", {})
    assert show(job(repository, forge, OPENS)) == 1
    assert f"“{OWN}” is a link" in forge.comments[NUMBER]


@pytest.mark.parametrize("path", ["decisions/proposals/..x.md", "decisions/proposals/A B.md", "decisions/proposals/.md"])
def test_a_page_whose_name_is_no_id_is_refused(repository: Repository, path: str) -> None:
    repository.propose({path: page(), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 1
    assert "whose name cannot be used" in forge.comments[NUMBER]


def test_an_article_outside_its_folder_cannot_be_named(repository: Repository) -> None:
    wrong = "[{document: ../../wiki, article: index}]"
    forge, _head = own(repository, "special", {"wiki/index.md": "# A\n"}, amends=wrong)
    votes(forge, 9)
    before = repository.main()
    assert "../../wiki" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 1
    assert repository.main() == before


def test_ballots_and_results_in_the_change_are_not_taken_over(repository: Repository) -> None:
    cheat = {"decisions/ballots/samedi/bob.yml": ballot("for"), "decisions/results/autre.yml": "result: adopted\n"}
    forge, _head = own(repository, files={"wiki/samedi.md": "# Le samedi\n", **cheat})
    assert "Ballots and results in this change are not taken over." in forge.comments[NUMBER]
    votes(forge, 9)
    forge.spoken = [one for one in forge.spoken if one.event.login != "bob"]
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"]["for"] == "8"
    assert not set(cheat) & set(repository.files())


def test_a_title_makes_no_heading_no_link_and_calls_nobody(repository: Repository) -> None:
    bad = page().replace("Ouvrir le samedi", '"[x](https://mal.example) @toutes <img src=x> `/vote yes`"')
    repository.propose({OWN: bad, "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    html = markdown.render(forge.comments[NUMBER]).html
    assert "mal.example" in html
    assert not re.findall("<img|>x</a>", html)
    assert "@toutes" not in forge.comments[NUMBER]


# As a command, with the forges' own adapters


def command(folder: Path, what: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in ENV.items() if not key.startswith("COOPBOOK_")} | environment
    options = ("--root", str(folder), "--lang", "en", *arguments)
    return subprocess.run(
        [sys.executable, "-m", "coopbook", "vote", what, str(NUMBER), *options], capture_output=True, text=True, check=False, env=env
    )


@pytest.mark.parametrize("name", ["github", "forgejo", "gitlab"])
def test_one_story_on_each_forge(repository: Repository, name: str) -> None:
    """Proposed, voted for by comment and review, the text changed, voted again, closed twice."""
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    times = {"2026-03-02T09:00:00+01:00": opens.isoformat(), "2026-03-16T18:00:00+01:00": (opens + 14 * DAY).isoformat()}
    text = page("special", amends=amends(effective="2030-01-01"))
    for old, new in times.items():
        text = text.replace(old, new)
    everybody = {f"members/{one}.yml": member(one).replace("github", name) for one in NAMES}
    repository.commit("main", everybody | {"coop.yml": COOP.replace("kind: github", f"kind: {name}")})
    head = repository.propose({OWN: text, SIEGE: article("Le siège est à Rennes.")})
    with fake(name, git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        where = ("--api", forge.api, "--repository", forge.repository)
        ran = command(repository.clone(), "status", *where, COOPBOOK_TOKEN=TOKEN)
        assert ran.returncode == 0, ran.stderr
        for number, one in enumerate(NAMES[:6]):
            forge.say(UIDS[one], one, "/vote yes", opens + DAY + timedelta(minutes=number))
        head = repository.commit(f"change-{NUMBER}", {SIEGE: article("Le siège est à Brest.")})
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        forge.push(head)
        forge.now = opens + 2 * DAY
        # the program's own clock is the real one: what it noted of the texts is put back to the days of the story
        assert command(repository.clone(), "status", *where, COOPBOOK_TOKEN=TOKEN).returncode == 0
        git(repository.remote, "update-ref", "-d", f"refs/coopbook/votes/{NUMBER}")
        for number, one in enumerate(NAMES[2:12]):
            forge.say(UIDS[one], one, "/vote yes", opens + 5 * DAY + timedelta(minutes=number))
        forge.say(UIDS["max"], "max", "/voter contre", opens + 5 * DAY)
        ran = command(repository.clone(), "close", *where, COOPBOOK_TOKEN=TOKEN)
        assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
        main = repository.main()
        again = command(repository.clone(), "close", *where, COOPBOOK_TOKEN=TOKEN)
        assert (again.returncode, repository.main()) == (0, main)
        assert forge.state == "merged"
        ours = [one for one in forge.comments if one.who == forge.bot[0]]
        assert len(ours) == 1
        assert "What was voted is published" in ours[0].text
        assert TOKEN not in ran.stdout + ran.stderr + again.stdout
    assert fields(repository, RESULT)["counts"] == {"for": "10", "against": "1", "abstain": "0", "blank": "0"}
    assert fields(repository, RESULT)["not_counted"] == {"refused": "0", "stale": "2"}
    assert "Brest" in repository.read(SIEGE)
    assert errors(repository) == []


def test_two_processes_close_at_once(repository: Repository) -> None:
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    text = page().replace("2026-03-02T09:00:00+01:00", opens.isoformat())
    text = text.replace("2026-03-16T18:00:00+01:00", (opens + 14 * DAY).isoformat())
    head = repository.propose({OWN: text, "wiki/a.md": "# A\n"})
    with fake("github", git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        forge.adapter().announce(head, "pending", "…")
        for number, one in enumerate(NAMES[:6]):
            forge.say(UIDS[one], one, "/vote yes", opens + DAY + timedelta(minutes=number))
        where = ("--api", forge.api, "--repository", forge.repository)
        folders = [repository.clone(), repository.clone()]
        with ThreadPoolExecutor(2) as pool:
            ran = list(pool.map(lambda folder: command(folder, "close", *where, COOPBOOK_TOKEN=TOKEN), folders))
        assert [one.returncode for one in ran] == [0, 0], [one.stderr for one in ran]
    assert git(repository.remote, "rev-list", "--count", "--first-parent", "main") == "2"


def test_without_a_forge_what_would_be_said_is_printed(repository: Repository) -> None:
    repository.propose({OWN: page(closes="x").replace("closes: x\n", "").replace("2026", "2099"), "wiki/a.md": "# A\n"})
    ran = command(repository.work, "status", "--head", f"change-{NUMBER}")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Vote: Ouvrir le samedi" in ran.stdout
    assert "wiki/a.md" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        ((), {}, "COOPBOOK_TOKEN"),
        (("--remote", "--upload-pack=x"), {"COOPBOOK_TOKEN": TOKEN}, "no name of a remote"),
        (("--remote", "ailleurs"), {"COOPBOOK_TOKEN": TOKEN, "COOPBOOK_API": "http://127.0.0.1:9"}, "cannot be reached"),
        (("--head", "../x"), {}, "no name of a branch"),
        (("--head", "nulle-part"), {}, "Git could not do its part"),
    ],
)
def test_misuse_is_told_in_a_sentence(repository: Repository, arguments: Any, environment: dict[str, str], words: str) -> None:
    ran = command(repository.work, "status", *arguments, **environment)
    assert ran.returncode in (1, 2)
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr
    assert TOKEN not in ran.stderr + ran.stdout


def test_a_clone_without_its_history_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.commit("main", {"wiki/b.md": "# B\n"})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.remote}", "shallow")
    ran = command(tmp_path / "shallow", "close", COOPBOOK_TOKEN=TOKEN)
    assert ran.returncode == 1
    assert "fetch-depth: 0" in ran.stderr
