"""Old names of checks, and where each went: what was written down once goes on meaning
something.
"""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "governance": (
        "consent-unreachable",
        "few-votes-after-change",
        "mandate-without-decision",
        "more-than-all",
        "proxy-cap-missing",
        "proxy-cap-too-high",
        "quorum-of-unused-colleges",
        "quorum-of-votes-cast",
        "quorum-unreachable",
        "rules-weakly-guarded",
        "tie-undecided",
        "unowned-path",
        "vacant-gate",
    ),
} | dict.fromkeys(
    ("expired-mandate", "expired-offer", "overdue-action", "stale-page", "stale-profile"),
    ("past-due",),
)


def current_slugs(slug: str) -> tuple[str, ...]:
    """The names that a check has today: several where it was split, its own where it kept it."""
    return ALIASES.get(slug, (slug,))
