"""An assembly whose every step is killed before any of its writes: no file is half a file, and the
same command done again gives what it would have given.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.assemblies import DAY, ID, Filled, files
from support.board_elections import AFTER, files_of_board, out
from support.children import count_writes, kill_at, start
from support.commands import run
from support.coops import write_coop

MOMENTS = 6
"""How many moments of a step that writes many papers; of others, all."""
SECOND = "second: {opens: 2026-12-18T16:00:00+01:00, closes: 2026-12-18T16:30:00+01:00}"
ACCLAIMED = """  - number: {number}
    title: Who speaks for us
    text: One is acclaimed.
    agenda: 2
    category: ordinary
    result: adopted
    election:
      body: board
      role: {{en: Spokesperson}}
      seats: 1
      method: acclamation
      term: {{from: 2027-01-01, until: 2027-12-31}}
      candidates:
        - {{member: kim, by: bob, answer: accepted}}
      elected: [kim]
"""
Files = dict[str, bytes]


@dataclass(frozen=True)
class Todo:
    """A step as it is typed: its words behind `coopbook assembly`, its day, and what somebody did
    before it, such as filling in a sheet.
    """

    words: tuple[str, ...]
    today: str = "2026-11-22"
    before: Callable[[Path], object] = lambda _root: None

    def arguments(self, root: Path) -> list[str]:
        """All that is typed behind `coopbook`."""
        name, *more = (word.replace("OUT", str(out(root))) for word in self.words)
        meeting = ["general-meeting", DAY] if name == "create" else [ID]
        return ["assembly", name, *meeting, str(root), *more, "--today", self.today]


def fill_in_proxies(root: Path) -> None:
    sheet = Filled(out(root) / "proxies.ods")
    sheet.write("kim", Gives_a_proxy_to="ana lopes", Received_on="10/12/2026").save()


def fill_in_attendance(root: Path) -> None:
    sheet = Filled(out(root) / "attendance.ods")
    for id in ("ana", "bob", "cleo", "dan", "emile", "fay", "gus", "hana"):
        sheet.write(id, Presence="Present")
    sheet.sheet(1).write("Closed at", Value="17.30").write("Held", Value="in person")
    sheet.write("Chair", Value="Hana Prat").write("Secretary", Value="bob martin")
    sheet.write("Tellers", Value="Cleo Durand, Fay Le Goff").save()


def fill_in_count(root: Path) -> None:
    """Nobody but Ana has the majority."""
    sheet = Filled(out(root) / "count-sheet-2.ods")
    sheet.write("All papers in the box", Number_of_papers=6)
    sheet.add([None, 4, "yes", "no", "no"]).add([None, 2, "no", "yes", "yes"])
    sheet.save("counted.ods")


def begin_second_round(root: Path) -> None:
    page = root / "decisions/proposals/board.md"
    page.write_text(page.read_text().replace("status: voting", f"status: second\n{SECOND}"))


def fill_in_second_round(root: Path) -> None:
    sheet = Filled(out(root) / "count-sheet-2.ods")
    sheet.write("All papers in the box", Number_of_papers=6)
    sheet.add([None, 4, "yes", None]).add([None, 2, "no", "yes"])
    sheet.save("counted-2.ods")


def fill_in_results(root: Path) -> None:
    sheet = Filled(out(root) / "results.ods")
    sheet.write("Accounts of 2025", Time_of_the_vote="14:30", For=7, Against=1)
    sheet.write("Discharge", Time_of_the_vote="14:40", For=8).save()


def acclaim(root: Path) -> None:
    record = root / f"decisions/minutes/{ID}.md"
    head, rest = record.read_text().rsplit("---\n", 1)
    record.write_text(f"{head}{ACCLAIMED.format(number=4)}---\n{rest}")


COUNT = ("count", "--from", "OUT/counted.ods", "--by")
COUNT_AGAIN = ("count", "--from", "OUT/counted-2.ods", "--by")
WHERE = ("--at", "14h", "--place", "1 Harbour Street")
STEPS = {
    "create": Todo(("create", *WHERE, "--proposal", "accounts", "--proposal", "board")),
    "create, more to be voted": Todo(("create", "--resolution", "ordinary: Discharge")),
    "change": Todo(("change", "--place", "2 Harbour Street")),
    "notice": Todo(("notice",)),
    "notice, sent": Todo(("notice", "--sent-on", "2026-11-22", "--by", "ana")),
    "proxies": Todo(("proxies",)),
    "proxies, back": Todo(("proxies", "--from", "OUT/proxies.ods"), before=fill_in_proxies),
    "attendance": Todo(("attendance",)),
    "attendance, back": Todo(
        ("attendance", "--from", "OUT/attendance.ods"), DAY, before=fill_in_attendance
    ),
    "count": Todo(("count",), DAY),
    "count, first teller": Todo((*COUNT, "cleo"), AFTER, before=fill_in_count),
    "count, second teller": Todo((*COUNT, "fay"), AFTER),
    "count, second round": Todo(("count",), DAY, before=begin_second_round),
    "second round, first teller": Todo((*COUNT_AGAIN, "cleo"), AFTER, before=fill_in_second_round),
    "second round, second teller": Todo((*COUNT_AGAIN, "fay"), AFTER),
    "results": Todo(("results",), AFTER),
    "results, back": Todo(("results", "--from", "OUT/results.ods"), AFTER, before=fill_in_results),
    "minutes": Todo(("minutes",), AFTER, before=acclaim),
    "minutes, back": Todo(("minutes", "--from", "OUT/minutes-of-the-meeting.odt"), AFTER),
    "file": Todo(("file", "--volume", "1", "--folios", "4", "--signed-on", AFTER), AFTER),
}


def contents(root: Path) -> Files:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def without_leftovers(found: Files) -> Files:
    """Without what a killed run was about to give a file's name, which the check tells."""
    return {file: data for file, data in found.items() if not file.endswith(".new")}


class Story:
    """The files before and after each step that nobody interrupted."""

    def __init__(self, root: Path, kept: Path) -> None:
        self.root, self.kept = write_coop(root, files() | files_of_board()), kept
        for name, todo in STEPS.items():
            todo.before(root)
            shutil.copytree(root, self._place(name, "before"))
            ran = run(*todo.arguments(root))
            assert ran.returncode == 0, (name, ran.output)
            shutil.copytree(root, self._place(name, "after"))

    def _place(self, name: str, when: str) -> Path:
        return self.kept / f"{list(STEPS).index(name)}-{when}"

    def put_back(self, name: str, when: str = "before") -> Files:
        """Have the files as they were."""
        shutil.rmtree(self.root)
        shutil.copytree(self._place(name, when), self.root)
        return contents(self.root)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.MonkeyPatch.context() as same:
        # pseudonyms are salted anew by each count, and files are compared here
        same.setattr("coopbook.decisions.pseudonyms.draw_salt", lambda: "0" * 32)
        yield Story(folder / "coop", folder / "kept")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked")
@pytest.mark.parametrize("name", STEPS)
def test_killed_before_any_write_a_step_is_completed_by_the_same_command(
    story: Story, tmp_path: Path, name: str
) -> None:
    arguments = STEPS[name].arguments(story.root)
    after, before = story.put_back(name, "after"), story.put_back(name)
    writes = count_writes(arguments, tmp_path)
    assert contents(story.root) == after
    spread = {1 + writes * moment // MOMENTS for moment in range(MOMENTS)} | {writes}
    for number in sorted(spread):
        story.put_back(name)
        child = start(arguments, tmp_path / "log", kill_at(number))
        assert child.wait() == -signal.SIGKILL, child.log.read_text()
        left = without_leftovers(contents(story.root))
        for file, data in left.items():
            whole = data in (before.get(file), after.get(file))
            assert whole, f"half of {file}, killed at {number} of {writes}"
        ran = run(*arguments)
        then = contents(story.root)
        if ran.returncode:  # refused, because all of it was written
            assert left == after, (number, ran.output)
            then = without_leftovers(then)
        assert then == after, f"killed at {number} of {writes}"


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_is_done_twice_changes_nothing_the_second_time(story: Story, name: str) -> None:
    after = story.put_back(name, "after")
    run(*STEPS[name].arguments(story.root))
    assert contents(story.root) == after
