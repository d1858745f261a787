"""What a repository holds besides the book: declared in `coop.yml`, under `beside`.

Only names at the top can be declared, so nothing is loosened inside the folders that hold records.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from . import generator_settings
from .index import File, Index
from .model import Kind

FORGES = (".github", ".gitlab", ".gitea", ".forgejo", ".gitlab-ci.yml")
"""Where forges look for what they shall run."""

CODE_OWNERS = {
    "github": ".github/CODEOWNERS",
    "forgejo": ".forgejo/CODEOWNERS",
    "gitlab": ".gitlab/CODEOWNERS",
}
"""Where each forge looks for those whose approval a change asks for."""

_KNOWN_FILES = re.compile(
    r"coop\.yml|mkdocs(\.[a-z]+)?\.yml|README(\.[a-z]{2})?\.md|LICENSE|requirements\.lock"
    r"|(\.gitlab-ci\.yml|\.gitignore|\.gitattributes|requirements\.lock)\.new"
    r"|\.git|\.gitignore|\.gitattributes|\.gitkeep|\.mailmap|\.editorconfig|\.DS_Store"
)
"""Files that the tool, git, forges and editors look for at the top of any co-op's folder."""

SETTINGS = re.compile(
    rf"\.gitattributes|\.gitmodules|requirements\.(txt|lock)|{generator_settings.FILE.pattern}",
    re.IGNORECASE,
)
"""Files that say how git reads the others, which Coopbook counts the votes, and what the site
generator does.
"""

_KNOWN_FOLDERS = re.compile(
    r"schemas|build|site|site\.(new|previous)|\.coopbook"
    r"|\.git|\.vscode|\.idea|\.venv|\.cache|\.[a-z_]+_cache"
    r"|__pycache__|\.hypothesis"
)
"""Folders that the tool makes, or that git, forges, editors and programs make for themselves."""


def find_undeclared(index: Index) -> list[str]:
    """List the files and folders at the top that are no part of the book and are not declared.

    Returns:
        Their names in order. Empty folders are left out: git does not keep them.
    """
    files, folders = find_beside(index.kinds, index.files, index.folders)
    return sorted((files | folders) - set(index.settings.beside))


def find_beside(
    kinds: Mapping[str, Kind], files: Iterable[File], folders: Iterable[str]
) -> tuple[set[str], set[str]]:
    """Tell the files and the folders at the top that are no part of the book.

    Args:
        kinds: The kinds of the co-op's records.
        files: The files of the tree, those of the top among them.
        folders: The folders at the top that hold files.
    """
    at_the_top = {
        file.path
        for file in files
        if "/" not in file.path
        and not file.link
        and file.path not in FORGES
        and not _KNOWN_FILES.fullmatch(file.path)
        and not any(kind.owns(file.path) for kind in kinds.values())
    }
    others = {*folders} - {kind.folder.partition("/")[0] for kind in kinds.values()} - {*FORGES}
    return at_the_top, {name for name in others if not _KNOWN_FOLDERS.fullmatch(name)}


def find_programs(index: Index) -> list[str]:
    """List the files and folders at the top that decide how the book is read, counted and
    published, as far as they are here: the schemas, what forges run, what git and the site
    generator are told, and what is declared.
    """
    at_the_top = [path for path in index.assets if "/" not in path]
    here = index.folders | {*at_the_top}
    settings = sorted(path for path in at_the_top if SETTINGS.fullmatch(path))
    wanted = dict.fromkeys(["schemas", *FORGES, *settings, *(index.settings.beside)])
    return [name for name in wanted if name in here]


def find_changed_programs(before: Index, root: Path, after: Index, now: Path) -> list[str]:
    """Name the programs, as `find_programs` does, that are not what they were, and the templates.

    Args:
        before: The index before a change.
        root: Where the files of before lie.
        after: The index after it.
        now: Where the files of after lie.
    """
    if not root.is_dir():
        return []
    both = dict.fromkeys([*find_programs(before), *find_programs(after)])
    names = [name for name in both if not name.endswith(".md")]
    # what schemas publish the gate is asked; what templates do, nobody can be
    return [
        name
        for name in names
        for pattern in ["*.html" if name == "schemas" else "*"]
        if _contents(root, name, pattern) != _contents(now, name, pattern)
    ]


def _contents(root: Path, name: str, pattern: str) -> dict[str, str]:
    """The digests of a file, or of the files in a folder, by path. What programs leave behind that
    ran there is no part of it.
    """
    top = root / name
    files = top.rglob(pattern) if top.is_dir() else [top]
    return {
        path: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.is_file() and not file.is_symlink()
        for path in [file.relative_to(root).as_posix()]
        if not _MADE.search(path)
    }


_MADE = re.compile(r"/__pycache__/|/\.[a-z]+_cache/|/node_modules/|\.(pyc|mo)$")


def find_wrongly_declared(index: Index) -> list[tuple[int, str]]:
    """List the declared names that are folders of records, with their numbers in the list."""
    records = {kind.folder.partition("/")[0] for kind in index.kinds.values()}
    return [(number, name) for number, name in enumerate(index.settings.beside) if name in records]
