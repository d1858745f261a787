"""What a new co-op does first: data, in `first_steps.yml`, shown to members until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ..base.messages import Message
from ..records.core_kinds import COOP
from ..records.model import dig
from ..yaml_files.reader import parse
from .context import Site
from .errands import guide_part
from .forge import edit_address, folder_address, upload_address
from .happenings import happenings

FILE = Path(__file__).with_name("first_steps.yml")


class Step(Struct, frozen=True):
    """A first step; the fields are those of `first_steps.yml`."""

    title: str
    words: str
    kind: str = ""
    field: str = ""
    least: int = 1
    on_a_day: bool = False
    called: str = ""
    says: str = ""
    check: str = ""
    after: str = ""
    command: str = ""
    line: str = ""
    own: str = ""
    upload: str = ""
    folder: str = ""
    guide: str = ""
    part: str = ""


class StepRow(NamedTuple):
    """A step that is to be done, in words.

    Attributes:
        title: what one does.
        words: why.
        button: where the forge lets one do it; empty where there is none.
        command: what one types.
        line: what one writes into coop.yml.
        own: what one writes into a member's file.
        guide: the section of the guide that tells it; empty where none does.
        part: the place in it.
    """

    title: Message
    words: Message
    button: str
    command: str
    line: str
    own: str
    guide: str
    part: str


@lru_cache
def all_steps() -> tuple[Step, ...]:
    """Every first step, in order."""
    found = parse(FILE.read_bytes(), front_matter=False).value
    return msgspec.convert(found, tuple[Step, ...])


def steps_to_do(site: Site) -> list[StepRow]:
    """The first steps that nobody has done yet."""
    return [_row(site, step) for step in all_steps() if not _is_done(site, step)]


def _is_done(site: Site, step: Step) -> bool:
    """Whether a step is done, or cannot be done yet."""
    if step.after and not site.index.of(step.after):
        return True
    if step.on_a_day and happenings(site):
        return True
    if step.called and any(
        dig(one.value, "notice", "sent_on") for one in site.index.of(step.called)
    ):
        return True
    if step.says:
        return dig(site.coop, *step.says.split(".")) is not None
    if step.check:
        return all(item.check != step.check for item in site.warnings)
    return sum(1 for _one in _records(site, step)) >= step.least


def _records(site: Site, step: Step) -> Iterator[object]:
    return (entry for entry in site.index.of(step.kind) if not step.field or entry.get(step.field))


def _row(site: Site, step: Step) -> StepRow:
    part = guide_part(step.guide, step.part, site.language) if step.part else ""
    guide = f"guides/{step.guide}" if step.guide else ""
    return StepRow(
        Message(step.title),
        Message(step.words),
        _button(site, step),
        step.command,
        step.line.replace("[language]", site.index.languages[0]),
        step.own.replace("[language]", site.index.languages[0]),
        guide,
        part,
    )


def _button(site: Site, step: Step) -> str:
    """Where the forge lets one do it."""
    if step.upload:
        return upload_address(site, step.upload)
    if step.folder:
        return folder_address(site, step.folder)
    return edit_address(site, site.index.kinds[COOP].files) if step.line else ""
