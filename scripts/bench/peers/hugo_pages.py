"""The pages of a built public site as data, the way a Hugo user would keep them: what stands on a
member's page field by field, lists as the ids of their members, everything else as it is.

Values are ready for a page: the peer words nothing, formats nothing and checks nothing. That is its
advantage; our side does all of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from lxml import html as parser

Fields = dict[str, Any]

_ARTICLE = re.compile(r'<article class="md-content__inner md-typeset">(.*)</article>', re.S)
_CARDS = re.compile(r'<ul class="coop-cards">(.*?)</ul>', re.S)
_CARD = re.compile(
    r'<li><article class="coop-card( coop-card--person)?">.*?<h(\d)><a href="([^"]*)"', re.S
)
_LINK = re.compile(r'(href|src|data-code|data-search|data-base|data-root)="([^":]*)"')
_GAPS = {
    "title": re.compile(r"(?<=<title>).*?(?=</title>)", re.S),
    "description": re.compile(r'(?<=<meta name="description" content=")[^"]*'),
    "canonical": re.compile(r'(?<=<link rel="canonical" href=")[^"]*'),
    "head": re.compile(r'(?:<meta property="og:[^>]*>)+|(?:<link rel="alternate"[^>]*>)+'),
    "switch": re.compile(r"<a href=\"[^\"]*\" hreflang=.*?</a>"),
}


def absolute(text: str, path: str) -> str:
    """HTML of the page at `path` with its links counted from the root of the site, as Hugo's users
    write them.
    """

    def move(found: re.Match[str]) -> str:
        name, to = found.groups()
        if to.startswith(("#", "//", "/")):
            return found.group()
        address, sign, anchor = to.partition("#")
        end = "/" if address.endswith(("/", "..", ".")) or not address else ""
        there = normpath(join("/", path, address)).rstrip("/").replace("//", "/") + end
        return f'{name}="{there or "/"}{sign}{anchor}"'

    return _LINK.sub(move, text)


def pages(site: Path) -> Iterator[Fields]:
    """Every page of the site but the home pages and the one for what is missing."""
    for file in sorted(site.rglob("index.html")):
        path = file.parent.relative_to(site).as_posix() + "/"
        if path not in {"./", "en/"}:
            yield read_page(path, file.read_text(encoding="utf-8"))


def read_page(path: str, text: str) -> Fields:
    """One page: its address, what fills the gaps of its frame, the frame, and its own fields."""
    text = absolute(text, path)
    body = _ARTICLE.search(text)
    assert body is not None, path
    frame = text[: body.start(1)] + "\0article\0" + text[body.end(1) :]
    found: Fields = {"url": f"/{path}", "lang": "en" if path.startswith("en/") else "fr"}
    for name, pattern in _GAPS.items():
        values = pattern.findall(frame)
        found[name] = (
            html.unescape(values[0])
            if name in {"title", "description"} and values
            else (values[0] if values else "")
        )
        frame = pattern.sub(f"\0{name}\0", frame)
    found["frame"] = frame
    if 'class="coop-profile"' in body[1]:
        return found | {"profile": read_profile(body[1])}
    return found | {"parts": list(read_parts(body[1]))}


def read_parts(body: str) -> Iterator[Fields]:
    """A page that is no member's: HTML as it is, and lists of cards by their keys."""
    end = 0
    for found in _CARDS.finditer(body):
        cards = _CARD.findall(found[1])
        people = [key for person, _level, key in cards if person]
        if len(people) not in (0, len(cards)) or not cards or not cards[0][2].count("/members/"):
            continue
        yield {"html": body[end : found.start()]}
        yield {"cards": [to for _p, _l, to in cards], "level": cards[0][1], "person": bool(people)}
        end = found.end()
    yield {"html": body[end:]}


def cards(site: Path) -> dict[str, dict[str, Fields]]:
    """What each card shows, by language and by the address that it leads to."""
    found: dict[str, dict[str, Fields]] = {"fr": {}, "en": {}}
    for language, prefix in (("fr", ""), ("en", "en/")):
        for folder in ("members", "offices", "offers"):
            for file in sorted((site / prefix / folder).rglob("index.html")):
                path = file.parent.relative_to(site).as_posix() + "/"
                for listed in _CARDS.findall(absolute(file.read_text(encoding="utf-8"), path)):
                    for card in parser.fragment_fromstring(listed, "ul"):
                        fields = read_card(card)
                        found[language][fields["to"]] = fields
    return found


def read_card(card: Any) -> Fields:
    """The fields of a card."""
    link = card.xpath(".//a")[0]
    fields = {
        "to": link.get("href"),
        "name": _inner(link),
        "text": _first(card, ".//p[not(@class)]"),
        "price": _first(card, ".//p[@class='coop-price']"),
    }
    initials = card.xpath(".//span[contains(@class,'coop-initials')]")
    if not initials:
        who = card.xpath(".//p[@class='coop-meta']")[0]
        return fields | {"who": _inner(who)}
    return fields | {
        "initials": initials[0].text,
        "tint": initials[0].get("class").partition("coop-tint-")[2],
        "trades": [_inner(one) for one in card.xpath(".//p[contains(@class,'coop-dots')]/span")],
        "place": _first(card, ".//p[contains(@class,'coop-where')]/span[not(@class)]"),
        **_state(card),
    }


def _state(node: Any) -> Fields:
    for one in node.xpath(".//span[contains(@class,'coop-state--')]"):
        return {"state": one.get("class").partition("--")[2], "free": _inner(one)}
    return {"state": "", "free": ""}


def read_profile(body: str) -> Fields:
    """The fields of a member's page; what is long, in Markdown, is put there by the caller."""
    page = parser.fragment_fromstring(body, "div")
    head, aside = page.xpath(".//header")[0], page.xpath(".//aside")[0]
    initials = head.xpath(".//span[contains(@class,'coop-initials')]")[0]
    share, print_ = page.xpath(".//div[@class='coop-actions']/button")
    return {
        "trail": _links(page.xpath(".//nav[contains(@class,'coop-trail')]")[0]),
        "where": page.xpath(".//nav[contains(@class,'coop-trail')]")[0].get("aria-label"),
        "initials": initials.text,
        "tint": initials.get("class").split()[2].partition("coop-tint-")[2],
        "name": _first(head, ".//h1"),
        "brand": _first(head, ".//p[@class='coop-brandname']"),
        "lead": _first(head, ".//p[@class='coop-lead']"),
        "trades": _links(*head.xpath(".//ul[@class='coop-chips']")),
        "place": _first(head, ".//p[b]"),
        "state": _first(head, ".//p[span[contains(@class,'coop-state--')]]"),
        "ways": _links(page.xpath(".//div[@class='coop-actions']")[0]),
        "share": [share.get("data-share"), share.get("data-copied"), share.text, print_.text],
        "notice": _first(page, ".//p[@class='coop-notice']"),
        "titles": {h.get("id"): _inner(h) for h in page.xpath(".//h2[@id]")},
        "offers": [_offer(one) for one in page.xpath(".//section[contains(@class,'coop-offer')]")],
        "links": _links(*page.xpath(".//h2[@id='_links']/following-sibling::ul[1]")),
        "references": [
            _inner(one)
            for one in page.xpath(".//h2[@id='_references']/following-sibling::ul[1]/li")
        ],
        "backs": _first(page, ".//div[contains(@class,'coop-backs')]"),
        "contact": [_inner(one) for one in aside.xpath(".//section/ul[@class='coop-contact']/li")],
        "billing": [_inner(one) for one in aside.xpath(".//section/p")],
        "facts": [_fact(one) for one in aside.xpath("./dl/div")],
        "report": _first(aside, ".//p[contains(@class,'coop-noprint')]"),
    }


def _offer(section: Any) -> Fields:
    return {
        "id": section.get("id"),
        "kind": "want" if "coop-offer--want" in section.get("class") else "offer",
        "title": _first(section, "./h3"),
        "summary": _first(section, "./p[not(@class)]"),
        "price": [_inner(one) for one in section.xpath("./p[@class='coop-price']")],
        "meta": [_inner(one) for one in section.xpath(".//span[@class='coop-dots']/span")],
    }


def _fact(node: Any) -> Fields:
    chips = node.xpath("./dd/ul[@class='coop-chips']")
    return {
        "cut": node.get("class") or "",
        "name": _first(node, "./dt"),
        "links": _links(*chips),
        "value": "" if chips else _first(node, "./dd"),
    }


def _links(*nodes: Any) -> list[list[str]]:
    return [[link.get("href"), _inner(link)] for node in nodes for link in node.xpath(".//a")]


def _first(node: Any, path: str) -> str:
    return next(map(_inner, node.xpath(path)), "")


def _inner(node: Any) -> str:
    """The HTML inside an element."""
    inside = html.escape(node.text or "", quote=False)
    return inside + "".join(parser.tostring(one, encoding="unicode") for one in node)
