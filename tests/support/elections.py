"""A small co-op that elects its board: four members vote, two others count."""

from __future__ import annotations

import re
from pathlib import Path

from support.votes import RULES, voted

BOARD = """# Le conseil
name: {fr: Conseil, en: Board}
kind: board
audience: members
mandates:
  - id: conseil-dan-2023
    member: dan
    role: {fr: Membre du conseil, en: Board member}
    from: 2023-04-01
    until: 2026-03-31
    elected_by: Assemblée du 20 mars 2023
  - id: secretariat-2024
    member: ana
    role: {fr: Secrétaire, en: Secretary}
    from: 2024-04-01
    until: 2027-03-31
    elected_by: Assemblée du 20 mars 2024
"""
ELECTION = """---
title: {fr: Élire le conseil, en: Elect the board}
audience: members
category: ordinary
subject: election
status: voting
opens: 2026-03-02T09:00:00+01:00
closes: 2026-03-16T18:00:00+01:00
election:
  body: conseil
  role: {fr: Membre du conseil, en: Board member}
  seats: 2
  method: yes_no
  majority: absolute
  nominations_close: 2026-02-20
  candidates:
    - {member: ana, text: {fr: Je *continue*.}, accepted_on: 2026-02-10}
    - {member: bob, accepted_on: 2026-02-20}
    - {member: cleo, accepted_on: 2026-02-12}
  term: {from: 2026-04-01, until: 2029-03-31}
  reserved:
    - {group: lyon, name: {fr: Lyon}, seats: 1, candidates: [cleo]}
  ties: [age, lot]
  by_age: [cleo, ana, bob]
  lot: {source: Les numéros du tirage du samedi 21 mars, named_on: 2026-02-01, known_on: 2026-03-21}
---

Trois personnes pour deux sièges.
"""
VOTERS = "ana\nbob\ncleo\ndan\n"


_NEXT = re.compile(r"^(?:  )?[a-z-]", re.MULTILINE)


def files_of_election(**fields: str) -> dict[str, str]:
    """The co-op's files; `fields` take the place of lines of the election, by their first word."""
    kept = {path: text for path, text in voted().items() if "samedi" not in path}
    text = ELECTION
    for name, line in fields.items():
        start = text.index(f"  {name}:")
        end = next(found.start() for found in _NEXT.finditer(text, start + 1))
        text = text[:start] + (f"  {name}: {line}\n" if line else "") + text[end:]
    return kept | {
        "decisions/rules.yml": RULES + "tellers: [eve, fay]\n",
        "decisions/bodies/conseil.yml": BOARD,
        "decisions/proposals/conseil.md": text,
    }


def hand_in(root: Path, name: str, content: str) -> Path:
    """A file beside the co-op, as a teller has it."""
    path = root.parent / name
    path.write_text(content, encoding="utf-8")
    return path
