"""The one commit that closes a vote: the record, and with it, where the change was adopted, the
change itself. Neither is without the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from .. import checks
from ..base.diagnostics import Diagnostic
from ..base.git import Tree
from ..base.messages import Translator, _
from ..base.own_folders import OwnFolder
from ..decisions.authority import day_of
from ..decisions.proposed_change import RULES, voted_files
from ..decisions.tally import Outcome
from ..decisions.tally.record import VoteRecord
from ..decisions.types import Amendment, Part
from ..records.load import load
from ..yaml_files.reader import parse
from .request import Job, Motion, Refused

MOST_TOLD = 10


def build_commit(
    job: Job, motion: Motion, record: VoteRecord, found: Outcome, merges: bool, say: Translator
) -> str:
    """The commit, made of objects alone. Refused where the files would not pass the check."""
    with OwnFolder("vote") as made:
        folder = Path(made) / "after"
        folder.mkdir()
        tree = _with_change(motion) if merges else dict(motion.tree)
        if motion.own:
            tree[motion.entry.file] = motion.heads[motion.entry.file]
        edits = dict(_decided_files(job, motion, tree, record, found, merges))
        job.git.write_files(
            {path: what for path, what in tree.items() if path not in edits}, folder
        )
        if motion.record is None:
            edits |= _record_files(motion, record)
        for path, content in edits.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            tree[path] = ("100644", job.git.store(content))
        _check(motion, folder)
        parents = [motion.base, motion.head] if merges else [motion.base]
        return job.git.commit_tree(
            tree, parents, _commit_message(job, motion, found, say), Path(made) / "index"
        )


def _with_change(motion: Motion) -> Tree:
    """The base's files with those that were voted in their place; a page that the base has keeps
    what the base says.
    """
    tree = dict(motion.tree)
    for file in voted_files(motion.files):
        if file.path == motion.entry.file and not motion.own:
            continue
        tree.pop(file.path, None)
        if file.how != "deleted":
            tree[file.path] = motion.heads[file.path]
    return tree


def _decided_files(
    job: Job, motion: Motion, tree: Tree, record: VoteRecord, found: Outcome, merges: bool
) -> Iterator[tuple[str, bytes]]:
    """The files that say what was decided: the proposal's page, and the articles that it amends."""
    if motion.record is None:
        here = {"pull_request": {"forge": job.forge.name, "number": job.number}}
        is_new = motion.proposal.pull_request is None
        fields: dict[str, Any] = {"status": found.result} | (here if is_new else {})
        yield motion.entry.file, _edit(job, motion.entry.file, tree, fields)
    changed = (
        {file.path: file for file in voted_files(motion.files) if file.how != "deleted"}
        if merges
        else {}
    )
    for one in motion.proposal.amends:
        if one.path in changed:
            yield from _amended_article(job, motion, tree, one, _day(motion, record))
    if RULES in changed:
        had, day = (_read_wording(job, one, RULES).in_force for one in (motion.tree, tree))
        fields = {
            "in_force": _not_before(_day(motion, record), "" if day == had else day),
            "adopted_by": {"proposal": motion.entry.id},
        }
        yield RULES, _edit(job, RULES, tree, fields)


def _day(motion: Motion, record: VoteRecord) -> str:
    """The day of the decision: of the vote, or of the meeting that alone could take it."""
    return day_of(motion.index, motion.entry) if motion.record is not None else record.at[:10]


def _not_before(day: str, wanted: str) -> str:
    """From when new words hold: not before they were decided, whatever they say."""
    return max(day, wanted or day)


def _amended_article(
    job: Job, motion: Motion, tree: Tree, one: Amendment, day: str
) -> Iterator[tuple[str, bytes]]:
    """An article's new words with the decision behind them, and the words before, kept."""
    path = one.path
    now, old = _read_wording(job, tree, path), _read_wording(job, motion.tree, path)
    if now.editorial:
        return
    before, wanted = old.in_force, one.effective or now.in_force
    fields: dict[str, Any] = {
        "in_force": _not_before(day, "" if wanted == before else wanted),
        "adopted_by": {"proposal": motion.entry.id},
    }
    yield path, _edit(job, path, tree, fields | ({"previous": before} if before else {}))
    kept = f"decisions/bylaws/{one.document}/versions/{one.article}/{before}.md"
    if before and kept not in tree:
        yield kept, job.git.blob(motion.tree[path][1])


class _Wording(Part, frozen=True):
    """What a text says of itself in its file."""

    in_force: str = ""
    editorial: bool = False


def _read_wording(job: Job, tree: Tree, path: str) -> _Wording:
    """What a file says, which no check has looked at yet: it says nothing where it has another
    shape, and the check of the files as they would be tells so.
    """
    if path not in tree:
        return _Wording()
    found = parse(job.git.blob(tree[path][1]), front_matter=path.endswith(".md")).value
    try:
        return msgspec.convert(found, _Wording)
    except msgspec.ValidationError:
        return _Wording()


def _edit(job: Job, path: str, tree: Tree, fields: dict[str, Any]) -> bytes:
    from ..yaml_files.editor import Unwritable, set_fields

    try:
        return set_fields(job.git.blob(tree[path][1]), fields, front_matter=path.endswith(".md"))
    except Unwritable as error:
        raise Refused(
            _("{file} cannot be completed: {fault}", file=path, fault=error.message)
        ) from None


def _record_files(motion: Motion, record: VoteRecord) -> dict[str, bytes]:
    """The result and what it was counted from; nothing where there is one, which never changes."""
    from ..decisions.result_files import render_result

    made = render_result(motion.index, motion.entry, record)
    return {} if any(path.endswith(".yml") and path in motion.tree for path in made) else made


def _check(motion: Motion, folder: Path) -> None:
    """What the check says of the files as they would be, and of the way to them; what is wrong
    already is not this vote's.
    """
    after = load(folder, motion.index.today)
    found = [
        item
        for item in [*checks.check(after), *checks.check_change(motion.book, after)]
        if item.severity == "error"
    ]
    if found:
        had = {
            _key(item)
            for item in checks.check(motion.book)
            if not (motion.own and item.file == motion.entry.file)
        }
        found = [item for item in found if _key(item) not in had]
    if found:
        first = _("The vote cannot be closed: the files would have faults.")
        rest = [
            _("{file}: {message}", file=item.file, message=item.message)
            for item in found[:MOST_TOLD]
        ]
        raise Refused(first, *rest, told=motion.change)


def _key(item: Diagnostic) -> tuple[str, str, str]:
    return item.file, item.check, repr(item.message)


def _commit_message(job: Job, motion: Motion, found: Outcome, say: Translator) -> str:
    from ..decisions.wording.outcomes import RESULTS

    title = " ".join(motion.index.text(motion.entry.title).split())
    first = say(_("{title}: {result}", title=title, result=RESULTS[found.result]))
    return f"{first}\n\nProposal: {motion.entry.id}\nChange: {job.number}\nText: {motion.text}\n"
