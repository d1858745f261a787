"""Addresses on the co-op's forge, where its files are changed and its proposals discussed."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from ..records.index import Entry
from .context import Site

EDIT = {"github": "edit", "forgejo": "_edit", "gitlab": "-/edit"}
NEW = {"github": "new", "forgejo": "_new", "gitlab": "-/new"}
DISCUSSION = {"github": "pull", "forgejo": "pulls", "gitlab": "-/merge_requests"}
"""The part of an address by which each forge opens a page."""


def edit_address(site: Site, file: str) -> str:
    """Where a file can be changed; empty if the co-op names no forge."""
    forge = site.coop.get("forge") or {}
    if not forge:
        return ""
    return f"{_top(site)}/{EDIT.get(forge.get('kind', ''), '')}/{_branch(site)}/{file}"


def new_file_address(site: Site, file: str, content: str) -> str:
    """Where a new file can be written, already begun; empty if the co-op names no forge.

    GitHub and Forgejo take its name and its text, GitLab its name alone.
    """
    forge = site.coop.get("forge") or {}
    if not forge:
        return ""
    kind = forge["kind"]
    values = {"file_name": file} if kind == "gitlab" else {"filename": file, "value": content}
    return f"{_top(site)}/{NEW[kind]}/{_branch(site)}?{urlencode(values, quote_via=quote)}"


def discussion_address(site: Site, proposal: Entry) -> str:
    """Where a proposal is discussed; empty if that is not on the co-op's forge."""
    forge, change = site.coop.get("forge") or {}, proposal.get("pull_request") or {}
    if not forge or not change or change.get("forge") != forge["kind"]:
        return ""
    return f"{_top(site)}/{DISCUSSION[forge['kind']]}/{change['number']}"


def _top(site: Site) -> str:
    return str(site.coop["forge"]["url"]).rstrip("/")


def _branch(site: Site) -> str:
    return str(site.coop["forge"].get("branch") or "main")
