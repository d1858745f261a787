"""A change that waits for a vote, told calmly: nothing is wrong, and nothing is published before
the decision.
"""

from __future__ import annotations

from ...base.messages import Message, _
from ...records.index import Entry, Index
from ..types import Proposal
from ..votes import last_close

NOTHING_TO_DO = _(
    "There is nothing to do: this turns green by itself once the proposal is adopted, and "
    "nothing is published before."
)


def may_be_adopted(proposal: Entry | None) -> bool:
    """Whether a proposal may still be adopted."""
    return proposal is not None and Proposal.of(proposal).is_pending


def describe_wait(index: Index, proposal: Entry) -> Message:
    """For what a change waits whose proposal may still be adopted."""
    until, words = last_close(proposal), {"words": index.text(proposal.title)}
    if not Proposal.of(proposal).is_put_to_the_vote or not until:
        return _(
            "Nothing is wrong: these words wait for the proposal “{words}”, which is not put "
            "to the vote yet.",
            **words,
        )
    if until[:10] < index.today.isoformat():
        return _(
            "Nothing is wrong: the vote on “{words}” is over, and these words wait until it "
            "is counted.",
            **words,
        )
    at = {"date": until[:10], "time": until[11:16]}
    return _(
        "Nothing is wrong: the vote on “{words}” is open until {date}, {time}, and these "
        "words wait for it.",
        **words,
        **at,
    )


def proposal_voted_with(before: Index, after: Index, article: str) -> Entry | None:
    """The proposal that is voted together with a change of an article: it names the article, and
    its own page is part of the change or names the change.
    """
    for one in after.of("proposal"):
        was = before.find("proposal", one.id)
        here = "pull_request" in one.value or was is None or was.digest != one.digest
        if (
            here
            and may_be_adopted(one)
            and article in [amended.name for amended in Proposal.of(one).amends]
        ):
            return one
    return None
