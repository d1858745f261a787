"""A vote on a proposed change by somebody who means harm."""

from __future__ import annotations

import re

import pytest
from coopbook.base import markdown
from support.vote_coop import (
    AFTER,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    Repository,
    Stub,
    ballot,
    close,
    fields,
    git,
    job,
    own,
    page,
    show,
    votes,
)

# What is proposed by somebody who means harm


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"coop.yml": "format: 2\nname: À moi\n"}, "“coop.yml” is for the maintainers"),
        ({"scripts/coopbook/__init__.py": "raise SystemExit('owned')\n"}, "is for the maintainers"),
        ({"coopbook/__init__.py": "open('/tmp/owned', 'w')\n"}, "says who may change “coopbook/"),
        ({".github/workflows/vote.yml": "on: push\n"}, "says who may change"),
        ({".gitattributes": "* export-ignore\n"}, "says who may change"),
        ({"sitecustomize.py": "raise SystemExit('owned')\n"}, "says who may change"),
        ({"wiki/a\nb.md": "# A\n"}, "whose name cannot be used"),
        ({"wiki/\u202ea.md": "# A\n"}, "whose name cannot be used"),
        ({"wiki/big.md": "x" * 10_000_001}, "is too big"),
    ],
    ids=[
        "coop",
        "package",
        "package-at-top",
        "workflow",
        "attributes",
        "site",
        "newline",
        "bidi",
        "big",
    ],
)
def test_what_no_vote_can_carry_is_refused(
    repository: Repository, files: dict[str, str], words: str
) -> None:
    forge = Stub(repository)
    head = repository.propose({OWN: page(), **files})
    show(job(repository, forge, OPENS))
    assert words in forge.comments[NUMBER]
    assert forge.statuses[-1][:2] == (head, "error")
    votes(forge, 14)
    before = repository.main()
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before


def test_links_are_refused(repository: Repository) -> None:
    git(repository.work, "checkout", "-q", "-B", f"change-{NUMBER}", "origin/main")
    (repository.work / "wiki/lien.md").symlink_to("/etc/passwd")
    repository.commit(f"change-{NUMBER}", {OWN: page()})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 2
    assert "“wiki/lien.md” is a link" in forge.comments[NUMBER]
    (repository.work / OWN).unlink()
    (repository.work / "wiki/lien.md").unlink()
    (repository.work / OWN).symlink_to("../../coop.yml")
    repository.commit(f"change-{NUMBER}", {})
    assert show(job(repository, forge, OPENS)) == 2
    assert f"“{OWN}” is a link" in forge.comments[NUMBER]


@pytest.mark.parametrize(
    "path", ["decisions/proposals/..x.md", "decisions/proposals/A B.md", "decisions/proposals/.md"]
)
def test_a_page_whose_name_is_no_id_is_refused(repository: Repository, path: str) -> None:
    repository.propose({path: page(), "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 2
    assert "whose name cannot be used" in forge.comments[NUMBER]


def test_an_article_outside_its_folder_cannot_be_named(repository: Repository) -> None:
    wrong = "[{document: ../../wiki, article: index}]"
    forge, _head = own(repository, "special", {"wiki/index.md": "# A\n"}, amends=wrong)
    votes(forge, 9)
    before = repository.main()
    assert "../../wiki" in forge.comments[NUMBER]
    assert close(job(repository, forge, AFTER)) == 2
    assert repository.main() == before


def test_ballots_and_results_in_the_change_are_not_taken_over(repository: Repository) -> None:
    cheat = {
        "decisions/ballots/samedi/bob.yml": ballot("for"),
        "decisions/results/autre.yml": "result: adopted\n",
    }
    forge, _head = own(repository, files={"wiki/samedi.md": "# Le samedi\n", **cheat})
    assert "Ballots and results in this change are not taken over." in forge.comments[NUMBER]
    votes(forge, 9)
    forge.spoken = [one for one in forge.spoken if one.event.login != "bob"]
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["counts"]["for"] == "8"
    assert not set(cheat) & set(repository.files())


def test_a_title_makes_no_heading_no_link_and_calls_nobody(repository: Repository) -> None:
    bad = page().replace(
        "Ouvrir le samedi", '"[x](https://mal.example) @toutes <img src=x> `/vote yes`"'
    )
    repository.propose({OWN: bad, "wiki/a.md": "# A\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    html = markdown.render(forge.comments[NUMBER]).html
    assert "mal.example" in html
    assert not re.findall("<img|>x</a>", html)
    assert "@toutes" not in forge.comments[NUMBER]
