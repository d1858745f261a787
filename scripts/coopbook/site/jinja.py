"""Jinja as our own templates need it: what it asks of every call and every value is answered once
for all, and what it compiles is kept. The templates of a co-op's own are filled by Jinja's sandbox.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from ..base.atomic_files import replace_file

_OF_EVERY_DICT = frozenset(dir(dict))


class _Context(Context):
    """The names of a page. Nothing that our templates call wants the context for itself
    (`pass_context`), so no call is asked whether it does.
    """

    def call(
        self,
        work: Callable[..., Any],
        /,
        *arguments: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        return work(*arguments, **named)


class BodyEnvironment(jinja2.Environment):
    """The environment of our templates."""

    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` in a template. Records are dicts: of them the key is looked up at once,
        not after an attribute was missed.
        """
        if type(obj) is dict and attribute not in _OF_EVERY_DICT:
            if attribute in obj:
                return obj[attribute]
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class CompiledTemplates(jinja2.BytecodeCache):
    """Templates as they were compiled, kept where Python keeps its modules: `__pycache__` beside
    them, or its `pycache_prefix`; nowhere where Python is told to keep nothing, or may not write.
    Who can write there can write the program too.
    """

    def __init__(self, options: object) -> None:
        """`options`: those of the environment, which change what is compiled."""
        self.options = f"{jinja2.__version__} {options}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return str(Path(importlib.util.cache_from_source(filename or name)).with_suffix(".j2c"))

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self.options + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept of this very source; whatever is wrong with it, it is compiled anew."""
        with suppress(Exception), Path(bucket.key).open("rb") as kept:
            bucket.load_bytecode(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        file = Path(bucket.key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, bucket.bytecode_to_string(), lasting=False)
