"""One module an output, found by looking.

It has `record_files(record, index)` or `index_files(index)`, which yield the path and content of
files and write nothing. They get what `view()` and `view_index()` returned, and nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from types import ModuleType

from ..records.index import Index
from ..records.model import Record

File = tuple[str, str | bytes]


@lru_cache(maxsize=1)
def all_outputs() -> dict[str, ModuleType]:
    """Every output by its name."""
    return {
        module.name: importlib.import_module(f"{__name__}.{module.name}")
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name)
    }


def record_files(record: Record, index: Index) -> Iterator[File]:
    """The files that every output makes of one record, by path from the site's root."""
    for output in all_outputs().values():
        if hasattr(output, "record_files"):
            yield from output.record_files(record, index)


def index_makers(index: Index) -> list[Callable[[], Iterator[File]]]:
    """What makes the files of the index, one function an output: they can be made side by side."""
    return [
        partial(output.index_files, index)
        for output in all_outputs().values()
        if hasattr(output, "index_files")
    ]
