"""What the tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

pytest_plugins = ["browsers", "vote_coop"]

TODAY = date(2026, 11, 21)
TOP = Path(__file__).parents[1]
EXAMPLE = (
    "coop.yml",
    "mkdocs.yml",
    "mkdocs.members.yml",
    "members",
    "projects",
    "decisions",
    "wiki",
    "events",
    "schemas",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take today's output as the expected one")


@pytest.fixture
def coop(tmp_path: Path) -> Callable[..., Path]:
    """Makes a small co-op from file names and their contents; a file `a/b.yml` is the keyword `a/b.yml` of a dict."""

    def make(files: dict[str, str | bytes] | None = None) -> Path:
        root = tmp_path / "coop"
        start = {
            "coop.yml": "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
        }
        for name, content in {**start, **(files or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


def copied_example(root: Path) -> Path:
    """The repository's own co-op in another folder."""
    root.mkdir()
    for name in EXAMPLE:
        source = TOP / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(
            source, root / name
        )
    return root


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the repository's own co-op."""
    return copied_example(tmp_path / "example")
