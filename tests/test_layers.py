"""ARCHITECTURE.md's invariants of the code that import-linter cannot say: who may touch the disk, who knows clock, git and network.

`.importlinter` holds the layers; `make lint` checks it.
"""

from __future__ import annotations

import ast
from pathlib import Path

from conftest import TOP

PACKAGE = TOP / "scripts" / "coopbook"
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
    "base/countries",
    "base/messages",
    "base/secret_patterns",
    "cli/",
    "decisions/presets",
    "decisions/result_files",
    "pull_requests/",
    "records/",
    "site/",
)
MAY_WRITE = (
    "base/atomic_files",
    "cli/",
    "decisions/result_files",
    "pull_requests/",
    "records/load",
    "site/exchange",
    "site/mkdocs_hook",
    "site/publish",
)
KNOW_GIT = ("cli/", "pull_requests/git_objects")
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


def test_the_pipe_knows_no_clock_and_no_git() -> None:
    clock = {
        name(file)
        for file in FILES
        if "date.today" in file.read_text() or "datetime.now" in file.read_text()
    }
    git = {name(file) for file in FILES if "subprocess" in imported(file)}
    assert {file for file in clock if not file.startswith(("cli/", "site/"))} == set()
    assert {file for file in git if not file.startswith(KNOW_GIT)} == set()


def test_one_client_reaches_the_network() -> None:
    """`urllib.parse` only takes addresses apart."""
    assert {name(file) for file in FILES if imported(file) & NETWORK} == {
        "pull_requests/forges/http.py"
    }
