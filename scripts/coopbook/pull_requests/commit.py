"""The one commit that closes a vote: the record, and with it, where the change was adopted, the
change itself. Neither is without the other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .. import checks
from ..base.diagnostics import Diagnostic
from ..base.git import Tree
from ..base.messages import Translator, _
from ..decisions.authority import day_of
from ..decisions.proposed_change import RULES, voted
from ..decisions.tally import Outcome
from ..records.load import load
from ..yaml_files.reader import parse
from .request import Asked, Job, Refused

MOST_TOLD = 10


def built(
    job: Job, asked: Asked, data: dict[str, Any], found: Outcome, merges: bool, say: Translator
) -> str:
    """The commit, made of objects alone. Refused where the files would not pass the check."""
    with tempfile.TemporaryDirectory(prefix="coopbook-vote-") as made:
        folder = Path(made) / "after"
        folder.mkdir()
        tree = _with_change(asked) if merges else dict(asked.tree)
        if asked.own:
            tree[asked.entry.file] = asked.heads[asked.entry.file]
        edits = dict(_edits(job, asked, tree, data, found, merges))
        job.git.write_files(
            {path: what for path, what in tree.items() if path not in edits}, folder
        )
        if asked.data is None:
            edits |= _record(asked, data, found)
        for path, content in edits.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            tree[path] = ("100644", job.git.store(content))
        _check(job, asked, folder)
        parents = [asked.base, asked.head] if merges else [asked.base]
        return job.git.commit_tree(
            tree, parents, _words(job, asked, found, say), Path(made) / "index"
        )


def _with_change(asked: Asked) -> Tree:
    """The base's files with those that were voted in their place; a page that the base has keeps
    what the base says.
    """
    tree = dict(asked.tree)
    for file in voted(asked.files):
        if file.path == asked.entry.file and not asked.own:
            continue
        tree.pop(file.path, None)
        if file.how != "deleted":
            tree[file.path] = asked.heads[file.path]
    return tree


def _edits(
    job: Job, asked: Asked, tree: Tree, data: dict[str, Any], found: Outcome, merges: bool
) -> Iterator[tuple[str, bytes]]:
    """The files that say what was decided: the proposal's page, and the articles that it amends."""
    if asked.data is None:
        fields: dict[str, Any] = {"status": found.result}
        if not asked.entry.get("pull_request"):
            fields["pull_request"] = {"forge": job.forge.name, "number": job.number}
        yield asked.entry.file, _edited(job, asked.entry.file, tree, fields)
    changed = (
        {file.path: file for file in voted(asked.files) if file.how != "deleted"} if merges else {}
    )
    for one in asked.entry.get("amends") or ():
        path = f"decisions/bylaws/{one['document']}/{one['article']}.md"
        if path in changed:
            yield from _article(job, asked, tree, one, _day(asked, data))
    if RULES in changed:
        had, day = (
            _value(job, asked.tree, RULES).get("in_force"),
            _value(job, tree, RULES).get("in_force"),
        )
        fields = {
            "in_force": _from(_day(asked, data), None if day == had else day),
            "adopted_by": {"proposal": asked.entry.id},
        }
        yield RULES, _edited(job, RULES, tree, fields)


def _day(asked: Asked, data: dict[str, Any]) -> str:
    """The day of the decision: of the vote, or of the meeting that alone could take it."""
    return day_of(asked.index, asked.entry) if asked.data is not None else str(data["at"][:10])


def _from(day: str, wanted: Any) -> str:
    """From when new words hold: not before they were decided, whatever they say."""
    return max(day, str(wanted or day))


def _article(
    job: Job, asked: Asked, tree: Tree, one: dict[str, Any], day: str
) -> Iterator[tuple[str, bytes]]:
    """An article's new words with the decision behind them, and the words before, kept."""
    path = f"decisions/bylaws/{one['document']}/{one['article']}.md"
    now, old = _value(job, tree, path), _value(job, asked.tree, path)
    if now.get("editorial"):
        return
    before, wanted = old.get("in_force"), one.get("effective") or now.get("in_force")
    fields: dict[str, Any] = {
        "in_force": _from(day, None if wanted == before else wanted),
        "adopted_by": {"proposal": asked.entry.id},
    }
    yield path, _edited(job, path, tree, fields | ({"previous": before} if before else {}))
    kept = f"decisions/bylaws/{one['document']}/versions/{one['article']}/{before}.md"
    if before and kept not in tree:
        yield kept, job.git.blob(asked.tree[path][1])


def _value(job: Job, tree: Tree, path: str) -> dict[str, Any]:
    found = (
        parse(job.git.blob(tree[path][1]), front_matter=path.endswith(".md")).value
        if path in tree
        else None
    )
    return found if isinstance(found, dict) else {}


def _edited(job: Job, path: str, tree: Tree, fields: dict[str, Any]) -> bytes:
    from ..yaml_files.editor import Unwritable, set_fields

    try:
        return set_fields(job.git.blob(tree[path][1]), fields, front_matter=path.endswith(".md"))
    except Unwritable as error:
        raise Refused(
            _("{file} cannot be completed: {fault}", file=path, fault=error.message)
        ) from None


def _record(asked: Asked, data: dict[str, Any], found: Outcome) -> dict[str, bytes]:
    """The result and what it was counted from; nothing where there is one, which never changes."""
    from ..decisions.result_files import files

    record = files(asked.index, asked.entry, data, found)
    return {} if any(path.endswith(".yml") and path in asked.tree for path in record) else record


def _check(job: Job, asked: Asked, folder: Path) -> None:
    """What the check says of the files as they would be, and of the way to them; what is wrong
    already is not this vote's.
    """
    today = job.now.date()
    after = load(folder, today)
    found = [
        item
        for item in [*checks.check(after), *checks.check_change(asked.book, after)]
        if item.severity == "error"
    ]
    if found:
        had = {
            _key(item)
            for item in checks.check(asked.book)
            if not (asked.own and item.file == asked.entry.file)
        }
        found = [item for item in found if _key(item) not in had]
    if found:
        first = _("The vote cannot be closed: the files would have faults.")
        rest = [
            _("{file}: {message}", file=item.file, message=item.message)
            for item in found[:MOST_TOLD]
        ]
        raise Refused(first, *rest, told=asked.change)


def _key(item: Diagnostic) -> tuple[str, str, str]:
    return item.file, item.check, repr(item.message)


def _words(job: Job, asked: Asked, found: Outcome, say: Translator) -> str:
    from ..decisions.wording.outcomes import RESULTS

    title = " ".join(asked.index.text(asked.entry.title).split())
    first = say(_("{title}: {result}", title=title, result=RESULTS[found.result]))
    return f"{first}\n\nProposal: {asked.entry.id}\nChange: {job.number}\nText: {asked.text}\n"
