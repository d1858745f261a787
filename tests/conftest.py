"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import import_in_english

pytest.register_assert_rewrite("support")
import_in_english()  # before any test does it in the language of this terminal
pytest_plugins = ["support.browsers", "support.vote_coop"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take today's output as the expected one")


@pytest.fixture
def coop(tmp_path: Path) -> Callable[..., Path]:
    """Makes a small co-op from file names and their contents."""
    from support.coops import write_coop

    return lambda files=None: write_coop(tmp_path / "coop", files)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the repository's own co-op."""
    from support.coops import copied_example

    return copied_example(tmp_path / "example")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small co-op that is built in a moment, in a folder of its own."""
    from support.coops import write_book

    return write_book(tmp_path / "book")
