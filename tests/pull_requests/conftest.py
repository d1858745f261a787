"""What the tests of proposals share."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from coopbook.pull_requests.forges import http


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits before a forge is asked again."""
    monkeypatch.setattr(http, "time", SimpleNamespace(sleep=lambda _seconds: None))
