"""Writes a Hugo site of the same pages as a public site of ours, for comparison.

    python scripts/bench/peers/hugo_site.py COOP SITE OUT
    hugo --quiet --source OUT --destination DIR

It is written as somebody would who knows Hugo: one content adapter over one JSON file, each card
rendered once a language and cached, frames of the same theme. What is no page is copied.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml
from hugo_pages import cards, pages

HERE = Path(__file__).parent
_LINK = re.compile(r"\[([^\]]*)\]\((?:\.\./)?(?:[a-z]+/)?([a-z0-9-]+)\.yml\)")


def write_site(coop: Path, site: Path, out: Path) -> int:
    """Write the Hugo site into a folder; the number of its pages.

    Args:
        coop: the generated co-op, whose members' own texts are taken as they are.
        site: the public site that was built of it.
        out: a new folder.
    """
    shutil.copytree(HERE / "hugo", out)
    found, frames = [], {}
    records = _records(coop, site)
    for number, page in enumerate(pages(site)):
        frame = frames.setdefault(page.pop("frame"), str(len(frames)))
        page |= {"frame": frame, "path": f"p{number}", "outputs": ["html"]}
        if "profile" in page:
            _fill(page, records[page["url"].rstrip("/").rpartition("/")[2]])
        found.append(page)
    for frame, name in frames.items():
        _write(out / f"layouts/partials/frames/{name}.html", _template(frame))
    _write(out / "assets/pages.json", json.dumps(found, ensure_ascii=False))
    _write(out / "data/cards.json", json.dumps(cards(site), ensure_ascii=False))
    _copy_others(site, out / "static", {page["url"] for page in found})
    return len(found)


def _records(coop: Path, site: Path) -> dict[str, dict[str, Any]]:
    """The members of the public site by id, as they are written, links in their texts as a Hugo
    user would write them.
    """
    found = {}
    for file in coop.glob("members/**/*.yml"):
        if (site / "members" / file.stem).is_dir():
            text = file.read_text(encoding="utf-8")
            found[file.stem] = {
                "value": yaml.load(text, yaml.CBaseLoader),
                "given": site / f"api/v1/members/{file.stem}.json",
                "site": site,
            }
    return found


def _fill(page: dict[str, Any], record: dict[str, Any]) -> None:
    """Give a member's page the text in Markdown and, of open data, the record itself."""
    texts, language = record["value"].get("bio") or {}, page["lang"]
    spoken = language if language in texts else next(iter(texts), "")
    profile = page["profile"]

    def lead(found: re.Match[str]) -> str:
        words, id = found.groups()
        prefix = "en/" if language == "en" and (record["site"] / "en/members" / id).is_dir() else ""
        there = (record["site"] / "members" / id).is_dir()
        return f"[{words}](/{prefix}members/{id}/)" if there else words

    profile["bio"] = _LINK.sub(lead, texts.get(spoken, ""))
    profile["language"] = spoken if spoken != language else ""
    if language == "fr" and record["given"].is_file():
        page["record"] = json.loads(record["given"].read_text(encoding="utf-8"))
        page["outputs"] = ["html", "json"]


def _template(frame: str) -> str:
    """A frame with Hugo's words in its gaps."""
    gaps = {
        "article": '{{ partial "article.html" . }}',
        "title": "{{ .Title }}",
        "description": "{{ .Params.description }}",
        "canonical": "{{ .Permalink }}",
        "head": "{{ .Params.head | safeHTML }}",
        "switch": "{{ .Params.switch | safeHTML }}",
    }
    for name, words in gaps.items():
        frame = frame.replace(f"\0{name}\0", words)
    return frame


def _copy_others(site: Path, out: Path, made: set[str]) -> None:
    """Copy what Hugo does not make: pictures, style sheets, tables, the home pages."""
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        path = file.relative_to(site)
        is_made = path.name == "index.html" and f"/{path.parent.as_posix()}/" in made
        if not is_made and path.as_posix() != "sitemap.xml" and path.parts[:3] != (
            "api", "v1", "members",
        ):  # fmt: skip
            _write(out / path, file.read_bytes())


def _write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


if __name__ == "__main__":
    print(write_site(*map(Path, sys.argv[1:4])), "pages")
