"""The words of the dialect: one module each, found by looking.

A module `x_<word>.py` declares

* its docstring, which is the word's documentation in `docs/DIALECT.md`,
* `ON`, where the word may stand: `"kind"` (the top of a schema), a JSON type such as `"string"`, or
  `"field"` for a field of any type,
* `FRAGMENT`, the part of the meta-schema that its value must match,
* `REQUIRED = True` where every schema must have it,
* a reader `of(schema)`, which gives the word's value as the rest of the program wants it,
* `faults(said, schema, top)`, where the meta-schema cannot say all that is wrong,
* `indexed(said)`, the fields that the index must keep because the word names them;
  `indexed_around(said)`, those of which the word means the one that is nearest, here or around.

`schemas/_meta.schema.json` is made from the fragments.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from types import ModuleType


@lru_cache(maxsize=1)
def all_words() -> dict[str, ModuleType]:
    """Every word of the dialect with its module, by name, such as `x-audience`."""
    return {
        module.name.replace("_", "-"): importlib.import_module(f"{__name__}.{module.name}")
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name)
        if module.name.startswith("x_")
    }
