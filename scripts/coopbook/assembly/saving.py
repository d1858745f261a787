"""An assembly's record written back: what the checks say of it first, and never over a file
that somebody changed in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from .. import checks
from ..base.atomic_files import replace_file
from ..base.diagnostics import Diagnostic
from ..base.messages import NOTHING, Message, Misuse, Remark, Stopped, _
from ..decisions.kinds import PROPOSAL
from ..decisions.minutes_duties import LABELS, lacking
from ..decisions.types import Proposal, Resolution
from ..records.entries import entry_of
from ..records.index import Entry, pack
from ..records.model import Record
from ..records.validation import shape_of
from ..yaml_files.editor import patch, set_fields
from ..yaml_files.reader import parse
from .filing import describe_missing
from .opening import Step


def save(
    step: Step,
    value: dict[str, Any],
    body: str | None = None,
    untold: str = "",
    confirming: Sequence[Resolution] = (),
) -> list[Remark]:
    """Write the record with other fields, where its file is still the one that was read.

    Args:
        step: The assembly.
        value: The fields.
        body: The text; the present one where it is None.
        untold: The slug of a check whose findings are not told.
        confirming: Resolutions that the proposals are about to name (`confirm_proposals`).

    Returns:
        What the checks say of the record, and what was written.

    Raises:
        Misuse: Where the file was changed in the meantime.
        Stopped: Where the record could not be read back.
    """
    text = _text(step, value, body)
    remarks = []
    for item in _judge(step, _read_back(step, text), confirming):
        if item.check != untold:
            # what this check would mend are fields of the file, which a secretary does not open
            help = NOTHING if item.check == "incomplete-minutes" else item.help
            look_at = _(
                "To look at: {fault} {help}",
                fault=step.assembly.in_names(item.message),
                help=step.assembly.in_names(help),
            )
            remarks.append(Remark(look_at, caution=True))
    path = step.book.root / step.record.file
    if path.read_bytes() != step.source:
        changed = _(
            "{file} was changed in the meantime: nothing was written. Try again.",
            file=step.record.file,
        )
        raise Misuse(*(remark.message for remark in remarks), changed)
    if text == step.source:
        return [*remarks, Remark(_("{file} says all this already.", file=step.record.file))]
    replace_file(path, text)
    return [*remarks, Remark(_("Written: {file}", file=step.record.file))]


def _text(step: Step, value: dict[str, Any], body: str | None = None) -> bytes:
    order = list(step.record.kind.properties)
    return patch(step.source, value, front_matter=True, body=body, order=order)


def require_ready(step: Step, value: dict[str, Any], faults: list[Message]) -> None:
    """Raises Misuse, with all there is to say, where the record cannot be as it is for good.

    Args:
        step: The assembly.
        value: The fields that the record is to have.
        faults: What was found wrong already.
    """
    record = _read_back(step, _text(step, value))
    faults = [*faults, *describe_missing(lacking(record, step.book.index), LABELS)]
    for item in _judge(step, record, step.assembly.resolutions):
        is_lack = item.check == "incomplete-minutes" and not item.path  # said already
        if item.severity == "error" and not is_lack:
            faults.append(
                _(
                    "{sentence} {other}",
                    sentence=step.assembly.in_names(item.message),
                    other=step.assembly.in_names(item.help),
                )
            )
    if faults:
        raise Misuse(*faults, _("Nothing was written."))


def confirm_proposals(step: Step, resolutions: Sequence[Resolution]) -> list[Remark]:
    """Write into each proposal that was adopted which resolution confirmed it, where it says
    none.
    """
    remarks = []
    order = list(step.book.kinds[PROPOSAL].properties)
    for entry, ratified_by in _find_unconfirmed(step, resolutions):
        path = step.book.root / entry.file
        changes = {"ratified_by": ratified_by}
        replace_file(path, set_fields(path.read_bytes(), changes, front_matter=True, order=order))
        remarks.append(Remark(_("Written: {file}", file=entry.file)))
    return remarks


def set_status(step: Step, entry: Entry, status: str) -> Remark:
    """Write what became of a proposal on its page."""
    path, order = step.book.root / entry.file, list(step.book.kinds[PROPOSAL].properties)
    data = set_fields(path.read_bytes(), {"status": status}, front_matter=True, order=order)
    replace_file(path, data)
    return Remark(_("Written: {file}", file=entry.file))


def _find_unconfirmed(
    step: Step, resolutions: Sequence[Resolution]
) -> Iterator[tuple[Entry, dict[str, Any]]]:
    """Each proposal that a resolution adopted and that names none yet, with what it is to name."""
    for one in resolutions:
        entry = step.book.index.find("proposal", one.proposal)
        if entry is None or not entry.sound or not one.is_adopted:
            continue
        if not Proposal.of(entry).ratified_by.minutes:
            yield entry, {"minutes": step.record.id, "resolution": one.number}


def _read_back(step: Step, text: bytes) -> Record:
    """The record as it would be read from its file. Raises Stopped where it could not be."""
    found = parse(text, front_matter=True)
    faults = [fault.message for fault in found.faults]
    if isinstance(found.value, dict):
        faults += [flaw.message for flaw in shape_of(step.record.kind).flaws(found.value)]
    if faults:
        raise Stopped(*faults, _("Nothing was written."))
    return replace(step.record, value=found.value, body=found.body)


def _judge(step: Step, record: Record, confirming: Sequence[Resolution]) -> list[Diagnostic]:
    """What the checks say of a record that is not written yet, in a book whose proposals name the
    resolutions that confirm them already.
    """
    index = step.book.index
    proposals = {
        entry.id: entry._replace(packed=pack(entry.value | {"ratified_by": ratified_by}))
        for entry, ratified_by in _find_unconfirmed(step, confirming)
    }
    changed = {"minutes": {record.id: entry_of(record)}, "proposal": proposals}
    entries = index.entries | {
        kind: {**index.entries.get(kind, {}), **new} for kind, new in changed.items()
    }
    return checks.check_record(record, replace(index, entries=entries))
