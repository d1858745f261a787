"""ARCHITECTURE.md's invariants of the code: imports point down, few may touch the disk, one file knows the generator."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TOP

PACKAGE = TOP / "scripts" / "coopbook"
LAYERS = [
    "messages",
    "spans",
    "events",
    "source",
    "writing",
    "editing",
    "diagnostics",
    "formats",
    "dates",
    "letters",
    "fingerprint",
    "globs",
    "tally",
    "forges",
    "asking",
    "markdown",
    "pictures",
    "collation",
    "countries",
    "look",
    "notices",
    "workers",
    "history",
    "records",
    "proofs",
    "index",
    "bylaws",
    "shape",
    "kinds",
    "presets",
    "audience",
    "entries",
    "links",
    "deciding",
    "agenda",
    "reminders",
    "assembly",
    "load",
    "places",
    "rules",
    "drafts",
    "mending",
    "naming",
    "outputs",
    "site",
    "commands",
    "__main__",
]
MAY_READ = {"messages", "presets", "countries", "load", "places", "kinds", "pictures", "proofs", "commands", "site"}
MAY_WRITE = {"load", "commands", "site"}
READS = {"read_text", "read_bytes", "iterdir", "glob", "rglob", "scandir"}
WRITES = {"write_text", "write_bytes", "mkdir", "makedirs", "rename", "unlink", "rmtree", "symlink_to"}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """The parts of the package that a file imports: line and layer."""
    depth = len(file.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == depth:
            names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
            yield from ((node.lineno, name) for name in names)


def calls(file: Path, names: set[str]) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in names
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_point_down(file: Path) -> None:
    if layer(file) == "__init__":
        return
    assert layer(file) in LAYERS, "a new module needs its place in LAYERS and in ARCHITECTURE.md"
    for line, name in imports(file):
        if name in LAYERS and name != layer(file):
            assert LAYERS.index(name) < LAYERS.index(layer(file)), f"line {line} imports {name}, which lies above"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_few_touch_the_disk(file: Path) -> None:
    if layer(file) not in MAY_READ:
        assert not calls(file, READS - {"glob"}), "reads the disk"
    if layer(file) not in MAY_WRITE or (layer(file) == "site" and file.name not in {"publish.py", "exchange.py", "mkdocs_hook.py"}):
        assert not calls(file, WRITES), "writes to the disk"


def test_one_file_knows_the_generator() -> None:
    knowing = [
        file.name
        for file in FILES
        if any(
            "mkdocs" in (getattr(node, "module", None) or "") or any("mkdocs" in alias.name for alias in getattr(node, "names", []))
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom) and not getattr(node, "level", 0)
        )
    ]
    assert knowing == ["mkdocs_hook.py"]


def test_one_file_writes_days_and_hours() -> None:
    assert [file.name for file in FILES if "babel.dates" in file.read_text()] == ["dates.py"]


def test_the_pipe_knows_no_clock_and_no_git() -> None:
    for file in FILES:
        if layer(file) not in {"commands", "site"}:
            text = file.read_text()
            assert "date.today" not in text, file
            assert "datetime.now" not in text, file
        if layer(file) != "commands":
            assert "subprocess" not in file.read_text(), file


def asked(file: Path) -> set[str]:
    """The libraries that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_only_forges_reach_the_network() -> None:
    """`urllib.parse` only takes addresses apart."""
    network = {"httpx", "tenacity", "requests", "urllib3", "aiohttp", "socket", "ssl", "ftplib", "smtplib", "urllib.request", "http.client"}
    knowing = {str(file.relative_to(PACKAGE)) for file in FILES if asked(file) & network}
    assert {file for file in knowing if not file.startswith("forges/")} == set()
    assert knowing == {"forges/http.py"}, "one client, in one place"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_files_stay_small(file: Path) -> None:
    assert file.read_text().count("\n") <= 300


def test_layers_are_in_the_architecture() -> None:
    text = (TOP / "ARCHITECTURE.md").read_text()
    assert [
        name
        for name in LAYERS
        if f"`{name}" not in text and f"{name}.py" not in text and f"{name}/" not in text and not name.startswith("__")
    ] == []
