"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.register_assert_rewrite("support")
from support import commands, coops, wheel  # noqa: E402

commands.import_in_english()  # before any test does it in the language of this terminal
pytest_plugins = ["support.browsers", "support.vote_coop"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take today's output as the expected one")


@pytest.fixture
def coop(tmp_path: Path) -> Callable[..., Path]:
    """Makes a small co-op from file names and their contents."""
    return lambda files=None: coops.write_coop(tmp_path / "coop", files)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the repository's own co-op."""
    return coops.copied_example(tmp_path / "example")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small co-op that is built in a moment, in a folder of its own."""
    return coops.write_book(tmp_path / "book")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel lays it, and nothing of the checkout."""
    return wheel.install_wheel(tmp_path_factory.mktemp("wheel"))
