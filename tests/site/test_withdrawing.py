"""Who withdraws, or leaves, is off the public site with the next build, whatever others wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.sites import build, build_arguments

Coop = Callable[..., Path]
WHO, NAME = "ines-perdrix", "Inès Perdrix"
COOP = """\
format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
legal: {name: Les Essais}
"""
MEMBER = f"""\
type: person
name: {{given: Inès, family: Perdrix, display: {NAME}}}
trades: [graphisme]
headline: {{fr: Je dessine, en: I draw}}
availability: {{state: available}}
offers:
  - id: affiche
    title: {{fr: Une affiche}}
    kind: offer
    audience: public
    price: {{amount: "300.00", currency: CHF, unit: piece, tax: included}}
    valid_until: 2026-11-20
  - id: carte
    title: {{fr: Une carte}}
    kind: offer
    audience: public
    valid_until: {TODAY}
presence: present
listed: true
open_data: true
publish: [email]
email: ines@essais.example
consents:
  - purpose: directory
    given: 2024-05-02
  - purpose: reuse
    given: 2024-05-02
  - purpose: email
    given: 2024-05-02
"""
OTHER = "type: person\nname: {display: Zoé Marin}\npresence: present\nlisted: false\n"
PROJECT = f"""\
---
title: {{fr: L'almanach}}
kind: project
status: active
audience: public
lead: {WHO}
members: [{{member: {WHO}}}, {{member: zoe-marin}}]
---
Dessiné par [elle](../members/{WHO}.yml), [**{NAME}**][i] et [toutes
les autres](../members/zoe-marin.yml "qui [ne] sont là").

[i]: ../members/{WHO}.yml
"""
PAGE = f"---\ntitle: Prix\naudience: public\n---\nDemandez à [Inès](../members/{WHO}.yml).\n"


@pytest.fixture
def root(coop: Coop) -> Path:
    return coop(
        {
            "coop.yml": COOP,
            f"members/{WHO}.yml": MEMBER,
            "members/zoe-marin.yml": OTHER,
            "projects/almanach.md": PROJECT,
            "wiki/prix.md": PAGE,
        }
    )


def change(root: Path, *pairs: tuple[str, str]) -> None:
    """Change a member's own file and nothing else."""
    file = root / f"members/{WHO}.yml"
    text = file.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text)


WITHDRAWN = (
    ("listed: true", "listed: false"),
    ("open_data: true", "open_data: false"),
    ("given: 2024-05-02", "given: 2024-05-02\n    withdrawn: 2026-11-20"),
)


def naming(folder: Path, *words: str) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_text(errors="replace") for word in words)
    )


def test_who_withdraws_is_gone_at_once_and_nobody_waits(root: Path, tmp_path: Path) -> None:
    out = build(root, tmp_path / "out")
    assert naming(out / "public", WHO)
    change(root, *WITHDRAWN)
    build(root, out)
    assert naming(out / "public", WHO, "ines@essais.example") == []
    assert not (out / "public.previous").exists()
    project = (out / "public/projects/almanach/index.html").read_text()
    assert f"Dessiné par <a>elle</a>, <a><strong>{NAME}</strong></a>" in project
    data = (out / "public/api/v1/projects/almanach.json").read_text()
    assert f"Dessiné par elle, **{NAME}** et toutes\\nles autres." in data
    assert f"members/{WHO}/" in (out / "members/projects/almanach/index.html").read_text()


def test_the_secretariat_is_told_which_texts_name_them_still(root: Path, tmp_path: Path) -> None:
    change(root, *WITHDRAWN)
    out = build(root, tmp_path / "out")
    page = (out / "members/secretariat/index.html").read_text()
    part = page.split('id="_named"')[1].split("<h2")[0]
    assert NAME in part
    assert part.count("projects/almanach.md") == 2
    assert part.count("wiki/prix.md") == 1
    found = [one for one in checks.check(load(root, TODAY)) if one.severity == "error"]
    assert found == []


def test_what_is_done_is_not_put_back(root: Path, tmp_path: Path) -> None:
    out = build(root, tmp_path / "out")
    build(root, out)
    assert (out / "public.previous").is_dir()
    change(root, *WITHDRAWN)
    build(root, out)
    for options in ((), ("--audience", "public")):
        back = run("rollback", "--out", out, "--lang", "en", *options)
        assert back.returncode == 2
        assert "takes somebody off keeps none" in back.stderr
    assert naming(out / "public", WHO) == []


def test_what_was_open_data_of_who_has_left_is_not_put_back(root: Path, tmp_path: Path) -> None:
    """Their page stays, among those of former members; their offers and their data do not."""
    out = build(root, tmp_path / "out")
    build(root, out)
    assert naming(out / "public.previous/api/v1/members", WHO)
    change(root, *LEFT)
    build(root, out)
    assert (out / f"public/members/{WHO}/index.html").is_file()
    assert not (out / "public.previous").exists()


def test_an_offer_is_gone_the_day_after_its_last(root: Path, tmp_path: Path) -> None:
    out = build(root, tmp_path / "out")
    assert naming(out / "public", "Une affiche", "300.00") == []
    assert naming(out / "public", "Une carte")
    tomorrow = [*build_arguments(root, out)]
    tomorrow[tomorrow.index("--today") + 1] = "2026-11-22"
    assert run(*tomorrow).returncode == 0
    assert naming(out / "public", "Une carte") == []


LEFT = (
    ("presence: present", "presence: left"),
    ("listed: true", "listed: true\nalumni: true"),
    ("consents:", "consents:\n  - purpose: alumni\n    given: 2026-11-20"),
)


def test_who_has_left_is_shown_as_a_former_member_and_offered_nowhere(
    root: Path, tmp_path: Path
) -> None:
    change(root, *LEFT)
    out = build(root, tmp_path / "out")
    page = (out / f"public/members/{WHO}/index.html").read_text()
    assert "Ancien" in page
    assert "Je dessine" in page
    assert "coop-state--available" not in page
    assert naming(out / "public", "Une carte", "ines@essais.example") == []
    assert NAME in (out / "public/former/index.html").read_text()
    assert NAME not in (out / "public/members/index.html").read_text()
    assert naming(out / "public/search", NAME) == []
    assert naming(out / "public/trades", NAME) == []
    assert naming(out / "public/api", NAME) != []


def test_without_that_consent_who_has_left_is_not_shown(root: Path, tmp_path: Path) -> None:
    change(root, ("presence: present", "presence: left"))
    out = build(root, tmp_path / "out")
    assert naming(out / "public", WHO) == []
    assert not (out / "public/former").exists()
    change(root, ("listed: true", "listed: true\nalumni: true"))
    told = [one.check for one in checks.check(load(root, TODAY)) if one.severity == "error"]
    assert told == ["consent-missing"]


def test_who_becomes_a_former_member_is_not_put_back_among_the_present(
    root: Path, tmp_path: Path
) -> None:
    change(root, ("open_data: true", "open_data: false"))
    out = build(root, tmp_path / "out")
    change(root, *LEFT)
    build(root, out)
    assert not (out / "public.previous").exists()
    assert naming(out / "public", "Une carte") == []


def test_who_withdraws_an_address_alone_is_off_the_former_site_too(
    root: Path, tmp_path: Path
) -> None:
    out = build(root, tmp_path / "out")
    assert naming(out / "public", "ines@essais.example")
    change(root, ("publish: [email]\n", ""))
    build(root, out)
    assert (out / f"public/members/{WHO}/index.html").is_file()
    assert naming(out / "public", "ines@essais.example") == []
    assert not (out / "public.previous").exists()
    change(root, ("Je dessine", "Je dessine dehors"))
    build(root, out)
    assert (out / "public.previous").is_dir(), "what takes nothing off keeps the former site"
