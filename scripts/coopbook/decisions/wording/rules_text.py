"""The rules of decision in words: one sentence a rule, with the place in decisions/rules.yml that
it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...base.messages import Message, _, ngettext
from .outcomes import BASES, PARTS

WHO = {
    "own": _("whose file it is"),
    "office": _("the local office"),
    "any_member": _("any member"),
    "maintainers": _("those who look after the program"),
}
"""Who may change a file, as `paths` names them."""
SUBJECTS = {
    "election": _("an election"),
    "exclusion": _("the exclusion of a member"),
    "admission": _("the admission of a member"),
}
"""What a proposal can be about, where rules name it; a co-op's own word stays as it is."""
_ORDINARY = (
    "channel",
    "min_days",
    "notice_days",
    "agenda_only",
    "show",
    "quorum",
    "threshold",
    "tie",
    "consent",
    "restart_on_change",
)
_CHANNELS = {
    "pull_request": _("Decided by the vote on the proposal."),
    "written_consultation": _("Decided by written consultation."),
    "meeting": _(
        "Only a meeting decides; any other vote is advisory until a resolution confirms it."
    ),
    "either": _("Decided by a meeting or by the vote on the proposal."),
}
_SHOW = {
    "live": _("The count is shown while the vote is open."),
    "turnout": _("While the vote is open, only the number of votes is shown."),
    "after_close": _("Nothing of the count is shown before the close."),
}
_TIES = {
    "rejected": _("A tie rejects the proposal."),
    "adopted": _("A tie adopts the proposal."),
    "chair": _("In a tie, the chair's own vote decides."),
}
_DAYS = {
    "opens_at": _("Who is a member in law when the vote opens may vote."),
    "closes_at": _("Who is a member in law when the vote closes may vote."),
    "convocation": _("Who is a member in law when the meeting is called may vote."),
}


class Names(NamedTuple):
    """What a category and a role are called; by default as the rules write them."""

    category: Callable[[str], str] = str
    role: Callable[[str], str] = str


AS_WRITTEN = Names()


class Clause(NamedTuple):
    """A rule in words and where it stands."""

    path: tuple[str, ...]
    words: Message


def of_electorate(rules: Mapping[str, Any]) -> Iterator[Clause]:
    """Who may vote."""
    found = rules.get("electorate") or {}
    path = ("electorate",)
    if "snapshot" in found:
        yield Clause((*path, "snapshot"), _DAYS[found["snapshot"]])
    if days := found.get("admitted_at_least_days"):
        words = ngettext(
            "One must have been a member for {count} day.",
            "One must have been a member for {count} days.",
            days,
        )
        yield Clause((*path, "admitted_at_least_days"), words)
    if "suspended" in (found.get("except") or ["suspended"]):
        yield Clause((*path, "except"), _("Who is suspended does not vote."))
    if found.get("leavers") == "drop":
        yield Clause((*path, "leavers"), _("Who leaves before the close is not counted."))
    elif "leavers" in found:
        yield Clause((*path, "leavers"), _("Who leaves before the close is counted all the same."))


def of_category(name: str, category: Mapping[str, Any]) -> Iterator[Clause]:
    """How one category of decisions is decided; then its second consultation."""
    for word in _ORDINARY:
        if word in category:
            for words in _said(word, category[word]):
                yield Clause(("categories", name, word), words)
    second = category.get("second")
    if second is None:
        return
    path = ("categories", name, "second")
    yield Clause(
        path,
        _(
            "Where the quorum is missing, a second consultation is held; what it does not say "
            "is as before."
        ),
    )
    for word in _ORDINARY:
        if word in second:
            yield from (Clause((*path, word), words) for words in _said(word, second[word]))
    if "quorum" not in second and "quorum" in category:
        yield Clause(path, _("It asks for no quorum."))


def applied(name: str, category: Mapping[str, Any], stage: str) -> list[Message]:
    """The rule that one vote is held by, first or second consultation. `category` is whole, or what
    the public sees of it.
    """
    second = category.get("second") or {}
    rest = {
        word: part
        for word, part in category.items()
        if word != "second" and not (stage == "second" and word == "quorum")
    }
    return [
        clause.words for clause in of_category(name, rest | second if stage == "second" else rest)
    ]


def of_the_rest(rules: Mapping[str, Any], names: Names = AS_WRITTEN) -> Iterator[Clause]:
    """Proxies, colleges, gates, secret ballots."""
    if "proxies" in rules:
        yield from _proxies(rules["proxies"])
    yield from _colleges(rules.get("colleges") or {})
    for number, gate in enumerate(rules.get("gates") or ()):
        yield Clause(("gates", str(number)), _gate(gate, names, rules.get("categories") or {}))
    if subjects := (rules.get("secret") or {}).get("required_for"):
        yield Clause(
            ("secret",),
            _("The ballot is secret on: {subjects}.", subjects=_listed(map(_subject, subjects))),
        )


def who(word: str, names: Names = AS_WRITTEN) -> Message:
    """Who may change a file: `vote:bylaws` and `role:secretary` name a category and a role."""
    what, _colon, name = word.partition(":")
    if what == "vote":
        return _("a decision in the category “{name}”", name=names.category(name))
    return (
        _("who holds the role “{name}”", name=names.role(name))
        if what == "role"
        else WHO.get(what, Message(word))
    )


def _said(word: str, value: Any) -> Iterator[Message]:
    if word == "min_days" and value:
        yield ngettext(
            "The vote is open for {count} day at least.",
            "The vote is open for {count} days at least.",
            value,
        )
    elif word == "notice_days" and value:
        yield ngettext(
            "The meeting is called {count} day before at least.",
            "The meeting is called {count} days before at least.",
            value,
        )
    elif word == "agenda_only" and value:
        yield _("Only what stands on the agenda is decided.")
    elif word == "restart_on_change" and value:
        yield _("When the text changes, the days are counted anew.")
    elif word == "quorum":
        yield _quorum(value)
    elif word == "threshold":
        yield _("Adopted by {share} {base}.", share=_share(value), base=BASES[value["base"]])
    elif word == "consent":
        yield from _consent(value)
    elif table := {"channel": _CHANNELS, "show": _SHOW, "tie": _TIES}.get(word):
        yield table[value]


def _share(value: Mapping[str, Any]) -> Message:
    if value.get("op") == "gt":
        return _("more than {fraction}", fraction=value["fraction"])
    return _("at least {fraction}", fraction=value["fraction"])


def _quorum(value: Mapping[str, Any]) -> Message:
    part = PARTS[value["of"]]
    least = ngettext("{count} person at least", "{count} people at least", value.get("min", 0))
    if "fraction" not in value:
        return _("Quorum ({part}): {least}.", part=part, least=least)
    share = _("{share} {base}", share=_share(value), base=BASES[value.get("base", "electorate")])
    return _(
        "Quorum ({part}): {least}.",
        part=part,
        least=_("{share} and {least}", share=share, least=least) if "min" in value else share,
    )


def _consent(value: Mapping[str, Any]) -> Iterator[Message]:
    most, least = value["max_open_objections"], value["min_yes"]
    if most:
        yield ngettext(
            "Decided by consent: {count} open objection at most.",
            "Decided by consent: {count} open objections at most.",
            most,
        )
    else:
        yield _("Decided by consent: no objection is open any more.")
    if least:
        yield ngettext(
            "{count} person at least is in favour.", "{count} people at least are in favour.", least
        )
    if value.get("objection_requires_reason"):
        yield _("An objection gives its reason.")
    if value.get("resolved_by") == ["objector"]:
        yield _("Only whoever objected can end the objection.")
    elif value.get("resolved_by"):
        yield _("Whoever objected, or a meeting, can end the objection.")


def _proxies(value: Mapping[str, Any]) -> Iterator[Clause]:
    if not value["allowed"]:
        yield Clause(("proxies", "allowed"), _("Nobody votes for somebody else."))
        return
    by_members = value.get("holder", "member") == "member"
    yield Clause(
        ("proxies", "holder"),
        _("A member may give a proxy to another member.")
        if by_members
        else _("A member may give a proxy."),
    )
    cap = value.get("max_per_member")
    if cap and "else_fraction" in cap and "below" in cap:
        words = _(
            "One member holds {value} at most where fewer than {below} are entitled, else "
            "{fraction} of them.",
            value=cap["value"],
            below=cap["below"],
            fraction=cap["else_fraction"],
        )
        yield Clause(("proxies", "max_per_member"), words)
    elif cap:
        yield Clause(
            ("proxies", "max_per_member"),
            _("One member holds {value} at most.", value=cap["value"]),
        )
    if value.get("scope") == "one_meeting":
        yield Clause(("proxies", "scope"), _("A proxy is for one meeting."))


def _colleges(value: Mapping[str, Any]) -> Iterator[Clause]:
    if not value.get("enabled"):
        return
    shares = ", ".join(f"{name} {weight}" for name, weight in (value.get("weights") or {}).items())
    yield Clause(
        ("colleges", "weights"), _("Votes weigh by college, of 100: {shares}.", shares=shares)
    )
    if value.get("method") == "majority":
        yield Clause(
            ("colleges", "method"),
            _("The whole share of a college goes to the side that won there."),
        )
    else:
        yield Clause(("colleges", "method"), _("The share of a college follows its votes."))
    if value.get("empty_college") == "against":
        yield Clause(
            ("colleges", "empty_college"),
            _("The share of a college in which nobody voted counts against."),
        )
    else:
        yield Clause(
            ("colleges", "empty_college"),
            _("The share of a college in which nobody voted goes to the others."),
        )


def _subject(word: str) -> Message:
    return SUBJECTS.get(word) or _("“{word}”", word=word.replace("_", " ").replace("-", " "))


def _listed(words: Iterable[Message]) -> Message:
    """Things one after the other."""
    first, *others = words
    for word in others:
        first = _("{first}, {next}", first=first, next=word)
    return first


def _gate(value: Mapping[str, Any], names: Names, categories: Mapping[str, Any]) -> Message:
    on = _listed(
        _("“{word}”", word=names.category(word)) if word in categories else _subject(word)
        for word in value["on"]
    )
    if value["stage"] == "before_vote":
        first = _(
            "Before a vote on {on}, the role “{role}” lets it pass",
            on=on,
            role=names.role(value["role"]),
        )
    else:
        first = _(
            "After a vote on {on}, the role “{role}” lets it pass",
            on=on,
            role=names.role(value["role"]),
        )
    if value.get("delay_days"):
        words = ngettext(
            "{gate}; {count} day of silence does too",
            "{gate}; {count} days of silence do too",
            value["delay_days"],
        )
        first = Message(words.text, {**words.values, "gate": first}, words.plural)
    if value.get("overridable_by"):
        first = _(
            "{gate}; a decision in the category “{name}” can override it",
            gate=first,
            name=names.category(value["overridable_by"]),
        )
    return _("{sentence}.", sentence=first)
