"""The records of deciding as typed values: what their schemas describe, made once per record.

The schema stage has refused whatever has another shape before anything here is made, so these types
check nothing again. What it refused is gone: a field is empty where its record does not say it,
required or not. An entry of the index holds indexed fields alone; the types made of one have the
others empty, too.

Names are those of the files, but for words that Python reserves: `for_` and `from_`.
"""

from __future__ import annotations

from .bodies import (
    Body,
    Mandate,
    Outsider,
)
from .meetings import (
    Action,
    Attendance,
    Figures,
    Minutes,
    Notice,
    Resolution,
)
from .parts import (
    NO_CITATION,
    Citation,
    Decisive,
    Fraction,
    InForce,
    Localized,
    Part,
    Proxy,
)
from .proposals import (
    NO_DAYS,
    Amendment,
    Ballot,
    Days,
    Evidence,
    GateWord,
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
    Category,
    CollegeRule,
    Consent,
    Consultation,
    ElectorateRule,
    Example,
    Gate,
    ProxyCap,
    ProxyRule,
    Quorum,
    Rules,
    SecretRule,
    Strictest,
    Threshold,
    Weakest,
)

__all__ = [
    "NO_CITATION",
    "NO_DAYS",
    "NO_RULES",
    "PERMISSIONS",
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
    "Threshold",
    "Weakest",
    "vote_and_member",
]
