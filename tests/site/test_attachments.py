"""Files that pages give: on the site of those who see the page, as they are, and named there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from support.sites import build

COOP = """\
format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
legal: {name: Les Essais}
"""
HEAD, TAIL = b"%PDF-1.7\n", b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
FILES = {
    "coop.yml": COOP,
    "wiki/ouverte.md": "---\naudience: public\n---\n\n# Ouverte\n\n"
    "[Le formulaire](f/formulaire.pdf), "
    "[encore](/wiki/f/formulaire.pdf#page=2) <!-- [caché](f/cache.pdf) -->\n",
    "wiki/fermee.md": "# Fermée\n\n[Les salaires](f/salaires.pdf)\n",
    "projects/essai.md": "---\ntitle: {fr: Essai}\nkind: project\naudience: members\n"
    "status: active\n---\n\n[Budget](../wiki/f/budget.pdf)\n",
}
GIVEN = ("formulaire", "salaires", "budget", "cache", "personne")


def pdf(name: str) -> bytes:
    return HEAD + f"% {name * 400}".encode() + TAIL


def given(site: Path) -> set[str]:
    return {path.stem for path in (site / "files").rglob("*.pdf")}


def test_a_file_goes_where_a_page_that_leads_to_it_goes_and_is_named_there(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop(FILES)
    (root / "wiki/f").mkdir()
    for name in GIVEN:
        (root / f"wiki/f/{name}.pdf").write_bytes(pdf(name))
    site = build(root, tmp_path / "site")
    assert given(site / "public") == {"formulaire"}
    assert given(site / "members") == {"formulaire", "salaires", "budget"}
    file = site / "public/files/wiki/f/formulaire.pdf"
    assert file.read_bytes() == pdf("formulaire")
    page = (site / "public/wiki/ouverte/index.html").read_text()
    assert '<a href="../../files/wiki/f/formulaire.pdf">Le formulaire</a>' in page
    assert page.count(" download>formulaire.pdf</a>") == 1
    assert re.search(r"PDF\s·\s4\sko<", page)
    assert "Pièces jointes" in (site / "members/projects/essai/index.html").read_text()
    assert "Pièces jointes" not in (site / "members/index.html").read_text()
