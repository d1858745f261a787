"""Writes a stock MkDocs and Material site of the same members and lists, for comparison: members
are not in the navigation, and there is no search, as both cost it much more.

    python scripts/bench/peers/mkdocs_site.py HUGO SITE OUT
    mkdocs build --quiet --config-file OUT/mkdocs.yml --site-dir DIR
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hugo_pages import cards

CONFIG = """site_name: Les Mille Métiers
site_url: https://mille-metiers.example/
theme: {name: material, language: fr, font: false}
plugins: []
nav: [index.md]
validation: {omitted_files: ignore, absolute_links: ignore, unrecognized_links: ignore, links: {not_found: ignore}}
"""  # noqa: E501


def write_site(hugo: Path, site: Path, out: Path) -> None:
    """Write the site into a folder, from the data of the Hugo site and the built one."""
    found = json.loads((hugo / "assets/pages.json").read_text(encoding="utf-8"))
    shown = cards(site)
    for page in found:
        file = out / "docs" / page["url"].strip("/") / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: {json.dumps(page['title'])}\n---\n\n"
        file.write_text(head + "\n".join(_markdown(page, shown[page["lang"]])), encoding="utf-8")
    (out / "docs/index.md").write_text("# Les Mille Métiers\n", encoding="utf-8")
    (out / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")


def _markdown(page: dict[str, Any], shown: dict[str, Any]) -> Iterator[str]:
    if "parts" in page:
        yield f"# {page['title']}\n"
        for part in page["parts"]:
            for to in part.get("cards", ()):
                yield f"- [{shown[to]['name']}]({to}) {shown[to]['text']} {shown[to]['price']}"
        return
    profile = page["profile"]
    yield f"# {profile['name']}\n\n{profile['lead']}\n"
    for offer in profile["offers"]:
        yield f"## {offer['title']}\n\n{offer['summary']} {' '.join(offer['price'])}\n"
    yield f"{profile['bio']}\n"
    for fact in profile["facts"]:
        yield f"- {fact['name']}: {fact['value']} {', '.join(name for _to, name in fact['links'])}"


if __name__ == "__main__":
    write_site(*map(Path, sys.argv[1:4]))
