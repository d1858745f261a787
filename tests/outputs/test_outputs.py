"""Open data, redirects and sitemap, as programs read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from coopbook import outputs
from coopbook.records.audience import Audience, view, view_index
from coopbook.records.load import load
from coopbook.site.sitemap import sitemap_files
from support.coops import TODAY, TOP

LISTED = "presence: present\nlisted: true\nconsents:\n  - {purpose: directory, given: 2026-01-01}\n"
OPEN = LISTED + "  - {purpose: reuse, given: 2026-01-01}\nopen_data: true\n"


def files(root: Path, audience: Audience = "public") -> dict[str, str]:
    book = load(root, TODAY)
    index = view_index(book.index, audience)
    found = dict(file for make in outputs.index_makers(index) for file in make())
    for record in book.records():
        shown = view(record, book.index, audience)
        if shown:
            found |= dict(outputs.record_files(shown, index))
    return {path: str(content) for path, content in found.items()}


@pytest.fixture(scope="module")
def public() -> dict[str, str]:
    return files(TOP)


def test_every_record_fits_its_published_schema(public: dict[str, str]) -> None:
    seen = 0
    for plural, kind in (
        ("members", "member"),
        ("projects", "project"),
        ("bodies", "body"),
        ("wiki", "page"),
        ("vocabularies", "vocabulary"),
    ):
        schema: dict[str, Any] = json.loads(public[f"api/v1/schemas/{kind}.schema.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        for path, text in public.items():
            if path.startswith(f"api/v1/{plural}/"):
                jsonschema.Draft202012Validator(schema).validate(json.loads(text))
                seen += 1
    assert seen > 15


def test_published_schemas_name_no_private_field(public: dict[str, str]) -> None:
    member = json.loads(public["api/v1/schemas/member.schema.json"])["properties"]
    assert {"headline", "offers"} <= member.keys()
    assert not {"sponsor", "membership", "consents", "accounts"} & member.keys()


def test_lists_lead_to_records(public: dict[str, str]) -> None:
    start = json.loads(public["api/v1/index.json"])
    assert {"members", "offers", "projects", "vocabularies"} <= start["lists"].keys()
    for plural, path in start["lists"].items():
        for item in json.loads(public[path]):
            assert plural == "offers" or f"api/v1/{plural}/{item['id']}.json" in public
    offers = json.loads(public["api/v1/offers.json"])
    assert offers
    assert {offer["audience"] for offer in offers} == {"public"}


def test_members_are_in_the_open_data_only_when_they_said_so(coop: Callable[..., Path]) -> None:
    root = coop(
        {
            "members/ana.yml": "type: person\nname: {display: Ana}\n" + OPEN,
            "members/bob.yml": "type: person\nname: {display: Bob}\n" + LISTED,
        }
    )
    assert [item["id"] for item in json.loads(files(root)["api/v1/members.json"])] == ["ana"]
    assert "api/v1/members/bob.json" not in files(root)
    assert [item["id"] for item in json.loads(files(root, "members")["api/v1/members.json"])] == [
        "ana",
        "bob",
    ]


@pytest.mark.parametrize("audience", ["public", "members"])
def test_what_a_text_hides_in_a_comment_no_data_holds(
    coop: Callable[..., Path], audience: Audience
) -> None:
    hidden = "<!-- zqsecret -->"
    member = f"""type: person
name: {{display: Ana}}
{OPEN}headline: {{fr: "Je couds {hidden}"}}
bio: {{fr: "Depuis {hidden} dix ans. <!-- zqsecret"}}
offers:
  - id: ourlets
    title: {{fr: Ourlets}}
    kind: offer
    summary: {{fr: "Vite {hidden}"}}
    description: {{fr: "Et bien {hidden}"}}
    audience: public
"""
    page = f"---\ntitle: Un guide\naudience: public\n---\n\nUn texte. {hidden}\n"
    found = files(coop({"members/ana.yml": member, "wiki/guide.md": page}), audience)
    assert "Je couds" in found["api/v1/members/ana.json"]
    assert [path for path, text in found.items() if "zqsecret" in text] == []


@pytest.mark.parametrize("audience", ["public", "members"])
def test_what_a_page_leaves_out_of_a_text_no_data_holds(
    coop: Callable[..., Path], audience: Audience
) -> None:
    hidden = "<div hidden>zqsecret</div>\\n\\n<script>zqsecret()</script>\\n\\n"
    member = f"""type: person
name: {{display: Ana}}
{OPEN}bio: {{fr: "{hidden}Depuis <b>dix</b> ans."}}
offers:
  - id: ourlets
    title: {{fr: Ourlets}}
    kind: offer
    description: {{fr: "{hidden}Et `<b>` bien."}}
    audience: public
"""
    body = hidden.replace("\\n", "\n")
    page = f"---\ntitle: Un guide\naudience: public\n---\n\nUn texte.\n\n{body}Fin.\n"
    about = f'about: {{fr: "{hidden}Nous."}}\n'
    coop_file = f"format: 2\nname: X\nlanguages: [fr]\ncountry: CH\nrepository: private\n{about}"
    made = {"members/ana.yml": member, "wiki/guide.md": page, "coop.yml": coop_file}
    found = files(coop(made), audience)
    assert [path for path, text in found.items() if "zqsecret" in text] == []
    assert "Depuis dix ans." in found["api/v1/members/ana.json"]
    assert "Et `<b>` bien." in found["api/v1/members/ana.json"]
    assert "Nous." in found["api/v1/index.json"]


def test_an_old_address_leads_to_the_new_one(coop: Callable[..., Path]) -> None:
    found = files(
        coop(
            {
                "members/ana.yml": "type: person\nname: {display: Ana}\nformerly: [anna]\n"
                "publish: [formerly]\n" + OPEN,
                "members/bo.yml": "type: person\nname: {display: Bo}\nformerly: [bob]\n" + OPEN,
                "wiki/b/new.md": "---\nformerly: [a/b/old]\naudience: public\n---\n",
            }
        )
    )
    assert "url=../../members/ana/" in found["members/anna/index.html"]
    assert "members/bob/index.html" not in found
    assert "url=../../../../wiki/b/new/" in found["wiki/a/b/old/index.html"]


def test_the_sitemap_lists_pages(
    coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = load(
        coop(
            {
                "coop.yml": (
                    "format: 2\nname: X\nlanguages: [fr]\ncountry: CH\nrepository: private\nsite: "
                    "https://a.example/\n"
                )
            }
        ),
        TODAY,
    ).index
    public, paths = view_index(index, "public"), ["", "members/", "members/a/", "404.html"]
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    whole = ElementTree.fromstring(dict(sitemap_files(public, paths))["sitemap.xml"])
    assert [element.text for element in whole.findall("s:url/s:loc", names)] == [
        "https://a.example/",
        "https://a.example/members/",
        "https://a.example/members/a/",
    ]
    monkeypatch.setattr("coopbook.site.sitemap.MOST", 2)
    cut = dict(sitemap_files(public, paths))
    assert "https://a.example/sitemap-2.xml" in cut["sitemap.xml"]
    assert cut["sitemap-1.xml"].count("<loc>") == 2
    assert dict(sitemap_files(index, paths)) == {"robots.txt": "User-agent: *\nDisallow: /\n"}


def test_the_tables_are_a_valid_data_package(public: dict[str, str], tmp_path: Path) -> None:
    from frictionless import Package

    for name in ("datapackage.json", "members.csv", "offers.csv"):
        (tmp_path / name).write_bytes(public[f"api/v1/{name}"].encode())
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    assert [task.stats["rows"] for task in report.tasks] == [
        len(json.loads(public["api/v1/members.json"])),
        len(json.loads(public["api/v1/offers.json"])),
    ]


def test_a_cell_is_never_a_formula(coop: Callable[..., Path]) -> None:
    root = coop(
        {
            "members/ana.yml": "type: person\nname: {display: '=HYPERLINK(1)'}\nheadline: {fr: '\uff1dcmd'}\n"  # noqa: E501
            + OPEN,
            "members/bo.yml": "type: person\nname: {display: Bo}\nheadline: {fr: ' \u00a0=cmd'}\n"
            + OPEN,
        }
    )
    text = files(root)["api/v1/members.csv"]
    assert ",'=HYPERLINK(1)," in text
    assert ",' \u00a0=cmd," in text, "a spreadsheet may leave out the space"
    assert ",'\uff1dcmd," in text
