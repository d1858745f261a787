"""What all tests share."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.register_assert_rewrite("support")
from support import commands, coops, sites, wheel  # noqa: E402

commands.import_in_english()  # before any test does it in the language of this terminal
pytest_plugins = ["support.browsers", "support.vote_coop"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take today's output as the expected one")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what the collection made out of every later search for cycles."""
    gc.collect()
    gc.freeze()


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
def example_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of the example, built once for all tests that read them alone, whatever process
    of pytest-xdist they run in.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "example-sites"
    with folder.with_name("example-sites.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            sites.build(coops.TOP, folder.with_name("example-sites.new")).rename(folder)
    return folder


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel lays it, and nothing of the checkout."""
    return wheel.install_wheel(tmp_path_factory.mktemp("wheel"))
