"""The story of a board: candidates sign on a forge, papers are printed, two tellers count, mandates
are written, and register and feed say so; then how it goes wrong. All of it by commands, on a bare
repository and stand-ins of the forges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from coopbook.pull_requests.forges import write_approval
from support.assemblies import COOP, DAY, ID, MEMBERS, Filled
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
from support.forges.base import BOT, TOKEN, FakeForge
from support.forges.gitlab import FakeGitLab
from support.forges.pulls import FakeForgejo, FakeGitHub
from support.git import git
from support.vote_coop import NUMBER, Repository

FORGES = {"github": FakeGitHub, "forgejo": FakeForgejo, "gitlab": FakeGitLab}
PAGE = "decisions/proposals/board.md"
UIDS = {id: number for number, id in enumerate(MEMBERS, 101)}
BOB = "    - {member: bob, accepted_on: 2026-12-02}\n"
TERM = "2027-01-02"
SECRETARY = """  - id: secretary-2025
    member: hana
    role: {en: Secretary}
    from: 2025-01-01
    elected_by: Meeting of 18 December 2024
"""
OTHERS = '"decisions/{bodies,evidence,minutes,results}/**"'
Root = Callable[..., Path]


def base(name: str) -> dict[str, str]:
    """The co-op with an account a member and a secretary, its election still without Bob."""
    found = files_of_board(
        stands=f"{BOB}->", age="[bob, ana, dan]->[ana, dan]", open="status: voting->status: open"
    )
    for id, uid in UIDS.items():
        found[f"members/{id}.yml"] += f"accounts: [{{forge: {name}, login: {id}, uid: {uid}}}]\n"
    rules = found["decisions/rules.yml"].replace('"decisions/**"', OTHERS)
    forge = f"forge: {{kind: {name}, url: https://forge.example/coop/book, branch: main}}\n"
    found["decisions/bodies/board.yml"] += SECRETARY
    return found | {"coop.yml": COOP + forge, "decisions/rules.yml": rules}


@contextmanager
def proposed(
    repository: Repository, name: str, files: dict[str, str | None], author: tuple[int, str]
) -> Iterator[FakeForge]:
    """A change on a forge, opened and pushed by an account."""
    number = NUMBER + repository.runs  # each has its own: its journal knows who pushed to it
    head = repository.propose(files, number=number)
    with FORGES[name](git=repository.remote, head=head, number=number, author=author) as forge:
        forge.push(head)
        git(repository.remote, "update-ref", forge.adapter().ref(number), head)
        yield forge


def judged(repository: Repository, forge: FakeForge) -> Ran:
    settings = environment(
        COOPBOOK_TOKEN=TOKEN, COOPBOOK_API=forge.api, COOPBOOK_REPOSITORY=forge.repository
    )
    words = ("vote", "judge", str(forge.number), "--root", str(repository.clone()))
    return run(*words, "--lang", "en", settings=settings)


@dataclass
class Secretariat:
    """A clone in which steps of the assembly are done as the button of a forge does them: what a
    step wrote is proposed by the account of the program, judged, and on the main branch once those
    it waits for agree, from their own accounts.
    """

    repository: Repository
    name: str
    root: Path

    def publish(self, *agree: str, today: str = "2026-11-22") -> None:
        """Have what was written on the main branch; nobody less may agree than who is named."""
        before, files = git(self.root, "rev-parse", "HEAD"), dict[str, str | None]()
        for line in git(self.root, "status", "--porcelain", "-uall", "--", "decisions").split("\n"):
            path = line.split()[-1]
            files[path] = (self.root / path).read_text("utf-8")
        with proposed(self.repository, self.name, files, BOT) as forge:
            for who in agree:
                ran = judged(self.repository, forge)
                assert ran.returncode == 3, ran.stdout
                forge.say(UIDS[who], who, write_approval(forge.head))
            ran = judged(self.repository, forge)
            assert ran.returncode == 0, ran.stdout
        self.repository.commit("main", files)
        git(self.root, "fetch", "-q", "origin")
        git(self.root, "reset", "-q", "--hard", "origin/main")
        ran = run("check", self.root, "--base", before, "--today", today, "--lang", "en")
        assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", FORGES)
def test_from_candidates_to_the_feed(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path)
    repository.begin(base(name))
    page = (repository.work / PAGE).read_text()
    stands = page.replace("  term:", f"{BOB}  term:").replace("[ana, dan]", "[bob, ana, dan]")
    # candidates: each for oneself
    forged = stands.replace("2026-12-02", "2026-12-03")
    with proposed(repository, name, {PAGE: forged}, (UIDS["ana"], "ana")) as forge:
        ran = judged(repository, forge)
        assert ran.returncode == 3
        assert "whether “bob” stands is for that member alone to say" in ran.stdout
    with proposed(repository, name, {PAGE: stands}, (UIDS["bob"], "bob")) as forge:
        ran = judged(repository, forge)
        assert ran.returncode == 0, ran.stdout
    repository.commit("main", {PAGE: stands})
    repository.commit("main", {PAGE: stands.replace("status: open", "status: voting")})
    # notice and papers
    root = repository.clone()
    desk = Secretariat(repository, name, root)
    call(root)
    desk.publish("hana")
    done("notice", root, "--sent-on", "2026-11-22")
    desk.publish("hana")
    met(root)
    assert (out(root) / "ballot-papers.pdf").is_file()
    desk.publish("hana", today=DAY)
    # two tellers, each by a change of their own; what nobody agrees to but others waits
    held = git(root, "rev-parse", "HEAD")
    assert counted(root, "cleo", PILES).returncode == 0
    sheet = "decisions/counts/board/cleo.yml"
    text = (root / sheet).read_text()
    with proposed(repository, name, {sheet: text}, (UIDS["fay"], "fay")) as forge:
        assert judged(repository, forge).returncode == 3, "the sheet is Cléo's"
        forge.say(UIDS["cleo"], "cleo", write_approval(forge.head))
        assert judged(repository, forge).returncode == 3, "and hers to hand in"
    desk.publish("hana", "fay", "cleo", today=AFTER)
    ran = counted(root, "fay", PILES)
    assert "Mandates written in decisions/bodies/board.yml: ana, bob" in ran.stdout, ran.stderr
    desk.publish("cleo", "hana", "fay", today=AFTER)
    ran = run("check", root, "--base", held, "--today", AFTER, "--lang", "en")
    assert ran.returncode == 1, "both sheets at once are no two counts"
    assert "Two tellers' sheets of one vote came in by one change." in ran.stdout
    # the minutes, signed
    done("minutes", root, today=AFTER)
    done("minutes", root, "--from", out(root) / "minutes-of-the-meeting.odt", today=AFTER)
    desk.publish("hana", today=AFTER)
    done("file", root, "--volume", "1", "--folios", "4", "--signed-on", AFTER, today=AFTER)
    desk.publish("hana", today=AFTER)
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


def test_a_mandate_that_the_ballots_did_not_give_is_refused(coop: Root) -> None:
    root = called(coop)
    met(root)
    assert counted(root, "cleo", PILES).returncode == 0
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "What Cleo counted")
    assert counted(root, "fay", PILES).returncode == 0
    body = root / "decisions/bodies/board.yml"
    text = body.read_text()
    more = text[text.index("  - id: board-ana-2027") : text.index("  - id: board-bob-2027")]
    body.write_text(text + more.replace("ana", "kim"))
    ran = run("check", root, "--base", "HEAD", "--today", AFTER, "--lang", "en")
    assert ran.returncode == 1
    assert "“kim” was not elected there. [mandate-not-elected]" in ran.stdout
