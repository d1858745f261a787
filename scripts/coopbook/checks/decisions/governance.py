"""The rules of decision can be kept, and cannot be got round.

Told are: a quorum or a consent that cannot be reached, a quorum of colleges that are not in use, a majority of half without a word on
ties, a quorum of votes cast, which votes *against* may help to reach, rules that a weaker majority may change than the strictest that
they ask for, files that nobody is named for, the program's among them, a cap on proxies that caps nothing, a vote that few can win once
its text has changed (votes on another text fall away), a gate whose role nobody holds today (a body's id, or a word of a mandate's role
or id), and mandates without the decision that gave them (`expired-mandate` tells those that ended). Leave a warning standing where your
statutes want it so.

## Why
These traps are known from real co-ops and projects: a proposal with six in favour failed, and would have passed with five more against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.globs import matches
from ...base.messages import _
from ...base.positions import Path
from ...decisions.mandates import mandates_held
from ...decisions.tally.arithmetic import HALF, fraction
from ...decisions.tally.electorate import Rule, electorate_on
from ...decisions.tally.proxies import Rule as Proxies
from ...decisions.votes import people
from ...records.index import Index
from ...records.model import Kind, Record

KIND = ("rules", "body")
SEES_REFUSED = True
SEVERITY = "warning"
RULES = "decisions/rules.yml"
PROGRAM = ("schemas", "scripts", ".github")
"""Folders, where a co-op keeps them, of what decides how all the rest is read and counted."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "body":
        yield from _mandates(record)
    if record.kind.name != "rules" or record.refused:
        return
    size = len(
        electorate_on(index.today, people(index), Rule.from_plain(record.get("electorate"))).voters
    )
    for name, category in (record.get("categories") or {}).items():
        yield from _category(record, category, ("categories", name), size)
        if "second" in category:
            yield from _category(
                record, category["second"], ("categories", name, "second"), size, category
            )
        yield from _out_of_reach(record, category, ("categories", name), size)
        yield from _late_change(record, category, ("categories", name))
    yield from _weaker(record)
    yield from _nobodys(record, index)
    yield from _cap(record, size)
    yield from _vacant(record, index)


def _category(
    record: Record,
    category: dict[str, Any],
    path: Path,
    size: int,
    first: dict[str, Any] | None = None,
) -> Iterator[Diagnostic]:
    """`first`: what holds where a second consultation says nothing of its own."""
    quorum, threshold = category.get("quorum") or {}, category.get("threshold") or {}
    if size and quorum.get("min", 0) > size:
        message = _(
            "This quorum cannot be reached: {min} people, and {size} are entitled today.",
            min=quorum["min"],
            size=size,
        )
        yield record.error(message, *path, "quorum", "min", help=_("Write a smaller number."))
    for name, part in (("quorum", quorum), ("threshold", threshold)):
        if part.get("op") == "gt" and "fraction" in part and fraction(part["fraction"]) == 1:
            yield record.error(
                _("More than all can never be reached."), *path, name, "op", help=_("Write: gte")
            )
    half = (
        "fraction" in threshold
        and fraction(threshold["fraction"]) == HALF
        and threshold["base"] != "electorate"
    )
    if half and "tie" not in category and "tie" not in (first or {}):
        yield record.error(
            _("Nothing says what holds when there is a tie."),
            *path,
            "threshold",
            help=_("Add “tie: rejected”."),
        )
    if (
        quorum.get("of") == "cast"
        and (threshold or (first or {}).get("threshold") or {}).get("base") == "expressed"
    ):
        message = _(
            "With a quorum of votes cast, votes against can make a proposal pass that would have failed without them."
        )
        yield record.error(
            message,
            *path,
            "quorum",
            "of",
            help=_("Ask for a quorum of those in favour: “of: {of}”.", of="for"),
        )


def _out_of_reach(
    record: Record, category: dict[str, Any], path: Path, size: int
) -> Iterator[Diagnostic]:
    """Consent of more people than there are, and shares of colleges that are not used."""
    least = (category.get("consent") or {}).get("min_yes", 0)
    if size and least > size:
        message = _(
            "This can never be agreed to: {min} people are to be in favour, and {size} are entitled today.",
            min=least,
            size=size,
        )
        yield record.error(message, *path, "consent", "min_yes", help=_("Write a smaller number."))
    if (category.get("quorum") or {}).get("base") == "weights" and not (
        record.get("colleges") or {}
    ).get("enabled"):
        message = _(
            "This quorum is of the colleges' shares, and the colleges are not in use: heads are counted."
        )
        yield record.error(
            message,
            *path,
            "quorum",
            "base",
            help=_("Write “base: electorate”, or “enabled: true” under “colleges”."),
        )


def _late_change(record: Record, category: dict[str, Any], path: Path) -> Iterator[Diagnostic]:
    """Votes on another text fall away: without a quorum, and without new days, those of one evening decide."""
    consent, base = category.get("consent"), (category.get("threshold") or {}).get("base")
    enough = consent.get("min_yes", 0) > 1 if consent else base == "electorate"
    restarts = category.get("restart_on_change") and category.get("min_days")
    if (
        category.get("channel") not in ("pull_request", "either")
        or "quorum" in category
        or restarts
        or enough
    ):
        return
    message = _(
        "When the text changes late, the votes already given fall away, and very few new ones can then adopt it."
    )
    quorum = _(
        "Add “restart_on_change: true” with “min_days”, or a quorum of those in favour: “of: for”."
    )
    floor = _("Add “restart_on_change: true” with “min_days”, or a higher “min_yes”.")
    yield record.error(message, *path, "channel", help=floor if consent else quorum)


def _vacant(record: Record, index: Index) -> Iterator[Diagnostic]:
    """Gates that nobody can open or shut: such a vote waits for ever, or for a silence that means nothing."""
    if not all(body.sound for body in index.of("body")):
        return
    for number, gate in enumerate(record.get("gates") or ()):
        if not any(mandates_held(index, gate["role"], index.today)):
            message = _(
                "No mandate of today has the role “{role}”: nobody can let a proposal pass, or stop it.",
                role=gate["role"],
            )
            help = _("Name a body's id, or a word of a mandate's role or id; or renew the mandate.")
            yield record.error(message, "gates", number, "role", help=help)


def _weaker(record: Record) -> Iterator[Diagnostic]:
    """The rules themselves are changed by the strictest category that they know."""
    order = list(record.get("categories") or {})
    found = [
        (path, who) for path, who in (record.get("paths") or {}).items() if matches(path, RULES)
    ]
    votes = [
        order.index(name)
        for _path, who in found
        if (name := who.removeprefix("vote:")) in order and who.startswith("vote:")
    ]
    if order and max(votes, default=-1) < len(order) - 1:
        message = _(
            "These rules can be changed more easily than by “{strictest}”, the strictest decision that they know.",
            strictest=order[-1],
        )
        yield record.error(
            message,
            *(("paths", found[-1][0]) if found else ("paths",)),
            help=_("Add to “paths”: {line}", line=f'"{RULES}": vote:{order[-1]}'),
        )


def _nobodys(record: Record, index: Index) -> Iterator[Diagnostic]:
    """Files of records, and of the program where they are kept here, for which no path names who may change them."""
    paths = list(record.get("paths") or {})
    for kind in sorted(index.kinds.values(), key=lambda kind: kind.files):
        if not any(matches(path, _sample(kind)) for path in paths):
            yield record.error(
                _("Nothing says who may change {files}.", files=kind.files),
                "paths",
                help=_("Add a line for them."),
            )
    for folder in PROGRAM:
        if folder in index.folders and not all(
            any(matches(path, file) for path in paths) for file in (f"{folder}/x", f"{folder}/x/x")
        ):
            yield record.error(
                _("Nothing says who may change {files}.", files=f"{folder}/**"),
                "paths",
                help=_("Add a line for them."),
            )


def _sample(kind: Kind) -> str:
    return kind.files.replace("**/", "x/").replace("*", "x")


def _cap(record: Record, size: int) -> Iterator[Diagnostic]:
    proxies = record.get("proxies") or {}
    rule = Proxies.from_plain(proxies)
    if not rule.allowed:
        return
    path = ("proxies", "max_per_member")
    if not rule.capped:
        yield record.error(
            _("Nothing caps how many proxies one member may hold."),
            "proxies",
            help=_("Add “max_per_member”."),
        )
    elif (
        (size and (rule.cap(size) or 0) >= size)
        or (rule.below and rule.value >= rule.below)
        or (rule.else_fraction or Fraction(0)) >= HALF
    ):
        yield record.error(
            _("This cap is above what could ever be held: it caps nothing."),
            *path,
            help=_("Write a smaller number."),
        )


def _mandates(record: Record) -> Iterator[Diagnostic]:
    for number, mandate in enumerate(record.get("mandates") or ()):
        if (
            "elected_by" not in mandate
            and "decided_by" not in mandate
            and "ended_on" not in mandate
        ):
            help = _("Add “elected_by” or “decided_by”.")
            yield record.error(
                _("No decision is named that gave this mandate."), "mandates", number, help=help
            )
