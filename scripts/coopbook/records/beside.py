"""What a repository holds besides the book: declared in `coop.yml`, under `beside`.

Only names at the top can be declared, so nothing is loosened inside the folders that hold records.
"""

from __future__ import annotations

import re

from .index import Index

_KNOWN_FILES = re.compile(
    r"coop\.yml|mkdocs(\.[a-z]+)?\.yml|README(\.[a-z]{2})?\.md|LICENSE"
    r"|\.git|\.gitignore|\.gitattributes|\.gitkeep|\.gitlab-ci\.yml|\.mailmap|\.editorconfig|\.DS_Store"
)
"""Files that the tool, git, forges and editors look for at the top of any co-op's folder."""

_KNOWN_FOLDERS = re.compile(
    r"schemas|build|site|site\.(new|previous)"
    r"|\.git|\.github|\.gitlab|\.gitea|\.forgejo|\.vscode|\.idea|\.venv|\.cache|\.[a-z_]+_cache"
    r"|__pycache__|\.hypothesis"
)
"""Folders that the tool makes, or that git, forges, editors and programs make for themselves."""


def undeclared(index: Index) -> list[str]:
    """List the files and folders at the top that are no part of the book and are not declared.

    Returns:
        Their names in order. Empty folders are left out: git does not keep them.
    """
    declared = set(index.coop.get("beside") or ())
    records = {kind.folder.partition("/")[0] for kind in index.kinds.values()}
    files = {
        file.path
        for file in index.files
        if "/" not in file.path
        and not file.link
        and not _KNOWN_FILES.fullmatch(file.path)
        and not any(kind.owns(file.path) for kind in index.kinds.values())
    }
    folders = {name for name in index.folders - records if not _KNOWN_FOLDERS.fullmatch(name)}
    return sorted((files | folders) - declared)


def wrongly_declared(index: Index) -> list[tuple[int, str]]:
    """List the declared names that are folders of records, with their numbers in the list."""
    records = {kind.folder.partition("/")[0] for kind in index.kinds.values()}
    return [
        (number, name)
        for number, name in enumerate(index.coop.get("beside") or ())
        if name in records
    ]
