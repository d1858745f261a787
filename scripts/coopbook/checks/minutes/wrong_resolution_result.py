"""A resolution's result is the one that its figures give under its category: quorum, majority,
ties, colleges, second consultation. One that is `unanimous` has no other votes: those are
counted who were there.

The quorum is counted at the time of the vote: who had arrived and had not left, whom they
represented, votes by post, less those who did not take part. Without a quorum the result is
`no_quorum`, whatever the votes. A resolution without a category of the rules is not counted anew,
nor one of a meeting before these rules came into force (`in_force`).

## Why
A chair announces a result in the noise of a room. The figures stay, and whoever counts them again
must find the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.meetings import meeting_of
from ...decisions.resolutions import Reckoning, is_founded, reckon
from ...decisions.types import Minutes, Resolution
from ...decisions.wording.outcomes import sentence_of_count
from ...records.dialect import labels
from ...records.index import Index
from ...records.model import Record, schema_at

KIND = "minutes"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    if not minutes.resolutions:
        return
    meeting = meeting_of(minutes, index)
    weighed = meeting.assembly and meeting.rules.colleges.enabled
    results = schema_at(record.kind.schema, ("resolutions", 0, "result"))
    for number, one in enumerate(minutes.resolutions):
        said, found = one.result, reckon(meeting, one)
        quorum = found.quorum_of_attendance
        if not one.was_voted or found.too_many:
            continue
        if one.unanimous and (said != "adopted" or not _are_all_in_favour(one)):
            message = _("Resolution {number} says unanimous, and more.", number=one.number)
            help = _("Take out “unanimous”, or the other figures and results.")
            yield record.fault(message, "resolutions", number, "unanimous", help=help)
        elif one.unanimous and not is_founded(found, one):
            message = _(
                "Resolution {number} is unanimous, and nobody is said to have been there.",
                number=one.number,
            )
            yield record.fault(
                message, "resolutions", number, "unanimous", help=_("Write who was there.")
            )
        elif found.result and found.result != said:
            values = {
                "number": one.number,
                "found": labels.choice_of(results, found.result),
                "said": labels.choice_of(results, said),
            }
            message = _(
                "The figures of resolution {number} give “{found}”, not “{said}”.", **values
            )
            yield record.fault(message, "resolutions", number, "result", help=_figures(found))
        elif said == "no_quorum" and not one.are_told and quorum and quorum.met:
            message = _("There was a quorum for resolution {number}.", number=one.number)
            yield record.fault(message, "resolutions", number, "result", help=_figures(found))
        elif weighed and one.are_told and not one.by_college and found.threshold:
            message = _("The rules weigh colleges, and the figures of each are missing.")
            yield record.fault(message, "resolutions", number, help=_("Add: by_college."))


def _are_all_in_favour(one: Resolution) -> bool:
    return not any((one.against, one.abstain, one.blank, one.null))


def _figures(found: Reckoning) -> Message:
    """Quorum and majority as they were counted."""
    voted = found.cast and found.result != "no_quorum"
    return sentence_of_count(found if voted else replace(found, threshold=None, against=None))
