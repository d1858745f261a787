"""What the page of a decision shows besides its fields: the rule, the articles it changes, what
replaced it, and what follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ...base.messages import Message
from ...base.once import once
from ...decisions.bylaws import days, heading, language_of, place_of
from ...decisions.kinds import ARTICLE, MINUTES, PROPOSAL, TEXT
from ...decisions.types import Action, Amendment, Minutes, Proposal, Result
from ...decisions.votes import rules_of, was_counted_by_todays_rules
from ...decisions.wording.elections import describe_method, describe_ties
from ...decisions.wording.rules_text import rule_of_vote
from ...records.index import Entry, Index
from ...records.model import Record
from ..context import Site
from ..forge import discussion_address
from .register import numbers, result_of
from .results import describe_recused, rule_then
from .voting import vote_of

KIND = PROPOSAL


@dataclass(frozen=True)
class Change:
    """An article that a decision changes: `to` leads to the text as it stood when it was changed,
    else to the text as it is.
    """

    document: Entry
    words: Markup
    since: str
    to: str
    shown: bool


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the template of a decision needs besides its record."""
    entry = site.index.entries[PROPOSAL][record.id]
    asked = Proposal.of(record)
    category = rules_of(site.index).categories.get(asked.category)
    values: dict[str, Any] = {"numbers": numbers(site, entry)}
    values |= {
        "rule": rule_of_vote(category, asked.stage, election=asked.election is not None)
        if category and asked.is_pending
        else _rule_then(site, entry)
    }
    values |= describe_recused(site, entry, named=_names_voters(site, entry))
    values |= {"changes": [change for one in asked.amends if (change := _change(site, one))]}
    values |= {
        "replaced_by": _superseded_by(site.index).get(record.id, []),
        "actions": _actions_of(site.index).get(record.id, []),
    }
    if asked.election is not None:
        values |= {
            "election_words": list(describe_method(asked.election)),
            "tie_words": describe_ties(asked.election),
        }
    values |= {"discussion": discussion_address(site, entry) if site.audience == "members" else ""}
    open_now = (
        site.audience == "members"
        and asked.is_put_to_the_vote
        and asked.first.opens
        and asked.first.closes
    )
    return values | {"vote": vote_of(site, entry) if open_now else None}


def _rule_then(site: Site, entry: Entry) -> list[Message]:
    result = result_of(site, entry)
    return rule_then(site, result) if result else []


def _names_voters(site: Site, entry: Entry) -> bool:
    """Whether members may read who took part: today's rules say so, and those of the vote are the
    same.
    """
    result = result_of(site, entry)
    told = site.audience == "members" and rules_of(site.index).names == "members"
    return bool(
        told
        and result
        and not Result.of(result).secret
        and was_counted_by_todays_rules(site.index, result)
    )


def _change(site: Site, one: Amendment) -> Change | None:
    document = site.index.find(TEXT, one.document)
    if document is None:
        return None
    article = site.index.entries.get(ARTICLE, {}).get(f"{document.id}/{one.article}")
    words = heading(site.index, document, article) if article else ""
    said = site.texts.mark_language(
        language_of(site.index, document),
        str(Markup.escape(words or one.article)),
        "span",
    )
    since = one.effective
    place = place_of(article.id) if article else None
    if since and place and since in _days(site.index).get(document.id, ()):
        return Change(document, said, since, f"{site.addresses.url(document)}on/{since}/", True)
    return Change(document, said, since, site.addresses.url(article or document), False)


@once
def _days(index: Index) -> dict[str, list[str]]:
    """The days on which each text changed."""
    return {entry.id: days(index, entry.id) for entry in index.of(TEXT)}


@once
def _superseded_by(index: Index) -> dict[str, list[Entry]]:
    """The decisions that replaced a decision, by its id."""
    found: dict[str, list[Entry]] = {}
    for entry in index.of(PROPOSAL):
        for id in Proposal.of(entry).supersedes:
            found.setdefault(id, []).append(entry)
    return found


@once
def _actions_of(index: Index) -> dict[str, list[tuple[Entry, Action]]]:
    """The actions that follow from a decision, each with its minutes, by the decision's id."""
    found: dict[str, list[tuple[Entry, Action]]] = {}
    for minutes in index.of(MINUTES):
        for action in Minutes.of(minutes).actions:
            if action.proposal:
                found.setdefault(action.proposal, []).append((minutes, action))
    return found
