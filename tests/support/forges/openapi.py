"""What GitHub and Forgejo say of their own interfaces, held against requests and answers: GitHub's
whole description of what we ask (tests/support/forges/data, made by scripts/vendor/openapi.py), and
the fields and types of Forgejo's rows (scripts/vendor/forgejo.py).
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator

HERE = Path(__file__).parent / "data"


class Description:
    """An OpenAPI 3.0 description; its faults are sentences, none where all is well."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def whole(self) -> dict[str, Any]:
        found: dict[str, Any] = _nullable(json.loads(self._file.read_text(encoding="utf-8")))
        return found

    def example(self, name: str) -> dict[str, Any]:
        """A row as the description shows it."""
        row: dict[str, Any] = self.whole["x-examples"]["status" if name == "simple-user" else name]
        return copy.deepcopy(row["creator"] if name == "simple-user" else row)

    def request(self, method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
        """What is wrong with a request."""
        operation = self._operation(method, path)
        if not operation:
            return [f"{method} {path}: no such operation"]
        known = {
            one["name"]: one
            for one in map(self._found, operation.get("parameters", []))
            if one["in"] == "query"
        }
        faults = [f"{method} {path}: no parameter {name}" for name in query if name not in known]
        for name in query.keys() & known.keys():
            value: Any = int(query[name]) if query[name].isdigit() else query[name]
            faults += self._faults(f"{method} {path}?{name}", known[name]["schema"], value)
        form = (
            self._found(operation.get("requestBody", {}))
            .get("content", {})
            .get("application/json", {})
            .get("schema")
        )
        if (body is None) != (form is None):
            return [
                *faults,
                f"{method} {path}: a body where there is none, or none where there is one",
            ]
        return faults + (
            self._faults(f"{method} {path}", form, body) + self._unknown(form, body) if form else []
        )

    def answer(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with an answer."""
        responses = (self._operation(method, path) or {"responses": {}})["responses"]
        if str(status) not in responses:
            # GitHub answers 401 and 404 to anything, and describes that for few operations
            return [] if status in (401, 403, 404) else [f"{method} {path}: never answers {status}"]
        form = (
            self._found(responses[str(status)])
            .get("content", {})
            .get("application/json", {})
            .get("schema")
        )
        return (
            self._faults(f"{method} {path} {status}", form, body) + self._unknown(form, body)
            if form
            else []
        )

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for form, operations in self.whole["paths"].items():
            if (
                re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", form), path)
                and method.lower() in operations
            ):
                found: dict[str, Any] = operations[method.lower()]
                return found
        return None

    def _found(self, value: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in value:
            _hash, _components, group, name = value["$ref"].split("/")
            value = self.whole["components"][group][name]
        return value

    def _faults(self, where: str, form: dict[str, Any], value: Any) -> list[str]:
        validator = Draft4Validator({"components": self.whole["components"], "allOf": [form]})
        return [
            f"{where}: {'/'.join(map(str, one.absolute_path))}: {one.message[:300]}"
            for one in validator.iter_errors(value)
        ]

    def _unknown(self, form: dict[str, Any], value: Any) -> list[str]:
        """Fields that the description does not name: our servers may give nothing that GitHub does
        not, nor we ask for it.
        """
        form = self._found(form)
        if isinstance(value, list):
            return [fault for one in value for fault in self._unknown(form["items"], one)]
        known = set(_properties(form, self))
        return [f"no field {name}" for name in value if known and name not in known]


class Fields:
    """The rows of Forgejo's answers."""

    ROWS = (
        ("/reviews", "PullReview"),
        ("/comments", "Comment"),
        ("/statuses", "CommitStatus"),
        ("/user", "User"),
        ("/timeline", "TimelineComment"),
    )

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _whole(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        return found

    def answer(self, path: str, body: Any) -> list[str]:
        """What is wrong with an answer, by the end of the path that was asked."""
        shorter = re.sub(
            r"(/comments|/statuses)/[0-9a-f]+$", r"\1", re.sub(r"/users/[^/]+$", "/user", path)
        )
        whole = r"/repos/[^/]+/[^/]+"
        name = next((name for end, name in self.ROWS if shorter.endswith(end)), "PullRequest")
        if re.fullmatch(rf"(?:/api/v1)?{whole}", path):
            name = "Repository"
        elif re.fullmatch(rf"(?:/api/v1)?{whole}/branches/[^/]+", path):
            name = "Branch"
        validator = Draft202012Validator({**self._whole, "$ref": f"#/$defs/{name}"})
        rows = body if isinstance(body, list) else [body]
        return [
            f"{path}: {one.message[:300]}" for row in rows for one in validator.iter_errors(row)
        ]


def _properties(form: dict[str, Any], description: Description) -> Iterator[str]:
    yield from form.get("properties", {})
    for part in ("oneOf", "anyOf", "allOf"):
        for one in form.get(part, []):
            yield from _properties(description._found(one), description)


def _nullable(value: Any) -> Any:
    """OpenAPI 3.0 says of a value that it may be null by a word of its own."""
    if isinstance(value, list):
        return [_nullable(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {
        name: _nullable(one)
        for name, one in value.items()
        if name != "nullable" or isinstance(one, dict)
    }
    return {"anyOf": [found, {"type": "null"}]} if value.get("nullable") is True else found


GITHUB = Description(HERE / "github-openapi.json")
FORGEJO = Fields(HERE / "forgejo-fields.json")
