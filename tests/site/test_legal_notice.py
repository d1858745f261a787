"""The page of the legal notice: in each language that we have words in, in words that are not ours
as they stand in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from support.sites import build

COOP = """\
format: 2
name: Les Essais
languages: [fr, en]
country: FR
repository: private
entities:
  essais:
    name: Les Essais
    form: scop-sarl
    seat: 1 rue des Essais, Rennes
    insurance: Responsabilité civile, valable en France
  phare:
    name: Le Phare
    form: SARL d'un autre temps
legal:
  publisher: Ana Lopes, gérante
  host: {name: Hébergement du Phare}
"""


def test_the_notice_stands_in_each_language_and_says_what_is_not_translated(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    site = build(coop({"coop.yml": COOP}), tmp_path / "site")
    for audience in ("public", "members"):
        french = unescape((site / audience / "legal/index.html").read_text())
        english = unescape((site / audience / "en/legal/index.html").read_text())
        assert 'hreflang="en"' in french
        assert 'hreflang="fr"' in english
        assert 'lang="fr"' not in re.findall("<h1.*</dl>", french, re.S)[0]
        assert "n’est pas traduit" not in french
        assert "Worker co-operative, limited liability company (SCOP SARL)" in english
        for words in (
            "Responsabilité civile, valable en France",
            "SARL d'un autre temps",
            "Ana Lopes, gérante",
        ):
            assert words in french
            assert f'<span lang="fr">{words}</span>' in english
        assert "What is not translated is in French, as the co-op wrote it." in english
    assert 'href="../en/legal/"' in (site / "public/en/index.html").read_text()


def test_a_notice_with_nothing_to_translate_says_so_of_nothing(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    bare = COOP[: COOP.index("    insurance")]
    site = build(coop({"coop.yml": bare}), tmp_path / "site")
    english = (site / "public/en/legal/index.html").read_text()
    assert "as the co-op wrote it" not in english
