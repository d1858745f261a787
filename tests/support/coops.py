"""The co-ops of the tests: a small one made of given files, and the repository's own; and their
day.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 21)
TOP = Path(__file__).parents[2]
PACKAGE = TOP / "scripts" / "coopbook"
EXAMPLE = (
    "coop.yml",
    "mkdocs.yml",
    "mkdocs.members.yml",
    "members",
    "projects",
    "decisions",
    "wiki",
    "events",
    "schemas",
)


def copied_example(root: Path) -> Path:
    """The repository's own co-op in another folder."""
    root.mkdir()
    for name in EXAMPLE:
        source = TOP / name
        shutil.copytree(source, root / name) if source.is_dir() else shutil.copy(
            source, root / name
        )
    return root


def write_coop(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """A small co-op from the contents of its files by path."""
    start = {
        "coop.yml": "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"  # noqa: E501
    }
    for name, content in {**start, **(files or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


BOOK = {
    "coop.yml": """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
members_site: https://membres.essais.example/
""",
    "members/lena-moreau.yml": """type: person
name: {display: Léna Moreau}
presence: present
listed: true
consents:
  - {purpose: directory, given: 2026-01-01}
headline: {fr: Je donne une image claire}
""",
    "members/ewen-madec.yml": "type: person\nname: {display: Ewen Madec}\npresence: present\nlisted: false\n",  # noqa: E501
    "wiki/README.md": "---\ntitle: Le guide\naudience: public\n---\n\nVoir [les prix](metier/prix.md).\n",  # noqa: E501
    "wiki/metier/prix.md": "---\ntitle: Fixer son prix\naudience: public\n---\n\n## Combien\n\nTexte.\n",  # noqa: E501
    "wiki/metier/outils.md": "---\ntitle: Nos outils\n---\n\nTexte.\n",
}
"""A whole co-op that is built in a moment: for tests of building, not of what stands on the pages.
"""


def write_book(root: Path) -> Path:
    """The small co-op with the settings of its two sites."""
    write_coop(root, BOOK)
    for name in ("mkdocs.yml", "mkdocs.members.yml"):
        shutil.copy(TOP / name, root / name)
    return root
