"""Addresses on the co-op's forge, where its files are changed and its proposals discussed."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from ..decisions.types import Proposal
from ..records.index import Entry
from .context import Site

EDIT = {"github": "edit", "forgejo": "_edit", "gitlab": "-/edit"}
NEW = {"github": "new", "forgejo": "_new", "gitlab": "-/new"}
DISCUSSION = {"github": "pull", "forgejo": "pulls", "gitlab": "-/merge_requests"}
UPLOAD = {"github": "upload", "forgejo": "_upload", "gitlab": "-/tree"}
FOLDER = {"github": "tree", "forgejo": "src/branch", "gitlab": "-/tree"}
CHANGES = {"github": "pulls", "forgejo": "pulls", "gitlab": "-/merge_requests"}
RUN = {
    "github": "actions/workflows/{file}",
    "forgejo": "actions?workflow={file}",
    "gitlab": "-/pipelines/new",
}
"""The part of an address by which each forge opens a page. GitLab has one file of workflows, and
asks for the step there.
"""


def edit_address(site: Site, file: str) -> str:
    """Where a file can be changed; empty if the co-op names no forge."""
    forge = site.settings.forge
    if not forge:
        return ""
    return f"{forge.top}/{EDIT.get(forge.kind, '')}/{forge.main_branch}/{file}"


def new_file_address(site: Site, file: str, content: str) -> str:
    """Where a new file can be written, already begun; empty if the co-op names no forge.

    GitHub and Forgejo take its name and its text, GitLab its name alone.
    """
    forge = site.settings.forge
    if not forge:
        return ""
    is_gitlab = forge.kind == "gitlab"
    values = {"file_name": file} if is_gitlab else {"filename": file, "value": content}
    return f"{forge.top}/{NEW[forge.kind]}/{forge.main_branch}?{urlencode(values, quote_via=quote)}"


def upload_address(site: Site, folder: str) -> str:
    """Where a picture can be brought into a folder; empty if the co-op names no forge."""
    forge = site.settings.forge
    return f"{forge.top}/{UPLOAD[forge.kind]}/{forge.main_branch}/{folder}" if forge else ""


def folder_address(site: Site, folder: str) -> str:
    """Where a folder is seen; empty if the co-op names no forge."""
    forge = site.settings.forge
    return f"{forge.top}/{FOLDER[forge.kind]}/{forge.main_branch}/{folder}" if forge else ""


def discussion_address(site: Site, proposal: Entry) -> str:
    """Where a proposal is discussed; empty if that is not on the co-op's forge."""
    forge, change = site.settings.forge, Proposal.of(proposal).pull_request
    if not forge or change is None or change.forge != forge.kind:
        return ""
    return f"{forge.top}/{DISCUSSION[forge.kind]}/{change.number}"


def run_address(site: Site, workflow: str) -> str:
    """Where a workflow is started by hand; empty if the co-op names no forge."""
    forge = site.settings.forge
    return f"{forge.top}/{RUN[forge.kind].format(file=workflow)}" if forge else ""


def changes_address(site: Site) -> str:
    """Where the changes wait that are proposed; empty if the co-op names no forge."""
    forge = site.settings.forge
    return f"{forge.top}/{CHANGES[forge.kind]}" if forge else ""
