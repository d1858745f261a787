"""What came of a vote, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .messages import NOTHING, Message, _, ngettext

RESULTS = {
    "open": _("Still open"),
    "adopted": _("Proposal adopted"),
    "rejected": _("Proposal rejected"),
    "no_quorum": _("Quorum not reached"),
    "lapsed": _("Too few were in favour: the proposal lapses"),
    "vetoed": _("Stopped by a role that the rules name"),
}
STATUSES = {
    "draft": _("Draft of a proposal"),
    "open": _("Under discussion"),
    "voting": _("Open to vote"),
    "second": _("Second consultation"),
    "withdrawn": _("Proposal withdrawn"),
    "in_force": _("In force"),
    "superseded": _("Replaced by another decision"),
    "repealed": _("Decision repealed"),
} | {name: words for name, words in RESULTS.items() if name != "open"}
"""What a proposal is, in words."""
WAITING = {
    "closes": _("The vote is not closed."),
    "gate": _("A role that the rules name has not let it pass yet."),
    "objections": _("An objection is open: it must be resolved first."),
}
WHY = {
    "early": _("before the vote opened"),
    "late": _("after the vote closed"),
    "unknown": _("an account that is no member's"),
    "not_entitled": _("not entitled to vote on this"),
    "for_another": _("for somebody else, without a proxy or proof"),
    "double": _("two votes in one message"),
    "unclear": _("not understood: {words}"),
    "no_reason": _("an objection without a reason"),
    "stale": _("on an earlier text: to be asked again"),
}
PROXIES = {
    "not_allowed": _("the rules allow no proxies"),
    "principal": _("given by somebody who is not entitled"),
    "holder": _("held by somebody who is not entitled"),
    "late": _("received after the close"),
    "replaced": _("replaced by a later one"),
    "cap": _("one more than the rules allow"),
}
BASES = {
    "expressed": _("of the votes for or against"),
    "represented": _("of those who took part"),
    "electorate": _("of all who are entitled"),
    "weights": _("of the colleges' shares"),
}
PARTS = {"cast": _("votes cast"), "represented": _("taking part"), "for": _("in favour")}


def measured(found: Mapping[str, Any]) -> Message:
    """A quorum or a majority as a result writes it: 16/24 in favour, at least 1/4 needed: reached."""
    name = PARTS[found["of"]] if "of" in found else BASES[found["base"]]
    met = _("reached") if found["met"] else _("not reached")
    return _("{share} {words}, {needed}: {met}", share=found["reached"], words=name, needed=_needed(found), met=met)


def _needed(found: Mapping[str, Any]) -> Message:
    """What was asked for."""
    least = ngettext("{count} person at least", "{count} people at least", found.get("min", 0))
    if "needed" not in found:
        return least
    if found["op"] == "gt":
        share = _("more than {fraction} needed", fraction=found["needed"])
    else:
        share = _("at least {fraction} needed", fraction=found["needed"])
    return _("{share} and {least}", share=share, least=least) if "min" in found else share


def numbered(number: int | None) -> Message:
    """What a decision is called by its number; nothing for one that has none."""
    return _("Decision no. {number}", number=number) if number else NOTHING


NEEDED = {
    "for": _("of those who are entitled are in favour"),
    "cast": _("of those who are entitled have voted"),
    "represented": _("of those who are entitled take part"),
}
CHANNELS = {
    "pull_request": _("Decided by a vote of the members, here."),
    "written_consultation": _("Decided by a written consultation of the members."),
    "meeting": _("Decided by a meeting: a vote here is its opinion, until a resolution confirms it."),
    "either": _("Decided by a vote of the members, here or at a meeting."),
}
TIES = {
    "rejected": _("As many votes for as against: rejected."),
    "adopted": _("As many votes for as against: adopted."),
    "chair": _("As many votes for as against: the chair’s own vote decides."),
}


def ruled(category: Mapping[str, Any], stage: str = "first") -> list[Message]:
    """The rule that a decision is taken by, a sentence a part. `category` is as the rules write it, whole or what the public sees of it."""
    part = {**category, **(category.get("second") or {})} if stage == "second" else category
    found = [CHANNELS.get(category.get("channel", ""), NOTHING)]
    if part.get("min_days"):
        found.append(ngettext("Open for {count} day at least.", "Open for {count} days at least.", part["min_days"]))
    if part.get("notice_days"):
        found.append(ngettext("Called {count} day ahead at least.", "Called {count} days ahead at least.", part["notice_days"]))
    if part.get("consent"):
        return [one for one in (*found, *_consented(part["consent"])) if one]
    found += [_quorum(part.get("quorum") or {}), _majority(part.get("threshold") or {"base": "expressed", "op": "gt", "fraction": "1/2"})]
    return [one for one in (*found, TIES.get(part.get("tie", ""), NOTHING)) if one]


def _quorum(rule: Mapping[str, Any]) -> Message:
    if not rule.get("of"):
        return NOTHING
    least = ngettext("{count} person at least", "{count} people at least", rule.get("min", 0))
    if "fraction" not in rule:
        return _("Quorum: {share} {words}.", share=least, words=NEEDED[rule["of"]])
    share = _share(rule)
    return _(
        "Quorum: {share} {words}.",
        share=_("{share} and {least}", share=share, least=least) if "min" in rule else share,
        words=NEEDED[rule["of"]],
    )


def _majority(rule: Mapping[str, Any]) -> Message:
    return _("Majority: {share} {words} are in favour.", share=_share(rule), words=BASES[rule["base"]])


def _share(rule: Mapping[str, Any]) -> Message:
    if rule.get("op", "gte") == "gt":
        return _("more than {fraction}", fraction=rule["fraction"])
    return _("at least {fraction}", fraction=rule["fraction"])


def _consented(rule: Mapping[str, Any]) -> list[Message]:
    most = rule.get("max_open_objections", 0)
    found = [
        ngettext("Adopted with {count} open objection at most.", "Adopted with {count} open objections at most.", most)
        if most
        else _("Adopted when no objection is open."),
        ngettext("{count} person in favour at least.", "{count} people in favour at least.", rule.get("min_yes", 0)),
    ]
    return found + ([_("An objection says why.")] if rule.get("objection_requires_reason") else [])
