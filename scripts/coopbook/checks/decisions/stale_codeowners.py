"""The file of code owners names those whom the rules, mandates and accounts of today name.

`coopbook codeowners` makes it: `.github/CODEOWNERS`, `.forgejo/CODEOWNERS` or `.gitlab/CODEOWNERS`,
by the forge of `coop.yml`. Where there is none, nothing is asked; one that was written by hand is
told, too.

## Why
The forge goes on asking those whose mandate is over for their approval, and takes it; those who
were elected are not asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.code_owners import find_obstacle, is_readable, owners_file, render_owners
from ...records.index import Index

SEVERITY = "warning"


def check_index(index: Index) -> Iterator[Diagnostic]:
    file = owners_file(index)
    if file not in index.sums or not is_readable(index):
        return
    if wrong := find_obstacle(index, index.today):
        message = _("This file can no longer be made from the rules: it asks whom it asked before.")
        yield Diagnostic(file, message, wrong)
        return
    made = hashlib.sha256(render_owners(index, index.today).encode()).hexdigest()
    if made != index.sums[file]:
        message = _("This file is not what rules, mandates and accounts of today make.")
        help = _("Run: coopbook codeowners. One that was written by hand is deleted first.")
        yield Diagnostic(file, message, help)
