"""A co-op's files from the format that they are in to the present one: one module a step."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from ...base.atomic_files import replace_all
from ...base.formats import is_time_zone
from ...base.messages import Message, _
from ...base.positions import Value
from ...yaml_files.editor import Unwritable, patch
from ...yaml_files.reader import parse
from ..beside import find_beside
from ..dialect.upgrade import FORMER, former_words, is_former, upgrade_schema
from ..index import File
from ..kinds import is_our_own, load_kinds
from ..load import top_folders, walk_files
from ..model import Kind
from .entities import move_to_entities
from .format_2 import STEP as FORMAT_2
from .step import Step

STEPS = (FORMAT_2,)
"""In order; the first leads away from format 1."""
PRESENT = STEPS[-1].number
COOP, OWN_COOP = "coop.yml", "schemas/coop.schema.json"


class Plan(Struct):
    """What an upgrade would do.

    Attributes:
        files: The new bytes of each file that changes; coop.yml is the last.
        changes: The words that change in each of them, old and new.
        values: The fields of every record, in the present format, by its kind and file.
        faults: Why a file cannot be read, by the file.
        declared: What lies at the top besides the book and is declared from now on.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    changes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    values: dict[tuple[str, str], Value] = field(default_factory=dict)
    faults: dict[str, Message] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)


def format_of(root: Path) -> int | None:
    """The format of a co-op's files; None where coop.yml does not say it."""
    found = _settings(root).get("format")
    return found if type(found) is int else None


def time_zone_of(root: Path) -> str:
    """The time zone of a co-op; empty where coop.yml names none that there is."""
    found = _settings(root).get("timezone")
    return found if isinstance(found, str) and is_time_zone(found) else ""


def _settings(root: Path) -> dict[str, Value]:
    """What coop.yml says, before it is checked; nothing where it cannot be read."""
    file = root / COOP
    if file.is_symlink() or not file.is_file():
        return {}
    value = parse(file.read_bytes(), front_matter=False).value
    return value if isinstance(value, dict) else {}


def other_format(root: Path) -> Message | None:
    """Why files of another format are not read, and what to do; None where they are of the present
    one.
    """
    number = format_of(root)
    if number is None or number == PRESENT or number < 1:
        return None
    if number > PRESENT:
        return _(
            "These files are of format {number}, newer than this Coopbook, which reads format"
            " {present}: install a newer one.",
            number=number,
            present=PRESENT,
        )
    return _(
        "These files are of format {number}, and this Coopbook reads format {present}: bring them"
        " there with “coopbook upgrade”.",
        number=number,
        present=PRESENT,
    )


def plan(root: Path) -> Plan:
    """What the upgrade of a folder to the present format, and to the present place of what its
    legal notice says, comes to. Nothing is written.
    """
    found = _plan_format(root)
    file = root / COOP
    if COOP in found.faults or (format_of(root) or PRESENT + 1) > PRESENT or file.is_symlink():
        return found
    data = found.files.get(COOP) or file.read_bytes()
    source = parse(data, front_matter=False)
    if source.faults or not isinstance(source.value, dict) or (root / OWN_COOP).is_file():
        return found
    after, changes = move_to_entities(source.value)
    if changes:
        found.files.pop(COOP, None)
        try:
            found.files[COOP] = patch(data, after, front_matter=False, renamed={})
        except Unwritable as error:
            found.faults[COOP] = error.messages[0]
            return found
        found.changes.setdefault(COOP, []).extend(changes)
        found.values["coop", COOP] = after
    return found


def _plan_format(root: Path) -> Plan:
    """What the upgrade of a folder to the present format alone comes to."""
    found, number = Plan(), format_of(root)
    if number is None or not 1 <= number <= PRESENT:
        return found
    _plan_schemas(found, root)
    if number == PRESENT:
        return found
    kinds, _wrong = load_kinds(root)
    files = list(walk_files(root, kinds))
    found.declared += _find_undeclared(root, kinds, files, STEPS[number - 1 :])
    for file in files:
        kind = (
            None
            if file.link
            else next((one for one in kinds.values() if one.owns(file.path)), None)
        )
        if kind is not None:
            _read(found, kind, file.path, (root / file.path).read_bytes(), number)
    if COOP in found.files:
        found.files[COOP] = found.files.pop(COOP)
    return found


def _plan_schemas(found: Plan, root: Path) -> None:
    """Say the co-op's own record types in the present words of the dialect, whatever the format."""
    folder = root / "schemas"
    if not folder.is_dir() or is_our_own(root):
        return
    for path in sorted(folder.glob("[a-z]*.schema.json")):
        if path.is_symlink() or not path.is_file():
            continue
        schema = parse(path.read_bytes(), front_matter=False).value
        if not is_former(schema):
            continue
        file = f"schemas/{path.name}"
        text = json.dumps(upgrade_schema(schema), indent=2, ensure_ascii=False) + "\n"
        found.files[file] = text.encode()
        found.changes[file] = [(old, FORMER[old] or "–") for old in former_words(schema)]


def _find_undeclared(
    root: Path, kinds: dict[str, Kind], files: list[File], steps: Iterable[Step]
) -> list[str]:
    """What lies besides the book and may be declared, where a step asks for it: as many names as
    `coop.yml` can hold, and none that it cannot.
    """
    allowed = next((step.beside for step in steps if step.beside), None)
    if allowed is None:
        return []
    coop_files, folders = find_beside(kinds, files, top_folders(root))
    names = {name for name in coop_files if allowed.fullmatch(name)} | folders
    field = kinds["coop"].properties["beside"]
    return sorted(name for name in names if re.search(field["items"]["pattern"], name))[
        : field["maxItems"]
    ]


def _read(found: Plan, kind: Kind, file: str, data: bytes, number: int) -> None:
    source = parse(data, front_matter=kind.front_matter)
    if source.faults or not isinstance(source.value, dict):
        found.faults[file] = (
            source.faults[0].message if source.faults else _("There are no fields in this file.")
        )
        return
    value, after = source.value, data
    for step in STEPS[number - 1 :]:
        value, changes = step.apply(kind.name, value)
        if step.beside and kind.name == "coop" and found.declared:
            value["beside"] = list(dict.fromkeys([*value.get("beside", []), *found.declared]))
        if not changes:
            continue
        try:
            after = patch(
                after, value, front_matter=kind.front_matter, renamed=step.names(kind.name)
            )
        except Unwritable as error:
            found.faults[file] = error.messages[0]
            return
        found.changes.setdefault(file, []).extend(changes)
    found.values[kind.name, file] = value
    if after != data:
        found.files[file] = after


def write(root: Path, made: Plan) -> None:
    """Put the new files in the place of the old ones.

    All of them are written aside first, and coop.yml, which says the format, comes last: what is
    interrupted is as it was, or is completed by the next upgrade.
    """
    replace_all(root, made.files)


def upgrade_copy(folder: Path) -> None:
    """Bring a copy of a co-op's files, made to be compared with, to the present format as far as it
    can be read.
    """
    made = _plan_format(folder)
    if made.files:
        write(folder, made)
