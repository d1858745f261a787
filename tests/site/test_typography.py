"""No line of a French text begins with its punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base import markdown
from coopbook.site.typography import add_spaces
from support.decided import files, sites

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Prêt ? Oui !", f"Prêt{NBSP}? Oui{NBSP}!"),
        ("Un « mot » : deux ; trois", f"Un «{NBSP}mot{NBSP}»{NBSP}: deux{NBSP}; trois"),
        ("<em>Prêt</em> ?", f"<em>Prêt</em>{NBSP}?"),
        ("Prêt? 10:30 a:b", "Prêt? 10:30 a:b"),
        ("<code>a ? b : c</code> ?", f"<code>a ? b : c</code>{NBSP}?"),
        ("<pre><code>x ;\ny !</code></pre>", "<pre><code>x ;\ny !</code></pre>"),
        ('<a href="x" title="a : b">c : d</a>', f'<a href="x" title="a : b">c{NBSP}: d</a>'),
    ],
)
def test_a_space_before_french_punctuation_does_not_break(written: str, shown: str) -> None:
    assert add_spaces(written, "fr") == shown
    assert add_spaces(written, "fr-CA") == shown
    assert add_spaces(written, "en") == written
    assert add_spaces(written, "") == written
    assert " ".join(shown.split()) == " ".join(written.split()), "the same words"


def test_an_address_and_a_title_of_a_link_stay_as_they_were_written() -> None:
    text = 'Voir [ceci : cela](https://essais.example/a%20:b "un : deux") et `a : b`.'
    html = markdown.render(text).html
    tags = re.compile("<[^>]*>")
    assert tags.findall(add_spaces(html, "fr")) == tags.findall(html)
    assert "<code>a : b</code>" in add_spaces(html, "fr")


def test_members_texts_on_a_page_have_it_and_other_languages_have_not(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    text = (
        "---\ntitle: {fr: Qui vient ?}\nsummary: {fr: Dire « oui » ou non ; c'est tout., en: Say "
        "yes ; or no.}\naudience: public\ncategory: ordinary\nstatus: open\n---\n\nPourquoi ?\n"
    )
    pages = sites(coop(files() | {"decisions/proposals/lundi.md": text}), tmp_path / "out")[
        "members"
    ]
    french = pages["decisions/proposals/lundi/index.html"].partition("<main")[2]
    for words in (f"Qui vient{NBSP}?", f"«{NBSP}oui{NBSP}» ou non{NBSP};", f"Pourquoi{NBSP}?"):
        assert words in french, words
    assert "Say yes ; or no." in pages["en/decisions/proposals/lundi/index.html"]
