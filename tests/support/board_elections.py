"""An assembly that elects its board: the co-op of `assemblies`, and an election on its agenda."""

from __future__ import annotations

from support.assemblies import DAY, files

BOARD = """name: {en: Board}
kind: board
audience: members
mandates:
  - id: board-gus-2023
    member: gus
    role: {en: Board member}
    from: 2023-12-19
    until: 2026-12-31
    elected_by: Meeting of 18 December 2023
  - id: chair-2025
    member: hana
    role: {en: Chair}
    from: 2025-01-01
    until: 2027-12-31
    elected_by: Meeting of 18 December 2024
"""
ELECTION = """---
title: {en: Elect the board}
audience: members
category: ordinary
subject: election
status: voting
opens: 2026-12-18T14:00:00+01:00
closes: 2026-12-18T15:00:00+01:00
tellers: [cleo, fay]
election:
  body: board
  role: {en: Board member}
  seats: 2
  method: yes_no
  majority: absolute
  nominations_close: 2026-12-10
  candidates:
    - {member: dan, accepted_on: 2026-12-01}
    - {member: ana, accepted_on: 2026-12-10}
    - {member: bob, accepted_on: 2026-12-02}
  term: {from: 2027-01-01, until: 2029-12-31}
  ties: [age]
  by_age: [bob, ana, dan]
---

Two seats of the board are to be filled.
"""


def files_of_board(**changed: str) -> dict[str, str]:
    """The co-op's files; `changed` are other words for some of the election: old ones before an
    arrow (`->`), new ones behind it.
    """
    text = ELECTION
    for words in changed.values():
        old, _arrow, new = words.partition("->")
        assert old in text, old
        text = text.replace(old, new)
    found = {
        path: one for path, one in files().items() if not path.startswith("decisions/proposals/")
    }
    return found | {
        "decisions/bodies/board.yml": BOARD,
        "decisions/proposals/board.md": text,
    }


__all__ = ["DAY", "files_of_board"]
