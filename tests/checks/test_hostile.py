"""What somebody who wants harm might propose, each with what became of it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from coopbook import checks
from coopbook.base.diagnostics import has_errors
from coopbook.records.load import MOST_NESTED, load
from support.commands import run
from support.coops import TODAY
from support.sites import write_site

ANA = (
    "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: true\nconsents:\n  - "
    "{purpose: directory, given: 2026-01-01}\n"
)
HIDDEN = "type: person\nname: {display: Zoé Cachée}\npresence: present\nlisted: false\n"
COOP = "format: 2\nname: X\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
SCRIPT = "<script>alert(1)</script>"


def kind(files: str, title: str, public: bool = True, **properties: Any) -> str:
    start = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fiches",
        "description": "Fiches.",
        "x-files": files,
        "x-id": "stem",
        "x-title": title,
    }
    return json.dumps(
        {
            **start,
            **({"x-audience": "public"} if public else {}),
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
    )


def site(root: Path, out: Path) -> dict[str, str]:
    """The public site of a co-op whose files have no error."""
    book = load(root, TODAY)
    assert not has_errors(checks.check(book))
    write_site(book, [], "public", out)
    return {
        str(path.relative_to(out)): path.read_text(errors="replace")
        for path in out.rglob("*")
        if path.is_file()
    }


def errors(root: Path) -> set[str]:
    return {item.check for item in checks.check(load(root, TODAY)) if item.severity == "error"}


def test_the_generators_document_folder_is_not_published(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop({"build/staging/evil.html": SCRIPT, "build/staging/evil.md": SCRIPT})
    (root / "build/staging/host.txt").symlink_to("/etc/hostname")
    files = site(root, tmp_path / "out")
    assert not [path for path in files if "evil" in path or "host" in path]


STRING = {"type": "string"}
TITLES = {
    "chosen by nobody": (
        "nom",
        {
            "nom": {
                "type": "object",
                "x-localized": True,
                "x-audience": "public",
                "propertyNames": {"pattern": "^[a-z]{2}$"},
                "additionalProperties": {"type": "string", "x-audience": "choice"},
            }
        },
        "nom: {fr: zqsecret}\n",
    ),
    "a hidden member": (
        "qui",
        {"qui": {"type": "string", "x-ref": "member", "x-audience": "public"}},
        "qui: zqsecret\n",
    ),
    "private entries of a list": (
        "mots",
        {"mots": {"type": "array", "x-audience": "public", "items": STRING}},
        "mots: [zqsecret]\n",
    ),
    "private text": ("mot", {"mot": STRING}, "mot: zqsecret\n"),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_private_title_stays_private(
    coop: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    title, properties, text = TITLES[name]
    files = site(
        coop(
            {
                "schemas/fiche.schema.json": kind("fiches/*.yml", title, **properties),
                "fiches/a.yml": text,
                "members/zqsecret.yml": HIDDEN,
            }
        ),
        tmp_path / "out",
    )
    assert "fiches/a/index.html" in files
    assert not [path for path, content in files.items() if "zqsecret" in path + content]


def test_a_comment_is_not_published(coop: Callable[..., Path], tmp_path: Path) -> None:
    text = (
        "---\naudience: public\n---\n\nBonjour <!-- zqsecret "
        + "x" * 1500
        + " --> fin.\n\n<!-- zqsecret, never closed"
    )
    files = site(coop({"wiki/a.md": text}), tmp_path / "out")
    assert "Bonjour" in files["wiki/a/index.html"]
    assert not [path for path, content in files.items() if "zqsecret" in content]


def test_a_kind_for_members_is_not_announced(coop: Callable[..., Path], tmp_path: Path) -> None:
    schema = kind(
        "sanctions/*.yml", "mot", public=False, mot={"type": "string", "x-audience": "public"}
    )
    files = site(
        coop({"schemas/sanction.schema.json": schema, "sanctions/a.yml": "mot: x\n"}),
        tmp_path / "out",
    )
    assert not [path for path, content in files.items() if "sanction" in path + content]


def test_keys_of_languages_are_escaped(coop: Callable[..., Path], tmp_path: Path) -> None:
    field = {
        "type": "object",
        "x-localized": True,
        "x-audience": "public",
        "propertyNames": {"maxLength": 200},
        "additionalProperties": {"type": "string", "x-audience": "public"},
    }
    root = coop(
        {
            "schemas/fiche.schema.json": kind("fiches/*.yml", "nom", nom=field),
            "fiches/a.yml": f"nom: {{'x\">{SCRIPT}': T}}\n",
        }
    )
    assert not [
        path
        for path, content in site(root, tmp_path / "out").items()
        if SCRIPT in content and path.endswith(".html")
    ]


@pytest.mark.parametrize(
    "address",
    [
        'https://e.example/"><script>/',
        "https://e.example//evil.example/",
        "https://e.example/?a/",
        "https://a b/",
    ],
)
def test_a_sites_address_has_a_plain_form(coop: Callable[..., Path], address: str) -> None:
    assert errors(coop({"coop.yml": COOP + f"site: '{address}'\n"})) == {"schema"}


@pytest.mark.parametrize(
    "languages", ["[fr-CA]", "[fr, fr-CA]", "[fr-US]", "[en-CA, fr-CA]", "[oc]"]
)
def test_any_language_builds(coop: Callable[..., Path], tmp_path: Path, languages: str) -> None:
    text = (
        ANA + "languages: {fr: native, oc: c1}\navailability: {state: limited, until: 2026-12-31}\n"
    )
    files = site(
        coop({"coop.yml": COOP.replace("[fr, en]", languages), "members/ana.yml": text}),
        tmp_path / "out",
    )
    assert "2026" in files["members/ana/index.html"]


@pytest.mark.parametrize("former", ["index", "outils", "../../x", "a//b"])
def test_an_old_address_never_replaces_a_page(coop: Callable[..., Path], former: str) -> None:
    root = coop(
        {"wiki/outils/x.md": "Texte.\n", "wiki/y.md": f"---\nformerly: ['{former}']\n---\n"}
    )
    book = load(root, TODAY)
    assert has_errors(checks.check(book)) or ("page", former) not in book.index.former


FOLDERS = [
    "wiki/fiches/*.yml",
    "projects/*.yml",
    "decisions/*.yml",
    "trades/*.yml",
    "legal/*.yml",
    "offers/*.yml",
    "x/members/*.yml",
    "api/*.yml",
    "en/*.yml",
    "a/../*.yml",
    "a*.yml",
    "*.yml",
]


@pytest.mark.parametrize("files", FOLDERS)
def test_each_kind_has_a_folder_of_its_own(coop: Callable[..., Path], files: str) -> None:
    assert errors(coop({"schemas/fiche.schema.json": kind(files, "mot", mot=STRING)})) == {
        "invalid-record-type"
    }


def test_two_things_with_one_address_are_refused(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop(
        {
            "members/index.yml": ANA,
            "projects/index.md": "---\ntitle: {fr: P}\nkind: project\naudience: public\nstatus: active\n---\n",  # noqa: E501
        }
    )
    files = site(root, tmp_path / "out")
    assert "Ana Lopes" in files["members/index/index.html"]
    assert "Annuaire" in files["members/index.html"]


@pytest.mark.parametrize("name", ["b.html", "a.json", "v1.2"])
def test_names_with_dots_are_refused(coop: Callable[..., Path], name: str) -> None:
    assert errors(coop({f"wiki/{name}/x.md": "Texte.\n"})) == {"bad-file-name"}


def test_marks_of_shells_cannot_be_written(coop: Callable[..., Path]) -> None:
    assert errors(coop({"coop.yml": COOP + "notice: {fr: '\ue000body\ue001'}\n"})) == {"syntax"}


def test_own_fields_named_as_ours_do_no_harm(coop: Callable[..., Path], tmp_path: Path) -> None:
    fields = {
        "formerly": {"type": "integer", "x-index": True},
        "order": {"type": "string", "x-index": True},
        "mot": {"type": "string", "x-audience": "public", "x-index": True},
    }
    root = coop(
        {
            "schemas/fiche.schema.json": kind("fiches/*.yml", "mot", **fields),
            "fiches/a.yml": "mot: x\nformerly: 3\norder: z\n",
            "fiches/b.yml": "mot: y\n",
        }
    )
    assert "fiches/a/index.html" in site(root, tmp_path / "out")


def test_pictures_of_the_co_ops_own_text_are_published(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (300, 300)).save(picture, "PNG")
    files = site(
        coop(
            {
                "coop.yml": COOP + "about: {fr: '![p](wiki/p.png)'}\n",
                "wiki/p.png": picture.getvalue(),
            }
        ),
        tmp_path / "out",
    )
    assert "files/wiki/p.png" in files


def test_a_folder_in_a_files_place_does_not_hang(coop: Callable[..., Path]) -> None:
    root = coop({"schemas/x.schema.json/y": "", "members/ana.yml": ANA})
    assert errors(root) <= {"stray-file"}


@pytest.fixture
def nest(coop: Callable[..., Path]) -> Iterator[Callable[[str], Path]]:
    """Thousands of folders inside one another, which Python itself cannot delete."""
    root = coop({"wiki/README.md": "Texte.\n"})

    def make(top: str) -> Path:
        folder = os.open(root, os.O_RDONLY)
        for name in (top, *["d"] * 3000):
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=folder)
            inner = os.open(name, os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = inner
        os.close(os.open("x.md", os.O_CREAT, dir_fd=folder))
        os.close(folder)
        return root

    yield make
    subprocess.run(["rm", "-rf", root], check=True)


def test_thousands_of_folders_inside_one_another_are_told(nest: Callable[[str], Path]) -> None:
    root = nest("wiki")
    told = checks.check(load(root, TODAY))
    assert [(item.check, item.file) for item in told if item.severity == "error"] == [
        ("stray-file", "wiki" + "/d" * MOST_NESTED)
    ]
    ran = run("check", root, "--lang", "en")
    assert (ran.returncode, ran.stderr.count("Traceback")) == (1, 0)
    assert "This folder lies too deep: at most 20 inside one another." in ran.stdout


def test_so_are_those_beside_the_book(nest: Callable[[str], Path]) -> None:
    found = checks.check(load(nest("notes"), TODAY))
    assert {(item.check, item.file) for item in found} >= {("stray-file", "notes")}


def test_a_folder_as_deep_as_may_be_is_read(coop: Callable[..., Path]) -> None:
    root = coop({"wiki" + "/d" * (MOST_NESTED - 1) + "/x.md": "# X\n\nTexte.\n"})
    assert errors(root) == set()
    assert load(root, TODAY).index.find("page", "d/" * (MOST_NESTED - 1) + "x")


def test_a_folder_that_cannot_be_opened_is_told(
    coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = coop({"wiki/closed/x.md": "Texte.\n"})
    scan = os.scandir

    def scandir(folder: str | Path) -> Any:
        if str(folder).endswith("closed"):
            raise PermissionError(folder)
        return scan(folder)

    monkeypatch.setattr("os.scandir", scandir)
    found = checks.check(load(root, TODAY))
    assert [(item.file, item.message.text) for item in found if item.check == "stray-file"] == [
        ("wiki/closed", "This folder cannot be opened.")
    ]
