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
    "evidence": ("changed-evidence", "missing-evidence", "unsealed-evidence"),
    "look": ("missing-logo", "unreadable-colour"),
    "minutes-fields": ("incomplete-minutes", "note-as-minutes"),
    "photo": ("broken-picture", "unmatched-photo"),
    "rules-words": ("unknown-role", "unknown-subject"),
    **dict.fromkeys(
        (
            "expired-contract",
            "expired-mandate",
            "expired-offer",
            "overdue-action",
            "stale-page",
            "stale-profile",
        ),
        ("past-due",),
    ),
    "article-decision": ("undecided-article",),
    "article-file": ("misplaced-article",),
    "article-history": ("broken-article-history",),
    "article-number": ("misnumbered-article",),
    "closed-minutes": ("changed-minutes",),
    "closed-proposal": ("changed-proposal",),
    "closed-vote": ("changed-vote",),
    "dates-in-order": ("dates-out-of-order",),
    "file-name": ("bad-file-name",),
    "gate-word": ("gate-word-not-entitled",),
    "held-mandate": ("dropped-mandate",),
    "minutes-attendance": ("contradictory-attendance",),
    "minutes-category": ("category-not-for-meetings",),
    "minutes-dates": ("minutes-out-of-order",),
    "minutes-electorate": ("miscounted-electorate",),
    "minutes-notice": ("short-notice",),
    "minutes-number": ("misnumbered-minutes",),
    "minutes-proxies": ("minutes-proxy-refused",),
    "minutes-result": ("wrong-resolution-result",),
    "minutes-votes": ("more-votes-than-voters",),
    "place": ("wrong-coordinates",),
    "proposal-amends": ("unknown-amended-article",),
    "proposal-status": ("impossible-status",),
    "record-type": ("invalid-record-type",),
    "resolution-proposal": ("mismatched-resolution",),
    "result-chain": ("broken-result-chain",),
    "result-recount": ("miscounted-result",),
    "result-vote": ("result-of-another-vote",),
    "rules-example": ("wrong-example",),
    "secret-count": ("faulty-secret-count",),
    "translation": ("conflicting-translation",),
    "vote-conduct": ("changed-open-vote",),
    "vote-name": ("taken-vote-name",),
}


def current_slugs(slug: str) -> tuple[str, ...]:
    """The names that a check has today: several where it was split, its own where it kept it."""
    return ALIASES.get(slug, (slug,))
