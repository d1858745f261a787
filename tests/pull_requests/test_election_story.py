"""The story of a board: candidates sign on a forge, papers are printed, two tellers count, mandates
are written, and register and feed say so; then how it goes wrong. All of it by commands, on a bare
repository and stand-ins of the forges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.assemblies import COOP, ID, MEMBERS, Filled
from support.board_elections import (
    AFTER,
    PILES,
    Pile,
    call,
    called,
    counted,
    done,
    faults,
    files_of_board,
    met,
    out,
    read,
    step,
)
from support.commands import Ran, environment, run
from support.forges.base import TOKEN, FakeForge
from support.forges.gitlab import FakeGitLab
from support.forges.pulls import FakeForgejo, FakeGitHub
from support.git import git
from support.vote_coop import NUMBER, Repository

FORGES = {"github": FakeGitHub, "forgejo": FakeForgejo, "gitlab": FakeGitLab}
PAGE = "decisions/proposals/board.md"
UIDS = {id: number for number, id in enumerate(MEMBERS, 101)}
BOB = "    - {member: bob, accepted_on: 2026-12-02}\n"
TERM = "2027-01-02"
OTHERS = '"decisions/{bodies,evidence,minutes,results}/**"'
Root = Callable[..., Path]


def base(name: str) -> dict[str, str]:
    """The co-op with an account a member, its election still without Bob."""
    found = files_of_board(
        stands=f"{BOB}->", age="[bob, ana, dan]->[ana, dan]", open="status: voting->status: open"
    )
    for id, uid in UIDS.items():
        found[f"members/{id}.yml"] += f"accounts: [{{forge: {name}, login: {id}, uid: {uid}}}]\n"
    rules = found["decisions/rules.yml"].replace('"decisions/**"', OTHERS)
    forge = f"forge: {{kind: {name}, url: https://forge.example/coop/book, branch: main}}\n"
    return found | {"coop.yml": COOP + forge, "decisions/rules.yml": rules}


@contextmanager
def proposed(
    repository: Repository, name: str, files: dict[str, str | None], who: str
) -> Iterator[FakeForge]:
    """A change on a forge, opened and pushed by a member."""
    head = repository.propose(files)
    author = (UIDS[who], who)
    with FORGES[name](git=repository.remote, head=head, number=NUMBER, author=author) as forge:
        forge.push(head)
        git(repository.remote, "update-ref", forge.adapter().ref(NUMBER), head)
        yield forge


def judged(repository: Repository, forge: FakeForge) -> Ran:
    settings = environment(
        COOPBOOK_TOKEN=TOKEN, COOPBOOK_API=forge.api, COOPBOOK_REPOSITORY=forge.repository
    )
    root = str(repository.clone())
    return run("vote", "judge", str(NUMBER), "--root", root, "--lang", "en", settings=settings)


@pytest.mark.parametrize("name", FORGES)
def test_from_candidates_to_the_feed(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path)
    repository.begin(base(name))
    page = (repository.work / PAGE).read_text()
    stands = page.replace("  term:", f"{BOB}  term:").replace("[ana, dan]", "[bob, ana, dan]")
    # candidates: each for oneself
    forged = stands.replace("2026-12-02", "2026-12-03")
    with proposed(repository, name, {PAGE: forged}, "ana") as forge:
        ran = judged(repository, forge)
        assert ran.returncode == 3
        assert "whether “bob” stands is for that member alone to say" in ran.stdout
    with proposed(repository, name, {PAGE: stands}, "bob") as forge:
        ran = judged(repository, forge)
        assert ran.returncode == 0, ran.stdout
    repository.commit("main", {PAGE: stands})
    repository.commit("main", {PAGE: stands.replace("status: open", "status: voting")})
    # notice and papers
    root = repository.clone()
    call(root)
    done("notice", root, "--sent-on", "2026-11-22")
    met(root)
    assert (out(root) / "ballot-papers.pdf").is_file()
    git(root, "add", "decisions")
    git(root, "commit", "-qm", "The assembly was held")
    held = git(root, "rev-parse", "HEAD")
    # two tellers, each by a change of their own
    assert counted(root, "cleo", PILES).returncode == 0
    sheet = "decisions/counts/board/cleo.yml"
    git(root, "push", "-q", "origin", "main")
    for who, ends in (("fay", 3), ("cleo", 0)):
        text = f"# {who}\n{(root / sheet).read_text()}"
        files: dict[str, str | None] = {sheet: text}
        with proposed(repository, name, files, who) as forge:
            assert judged(repository, forge).returncode == ends, who
    git(root, "add", "decisions")
    git(root, "commit", "-qm", "What Cleo counted")
    one = git(root, "rev-parse", "HEAD")
    ran = counted(root, "fay", PILES)
    assert "Mandates written in decisions/bodies/board.yml: ana, bob" in ran.stdout, ran.stderr
    # the minutes, signed
    done("minutes", root, today=AFTER)
    done("file", root, "--volume", "1", "--folios", "4", "--signed-on", AFTER, today=AFTER)
    git(root, "add", "decisions")
    git(root, "commit", "-qm", "The board was elected")
    for before, ends in ((one, 0), (held, 1)):  # both sheets at once are no two counts
        ran = run("check", root, "--base", before, "--today", AFTER, "--lang", "en")
        assert ran.returncode == ends, ran.stdout
    assert "Two tellers' sheets of one vote came in by one change." in ran.stdout
    # what everybody reads
    built = run("build", root, "--out", tmp_path / "site", "--today", TERM, "--lang", "en")
    assert built.returncode == 0, built.output
    site = tmp_path / "site/members"

    def told(path: str) -> str:
        return (site / path).read_text("utf-8")

    assert "Elect the board" in told("decisions/by/year/2026/index.html")
    assert "Elect the board" in told("feed/en.xml")
    assert "Ana Lopes" in told("decisions/mandates/index.html")
    for page_of in ("decisions/bodies/board", f"decisions/minutes/{ID}", "decisions/results/board"):
        text = told(f"{page_of}/index.html")
        assert "Ana Lopes" in text, page_of
        assert "Bob Martin" in text, page_of
    everything = b"".join(path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert b'"marks": {' not in everything


# As it goes wrong


def test_few_ballots_give_the_totals_of_rounds_alone(coop: Root) -> None:
    root = called(
        coop, method="method: yes_no->method: schulze", majority="  majority: absolute\n->"
    )
    met(root)
    piles: list[Pile] = [(3, "1", "2", "3"), (2, "2", "1", "3"), (2, "", "1", "")]
    for teller in ("cleo", "fay"):
        ran = counted(root, teller, piles)
        assert ran.returncode == 0, ran.stderr
    found = read(root, "decisions/results/board.yml")["election"]
    assert "duels" not in found
    assert {name for one in found["rounds"] for each in one["figures"] for name in each} == {
        "candidate",
        "beats",
    }


def test_a_tie_waits_for_the_value_that_was_named_before(coop: Root) -> None:
    lot = "{source: The winning numbers of 19 December, named_on: 2026-12-01, known_on: 2026-12-19}"
    root = called(
        coop,
        seats="seats: 2->seats: 1",
        majority="majority: absolute->majority: relative",
        ties=f"  ties: [age]\n  by_age: [bob, ana, dan]\n->  ties: [lot]\n  lot: {lot}\n",
    )
    met(root)
    even: list[Pile] = [(3, "yes", "", ""), (3, "", "yes", "")]
    assert counted(root, "cleo", even).returncode == 0
    ran = counted(root, "fay", even)
    assert ran.returncode == 1
    assert "The winning numbers of 19 December" in ran.stderr
    assert not (root / "decisions/results").exists()
    for teller in ("cleo", "fay"):
        file = out(root) / f"{teller}.ods"
        more = ("--by", teller, "--lot", "3 8 21 34 44 7")
        ran = step("count", root, "--from", file, *more, today=AFTER)
    assert ran.returncode == 0, ran.stderr
    found = read(root, "decisions/results/board.yml")["election"]
    assert (found["ties"][0]["by"], found["lot"]) == ("lot", "3 8 21 34 44 7")
    assert faults(root) == []


def test_a_ballot_that_is_missing_stops_it_whoever_is_asked(coop: Root) -> None:
    root = called(coop)
    met(root)
    assert counted(root, "cleo", PILES).returncode == 0
    ran = counted(root, "fay", PILES[:2])
    assert ran.returncode == 1
    assert (
        "Ballots that say Ana Lopes: yes, Bob Martin: yes – 1 (Cléo Durand), 0 (Fay Le Goff)"
        in ran.stderr
    )
    sheet = Filled(out(root) / "fay.ods").write("All papers in the box", Number_of_papers=8)
    ran = step("count", root, "--from", sheet.save(), "--by", "fay", today=AFTER)
    assert "8 papers were in the box, and the lines make 7." in ran.stderr
    assert not (root / "decisions/results").exists()
