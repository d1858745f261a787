"""The first vote of a new co-op, on each forge: what `init` laid, what the doctor says, one run
that closes, one that has nothing to do. Little forges stand for the real ones.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.commands import environment, run
from support.forges.servers import TOKEN, FakeGitHub
from support.forges.servers import forge as fake
from support.vote_coop import NUMBER, Repository, git

PEOPLE = {"ana": 1001, "bo": 1002, "cy": 1003}
WEB = "https://forge.example/co/book"
DAY = timedelta(days=1)
PROPOSAL = """---
title: {{fr: Ouvrir l'atelier le samedi}}
audience: members
category: ordinary
status: voting
proposers: [ana]
opens: {opens}
closes: {closes}
---

L'atelier ouvre le samedi.
"""


def new_co_op(folder: Path, name: str) -> dict[str, str]:
    """The files that `coopbook init` lays, with three members."""
    told = ["--name", "Les Essais", "--language", "fr", "--country", "CH", "--city", "Genève"]
    told += ["--email", "a@essais.example", "--repository", "private", "--rules", "scop-sarl"]
    told += ["--forge", name, "--set", f"forge.url={WEB}", "--source", "coopbook", "--no-input"]
    ran = run("init", folder, "--lang", "fr", *told)
    assert ran.returncode == 0, ran.output
    files = {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }
    coop = files["coop.yml"] + "membership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
    members = {
        f"members/{one}.yml": f"type: person\nname: {{display: {one.capitalize()}}}\n"
        "presence: present\nlisted: false\nmembership:\n  - from: 2020-01-01\n"
        f"    category: salarie\naccounts:\n  - {{forge: {name}, login: {one}, uid: {uid}}}\n"
        for one, uid in PEOPLE.items()
    }
    return files | {"coop.yml": coop} | members


@pytest.mark.parametrize("name", ["github", "forgejo", "gitlab"])
def test_the_first_vote_of_a_new_co_op(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path)
    opens = datetime.now(UTC).replace(microsecond=0) - 20 * DAY
    repository.now = opens - DAY
    repository.begin(new_co_op(tmp_path / "new", name))
    text = PROPOSAL.format(opens=opens.isoformat(), closes=(opens + 16 * DAY).isoformat())
    head = repository.propose({"decisions/proposals/samedi.md": text})

    with fake(name, git=repository.remote, head=head, number=NUMBER, now=opens) as forge:
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        forge.protected, forge.accounts = True, dict(PEOPLE)
        forge.author = (PEOPLE["ana"], "ana")
        forge.required = ["Check / Files", "coopbook/paths"]
        if isinstance(forge, FakeGitHub):
            forge.ruleset = "always"

        def vote(what: str) -> str:
            clone = repository.clone()
            where = ("--api", forge.api, "--repository", forge.repository)
            settings = environment(COOPBOOK_TOKEN=TOKEN)
            ran = run("vote", what, "--root", clone, *where, settings=settings)
            assert (ran.returncode, ran.stderr) == (0, ""), ran.output
            return ran.stdout

        told = vote("doctor")
        assert "✗" not in told
        assert "3 votants sur 3 peuvent voter" in told
        # the program's own clock is the real one: the text was seen when the vote opened
        forge.adapter().announce(head, "pending", "…")
        for hours, (login, uid) in enumerate(PEOPLE.items(), 1):
            forge.say(uid, login, "/voter pour", opens + hours * DAY)
        forge.push(head)
        assert f"Modification {NUMBER}" in vote("run")
        assert forge.state == "merged"
        main = repository.main()
        vote("run")
        assert repository.main() == main
    files = repository.files()
    assert "decisions/results/samedi.yml" in files
    assert "result: adopted" in repository.read("decisions/results/samedi.yml")
    ran = run("check", repository.clone(), "--lang", "fr")
    assert ran.returncode == 0, ran.output
