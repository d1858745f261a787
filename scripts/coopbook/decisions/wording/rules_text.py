"""The rules of decision in words: one sentence a rule, with the place in decisions/rules.yml that
it says.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple

from ...base.messages import Message, _, ngettext
from ..tally.proxies import STANDING
from ..tally.shapes import (
    Alternative,
    Category,
    Ceiling,
    CollegeRule,
    Consent,
    Consultation,
    Gate,
    ProxyRule,
    Quorum,
    Stage,
    Threshold,
)
from ..types import Rules
from ..types.rules import AssembliesRule
from .outcomes import BASES, PARTS

WHO = {
    "own": _("whose file it is"),
    "office": _("the local office"),
    "any_member": _("any member"),
    "maintainers": _("those who look after the program"),
}
"""Who may change a file, as `paths` names them."""
_WAITS = {
    "own": _("It waits for the approval of the member whose it is."),
    "office": _("It waits for the approval of the local office."),
    "any_member": _("It waits for the approval of a member."),
    "maintainers": _("It waits for the approval of those who look after the program."),
}
SUBJECTS = {
    "election": _("an election"),
    "exclusion": _("the exclusion of a member"),
    "admission": _("the admission of a member"),
}
"""What a proposal can be about, where rules name it; a co-op's own word stays as it is."""
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


def describe_wait(permission: str) -> Message:
    """Say for whom a change waits that its makers may not make; `permission` as `paths` writes it,
    empty where nobody's approval helps.
    """
    word, _colon, name = permission.partition(":")
    if word == "role":
        return _("It waits for the approval of somebody who holds the role “{role}”.", role=name)
    if word == "vote":
        return _("Propose it: a vote decides, under “{category}”.", category=name)
    return _WAITS.get(word) or _("Take it out of the change.")


class Clause(NamedTuple):
    """A rule in words and where it stands."""

    path: tuple[str, ...]
    words: Message


def electorate_clauses(rules: Rules) -> Iterator[Clause]:
    """Who may vote."""
    rule, path = rules.electorate, ("electorate",)
    if rule.snapshot:
        yield Clause((*path, "snapshot"), _DAYS[rule.snapshot])
    if days := rule.admitted_at_least_days:
        words = ngettext(
            "One must have been a member for {count} day.",
            "One must have been a member for {count} days.",
            days,
        )
        yield Clause((*path, "admitted_at_least_days"), words)
    if "suspended" in rule.except_:
        yield Clause((*path, "except"), _("Who is suspended does not vote."))
    if rule.leavers == "drop":
        yield Clause((*path, "leavers"), _("Who leaves before the close is not counted."))
    elif rule.leavers:
        yield Clause((*path, "leavers"), _("Who leaves before the close is counted all the same."))


def category_clauses(name: str, category: Category) -> Iterator[Clause]:
    """How one category of decisions is decided; then its second consultation."""
    for word, words in _category_words(category):
        yield Clause(("categories", name, word), words)
    second = category.second
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
    for word, words in _consultation_words(second):
        yield Clause((*path, word), words)
    if second.quorum is None and category.quorum is not None:
        yield Clause(path, _("It asks for no quorum."))


def rule_of_vote(category: Category, stage: Stage, *, election: bool = False) -> list[Message]:
    """The rule that one vote is held by, first or second consultation. `category` is whole, or what
    the public sees of it. An election has a majority and ties of its own.
    """
    own = ("threshold", "against", "tie") if election else ()
    return [words for word, words in _category_words(category.at(stage)) if word not in own]


def other_clauses(rules: Rules, names: Names = AS_WRITTEN) -> Iterator[Clause]:
    """Proxies, assemblies, colleges, gates, secret ballots."""
    yield from _proxies(rules.proxies)
    yield from _assemblies(rules.assemblies)
    yield from _colleges(rules.colleges)
    for number, gate in enumerate(rules.gates):
        yield Clause(("gates", str(number)), _gate(gate, names, rules.order))
    if subjects := rules.secret.required_for:
        yield Clause(
            ("secret",),
            _(
                "The ballot is secret on: {subjects}.",
                subjects=_list_words(map(_subject, subjects)),
            ),
        )


def _assemblies(rule: AssembliesRule) -> Iterator[Clause]:
    if days := rule.proxies_days:
        words = ngettext(
            "A proxy is received {count} day before an assembly at the latest.",
            "A proxy is received {count} days before an assembly at the latest.",
            days,
        )
        yield Clause(("assemblies", "proxies_days"), words)
    if days := rule.questions_days:
        words = ngettext(
            "A written question is received {count} day before an assembly at the latest.",
            "A written question is received {count} days before an assembly at the latest.",
            days,
        )
        yield Clause(("assemblies", "questions_days"), words)


def permission_words(word: str, names: Names = AS_WRITTEN) -> Message:
    """Who may change a file: `vote:bylaws` and `role:secretary` name a category and a role."""
    what, _colon, name = word.partition(":")
    if what == "vote":
        return _("a decision in the category “{name}”", name=names.category(name))
    return (
        _("who holds the role “{name}”", name=names.role(name))
        if what == "role"
        else WHO.get(what, Message(word))
    )


def _category_words(category: Category) -> Iterator[tuple[str, Message]]:
    """Each rule of a category by its field, in the order in which it is told."""
    if category.channel:
        yield "channel", _CHANNELS[category.channel]
    yield from _day_words(category)
    if category.agenda_only:
        yield "agenda_only", _("Only what stands on the agenda is decided.")
    if category.show:
        yield "show", _SHOW[category.show]
    yield from _majority_words(category)
    if category.consent:
        yield from (("consent", words) for words in _consent(category.consent))
        if any(way.quorum or way.threshold or way.against for way in category.ways):
            yield "consent", _("All of this must hold: nobody's objection, and the figures.")
    if category.restart_on_change:
        yield "restart_on_change", _("When the text changes, the days are counted anew.")


def _consultation_words(consultation: Consultation) -> Iterator[tuple[str, Message]]:
    yield from _day_words(consultation)
    yield from _majority_words(consultation)


def _day_words(consultation: Consultation) -> Iterator[tuple[str, Message]]:
    if days := consultation.min_days:
        words = ngettext(
            "The vote is open for {count} day at least.",
            "The vote is open for {count} days at least.",
            days,
        )
        yield "min_days", words
    if days := consultation.notice_days:
        words = ngettext(
            "The meeting is called {count} day before at least.",
            "The meeting is called {count} days before at least.",
            days,
        )
        yield "notice_days", words


def _majority_words(consultation: Consultation) -> Iterator[tuple[str, Message]]:
    yield from _way_words(consultation)
    if consultation.any:
        yield "any", _("One of these ways is enough.")
    for number, way in enumerate(consultation.any, 1):
        for _word, words in _way_words(way):
            yield "any", _("Way {number}: {sentence}", number=number, sentence=words)


def _way_words(way: Alternative) -> Iterator[tuple[str, Message]]:
    if quorum := way.quorum:
        yield from (("quorum", words) for words in _quorum(quorum))
    if threshold := way.threshold:
        words = _("Adopted by {share} {base}.", share=_share(threshold), base=BASES[threshold.base])
        yield "threshold", words
    if way.against:
        yield "against", _ceiling(way.against)
    if way.tie:
        yield "tie", _TIES[way.tie]


def _ceiling(rule: Ceiling) -> Message:
    most, share = rule.max or 0, rule.fraction
    people = ngettext(
        "No more than {count} person is against.", "No more than {count} people are against.", most
    )
    if not share:
        return people if most else _("Nobody is against.")
    base = BASES[rule.base]
    if not most:
        return _("No more than {fraction} {base} are against.", fraction=share, base=base)
    return _(
        "No more than {most}, or {fraction} {base} if that is more, are against.",
        most=most,
        fraction=share,
        base=base,
    )


def _share(rule: Quorum | Threshold) -> Message:
    if rule.op == "gt":
        return _("more than {fraction}", fraction=rule.fraction)
    return _("at least {fraction}", fraction=rule.fraction)


def _quorum(rule: Quorum) -> Iterator[Message]:
    part = PARTS[rule.of]
    least = ngettext("{count} person at least", "{count} people at least", rule.min or 0)
    if rule.min_or_all:
        least = _("{least}, or all if they are fewer", least=least)
    if rule.fraction:
        share = _("{share} {base}", share=_share(rule), base=BASES[rule.base])
        least = share if rule.min is None else _("{share} and {least}", share=share, least=least)
    yield _("Quorum ({part}): {least}.", part=part, least=least)
    if rule.except_:
        names = _list_words(map(_subject, rule.except_))
        yield _("The quorum does not count these members: {names}.", names=names)


def _consent(rule: Consent) -> Iterator[Message]:
    most, least = rule.max_open_objections, rule.min_yes
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
    if rule.objection_requires_reason:
        yield _("An objection gives its reason.")
    if rule.resolved_by == ("objector",):
        yield _("Only whoever objected can end the objection.")
    elif rule.resolved_by:
        yield _("Whoever objected, or a meeting, can end the objection.")


def _proxies(rule: ProxyRule) -> Iterator[Clause]:
    if not rule.allowed:
        if rule.allowed is not None:
            yield Clause(("proxies", "allowed"), _("Nobody votes for somebody else."))
        return
    yield Clause(
        ("proxies", "holder"),
        _("A member may give a proxy to another member.")
        if rule.holder == "member"
        else _("A member may give a proxy."),
    )
    cap = rule.max_per_member
    if cap and cap.else_fraction and cap.below:
        words = _(
            "One member holds {value} at most where fewer than {below} are entitled, else "
            "{fraction} of them.",
            value=cap.value,
            below=cap.below,
            fraction=cap.else_fraction,
        )
        yield Clause(("proxies", "max_per_member"), words)
    elif cap:
        yield Clause(
            ("proxies", "max_per_member"), _("One member holds {value} at most.", value=cap.value)
        )
    if rule.scope == "one_meeting":
        yield Clause(("proxies", "scope"), _("A proxy is for one meeting."))
    elif rule.scope == STANDING:
        words = _("A member may give a proxy for all votes until a day.")
        yield Clause(("proxies", "scope"), words)


def _colleges(rule: CollegeRule) -> Iterator[Clause]:
    if not rule.enabled:
        return
    shares = ", ".join(f"{name} {weight}" for name, weight in rule.weights.items())
    yield Clause(
        ("colleges", "weights"), _("Votes weigh by college, of 100: {shares}.", shares=shares)
    )
    if rule.method == "majority":
        yield Clause(
            ("colleges", "method"),
            _("The whole share of a college goes to the side that won there."),
        )
    else:
        yield Clause(("colleges", "method"), _("The share of a college follows its votes."))
    if rule.empty_college == "against":
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


def _list_words(words: Iterable[Message]) -> Message:
    """Things one after the other."""
    first, *others = words
    for word in others:
        first = _("{first}, {next}", first=first, next=word)
    return first


def _gate(gate: Gate, names: Names, categories: Container[str]) -> Message:
    on = _list_words(
        _("“{word}”", word=names.category(word)) if word in categories else _subject(word)
        for word in gate.on
    )
    if gate.stage == "before_vote":
        first = _(
            "Before a vote on {on}, the role “{role}” lets it pass",
            on=on,
            role=names.role(gate.role),
        )
    else:
        first = _(
            "After a vote on {on}, the role “{role}” lets it pass",
            on=on,
            role=names.role(gate.role),
        )
    if gate.delay_days:
        words = ngettext(
            "{gate}; {count} day of silence does too",
            "{gate}; {count} days of silence do too",
            gate.delay_days,
        )
        first = Message(words.text, {**words.values, "gate": first}, words.plural)
    if gate.overridable_by:
        first = _(
            "{gate}; a decision in the category “{name}” can override it",
            gate=first,
            name=names.category(gate.overridable_by),
        )
    return _("{sentence}.", sentence=first)
