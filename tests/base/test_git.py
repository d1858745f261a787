"""What is read of a revision is what its objects hold, whatever the revision itself says of
them.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from coopbook.base.git import GitError, Repository
from coopbook.base.messages import Misuse
from coopbook.cli._revisions import load_revision
from support.git import git

TODAY = date(2026, 11, 21)
COOP = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
MEMBER = "type: person\nname: {display: X}\npresence: present\nlisted: false\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A co-op in the folder `livre` of a repository."""
    root = tmp_path / "depot" / "livre"
    (root / "members").mkdir(parents=True)
    (root / "coop.yml").write_text(COOP)
    (root / "members/ana.yml").write_text(MEMBER)
    git(root.parent, "init", "--quiet", "--initial-branch", "main")
    return root


def kept(root: Path, tag: str = "before") -> Path:
    git(root, "add", "-A", ".")
    git(root, "commit", "--quiet", "-m", tag)
    git(root, "tag", tag)
    return root


def members(root: Path, revision: str) -> set[str]:
    return set(load_revision(root, revision, TODAY).index.entries["member"])


def test_a_revision_is_read_whole_whatever_its_attributes_say(root: Path) -> None:
    (root / ".gitattributes").write_text("members/** export-ignore\n*.yml filter=spy\n")
    git(root, "config", "filter.spy.smudge", f"touch {root.parent / 'ran'}; cat")
    kept(root)
    assert members(root, "before") == {"ana"}
    assert not (root.parent / "ran").exists()


def test_links_of_a_revision_are_not_followed(root: Path) -> None:
    Path(root / "members/inside.yml").symlink_to("ana.yml")
    Path(root / "members/outside.yml").symlink_to("/etc/hostname")
    kept(root)
    assert members(root, "before") == {"ana"}


def test_the_folder_must_have_been_there(root: Path) -> None:
    kept(root)
    later = root.with_name("autre")
    later.mkdir()
    (later / "coop.yml").write_text(COOP)
    kept(later, "after")
    assert members(later, "after") == set()
    with pytest.raises(Misuse):
        load_revision(later, "before", TODAY)
    for name in ("--output=/tmp/x", "nowhere", "before..after", "before:livre/coop.yml"):
        with pytest.raises(Misuse):
            load_revision(root, name, TODAY)


def test_no_name_leads_out_of_the_folder(root: Path, tmp_path: Path) -> None:
    kept(root)
    repository = Repository(root)
    blob = git(root, "rev-parse", "before:livre/coop.yml")
    with pytest.raises(GitError):
        repository.write_files({"../out.yml": ("100644", blob)}, tmp_path / "new")
    assert not (tmp_path / "out.yml").exists()


def test_an_object_that_is_not_here_is_told(root: Path, tmp_path: Path) -> None:
    kept(root)
    with pytest.raises(GitError):
        Repository(root).write_files({"a.yml": ("100644", "0" * 39 + "1")}, tmp_path / "new")


def test_what_may_be_run_stays_so(root: Path, tmp_path: Path) -> None:
    (root / "members/ana.yml").chmod(0o755)
    kept(root)
    repository = Repository(root)
    repository.write_files(repository.tree_below_root("before"), tmp_path / "new")
    assert os.access(tmp_path / "new/members/ana.yml", os.X_OK)
    assert not os.access(tmp_path / "new/coop.yml", os.X_OK)


def test_what_changed_here_since_a_revision(tmp_path: Path) -> None:
    """New, altered and deleted files, those that git does not know yet among them."""
    git(tmp_path, "init", "-q")
    folder = tmp_path / "co op"
    folder.mkdir()
    for name in ("a.md", "b.md", "c é.md"):
        (folder / name).write_text(name)
    (tmp_path / "outside.md").write_text("x")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "base")
    (folder / "a.md").write_text("other")
    (folder / "b.md").rename(folder / "d.md")
    (folder / "link").symlink_to("a.md")
    (tmp_path / "outside.md").unlink()
    (folder / "c é.md").chmod(0o755)
    assert sorted(Repository(folder).changed_since("HEAD")) == [
        ("a.md", "altered", "100644"),
        ("b.md", "deleted", ""),
        ("c é.md", "altered", "100755"),
        ("d.md", "added", "100644"),
        ("link", "added", "120000"),
    ]
