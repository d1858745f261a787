"""The records of deciding as typed values: what their schemas describe, made once per record.

The schema stage has refused whatever has another shape before anything here is made, so these types
check nothing again. What it refused is gone: a field is empty where its record does not say it,
required or not. An entry of the index holds indexed fields alone; the types made of one have the
others empty, too.

Names are those of the files, but for words that Python reserves: `for_` and `from_`.
"""

from __future__ import annotations

from ..tally.shapes import (
    Account,
    Category,
    CollegeRule,
    Consent,
    Consultation,
    ElectorateRule,
    Example,
    Figures,
    Fraction,
    Gate,
    GateWord,
    Localized,
    Membership,
    Part,
    Proxy,
    ProxyCap,
    ProxyRule,
    Quorum,
    SecretRule,
    Suspension,
    TellerCount,
    Threshold,
)
from .bodies import (
    Body,
    Mandate,
    Outsider,
)
from .meetings import (
    Action,
    Attendance,
    Minutes,
    Notice,
    Resolution,
)
from .members import Member
from .parts import (
    NO_CITATION,
    Citation,
    Decisive,
    InForce,
)
from .proposals import (
    NO_DAYS,
    Amendment,
    Ballot,
    Days,
    Evidence,
    Hashes,
    Objection,
    Proposal,
    PullRequest,
    Resolved,
    Result,
    vote_and_member,
)
from .rules import (
    NO_RULES,
    PERMISSIONS,
    Rules,
    Strictest,
    Weakest,
)

__all__ = [
    "NO_CITATION",
    "NO_DAYS",
    "NO_RULES",
    "PERMISSIONS",
    "Account",
    "Action",
    "Amendment",
    "Attendance",
    "Ballot",
    "Body",
    "Category",
    "Citation",
    "CollegeRule",
    "Consent",
    "Consultation",
    "Days",
    "Decisive",
    "ElectorateRule",
    "Evidence",
    "Example",
    "Figures",
    "Fraction",
    "Gate",
    "GateWord",
    "Hashes",
    "InForce",
    "Localized",
    "Mandate",
    "Member",
    "Membership",
    "Minutes",
    "Notice",
    "Objection",
    "Outsider",
    "Part",
    "Proposal",
    "Proxy",
    "ProxyCap",
    "ProxyRule",
    "PullRequest",
    "Quorum",
    "Resolution",
    "Resolved",
    "Result",
    "Rules",
    "SecretRule",
    "Strictest",
    "Suspension",
    "TellerCount",
    "Threshold",
    "Weakest",
    "vote_and_member",
]
