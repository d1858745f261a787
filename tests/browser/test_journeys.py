"""What people come for, done as they would do it: on a phone, by keyboard alone, without
JavaScript, on paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from support.browsers import CONTENT, LANGUAGES, WIDTHS, Opener, Served, go

REACHED = re.compile(r"^(mailto|tel):.")
MENU = ".coop-menu summary"
JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["", "without-javascript"])


@pytest.fixture
def phone(opened: Opener) -> Callable[..., Page]:
    """Opens an empty page on a phone that is touched, not pointed at."""
    return lambda **more: opened(WIDTHS["phone"], has_touch=True, is_mobile=True, **more)


def menu(page: Page, words: str) -> None:
    """Follow an entry of the main menu, unfolded where it is folded."""
    if page.locator(MENU).is_visible():
        page.locator(MENU).tap()
    page.locator(f".coop-header nav a:visible:text-is('{words}')").tap()


def in_nantes_and_free(page: Page) -> Locator:
    """The cards seen of people in Nantes who are available."""
    return page.locator(".coop-card--person:visible", has_text="Nantes").filter(
        has=page.locator(".coop-state--available")
    )


def answered(page: Page, url: str) -> None:
    """Wait until the search has answered: a few cards are left of the many that the page has."""
    page.wait_for_url(url)
    page.locator(".coop-card--person:visible").nth(4).wait_for(state="detached")
    in_nantes_and_free(page).first.wait_for()


# A visitor looks for a photographer


def test_a_visitor_finds_a_photographer_on_a_phone(
    sites: dict[str, Served], phone: Callable[..., Page]
) -> None:
    page, home = phone(), sites["public"].home
    go(page, home)
    page.locator("input[name=q]").tap()
    page.keyboard.type("photographe nantes")
    page.locator("form button:visible").first.tap()
    answered(page, f"{home}members/?q=photographe+nantes")
    names = page.locator(".coop-card--person:visible h2")
    seen = names.all_inner_texts()
    in_nantes_and_free(page).first.locator("a").tap()
    page.wait_for_url(re.compile(r"members/[a-z-]+/$"))
    assert "Photographe" in page.locator(".coop-profile").inner_text()
    assert REACHED.match(
        page.locator(".coop-actions a.md-button--primary").get_attribute("href") or ""
    )
    page.go_back()
    expect(names).to_have_text(seen)
    assert page.locator("input[name=q]").input_value() == "photographe nantes"


def test_a_visitor_finds_a_photographer_without_javascript(
    sites: dict[str, Served], phone: Callable[..., Page]
) -> None:
    page, home = phone(javascript=False), sites["public"].home
    go(page, home)
    menu(page, "Annuaire")
    for step in ("trades/", "trades/photographe/"):
        page.locator(f"{CONTENT} a[href$='{step}']:visible").first.tap()
        page.wait_for_url(home + step)
    in_nantes_and_free(page).first.locator("a").tap()
    page.wait_for_url(re.compile(r"members/[a-z-]+/$"))
    assert REACHED.match(
        page.locator(".coop-actions a.md-button--primary").get_attribute("href") or ""
    )


def test_a_trade_leads_to_those_of_one_town_without_javascript(
    sites: dict[str, Served], phone: Callable[..., Page]
) -> None:
    page, home = phone(javascript=False), sites["public"].home
    go(page, home)
    menu(page, "Annuaire")
    for step in ("trades/", "trades/illustration/", "trades/illustration/nantes/"):
        page.locator(f"{CONTENT} a[href$='{step}']:visible").first.tap()
        page.wait_for_url(home + step)
    cards = page.locator(".coop-card--person").all_inner_texts()
    assert len(cards) > 1
    assert [card for card in cards if "Nantes" not in card and "Illustrat" not in card] == []


FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), place = one.getBoundingClientRect();
  return [one.matches('body') || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1 && place.width > 0), one.outerHTML.slice(0, 120)];
}"""  # noqa: E501


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus; wherever it goes, it is seen."""
    for _press in range(80):
        page.keyboard.press("Tab")
        seen, element = page.evaluate(FOCUS)
        assert seen, f"the focus is not seen on {element}"
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not come to {wanted}")


def test_a_visitor_finds_a_photographer_by_keyboard(
    sites: dict[str, Served], opened: Opener
) -> None:
    page = opened(WIDTHS["screen"])
    go(page, sites["public"].home)
    tab_to(page, page.locator("input[name=q]"))
    page.keyboard.type("photographe nantes")
    page.keyboard.press("Enter")
    answered(page, f"{sites['public'].home}members/?q=photographe+nantes")
    tab_to(page, in_nantes_and_free(page).first.locator("a"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"members/[a-z-]+/$"))
    tab_to(page, page.locator(".coop-actions a.md-button--primary"))
    page.go_back()
    in_nantes_and_free(page).first.wait_for()


@pytest.mark.parametrize(
    "path", ["", "members/lena-moreau/", "wiki/metier/fixer-son-prix/", "no/such/page/"]
)
def test_the_first_link_leads_past_the_menu(
    sites: dict[str, Served], opened: Opener, path: str
) -> None:
    page = opened(WIDTHS["screen"])
    go(page, sites["public"].home + path)
    skip = page.locator(".md-skip")
    tab_to(page, skip)
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
    assert page.url.partition("#")[0] == sites["public"].home + path


# A client asks who invoices


@JAVASCRIPT
def test_a_client_reads_who_invoices(
    sites: dict[str, Served], phone: Callable[..., Page], javascript: bool
) -> None:
    page, home = phone(javascript=javascript), sites["public"].home
    go(page, f"{home}members/mariam-doumbia/")
    contact = page.locator(".coop-panel:has(#_contact)")
    assert "Les Ateliers du Large" in contact.inner_text()
    assert "factures" in contact.inner_text()
    contact.locator("a[href$='wiki/pour-les-clients/']").tap()
    page.wait_for_url(f"{home}wiki/pour-les-clients/")
    assert page.locator(f"{CONTENT} h2#_contract").is_visible()


# A member reads her own page


@JAVASCRIPT
def test_a_member_sees_both_views_of_her_page(
    sites: dict[str, Served], phone: Callable[..., Page], javascript: bool
) -> None:
    page, home = phone(javascript=javascript), sites["members"].home
    go(page, home)
    menu(page, "Ma fiche")
    page.locator(f"{CONTENT} a:text-is('Léna Moreau'):visible").tap()
    page.wait_for_url(f"{home}members/lena-moreau/views/")
    clients, members = (
        page.locator(f"section[aria-labelledby={name}]") for name in ("_clients", "_all")
    )
    only = members.locator("section:has(#members-_members) dt").all_inner_texts()
    assert len(only) >= 5
    assert set(clients.locator("dt").all_inner_texts()) & set(only) == set()
    assert clients.locator("[id$=_members]").count() == 0
    shown = "".join(clients.locator(".coop-sheet").inner_text().split())
    go(page, f"{sites['public'].home}members/lena-moreau/")
    for around in ("nav", ".coop-backs"):  # what leads elsewhere stands on the page alone
        page.locator(f".coop-sheet {around}").evaluate("(one) => one.remove()")
    assert shown == "".join(page.locator(".coop-sheet").inner_text().split())


def test_a_browser_remembers_whose_it_is(sites: dict[str, Served], opened: Opener) -> None:
    page, home = opened(), sites["members"].home
    go(page, f"{home}mine/")
    mine = page.locator("[data-mine] a")
    assert not mine.is_visible()
    page.locator("a[data-me=lena-moreau]").first.click()
    page.wait_for_url(f"{home}members/lena-moreau/views/")
    go(page, f"{home}mine/")
    assert mine.inner_text() == "Léna Moreau"
    mine.click()
    page.wait_for_url(f"{home}members/lena-moreau/views/")


def test_the_register_is_filtered_and_says_so_in_its_address(
    sites: dict[str, Served], phone: Callable[..., Page]
) -> None:
    page, home = phone(), sites["members"].home
    go(page, f"{home}decisions/proposals/")
    rows = page.locator("[data-row]:visible")
    every = rows.count()
    page.locator("select[name=text]").select_option("statuts")
    page.locator("[data-register] [role=status]").filter(has_text="décision").wait_for()
    assert 0 < rows.count() < every
    assert page.url.endswith("?text=statuts")
    titles = rows.locator("a").all_inner_texts()
    page.reload()
    expect(rows.locator("a")).to_have_text(titles)
    page.locator("[data-register] [type=reset]").tap()
    page.locator("[data-register] [type=reset]").wait_for(state="hidden")
    assert rows.count() == every


@pytest.mark.parametrize("width", WIDTHS.values())
def test_without_javascript_each_filter_is_a_page(
    sites: dict[str, Served], opened: Opener, width: int
) -> None:
    page, home = opened(width, javascript=False), sites["members"].home
    go(page, f"{home}decisions/proposals/")
    assert not page.locator("[data-register]").is_visible()
    page.locator("details.coop-more > summary").click()
    page.locator("a[href$='decisions/by/text/statuts/']").click()
    page.wait_for_url(f"{home}decisions/by/text/statuts/")
    assert page.locator("[data-row]").count() > 0


def test_a_member_finds_the_votes_that_are_open_and_their_own(
    sites: dict[str, Served], opened: Opener
) -> None:
    page, home = opened(), sites["members"].home
    go(page, f"{home}members/lena-moreau/views/")
    page.locator("a[href$='members/lena-moreau/votes/']").first.click()
    page.wait_for_url(f"{home}members/lena-moreau/votes/")
    page.locator("a[data-me]").click()
    page.wait_for_url(f"{home}votes/")
    page.locator("a.md-button[data-my]").click()
    page.wait_for_url(f"{home}members/lena-moreau/votes/")


def test_the_page_of_the_day_begins_with_what_waits_for_me(
    sites: dict[str, Served], opened: Opener
) -> None:
    page, home = opened(), sites["members"].home
    go(page, home)
    panel = page.locator("[data-waiting-of]")
    assert panel.is_hidden(), "nobody has said who reads"
    go(page, f"{home}members/lena-moreau/views/")
    actions = page.locator("[data-waiting] > li:not([data-vote])").all_text_contents()
    page.locator("a.md-button[data-me]").click()
    go(page, home)
    expect(panel.locator("li")).to_have_text(actions)
    panel.locator("li a").first.click()
    assert page.locator("h1").is_visible()
    assert page.url.startswith(home)


@JAVASCRIPT
def test_a_member_finds_the_page_about_prices(
    sites: dict[str, Served], phone: Callable[..., Page], javascript: bool
) -> None:
    page, home = phone(javascript=javascript), sites["members"].home
    go(page, home)
    menu(page, "Guide")
    page.wait_for_url(f"{home}wiki/")
    page.locator("a[href$='metier/fixer-son-prix/']:visible").first.tap()
    page.wait_for_url(f"{home}wiki/metier/fixer-son-prix/")
    assert "prix" in page.locator("h1").inner_text()


# The frame of the pages


def test_the_menu_of_a_phone_needs_no_javascript(
    sites: dict[str, Served], phone: Callable[..., Page]
) -> None:
    page, site = phone(javascript=False), sites["public"]
    go(page, site.home)
    entries = page.locator(".coop-menu nav a")
    assert entries.count() > 5
    assert not entries.first.is_visible()
    page.locator(MENU).tap()
    places = [entry.bounding_box() for entry in entries.all()]
    assert all(
        place
        and place["x"] >= 0
        and place["x"] + place["width"] <= WIDTHS["phone"]
        and place["height"] >= 24
        for place in places
    )
    entries.first.tap()
    page.wait_for_url(f"{site.home}members/")


def dark(page: Page) -> bool:
    """Whether the page's ground is dark as it is drawn."""
    red, green, blue = (
        int(part)
        for part in re.findall(
            r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor")
        )[:3]
    )
    assert bool(red + green + blue < 384) is (
        page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    )
    return red + green + blue < 384


@pytest.mark.parametrize("system", ["light", "dark"])
def test_light_or_dark_is_the_readers_choice(
    sites: dict[str, Served], opened: Opener, system: str
) -> None:
    page, home = opened(color_scheme=system), sites["public"].home
    go(page, home)
    button = page.locator("[data-theme-toggle]")
    assert dark(page) is (system == "dark")
    page.emulate_media(color_scheme="light" if system == "dark" else "dark")
    assert dark(page) is (system == "light"), "without a choice the page follows the system"
    page.emulate_media(color_scheme=system)
    button.click()
    assert dark(page) is (system == "light")
    assert button.get_attribute("aria-pressed") == str(system == "light").lower()
    go(page, f"{home}members/")
    assert dark(page) is (system == "light"), "the next page remembers"
    assert button.get_attribute("aria-pressed") == str(system == "light").lower()


def test_sharing_copies_the_address(sites: dict[str, Served], opened: Opener) -> None:
    page, address = (
        opened(permissions=["clipboard-read", "clipboard-write"]),
        f"{sites['public'].home}members/lena-moreau/",
    )
    page.add_init_script("delete Navigator.prototype.share")
    go(page, f"{address}#_about")
    page.locator("[data-share]").click()
    expect(page.locator(".coop-actions [role=status]")).to_have_text("L'adresse est copiée.")
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_sharing_uses_the_systems_own_way(sites: dict[str, Served], opened: Opener) -> None:
    page, address = opened(), f"{sites['public'].home}members/lena-moreau/"
    page.add_init_script(
        "Navigator.prototype.share = async function (page) { document.title = page.url }"
    )
    go(page, address)
    page.locator("[data-share]").click()
    expect(page).to_have_title(address)


# On paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_profile_is_one_sheet_of_paper(
    sites: dict[str, Served], opened: Opener, language: str
) -> None:
    page, site = opened(), sites["public"]
    found = [
        path
        for path in sorted(site.folder.glob(f"{language}members/*/index.html"))
        if 'class="coop-sheet"' in path.read_text()
    ]
    sheets = {}
    for path in found:
        page.goto(
            f"{site.home}{path.parent.relative_to(site.folder).as_posix()}/", wait_until="load"
        )
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        sheets[path.parent.name] = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert len(sheets) > 10
    assert {path: number for path, number in sheets.items() if number != 1} == {}


@pytest.mark.parametrize("audience", ["public", "members"])
def test_a_sheet_says_where_its_page_is(
    sites: dict[str, Served], opened: Opener, audience: str
) -> None:
    page, site = opened(), sites[audience]
    go(page, f"{site.home}members/lena-moreau/")
    printed = page.locator(".coop-printed")
    code = printed.locator("canvas")
    code.wait_for(state="attached")
    assert printed.is_hidden(), "a screen has its own address bar"
    page.emulate_media(media="print")
    assert printed.is_visible()
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert address
    assert address.endswith("/members/lena-moreau/")
    assert printed.inner_text() == address
    assert code.bounding_box()
    dark = code.evaluate(
        "one => one.getContext('2d').getImageData(0, 0, one.width, one.height).data"
        ".filter((value, place) => place % 4 === 3 && value === 255).length"
    )
    assert dark > 200, "the squares of a code of its size are drawn"
    assert page.locator(".coop-footer").get_by_text("Les Ateliers du Large").is_visible()
