"""A worked example in the rules gives what it says.

Each category may have `examples`: votes, and what must come of them. They are counted anew by the
program that counts real votes.

## Why
A majority is easily written and easily misread. An example that the whole assembly understood, and
that is counted at every check, shows that the rule means what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.arithmetic import Counts
from ...decisions.tally.counting import CountedVotes, verdict
from ...decisions.tally.terms import Category as CountedCategory
from ...decisions.types import Category, Example, Rules
from ...decisions.wording.outcomes import RESULTS
from ...records.index import Index
from ...records.model import Record

KIND = "rules"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, category in Rules.of(record).categories.items():
        if any(path[:2] == ("categories", name) for path in record.refused):
            continue
        for number, example in enumerate(category.examples):
            found = _result(name, category, example)
            if found != example.result:
                message = _(
                    "This example gives “{found}”, not “{said}”.",
                    found=RESULTS[found],
                    said=RESULTS[example.result],
                )
                yield record.fault(
                    message,
                    "categories",
                    name,
                    "examples",
                    number,
                    "result",
                    help=_("Mend the example or the rule."),
                )


def _result(name: str, category: Category, example: Example) -> str:
    counts = Counts(example.for_, example.against, example.abstain, example.blank)
    counted = CountedVotes(
        counts, counts.cast, example.electorate, open_objections=example.objections
    )
    return verdict(counted, CountedCategory.of(name, category, example.stage)).result
