"""Pictures of a member's work lie beside the portrait, are the member's own, and are shown where
the member is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook.checks import check
from coopbook.records.audience import view_index
from coopbook.records.load import load
from PIL import Image
from support.commands import run
from support.coops import TODAY
from support.sites import build

Coop = Callable[..., Path]
COOP = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
POT, VASE = "members/pictures/ana/bol.jpg", "members/photos/ana-1.png"
LISTED = "listed: true\nconsents: [{purpose: directory, given: 2026-03-01, how: form}]\n"


def member(name: str, listed: str = LISTED, bio: str = "Bonjour.") -> str:
    return (
        f"type: person\nname: {{display: {name}}}\npresence: present\n{listed}"
        f"bio:\n  fr: |\n    {bio}\n"
    )


def paint(root: Path, *files: str) -> None:
    """Paint small pictures, each a JPEG whatever its name."""
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (240, 240), "teal").save(root / file, "JPEG")


def pottery(coop: Coop) -> Path:
    bio = "![Un bol](pictures/ana/bol.jpg) ![Un vase](photos/ana-1.png)"
    root = coop({"coop.yml": COOP, "members/ana.yml": member("Ana", bio=bio)})
    paint(root, POT, VASE)
    return root


def test_pictures_of_work_are_shown_on_their_members_page(coop: Coop, tmp_path: Path) -> None:
    root = pottery(coop)
    assert [one for one in check(load(root, TODAY)) if one.severity == "error"] == []
    out = build(root, tmp_path / "out")
    page = (out / "public/members/ana/index.html").read_text()
    for file in (POT, VASE):
        assert f"files/{file}" in page
        assert (out / "public/files" / file).is_file()


def test_they_are_gone_with_who_withdraws(coop: Coop, tmp_path: Path) -> None:
    root = pottery(coop)
    out = build(root, tmp_path / "out")
    (root / "members/ana.yml").write_text(member("Ana", "listed: false\n"))
    build(root, out)
    assert [path for path in (out / "public").rglob("*") if "ana" in path.parts] == []
    assert not (out / "public.previous").exists()


def test_the_portrait_of_somebody_hidden_is_no_picture_of_a_namesake(coop: Coop) -> None:
    """`ana-1` may be a member, or the first picture of `ana`."""
    root = coop(
        {
            "coop.yml": COOP,
            "members/ana.yml": member("Ana"),
            "members/ana-1.yml": member("Ana Autre", "listed: false\n"),
        }
    )
    paint(root, "members/photos/ana-1.png", "members/photos/ana-2.png")
    index = load(root, TODAY).index
    shown = view_index(index, "public")
    assert [file for file in shown.assets if file.startswith("members/photos")] == [
        "members/photos/ana-2.png"
    ]
    assert index.pictures_of("ana") == ["members/photos/ana-2.png"]
    assert index.pictures_of("ana-1") == ["members/photos/ana-1.png"]


def test_they_follow_who_is_renamed(coop: Coop) -> None:
    root = pottery(coop)
    done = run("rename", "ana", "anna", root, "--lang", "en", "--today", str(TODAY))
    assert done.returncode == 0, done.output
    text = (root / "members/anna.yml").read_text()
    assert "](pictures/anna/bol.jpg)" in text
    assert "](photos/anna-1.png)" in text
    left = {str(path.relative_to(root)) for path in root.glob("members/p*/**/*") if path.is_file()}
    assert left == {"members/pictures/anna/bol.jpg", "members/photos/anna-1.png"}
    assert [one for one in check(load(root, TODAY)) if one.severity == "error"] == []
