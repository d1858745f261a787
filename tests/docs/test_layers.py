"""ARCHITECTURE.md's invariants of the code that import-linter cannot say: who may touch the disk,
who knows clock, git and network.

`.importlinter` holds the layers; `make lint` checks it.
"""

from __future__ import annotations

import ast
from pathlib import Path

from support.coops import PACKAGE

FILES = sorted(PACKAGE.rglob("*.py"))
READS = {"read_text", "read_bytes", "iterdir", "rglob", "scandir"}
WRITES = {
    "write_text",
    "write_bytes",
    "mkdir",
    "makedirs",
    "rename",
    "unlink",
    "rmtree",
    "symlink_to",
}
MAY_READ = (
    "assembly/handed_in",
    "assembly/opening",
    "assembly/papers",
    "assembly/saving",
    "assembly/usual",
    "base/codes",
    "base/countries",
    "base/messages",
    "base/secret_patterns",
    "cli/",
    "decisions/poll_files",
    "decisions/presets",
    "decisions/ballots/importing",
    "decisions/result_files",
    "decisions/vote_count",
    "documents/template",
    "editing/doctor",
    "editing/erasures",
    "editing/member_errands",
    "editing/mentions",
    "editing/starter_upgrade",
    "pull_requests/",
    "records/",
    "site/",
    "transfer/columns",
)
MAY_WRITE = (
    "assembly/papers",
    "base/atomic_files",
    "base/git",
    "base/own_folders",
    "cli/",
    "decisions/ballots/importing",
    "decisions/result_files",
    "pull_requests/",
    "records/load",
    "site/exchange",
    "site/jinja",
    "site/mkdocs_hook",
    "site/publish",
)
EXITS = {
    "print",
    "input",
    "exit",
    "quit",
    "SystemExit",
    "sys.exit",
    "sys.stdin",
    "sys.stdout",
    "sys.stderr",
    "os._exit",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.time",
}
"""Where a program speaks to the terminal, leaves or reads the clock."""
NETWORK = {
    "httpx",
    "tenacity",
    "requests",
    "urllib3",
    "aiohttp",
    "socket",
    "ssl",
    "ftplib",
    "smtplib",
    "urllib.request",
    "http.client",
}


def name(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def calls(file: Path, names: set[str]) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        in names
    ]


def imported(file: Path) -> set[str]:
    """The libraries that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_few_touch_the_disk() -> None:
    reading = {name(file) for file in FILES if calls(file, READS)}
    writing = {name(file) for file in FILES if calls(file, WRITES)}
    assert {file for file in reading if not file.startswith(MAY_READ)} == set()
    assert {file for file in writing if not file.startswith(MAY_WRITE)} == set()


def test_records_are_written_in_one_way() -> None:
    """A contract of `.importlinter` says who may use the writer; here, that there is no other."""
    names = {"dump", "safe_dump", "dump_all", "safe_dump_all", "serialize", "emit"}
    yaml = {name(file) for file in FILES if imported(file) & {"yaml", "ruamel", "strictyaml"}}
    assert {file for file in yaml if calls(PACKAGE / file, names)} == {"yaml_files/writer.py"}
    assert {file for file in yaml if not file.startswith("yaml_files/")} == set()


def test_no_loose_module_lies_beside_the_packages() -> None:
    assert {file.name for file in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_one_file_knows_the_generator() -> None:
    assert [
        name(file)
        for file in FILES
        if any(library.startswith("mkdocs") for library in imported(file))
    ] == ["site/mkdocs_hook.py"]


def test_one_file_writes_days_and_hours() -> None:
    assert [name(file) for file in FILES if "babel.dates" in file.read_text()] == ["base/dates.py"]


def names(file: Path) -> set[str]:
    """The names that a file uses, also those that it only hands on: `print`, `date.today`."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    found = {node.id for node in nodes if isinstance(node, ast.Name)}
    return found | {
        f"{node.value.id}.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def test_only_commands_print_leave_and_know_the_clock() -> None:
    below = [file for file in FILES if not name(file).startswith(("cli/", "__main__"))]
    assert {name(file): found for file in below if (found := names(file) & EXITS)} == {}
    assert {name(file) for file in below if "click" in imported(file)} == set()


def test_one_adapter_asks_git() -> None:
    assert {name(file) for file in FILES if "subprocess" in imported(file)} == {"base/git.py"}


def test_one_client_reaches_the_network() -> None:
    """`urllib.parse` only takes addresses apart."""
    assert {name(file) for file in FILES if imported(file) & NETWORK} == {
        "pull_requests/forges/http.py"
    }
