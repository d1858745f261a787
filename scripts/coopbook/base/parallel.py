"""Work spread over processes: the work is known before the fork, only small summaries come back."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: Callable[[Any], Any] | None = None


def default_jobs() -> int:
    """One process a processor where processes can be forked, else one."""
    return (os.cpu_count() or 1) if hasattr(os, "fork") else 1


def _start() -> None:
    """A worker ends when it is told to, without the clean-up that is its parent's."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(item: Any) -> Any:
    assert _work is not None
    return _work(item)


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """`work(item)` for each item, in order; in this process when one job is enough."""
    global _work  # noqa: PLW0603 -- a forked worker inherits it, without a copy of the records
    if jobs <= 1 or len(items) <= 1:
        yield from map(work, items)
        return
    import multiprocessing  # a small co-op never needs it, and it is slow to import

    gc.collect()
    gc.freeze()
    _work = work
    with multiprocessing.get_context("fork").Pool(min(jobs, len(items)), _start) as pool:
        yield from pool.imap(_call, items)
    _work = None
    gc.unfreeze()
