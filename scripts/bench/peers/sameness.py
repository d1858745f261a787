"""Whether two sites are the same to whoever reads them: their addresses, and on each page the links
and the text that people see.

    python scripts/bench/peers/sameness.py SITE OTHER

prints each difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import html as parser

HOST = "https://site.example/"


class Seen(NamedTuple):
    """What somebody sees of a page: its title and its words, and where its links lead."""

    words: tuple[str, ...]
    links: tuple[str, ...]


def differences(one: Path, other: Path) -> Iterator[str]:
    """Each difference in a sentence; nothing where the sites are the same."""
    addresses = [{file.relative_to(site) for file in site.rglob("*.html")} for site in (one, other)]
    for path in sorted(addresses[0] ^ addresses[1]):
        yield f"{path} is in one of the sites alone"
    for path in sorted(addresses[0] & addresses[1]):
        seen = [look(site, path) for site in (one, other)]
        for name, ours, theirs in zip(Seen._fields, *seen, strict=True):
            if ours != theirs:
                here = next(
                    (pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]),
                    (f"{len(ours)} of them", f"{len(theirs)} of them"),
                )
                yield f"{path}: other {name}: {here[0]} / {here[1]}"


def look(site: Path, path: Path) -> Seen:
    """A page as somebody sees it: runs of white space are one space."""
    page: Any = parser.fromstring((site / path).read_bytes())
    for unseen in page.xpath("//script | //style | //template"):
        unseen.drop_tree()
    base = HOST + path.as_posix().removesuffix("index.html")
    texts = (" ".join(text.split()) for text in page.itertext() if isinstance(text, str))
    links = (urljoin(base, to) for to in page.xpath("//a/@href"))
    words = " ".join(text for text in texts if text)
    return Seen(tuple(words.split()), tuple(links))


if __name__ == "__main__":
    for difference in differences(*map(Path, sys.argv[1:3])):
        print(difference)
