"""The end of a proposed change: closed, or merged by a commit that is on the base already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from coopbook.pull_requests.forges import ForgeError
from support.forges.servers import FORGES, HEAD, FakeForge, FakeForgejo, forge
from support.git import git

NEW = "d" * 40


@pytest.fixture(params=list(FORGES))
def server(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    with forge(request.param) as found:
        yield found


def test_closing_is_done_once(server: FakeForge) -> None:
    adapter = server.adapter()
    adapter.close(12)
    assert server.state == "closed"
    adapter.close(12)
    assert [method for method, *_rest in server.requests if method != "GET"] in (["PATCH"], ["PUT"])
    server.state = "merged"
    adapter.close(12)
    assert server.state == "merged"


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, str, str]:
    """A repository, a head that is proposed, and the merge that holds it, which is on no branch
    yet.
    """
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "start")
    git(tmp_path, "checkout", "-q", "-b", "change")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "change")
    git(tmp_path, "checkout", "-q", "--detach", "main")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "record and merge", "change")
    return tmp_path, git(tmp_path, "rev-parse", "change"), git(tmp_path, "rev-parse", "HEAD")


def test_the_forge_says_that_it_is_merged_once_the_base_holds_it(
    server: FakeForge, repository: tuple[Path, str, str]
) -> None:
    server.git, server.head, merge = repository
    assert server.adapter().change(12).state == "open"
    git(server.git, "branch", "-f", "main", merge)
    server.adapter().confirm_merge(12, server.head, merge)
    assert server.adapter().change(12).state == "merged"
    before = len(server.requests)
    server.adapter().confirm_merge(12, server.head, merge)
    assert len(server.requests) == before + 1, "nothing to do"


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_forge_that_notices_by_itself_is_waited_for_a_little(name: str) -> None:
    with forge(name) as server:
        server.adapter().confirm_merge(12, HEAD, NEW)
        assert 0 < sum(server.pauses) < 30
        assert server.state == "open"


def test_forgejo_is_told_and_what_it_refuses_is_said() -> None:
    with FakeForgejo() as server:
        server.manual = False
        with pytest.raises(ForgeError, match="allow manual merges"):
            server.adapter().confirm_merge(12, HEAD, NEW)
        server.manual = True
        with pytest.raises(ForgeError, match="head out of date"):
            server.adapter().confirm_merge(12, NEW, NEW)
        server.adapter().confirm_merge(12, HEAD, NEW)
        assert server.state == "merged"
