"""What stands on a proposal's page in somebody's name, and is for that member alone to write: who
objects, stands, nominates, gives a proxy or speaks for a gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..base.messages import Message, _
from .types import Candidate, Election, Objection, Proposal


def find_words_in_names(was: Proposal, now: Proposal) -> Iterator[tuple[str, Message]]:
    """What was said in somebody's name on a proposal's page: the member, and what to tell anybody
    else who writes it there.
    """
    before = {one.slug: one for one in was.objections}
    after = {one.slug: one for one in now.objections}
    for slug in before.keys() | after.keys():
        old, new = before.get(slug), after.get(slug)
        author = (old or new or Objection()).by
        words = _("“{file}”: the objection “{slug}” is for “{member}” alone.", slug=slug)
        if old != new and not (new and new.resolved and new.resolved.by == "meeting"):
            yield author, words
    yield from _words_of_candidates(was.election or Election(), now.election or Election())
    for word in {*was.gates} ^ {*now.gates}:
        yield word.by, _("“{file}”: the word of “{role}” is for “{member}” alone.", role=word.role)
    for proxy in {*was.proxies} ^ {*now.proxies}:
        yield proxy.principal, _("“{file}”: the proxy of “{member}” is for that member alone.")


def _words_of_candidates(was: Election, now: Election) -> Iterator[tuple[str, Message]]:
    """Who stands, what they say and who declines is each one's own word; who nominates somebody
    says so in the own name. What was said in a meeting is for those who write its minutes.
    """
    words = _("“{file}”: whether “{member}” stands is for that member alone to say.")
    for one in find_changed_candidates(was.candidates, now.candidates):
        if not one.accepted_in:
            yield one.member, words
    before = {(one.member, one.by): one for one in was.nominated}
    after = {(one.member, one.by): one for one in now.nominated}
    for name in sorted({*before} ^ {*after}):
        member, by = name
        accepted = name in before and member in now.standing
        if not accepted:
            yield by, _("“{file}”: a nomination is for “{member}” alone, who made it.")
    for name in sorted({*before} & {*after}):
        if before[name] != after[name]:
            yield name[0], words


def find_changed_candidates(was: Iterable[Candidate], now: Iterable[Candidate]) -> list[Candidate]:
    """Candidates of whom something is said on one side alone."""
    old, new = list(was), list(now)
    return [one for one in old if one not in new] + [one for one in new if one not in old]
