"""What the tests hold GitHub's requests and answers against: `python scripts/vendor/openapi.py
TARBALL`, where TARBALL is what `npm pack @octokit/openapi@23.0.2` gives.

GitHub's own OpenAPI description (MIT; the licence is written beside the result) is 13 MB: kept are
the operations that our adapter uses, with the components that they refer to and one example of each
row.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHA256 = "71a18407dd5e8464f4e0525daf03deabbe65abd9287d6adc7b5d98f516cd0d0c"
OUT = Path(__file__).parents[2] / "tests/support/forges/data"
USED = {
    "/user": ["get"],
    "/users/{username}": ["get"],
    "/repos/{owner}/{repo}": ["get"],
    "/repos/{owner}/{repo}/actions/permissions/workflow": ["get"],
    "/repos/{owner}/{repo}/actions/workflows": ["get"],
    "/repos/{owner}/{repo}/activity": ["get"],
    "/repos/{owner}/{repo}/branches/{branch}": ["get"],
    "/repos/{owner}/{repo}/pulls": ["get"],
    "/repos/{owner}/{repo}/rules/branches/{branch}": ["get"],
    "/repos/{owner}/{repo}/rulesets/{ruleset_id}": ["get"],
    "/repos/{owner}/{repo}/pulls/{pull_number}": ["get", "patch"],
    "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["get"],
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
    "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch"],
    "/repos/{owner}/{repo}/commits/{ref}/statuses": ["get"],
    "/repos/{owner}/{repo}/statuses/{sha}": ["post"],
}
EXAMPLES = {
    "private-user": "private-user-response-with-public-and-private-profile-information",
    "branch": "branch-get",
    "default-workflow-permissions": "actions-default-workflow-permissions",
    "pull-request": "pull-request",
    "pull-request-simple": "pull-request-simple-items",
    "repository": "full-repository-default-response",
    "rule": "repository-rule-items",
    "ruleset": "repository-ruleset",
    "workflows": "workflow-paginated",
    "pull-request-review": "pull-request-review-items",
    "issue-comment": "issue-comment",
    "status": "status",
}
TALK = {
    "description",
    "summary",
    "externalDocs",
    "x-github",
    "x-octokit",
    "tags",
    "example",
    "examples",
}


def references(value: Any) -> Iterator[str]:
    """All that a value refers to."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for one in value.values():
            yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def silent(value: Any) -> Any:
    """Without what is only for readers; the names of an object's own fields stay, whatever they
    are.
    """
    if isinstance(value, list):
        return [silent(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, one in value.items():
        if name == "properties":
            found[name] = {field: silent(schema) for field, schema in one.items()}
        elif name not in TALK:
            found[name] = silent(one)
    return found


def sliced(whole: dict[str, Any]) -> dict[str, Any]:
    """The operations we use and all that they refer to."""
    paths = {
        path: {method: silent(whole["paths"][path][method]) for method in methods}
        for path, methods in USED.items()
    }
    found: dict[str, Any] = {
        "openapi": whole["openapi"],
        "info": silent(whole["info"]),
        "paths": paths,
        "components": {},
    }
    todo = list(references(paths))
    while todo:
        _hash, _components, group, name = todo.pop().split("/")
        here = found["components"].setdefault(group, {})
        if name not in here:
            here[name] = silent(whole["components"][group][name])
            todo += references(here[name])
    found["x-examples"] = {
        name: _first(whole["components"]["examples"][source]["value"])
        for name, source in EXAMPLES.items()
    }
    return found


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def main(tarball: Path) -> None:
    content = tarball.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(
            "This is not the package that was looked at: read what changed, then write its "
            "sum here."
        )
    with tarfile.open(tarball) as package:
        whole, licence = (
            package.extractfile(f"package/{name}")
            for name in ("generated/api.github.com.json", "LICENSE")
        )
        assert whole
        assert licence
        found = sliced(json.load(whole))
        (OUT / "github-openapi.LICENSE").write_bytes(licence.read())
    (OUT / "github-openapi.json").write_text(
        json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
