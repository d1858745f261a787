"""What we have agreed to, what is being decided and who answers for what: the page « Decide »."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ...decisions.kinds import BODY, PROPOSAL, TEXT
from ...decisions.types import Minutes, Proposal
from ...decisions.votes import open_votes
from ..assemblies import coming_assemblies
from ..context import Site
from ..errands import guide_part, proposal_address
from ..navigation import has, title_of
from ..ordering import order
from ..rendering import Maker, defer_page
from ..subscribing import head_links
from .minutes import latest, open_actions
from .polls import open_rows
from .register import Row, register

DECISIONS, MINUTES = 5, 3
"""How many of the last are shown."""


def index_pages(site: Site) -> Iterator[Maker]:
    proposals = site.index.of(PROPOSAL)
    if site.audience == "members" and (
        site.main or site.language in site.addresses.languages_of_list(proposals)
    ):
        yield _decide(site)


def _decide(site: Site) -> Maker:
    today = site.index.today.isoformat()
    return defer_page(
        site,
        "decide/",
        site.words.say(title_of(site, "decide")),
        "decide.html",
        section="decide",
        contents=False,
        assemblies=coming_assemblies(site),
        votes=open_votes(site.index),
        discussed=[entry for entry in order(site, PROPOSAL) if Proposal.of(entry).is_discussed],
        polls=open_rows(site),
        last=_last_decisions(site),
        documents=order(site, TEXT),
        minutes=[one for one in latest(site) if Minutes.of(one).date <= today][:MINUTES],
        count=len(open_actions(site)),
        bodies=order(site, BODY),
        how_to_propose=guide_part("deciding", "Propose", site.language),
        begin=proposal_address(site) if has(site, "decide/rules") else "",
        alternates=site.addresses.paths(
            "decide/", site.addresses.languages_of_list(site.index.of(PROPOSAL))
        ),
        head=head_links(site, "decide/"),
    )


def _last_decisions(site: Site) -> list[Row]:
    decided = (
        row
        for row in register(site)
        if row.state not in {"vote", "discussion"} and row.entry.get("status") != "withdrawn"
    )
    return list(islice(decided, DECISIONS))
