"""The states of a proposal and of minutes, and what a resolution comes to: named sets, so that each
list stands once.
"""

from __future__ import annotations

VOTING = ("voting", "second")
"""Proposals that are put to the vote."""
PENDING = ("draft", "open", *VOTING)
"""Those that may still be adopted."""
HOLDING = ("adopted", "in_force")
"""Those that were adopted, and hold."""
REPLACED = ("superseded", "repealed")
"""Those that were adopted, and no longer hold."""
PASSED = (*HOLDING, *REPLACED)
"""Those that were adopted."""
STOPPED = ("withdrawn", "lapsed", "vetoed")
"""Those of which no count decided."""
CLOSED = (*PASSED, "rejected", "no_quorum", *STOPPED)
"""Those on which nobody can vote any more."""
READ = ("circulated", "amended")
"""Minutes that were sent round and may still be mended."""
SETTLED = ("approved", "signed")
"""Minutes that change by errata alone, the first state before the second."""
DECIDED = ("adopted", "rejected", "no_quorum")
"""What a resolution that was voted on comes to."""
UNDECIDED = ("withdrawn", "noted")
"""What becomes of one that was not."""
