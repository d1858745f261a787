"""An entry that accepts a warning still has one to accept, and has not ended.

Once its day (`until`) has passed, the warning is told again. What nothing warns of any more is
taken out of coop.yml.

## Why
The list is a promise to look again. It is only read while it is short and true.
"""

KIND = "coop"
SEVERITY = "warning"
