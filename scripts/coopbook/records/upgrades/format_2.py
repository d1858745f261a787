"""Format 2: one spelling for the words of the format, and one word for each thing.

Keys and values are written with `_`, as most were before: a hyphen now always means a name that
somebody of the co-op chose, such as an id. The words that votes are counted by were spelled so
already, so the digests of votes and the seals of results stay as they are.

What lies at the top besides the book is declared, in `coop.yml`. Format 1 told only files of other
names than these, and no folder: those that it told stay undeclared, and are told still.
"""

from __future__ import annotations

import re

from .step import Step


def _spellings(*words: str) -> dict[str, str]:
    return {word: word.replace("-", "_") for word in words}


STEP = Step(
    number=2,
    beside=re.compile(
        r"\..+|[A-Z]+(\.[a-z]{2})?\.md|Makefile|[a-z_.-]+\.(toml|lock|txt|cfg|ini|json)"
    ),
    keys={
        "minutes": {("registry",): "original", ("resolutions", "*", "n"): "number"},
        "proposal": {
            ("erratum",): "errata",
            ("opened",): "opens",
            ("second", "opened"): "opens",
        },
        "result": {("erratum",): "errata"},
    },
    values={
        "body": {("kind",): _spellings("support-team", "working-group")},
        "event": {("kind",): _spellings("open-day")},
        "member": {
            ("consents", "*", "purpose"): _spellings("event-photos"),
            ("credentials", "*", "kind"): _spellings("training-number"),
            ("offers", "*", "price", "unit"): _spellings("half-day"),
        },
        "minutes": {
            ("kind",): _spellings("written-consultation"),
            ("mode",): _spellings("in-person"),
            ("record",): {"pv": "minutes", "cr": "note"},
            ("resolutions", "*", "ballot"): _spellings("roll-call", "show-of-hands"),
            ("resolutions", "*", "result"): _spellings("no-quorum"),
            ("text",): {"registry": "register"},
        },
    },
)
