"""A text of one direction on a page of the other is kept apart from what stands around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook.records.load import load
from coopbook.site.direction import direction, isolate
from support.coops import TODAY
from support.sites import write_site

COOP = """format: 2
name: Les Essais
languages: [fr, ar]
country: FR
repository: private
about: {fr: Bonjour., ar: مرحبا.}
"""
MEMBER = """type: person
name: {display: ليلى حداد}
trades: []
headline: {ar: كاتبة}
bio: {ar: أكتب منذ عشر سنوات.}
phone: "+33639980012"
presence: present
listed: false
"""


def test_directions_come_from_unicodes_data() -> None:
    assert [direction(one) for one in ("fr", "fr-CA", "ar", "he", "zz")] == [
        *("ltr", "ltr", "rtl", "rtl", "ltr")
    ]


def test_a_text_is_isolated_where_it_has_letters_of_the_other_direction() -> None:
    assert isolate("Léna", "fr") == "Léna"
    assert isolate("ليلى", "fr") == "<bdi>ليلى</bdi>"
    assert isolate("Léna", "ar") == "<bdi>Léna</bdi>"
    assert isolate("12", "ar") == "<bdi>12</bdi>"
    assert isolate("ليلى", "ar") == "ليلى"


def test_pages_keep_the_two_directions_apart(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop({"coop.yml": COOP, "members/leila.yml": MEMBER})
    write_site(load(root, TODAY), [], "members", tmp_path / "out")
    french, arabic = (
        (tmp_path / f"out/{prefix}members/leila/index.html").read_text(encoding="utf-8")
        for prefix in ("", "ar/")
    )
    assert '<span lang="ar" dir="rtl">كاتبة</span>' in french
    assert '<div lang="ar" dir="rtl"><p>أكتب منذ عشر سنوات.</p>' in french
    assert '<a dir="ltr" href="tel:+33639980012">' in french
    assert '<html lang="ar"' in arabic
    assert 'lang="ar" dir' not in arabic.partition("<body")[2]
    assert "<bdi>ليلى حداد</bdi>" in (tmp_path / "out/mine/index.html").read_text(encoding="utf-8")
