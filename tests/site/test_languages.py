"""Languages of the sites: which pages exist in which, that they lead to each other, and that a
language is data only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base import messages
from coopbook.base.messages import _
from coopbook.records.audience import AUDIENCES
from coopbook.records.index import Index
from coopbook.records.kinds import shipped_kinds
from coopbook.records.load import load
from coopbook.records.model import schema_at
from coopbook.site.sentences import OTHER_PAGE, Words, in_own_language
from support import invented as invent
from support.commands import run
from support.coops import TODAY, copied_example
from support.sites import Site, build, write_site

ADDRESS = "https://ateliers-du-large.example/"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
PAGES = {
    "wiki/essais/un-prix.md": "title: Un prix\nlanguage: fr\naudience: public\n",
    "wiki/essais/a-price.md": "title: A price\nlanguage: en\ntranslates: essais/un-prix\naudience: public\norder: 3\n",  # noqa: E501
    "wiki/essais/des-outils.md": "title: Des outils\nlanguage: fr\n",
    "wiki/essais/some-tools.md": (
        "title: Some tools\nlanguage: en\ntranslates: essais/des-outils\nrelated: "
        "[essais/un-prix]\n"
    ),
    "wiki/essais/sans-traduction.md": "title: Sans traduction\nlanguage: fr\n",
}
"""Pages that join the example's guide: two with a translation, one without."""


def page(fields: str, text: str = "Some words.") -> str:
    return f"---\n{fields}---\n{text}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of the example, with some of its guide and some minutes in English."""
    root = copied_example(tmp_path_factory.mktemp("languages") / "example")
    minutes = root / "decisions/minutes/conseil-2026-10-09.md"
    minutes.write_text(
        re.sub(
            r"^title:\n",
            "title:\n  en: Board of October\n",
            minutes.read_text(encoding="utf-8"),
            flags=re.M,
        ),
        encoding="utf-8",
    )
    for name, fields in PAGES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(
            page(fields, "See [the French page](un-prix.md)."), encoding="utf-8"
        )
    return build(root, root / "out")


def alternates(folder: Path) -> dict[str, dict[str, str]]:
    """The addresses that each page gives for its languages, by the page's own address."""
    pages = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.html")
    }
    return {
        ADDRESS + name.removesuffix("index.html"): dict(ALTERNATE.findall(text))
        for name, text in pages.items()
    }


def test_pages_in_several_languages_name_each_other(built: Path) -> None:
    found = alternates(built / "public")
    assert {name for name, others in found.items() if others} >= {
        ADDRESS,
        f"{ADDRESS}en/",
        f"{ADDRESS}members/",
        f"{ADDRESS}en/members/lena-moreau/",
        f"{ADDRESS}trades/graphisme/",
        f"{ADDRESS}wiki/essais/un-prix/",
        f"{ADDRESS}en/wiki/essais/a-price/",
        f"{ADDRESS}en/about/",
    }
    for address, others in found.items():
        for language, other in others.items():
            assert other in found, f"{address} names {other}, which does not exist"
            assert found[other] == others, f"{other} does not name what {address} names"
            assert other.startswith(f"{ADDRESS}en/") is (language == "en"), (
                f"{other} is not in {language}"
            )
        assert not others or address in others.values(), f"{address} does not name itself"
        assert others.get("x-default") == others.get("fr")


def test_each_page_in_another_language_has_its_counterpart(built: Path) -> None:
    """English is the second language here: what exists in it exists in French, but for lists of the
    guide that English alone needs.
    """
    found = alternates(built / "public")
    assert [
        name for name in found if name.startswith(f"{ADDRESS}en/") and "fr" not in found[name]
    ] in ([], [f"{ADDRESS}en/wiki/"])


def test_a_translated_page_has_one_address(built: Path) -> None:
    site = Site(built / "members")
    assert [name for name in site.files if name.endswith("some-tools/index.html")] == [
        "en/wiki/essais/some-tools/index.html"
    ]
    french, english = "wiki/essais/des-outils/index.html", "en/wiki/essais/some-tools/index.html"
    assert english in {
        target[0] for link in site.pages[french].links if (target := site.leads(french, link.url))
    }
    assert french in {
        target[0] for link in site.pages[english].links if (target := site.leads(english, link.url))
    }
    assert f"en/{french}" not in site.files


def test_a_page_named_by_its_id_is_shown_in_the_readers_language(built: Path) -> None:
    text = (built / "members" / "en" / "wiki" / "essais" / "some-tools" / "index.html").read_text(
        encoding="utf-8"
    )
    assert 'Related pages: <a href="../../../../en/wiki/essais/a-price/">A price</a>' in text
    assert 'See <a href="../../../../wiki/essais/un-prix/"' in text, (
        "a link in a text leads where it says"
    )


def test_the_guide_in_another_language_shows_what_is_not_translated_too(built: Path) -> None:
    site = Site(built / "members")
    start = "en/wiki/index.html"
    linked = {
        target[0]
        for link in site.pages[start].links
        if link.tag == "a" and (target := site.leads(start, link.url))
    }
    assert "en/wiki/essais/some-tools/index.html" in linked
    assert "wiki/index.html" in linked, "the French start page has no translation"
    assert "wiki/essais/des-outils/index.html" not in linked, "its translation stands there"
    assert "wiki/essais/sans-traduction/index.html" in linked
    text = (built / "members" / start).read_text(encoding="utf-8")
    assert re.search(r'sans-traduction/"><span lang="fr">', text)
    french = (built / "members" / "wiki" / "index.html").read_text(encoding="utf-8")
    assert "Some tools" not in french
    assert '<a href="../../../en/wiki/' not in french


def test_the_navigation_leads_to_the_guide_in_the_pages_language(built: Path) -> None:
    site = Site(built / "public")
    for start, guide in (
        ("en/index.html", "en/wiki/index.html"),
        ("index.html", "wiki/index.html"),
    ):
        linked = {
            target[0]
            for link in site.pages[start].links
            if link.tag == "a" and (target := site.leads(start, link.url))
        }
        assert linked & {"en/wiki/index.html", "wiki/index.html"} == {guide}


COUNTRY = (
    "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: {country}\nrepository: private\n"
    "membership_categories: {a: {label: {fr: A}}}\n"
)
LEFT = """type: person
name: {display: Ana Lopes}
presence: left
listed: false
membership: [{from: 2020-01-01, category: a}]
"""


@pytest.mark.parametrize(
    ("country", "said", "offices"),
    [("FR", "son sociétariat", "Antennes"), ("CA", "son statut", "Points de service")],
)
def test_messages_and_pages_use_the_words_of_the_co_ops_country(
    coop: Callable[..., Path], country: str, said: str, offices: str
) -> None:
    root = coop({"coop.yml": COUNTRY.replace("{country}", country), "members/ana.yml": LEFT})
    assert said in run("check", root).stdout
    index = load(root, TODAY).index
    assert Words("fr", index.usage("fr")).say(_("Local offices")) == offices
    assert Words("en", index.usage("en")).say(_("Local offices")) == "Local offices"


RANGE = {
    "amount": "2400.00",
    "to": "4200.00",
    "currency": "EUR",
    "unit": "project",
    "tax": "excluded",
}
DAY = {"amount": "1000.00", "currency": "CAD", "unit": "day", "tax": "included"}
HALF = {"amount": "750.50", "currency": "EUR", "unit": "half_day", "tax": "none"}
HOUR = {"amount": "60", "currency": "EUR", "unit": "hour"}
SAID = [
    (
        "FR",
        "fr",
        "de 2 400 à 4 200 € HT par projet",
        "1 000 $CA TTC par jour",
        "750,50 € par demi-journée, TVA non applicable",
        "60 € par heure",
    ),
    ("BE", "fr", "de 2 400 à 4 200 € HTVA par projet", "1 000 $CA TVAC par jour", None, None),
    (
        "CA",
        "fr",
        "de 2 400 à 4 200 € par projet, plus taxes",
        "1 000 $ par jour, taxes incluses",
        "750,50 € par demi-journée, sans taxe",
        None,
    ),
    (
        "FR",
        "en",
        "€2,400 to €4,200 per project, excl. VAT",
        "CA$1,000 per day, incl. VAT",
        "€750.50 per half day, no VAT",
        "€60 per hour",
    ),
    (
        "CA",
        "en",
        "€2,400 to €4,200 per project, plus tax",
        "$1,000 per day, tax included",
        "€750.50 per half day, no tax",
        None,
    ),
    ("BE", "nl-BE", None, None, None, "€ 60 per hour"),
]


MEMBER = shipped_kinds()["member"].schema
OFFERED = schema_at(MEMBER, ("offers", 0, "price"))
SEASONS = schema_at(MEMBER, ("seasons", 0))


def words(country: str, language: str) -> Words:
    """What a site of a co-op of this country says."""
    index = Index({}, {"country": country, "languages": [language]}, TODAY, {})
    return Words(language, index.usage(language))


@pytest.mark.parametrize(("country", "language", "project", "day", "half", "hour"), SAID)
def test_prices(
    country: str,
    language: str,
    project: str | None,
    day: str | None,
    half: str | None,
    hour: str | None,
) -> None:
    site = words(country, language)
    for price, said in ((RANGE, project), (DAY, day), (HALF, half), (HOUR, hour)):
        assert said is None or re.sub(r"\s", " ", site.price(price, OFFERED)) == said


def test_english_thousands_are_not_cents() -> None:
    assert (
        words("FR", "en").price({"amount": "1000.00", "currency": "EUR", "unit": "day"}, OFFERED)
        == "€1,000 per day"
    )
    assert (
        words("FR", "en").price({"amount": "1000", "currency": "EUR", "unit": "day"}, OFFERED)
        == "€1,000 per day"
    )


@pytest.mark.parametrize(
    ("country", "language", "first", "later", "every_year"),
    [
        ("FR", "fr", "1er novembre 2026", "21 novembre 2026", "1er juillet"),
        ("BE", "fr", "1er novembre 2026", "21 novembre 2026", "1er juillet"),
        ("CA", "fr", "1er novembre 2026", "21 novembre 2026", "1er juillet"),
        ("FR", "en", "1 November 2026", "21 November 2026", "1 July"),
        ("CA", "en", "November 1, 2026", "November 21, 2026", "July 1"),
        ("FR", "de", "1. November 2026", "21. November 2026", "1. Juli"),
        ("BE", "nl", "1 november 2026", "21 november 2026", "1 juli"),
        ("FR", "tlh", "1 November 2026", "21 November 2026", "1 July"),
    ],
)
def test_dates(country: str, language: str, first: str, later: str, every_year: str) -> None:
    site = words(country, language)
    assert (site.date("2026-11-01"), site.date("2026-11-21"), site.month_day("07-01")) == (
        first,
        later,
        every_year,
    )


def test_seasons() -> None:
    season = {"from": "07-15", "until": "08-20", "state": "away"}
    assert words("FR", "fr").season(season, SEASONS) == "Du 15 juillet au 20 août\u00a0: absent·e"
    assert words("FR", "en").season(season, SEASONS) == "From 15 July to 20 August: away"
    assert words("FR", "fr").month_day("02-30") == "02-30", "no such day: shown as it was written"


def test_a_language_names_itself() -> None:
    assert in_own_language("fr", OTHER_PAGE) == "Cette page en français"
    assert in_own_language("en", OTHER_PAGE) == "This page in English"
    assert in_own_language("nl", OTHER_PAGE) == "Nederlands", "no catalogue has the sentence"
    assert in_own_language("zz", OTHER_PAGE) == "zz"


def test_members_sites_are_not_told_to_search_engines(built: Path) -> None:
    assert not any(alternates(built / "members").values())


def test_a_language_without_sentences_has_those_of_the_main_one_and_says_so(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop(
        {
            "coop.yml": "format: 2\nname: Les Essais\nlanguages: [fr, nl]\ncountry: BE\n"
            "repository: private\nabout: {fr: Bonjour., nl: Goedendag.}\n"
        }
    )
    out = tmp_path / "out"
    write_site(load(root, TODAY), [], "members", out)
    page = (out / "nl/index.html").read_text(encoding="utf-8")
    assert '<html lang="nl"' in page
    assert '<header class="coop-header" lang="fr">' in page
    assert "Secrétariat" in page
    assert "Secretariat" not in page
    assert re.search(r"\d+ novembre 2026", page), "a French sentence has French dates"
    assert 'class="coop-header">' in (out / "index.html").read_text(encoding="utf-8")


# A language is data only


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A co-op whose texts and sentences are all marked, and its two sites."""
    folder = tmp_path_factory.mktemp("invented")
    root = invent.write_coop(folder / "coop")
    invent.write_catalogue(folder / "locales")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(messages, "LOCALES", folder / "locales")
            _forget()
            book = load(root, TODAY)
            found = checks.check(book)
            assert [item for item in found if item.severity == "error"] == []
            for audience in AUDIENCES:
                write_site(book, found, audience, folder / "out" / audience)
            yield root, folder / "out"
    finally:
        _forget()


def _forget() -> None:
    for cached in (messages.catalogue, messages.languages, in_own_language):
        cached.cache_clear()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_text_of_a_page_is_written_in_the_code_or_the_templates(
    invented: tuple[Path, Path], audience: str
) -> None:
    root, out = invented
    found = list(invent.latin_texts(out / audience, root))
    assert found == [], invent.as_list(found)


def test_no_page_leaves_a_language_for_a_page_that_it_has(built: Path) -> None:
    """Whatever a page in English names of the members' site is in English where that exists."""
    site = Site(built / "members")
    for section in ("actions", "life", "helpers", "secretariat", "votes", "decide", "decide/rules"):
        assert f"en/{section}/index.html" in site.files, section
    left = {
        (page, target[0])
        for page in site.pages
        if page.startswith("en/")
        and not page.startswith("en/wiki/")  # the guide lists what is not translated too
        for link in site.pages[page].links
        if link.tag == "a"
        and not link.written
        and (target := site.leads(page, link.url))
        and f"en/{target[0]}" in site.files
    }
    switches = {(page, page.removeprefix("en/")) for page in site.pages if page.startswith("en/")}
    assert left - switches == set()
