"""What people's lives bring, done by the guides' own lines and commands in a co-op of nine: the
check is green, and the public site is right on the same day.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from support.commands import Ran, run
from support.coops import TOP
from support.git import committed, git
from support.nine_members import ACCOUNTS, FLAGS, write_nine
from support.sites import naming

DAY = "2026-12-01"
ANA = "members/ana-lopes.yml"
OF_ANA = ("ana-lopes", "Lopes", "ana@livre.example", "98 00 00", "98000000")
OF_TEO = ("teo-marsan", "teo@livre.example", "98 00 01", "98000001")
SENTENCES = {
    "api/v1/projects/kiosque.json",
    "api/v1/wiki/imprimer.json",
    "projects/kiosque/index.html",
    "wiki/imprimer/index.html",
}
"""Where sentences of others say a name: only their authors can find other words."""
OWN = {"api/v1/members/ana-roux.json", "api/v1/members.json", "members/ana-roux/index.html"}
"""Where the description of her photo says it: told to be changed by hand."""
EXAMPLE = "api/v1/schemas/member.schema.json"


class Walk:
    """A co-op in a repository with a remote, its guide, and its sites, made one over the other."""

    def __init__(self, root: Path, kind: str, language: str) -> None:
        self.root, self.language, self.sites = root / "coop", language, root / "site"
        write_nine(self.root, kind)
        self.has_rules = (self.root / "decisions/rules.yml").exists()
        git(root, "init", "-q", "--bare", "-b", "main", "remote.git")
        committed(self.root)
        git(self.root, "remote", "add", "origin", str(root / "remote.git"))
        self.accept()
        self.build()

    def guide(self, name: str) -> str:
        file = TOP / f"docs/guides/{name}.{self.language}.md"
        return file.read_text(encoding="utf-8")

    def copy(self, name: str, *fields: str, **values: str) -> None:
        """Copy the example of a guide that has exactly these fields, one of them with this value,
        into Ana's file.
        """
        found = re.findall(rf"^```yaml {ANA}\n(.*?)^```$", self.guide(name), re.M | re.S)
        examples = [(list(said := yaml.load(one, yaml.BaseLoader)), said, one) for one in found]
        (lines,) = (
            one
            for names, said, one in examples
            if names == list(fields) and values.items() <= said.items()
        )
        self.write(
            "".join(one for one in self.lines() if one.partition(":")[0] not in fields) + lines
        )

    def lines(self) -> list[str]:
        """Ana's file, field by field."""
        return re.split(r"^(?=\w)", (self.root / ANA).read_text(encoding="utf-8"), flags=re.M)

    def write(self, text: str) -> None:
        (self.root / ANA).write_text(text, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        """Change a line of Ana's file."""
        text = "".join(self.lines())
        assert old in text
        self.write(text.replace(old, new, 1))

    def command(self, name: str, word: str) -> Ran:
        """Type the first command of a guide that begins so, as it stands there."""
        line = next(
            line.strip().removeprefix("$ coopbook ").partition("   #")[0]
            for line in self.guide(name).splitlines()
            if line.strip().startswith(f"$ coopbook {word}") and "--dry-run" not in line
        )
        return run(*shlex.split(line), "--today", DAY, "--lang", "en", cwd=self.root)

    def check(self, who: str = "sol-ferrand", day: str = DAY) -> list[str]:
        """The errors of what was changed since, proposed by somebody."""
        if git(self.root, "status", "--porcelain"):
            committed(self.root)
        actor = f"github:{who.split('-', maxsplit=1)[0]}:{ACCOUNTS[who]}"
        judged = ("--actor", actor) if self.has_rules else ()
        options = ("--base", "origin/main", *judged, "--lang", "en", "--today", day)
        told = run("check", self.root, *options).stdout.splitlines()
        return [line for line in told if re.match(r"\S+:\d", line) and ": warning:" not in line]

    def build(self, day: str = DAY) -> Path:
        done = run("build", self.root, "--out", self.sites, "--today", day, "--lang", "en")
        assert done.returncode == 0, done.output
        return self.sites / "public"

    def accept(self) -> None:
        git(self.root, "push", "-q", "origin", "HEAD:main")

    def page(self, path: str) -> str:
        text = (self.sites / "public" / path / "index.html").read_text(encoding="utf-8")
        return text.replace("\u00a0", " ")

    def said(self, *words: str) -> set[str]:
        """The public files that hold one of some words, but for the examples of a schema."""
        return {*naming(self.sites / "public", *words)} - {EXAMPLE}


@pytest.fixture(params=[("cae", "fr"), ("quebec", "en"), ("five", "fr")], ids=list(FLAGS))
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Walk:
    return Walk(tmp_path, *request.param)


def test_withdrawn_and_back_moved_paused_and_in_another_trade(walk: Walk) -> None:
    assert len(walk.said(*OF_ANA)) > 20
    walk.build()
    before = "".join(walk.lines())
    walk.copy("members", "listed", "consents", listed="false")
    assert walk.check("ana-lopes") == []
    assert bool(walk.check("zoe-marin")) == walk.has_rules
    walk.build()
    assert walk.said("ana-lopes", "ana@livre.example", "98 00 00", "98000000") == set()
    assert walk.said("Lopes") <= SENTENCES
    assert not (walk.sites / "public.previous").exists()
    walk.accept()

    walk.copy("members", "listed", "consents", listed="true")
    consents = before.partition("consents:\n")[2].splitlines(keepends=True)[1:5]
    walk.write("".join([*walk.lines(), *consents]))
    assert walk.check("ana-lopes") == []
    walk.build()
    assert "Ana Lopes" in walk.page("members/ana-lopes")
    walk.accept()

    town = re.search(r"city: (\w+)", before)
    assert town
    walk.change(f"city: {town[1]}", "city: Redon")
    walk.change("trades: [photographe]", "trades: [illustration]")
    walk.copy("members", "presence", "availability")
    assert walk.check("ana-lopes") == []
    walk.build()
    page = walk.page("members/ana-lopes")
    assert "<b>Redon</b>" in page
    assert "31 décembre 2026" in page
    assert "Ana Lopes" in walk.page("trades/illustration")
    assert not (walk.sites / "public/trades/photographe").exists()
    walk.build("2027-01-05")
    assert "Disponibilité à confirmer" in walk.page("members/ana-lopes")


def test_left_and_come_back(walk: Walk) -> None:
    left = walk.command("administrators", "leave")
    assert left.returncode == 0, left.output
    assert "decisions/bodies/accueil.yml:8: mandates.member" in left.stdout
    assert "wiki/imprimer.md:8" in left.stdout
    assert walk.check() == []
    walk.accept()
    walk.build()
    assert walk.said(*OF_TEO) == set()
    assert walk.said("Marsan") <= SENTENCES
    again = walk.command("administrators", "leave")
    assert "nothing to do" in again.stdout

    done = run("leave", "ana-lopes", "--on", "2026-06-30", "--today", DAY, cwd=walk.root)
    assert done.returncode == 0, done.output
    walk.check()
    walk.accept()
    consents = next(one for one in walk.lines() if one.startswith("consents"))
    walk.copy("administrators", "presence", "membership", "listed", "consents")
    walk.write("".join([*walk.lines(), *consents.splitlines(keepends=True)[2:]]))
    refused = walk.check("ana-lopes")
    assert len(refused) == walk.has_rules
    assert all("was yours, “@ana”, until you left" in one for one in refused)
    assert walk.check("sol-ferrand") == []
    walk.build()
    assert "Ana Lopes" in walk.page("members/ana-lopes")


def test_a_day_before_all_of_it_is_refused(walk: Walk) -> None:
    ran = run("leave", "teo-marsan", "--on", "2019-12-31", "--lang", "en", cwd=walk.root)
    assert ran.returncode == 2
    assert "2019-12-31 is before the membership began" in ran.stderr
    assert git(walk.root, "status", "--porcelain") == ""


def test_married_renamed_and_erased(walk: Walk) -> None:
    assert walk.command("administrators", "rename").returncode == 0
    assert all("the role “secretary”" in one for one in walk.check())
    walk.build()
    assert "Ana Roux" in walk.page("members/ana-roux")
    assert "Ana Roux" in walk.page("decisions/bodies/accueil")
    assert walk.said("ana-lopes") == set()
    assert walk.said("Lopes") <= SENTENCES | OWN
    walk.accept()
    assert walk.command("administrators", "erase").returncode == 0
    assert all("the role “secretary”" in one for one in walk.check())
    walk.build()
    assert walk.said("di-roe", "Di Roe", "di@livre.example", "98 00 02", "98000002") == set()


def test_half_of_a_withdrawal_says_what_to_take_out(walk: Walk) -> None:
    walk.change("{purpose: directory,", "{purpose: directory, withdrawn: 2026-12-01,")
    (told,) = walk.check("ana-lopes")
    assert "The consent for “directory” was withdrawn on 2026-12-01" in told
    walk.change("photo: {", "# photo: {")
    walk.change("listed: true", "listed: false")
    (told,) = walk.check("ana-lopes")
    assert "members/photos/ana-lopes.png has no description" in told
    (walk.root / "members/photos/ana-lopes.png").unlink()
    assert walk.check("ana-lopes") == []
