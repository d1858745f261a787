"""The validator that says what is wrong: jsonschema's, made to read a schema as ours are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ..base.formats import FORMATS


@lru_cache
def validator_class() -> Any:
    """jsonschema's, with two changes: Python's `$` would let a final line break pass, and a key
    that may not stand is told by its name.
    """
    from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators

    def pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
        whole = pattern.startswith("^") and pattern.endswith("$")
        if isinstance(instance, str) and not (
            re.fullmatch(pattern[1:-1], instance) if whole else re.search(pattern, instance)
        ):
            yield ValidationError("pattern")

    def properties(validator: Any, properties: Any, instance: Any, schema: Any) -> Iterator[Any]:
        for name in instance if isinstance(instance, dict) else ():
            if properties.get(name) is False:
                yield ValidationError("forbidden", validator="forbidden", path=(name,))
            elif name in properties:
                yield from validator.descend(
                    instance[name], properties[name], path=name, schema_path=name
                )

    checker = FormatChecker(formats=())
    for name, check in FORMATS.items():
        checker.checks(name)(
            lambda instance, check=check: not isinstance(instance, str) or check(instance)
        )
    made = validators.extend(Draft202012Validator, {"pattern": pattern, "properties": properties})
    return lambda schema: made(schema, format_checker=checker)
