"""`coopbook init`: a folder that passes the check and builds, and names what made it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from coopbook.base.messages import translator
from coopbook.base.shipped import shipped
from coopbook.checks import check
from coopbook.cli import COMMANDS
from coopbook.cli._requirement import DirectUrl, Origin, of_folder, of_url
from coopbook.decisions.presets import preset_names
from coopbook.records.load import load
from coopbook.records.starter_files import STARTER, present_files
from packaging.requirements import Requirement
from support.commands import Ran, environment, run
from support.coops import TODAY, TOP
from support.git import git

LEGAL = {
    "FR": {
        "phone": "+33 2 61 91 00 10",
        "entities.essais.name": "Les Essais",
        "entities.essais.form": "SCOP",
        "entities.essais.variable_capital": "yes",
        "entities.essais.seat": "1 rue des Essais, Nantes",
        "entities.essais.register": "Nantes 000 000 000",
        "entities.essais.siret": "00000000000000",
        "entities.essais.vat": "FR12000000000",
        "legal.publisher": "Ana Lopes",
        "legal.host.name": "Hébergeur",
        "legal.host.address": "Nantes",
        "legal.host.phone": "+33 2 61 91 00 10",
    },
    "BE": {
        "entities.essais.name": "Les Essais",
        "entities.essais.form": "SC",
        "entities.essais.seat": "Bruxelles",
        "entities.essais.bce": "0000.000.097",
        "entities.essais.register": "Bruxelles",
        "entities.essais.vat": "none",
    },
    "CA": {
        "entities.essais.name": "Les Essais",
        "entities.essais.seat": "Montréal",
        "entities.essais.neq": "2200000012",
        "legal.privacy.title": "Responsable",
        "legal.privacy.email": "vie@essais.example",
    },
}
SOURCE = "coopbook @ git+https://forge.example/coopbook@0000000000000000000000000000000000000000"
GIVEN = [
    "--name",
    "Les Essais: l'équipe",
    "--email",
    "a@essais.example",
    "--repository",
    "private",
    "--city",
    "Nantes",
    "--source",
    SOURCE,
]


def init(folder: Path, *options: str, answers: str = "", lang: str = "en") -> Ran:
    day = TODAY.isoformat()
    return run("init", folder, "--lang", lang, "--today", day, *options, input=answers)


def options(country: str, *languages: str) -> list[str]:
    legal = [
        part for name, value in LEGAL[country].items() for part in ("--set", f"{name}={value}")
    ]
    return [
        *GIVEN,
        "--country",
        country,
        *legal,
        *(part for code in languages for part in ("--language", code)),
        "--no-input",
    ]


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("fr", "en"), ("nl",)], ids="-".join)
@pytest.mark.parametrize("country", LEGAL)
def test_a_new_co_op_has_no_error_and_no_warning(
    tmp_path: Path, country: str, languages: tuple[str, ...]
) -> None:
    ran = init(tmp_path / "new", *options(country, *languages))
    assert ran.returncode == 0, ran.output
    book = load(tmp_path / "new", TODAY)
    wanted = {"untranslated-site"} if languages == ("nl",) else set()
    assert {item.check for item in check(book)} == wanted
    assert book.index.coop["name"] == "Les Essais: l'équipe"
    assert list(book.index.coop["offices"]) == ["nantes"]
    assert book.index.languages == list(languages)
    assert {kind: len(book.index.of(kind)) for kind in ("body", "page")} == {
        "body": 1,
        "page": 3 + 4 * len(languages),
    }
    assert not [
        path
        for path in (tmp_path / "new").rglob("*")
        if path.is_file() and re.search(r"\[\[ *(name|requirement)|{% *(end)?raw", path.read_text())
    ]


@pytest.mark.parametrize("lang", ["fr_FR", "fr_CA", "en_US", "fr"])
def test_a_terminal_of_any_country_can_ask_in_several_languages(tmp_path: Path, lang: str) -> None:
    """The terminal says its language with its country: `fr_FR`."""
    words = [*options("FR", "fr", "en"), "--today", TODAY.isoformat()]
    settings = environment(LC_ALL=f"{lang}.UTF-8")
    ran = run("init", tmp_path / "new", *words, settings=settings)
    assert ran.returncode == 0, ran.output
    assert check(load(tmp_path / "new", TODAY)) == []


@pytest.mark.parametrize(("country", "language"), [("FR", "fr"), ("BE", "fr"), ("CA", "en")])
def test_a_new_co_op_builds_as_its_readme_says(tmp_path: Path, country: str, language: str) -> None:
    assert init(tmp_path / "new", *options(country, language)).returncode == 0
    readme = (tmp_path / "new/README.md").read_text()
    assert readme.startswith("# Les Essais: l'équipe\n")
    called = re.findall(r"^\$ \.venv/bin/coopbook (\w+)", readme, re.M)
    assert called == ["new", "check", "build", "serve"]
    for name in ("check", "build"):
        done = run(name, "--today", TODAY.isoformat(), cwd=tmp_path / "new")
        assert done.returncode == 0, done.stderr
    members = tmp_path / "new/site/members"
    assert {"fr": "Assemblée générale", "en": "General meeting"}[language] in (
        members / "decisions/bodies/index.html"
    ).read_text()
    assert {"fr": "Vos premiers pas", "en": "Your first steps"}[language] in (
        members / "wiki/index.html"
    ).read_text()
    assert (tmp_path / "new/site/public/index.html").is_file()


ANSWERS = {
    "name": "L'Essai",
    "country": "Canada",
    "region": "quebec",
    "form": "solidarité",
    "sure": "oui",
    "city": "Trois-Rivières",
    "languages": "français et anglais",
    "email": "a@essais.example",
    "colours": "prune",
    "forge": "forgejo",
    "address": "forge.example/coop/book",
    "site": "",
    "rules": "",
    "make": "",
}
MADE = {
    "format": 2,
    "name": "L'Essai",
    "look": {"primary": "#6b2d5c", "accent": "#2f6f6b"},
    "languages": ["fr", "en"],
    "country": "CA",
    "region": "QC",
    "timezone": "America/Toronto",
    "email": "a@essais.example",
    "offices": {
        "trois-rivieres": {
            "name": {"fr": "Trois-Rivières", "en": "Trois-Rivières"},
            "city": "Trois-Rivières",
            "country": "CA",
        }
    },
    "forge": {"kind": "forgejo", "url": "https://forge.example/coop/book"},
    "repository": "private",
    "beside": ["requirements.txt"],
}


def converse(folder: Path, *answers: str) -> Ran:
    return init(
        folder, "--source", SOURCE, answers="".join(f"{one}\n" for one in answers), lang="fr"
    )


def made(folder: Path) -> dict[str, Any]:
    found = dict(load(folder, TODAY).index.coop)
    found.pop("entities", None)
    found.pop("pages")
    return found


def test_the_questions_take_words_and_are_twelve_at_most(tmp_path: Path) -> None:
    ran = converse(tmp_path / "new", *ANSWERS.values())
    assert "Voulez-vous dire « Coopérative de solidarité » ?" in ran.output
    assert re.search("13. Règles de décision.: quebec-cooperative", ran.output)
    assert made(tmp_path / "new") == MADE
    asked = ran.output.count("\n> ")
    assert asked - 2 == 12, "and what an answer means, and the summary"
    rules = load(tmp_path / "new", TODAY).index.find("rules", "rules")
    assert rules is not None
    assert rules.value["preset"] == "quebec-cooperative"


def test_a_wrong_answer_is_told_and_asked_again(tmp_path: Path) -> None:
    wrong = {
        "country": ["XX"],
        "form": ["zzz", "travailleurs"],
        "languages": ["fr, fr"],
        "email": ["a@"],
        "colours": ["#12"],
        "forge": ["sourcehut"],
        "address": ["http://forge.example/coop/book"],
        "site": ["http://essais.example"],
        "rules": ["coop"],
    }
    answers = [one for name, right in ANSWERS.items() for one in (*wrong.get(name, []), right)]
    ran = converse(tmp_path / "new", *answers)
    assert made(tmp_path / "new") == MADE
    assert ran.output.count("  ! ") == 10
    assert "« XX » n'est pas un pays connu." in ran.output
    assert "1. Coopérative de travailleurs\n  2. Coopérative de travailleurs actionnaire\n  !" in (
        ran.output
    )


def test_one_goes_back_as_far_as_one_likes(tmp_path: Path) -> None:
    back = ["<", "Le Vieux Nom", "France", "<", "<", *ANSWERS.values()]
    ran = converse(tmp_path / "new", *back)
    assert "C'est la première question." in ran.output
    assert made(tmp_path / "new") == MADE


def test_a_line_of_the_summary_can_be_changed_and_what_hangs_on_it(tmp_path: Path) -> None:
    first = list(ANSWERS.values())[:-1]
    ran = converse(
        tmp_path / "new", *first, "99", "1", "Autre", "2", "Belgique", "SC agréée", "", ""
    )
    assert "un numéro de 1 à 14" in ran.output
    found = made(tmp_path / "new")
    assert (found["name"], found["country"], found["timezone"]) == (
        "Autre",
        "BE",
        "Europe/Brussels",
    )
    assert "region" not in found
    assert found["look"] == MADE["look"], "what does not hang on it is not asked again"
    assert load(tmp_path / "new", TODAY).index.find("rules", "rules").value["preset"] == (  # type: ignore[union-attr]
        "belgian-cooperative"
    )


def test_going_back_offers_what_was_answered_before(tmp_path: Path) -> None:
    first = list(ANSWERS.values())
    colours = list(ANSWERS).index("colours")
    back = ["3", "<", "<", "", "", *first[colours + 1 :]]
    ran = converse(tmp_path / "new", *first[:colours], *back)
    assert "Touche Entrée pour\N{NO-BREAK SPACE}: a@essais.example" in ran.output
    assert "Touche Entrée pour\N{NO-BREAK SPACE}: prune" in ran.output
    assert made(tmp_path / "new") == MADE


def test_a_number_is_good_for_the_list_it_was_chosen_from(tmp_path: Path) -> None:
    place = ["Les Essais", "1", "3", "Nantes", "1", "a@essais.example", "1", "", "", "1"]
    ran = converse(tmp_path / "new", *place, "2", "2", "sces-agreee", "1", "")
    assert ran.returncode == 0, ran.output
    book = load(tmp_path / "new", TODAY).index
    assert book.coop["country"] == "BE"
    assert book.coop["entities"]["les-essais"]["form"] == "sces-agreee"
    assert book.find("rules", "rules").value["preset"] == "belgian-cooperative"  # type: ignore[union-attr]


def test_what_goes_without_saying_can_be_changed(tmp_path: Path) -> None:
    first = list(ANSWERS.values())[:-1]
    converse(tmp_path / "new", *first, "4", "Mars/Base", "America/Halifax", "14", "2", "")
    found = made(tmp_path / "new")
    assert (found["timezone"], found["repository"]) == ("America/Halifax", "public")


FORGE_FILES = {
    "github": ".github/",
    "forgejo": ".forgejo/workflows/",
    "gitlab": ".gitlab-ci.yml",
    "none": "nothing",
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("forge", FORGE_FILES)
def test_each_forge_has_files_of_its_own_and_no_others(
    tmp_path: Path, forge: str, language: str
) -> None:
    new, address = tmp_path / "new", "https://forge.example/coop/book"
    more = [] if forge == "none" else ["--set", f"forge.url={address}"]
    rules = ["--rules", "scop-sarl"]
    ran = init(new, *options("FR", language), "--forge", forge, *more, *rules)
    assert ran.returncode == 0, ran.output
    assert ("coopbook vote doctor" in ran.output) == (forge != "none")
    laid = {path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()}
    every = {
        path for path in present_files() if path.startswith((".github", ".forgejo", ".gitlab"))
    }
    wanted = {path for path in every if path.startswith(FORGE_FILES[forge])}
    assert laid & every == wanted
    assert bool(wanted) == (forge != "none")
    book = load(new, TODAY)
    assert check(book) == []
    said = {"kind": forge, "url": address} if forge != "none" else None
    assert book.index.coop.get("forge") == said
    titles = re.findall(r"^## (?:Sur|On|Sans|Without) (.+)$", (new / "README.md").read_text(), re.M)
    assert [title.lower() for title in titles] == [
        {"none": {"fr": "forge", "en": "a forge"}[language]}.get(forge, forge)
    ]
    assert run("build", "--today", TODAY.isoformat(), cwd=new).returncode == 0


def test_the_forge_that_coop_yml_names_is_the_one(tmp_path: Path) -> None:
    told = ["--set", "forge.kind=gitlab", "--set", "forge.url=https://gitlab.example/coop/book"]
    assert init(tmp_path / "new", *options("CA", "en"), *told).returncode == 0
    assert (tmp_path / "new/.gitlab-ci.yml").is_file()
    ran = init(tmp_path / "other", *options("CA", "en"), *told, "--forge", "github")
    assert (ran.returncode, "--forge says github" in ran.stderr) == (2, True)
    assert init(tmp_path / "other", *options("CA", "en"), "--forge", "hg").returncode == 1


def test_what_is_left_to_fill_in_is_told(tmp_path: Path) -> None:
    ran = init(tmp_path / "new", *GIVEN, "--country", "BE", "--language", "fr", "--no-input")
    assert ran.returncode == 0
    assert (
        "1 thing can wait until the public site has an address:\n  - Nothing says who "
        in ran.output
    )
    assert (tmp_path / "new/coop.yml").is_file()


def test_the_legal_notice_is_asked_for_in_questions_and_in_natural_forms(tmp_path: Path) -> None:
    place = ["L'Essai", "Belgique", "SC agréée", "Liège", "", "a@essais.example", "", ""]
    notice = ["oui", "1 rue des Essais, Liège", "0123.456.749", "Liège", "none"]
    ran = converse(tmp_path / "new", *place, "essais.example", "", *notice, "")
    assert ran.returncode == 0, ran.output
    assert "  ! " not in ran.output
    coop = load(tmp_path / "new", TODAY).index.coop
    assert (coop["site"], coop["entities"]["l-essai"]["seat"]) == (
        "https://essais.example/",
        "1 rue des Essais, Liège",
    )


def test_the_answers_of_the_legal_notice_are_lines_of_the_summary(tmp_path: Path) -> None:
    place = ["L'Essai", "Belgique", "SC agréée", "Liège", "", "a@essais.example", "", ""]
    notice = ["oui", "1 rue des Essais, Liège", "0123.456.749", "Liège", "none"]
    told = [*place, "essais.example", "", *notice]
    ran = converse(tmp_path / "first", *told, "")
    line = re.search(r"(\d+)\. Siège.: 1 rue des Essais, Liège\n", ran.output)
    assert line, ran.output
    assert re.search(r"\d+\. BCE.: 0123.456.749\n", ran.output)
    ran = converse(tmp_path / "new", *told, line[1], "2 rue des Essais, Liège", "")
    assert "Touche Entrée pour\N{NO-BREAK SPACE}: 1 rue des Essais, Liège" in ran.output
    coop = load(tmp_path / "new", TODAY).index.coop
    assert coop["entities"]["l-essai"]["seat"] == "2 rue des Essais, Liège"
    later = re.search(r"(\d+)\. Mentions légales.: oui\n", ran.output)
    assert later, ran.output
    ran = converse(tmp_path / "later", *told, later[1], "non", "")
    assert "seat" not in load(tmp_path / "later", TODAY).index.coop["entities"]["l-essai"]


def test_nothing_is_ready_above_an_error(tmp_path: Path) -> None:
    place = ["--country", "BE", "--language", "fr", "--form", "sc", "--site", "essais.example"]
    ran = init(tmp_path / "new", *GIVEN, *place, "--no-input")
    assert ran.returncode == 1
    assert "is ready" not in ran.output
    assert "No site can be made before the errors above are mended." in ran.output


def test_other_fields_may_be_given(tmp_path: Path) -> None:
    more = ["--set", "site=https://essais.example/", "--set", "tagline.en=A line"]
    assert init(tmp_path / "new", *options("CA", "fr", "en"), *more).returncode == 0
    coop = load(tmp_path / "new", TODAY).index.coop
    assert (coop["site"], coop["tagline"]) == ("https://essais.example/", {"en": "A line"})


@pytest.mark.parametrize("answers", ["", "L'Essai\n", "L'Essai\nfr\n\nCA\n"])
@pytest.mark.parametrize("there", [False, True])
def test_answers_that_end_leave_nothing(tmp_path: Path, answers: str, there: bool) -> None:
    if there:
        (tmp_path / "new").mkdir()
    ran = init(tmp_path / "new", answers=answers)
    assert ran.returncode == 1
    assert "nothing was written" in ran.output
    assert [path.name for path in tmp_path.rglob("*")] == ["new"] * there


@pytest.mark.parametrize("base", preset_names())
def test_rules_to_begin_with(tmp_path: Path, base: str) -> None:
    ran = init(tmp_path / "new", *options("FR", "fr"), "--rules", base, lang="fr")
    assert ran.returncode == 0, ran.output
    book = load(tmp_path / "new", TODAY)
    assert check(book) == []
    assert {"category", "threshold"} & {
        *book.index.find("rules", "rules").value["categories"]["bylaws"]
    }  # type: ignore[union-attr]


def test_misuse(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a").write_text("x")
    (tmp_path / "file").write_text("x")
    for folder, more in (
        ("full", []),
        ("file", []),
        ("new", ["--set", "legul.name=x"]),
        ("new", ["--set", "name"]),
    ):
        ran = init(tmp_path / folder, *options("CA", "fr"), *more)
        assert ran.returncode == 2, ran.output
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == [
        "file",
        "full",
        "full/a",
    ]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert init(tmp_path / "new", *options("CA", "fr")).returncode == 0
    assert (tmp_path / "new/coop.yml").is_file()


# What made it


def test_workflows_pin_the_actions_that_ours_pin() -> None:
    ours = set(
        re.findall(
            r"uses: (.+)",
            "".join(path.read_text() for path in (TOP / ".github/workflows").glob("*.yml")),
        )
    )
    for path, text in present_files().items():
        used = re.findall(r"uses: (.+)", text)
        assert bool(used) == path.startswith(".github/workflows/")
        assert set(used) <= ours


def test_commands_of_the_starter_exist() -> None:
    for file in STARTER.rglob("*"):
        if file.is_file():
            assert set(re.findall(r"(?:bin/|run: )coopbook (\w+)", file.read_text())) <= set(
                COMMANDS
            ), file


def noted_origin(noted: dict[str, Any]) -> Origin:
    return of_url(msgspec.convert(noted, DirectUrl))


@pytest.mark.parametrize(
    ("noted", "wanted"),
    [
        (
            {
                "url": "https://me:token@forge.example/co/book.git",
                "vcs_info": {"vcs": "git", "requested_revision": "v1", "commit_id": "a" * 40},
            },
            f"coopbook @ git+https://forge.example/co/book.git@{'a' * 40}",
        ),
        (
            {
                "url": "ssh://git@forge.example/co/book",
                "subdirectory": "tool",
                "vcs_info": {"vcs": "git", "commit_id": "a" * 40},
            },
            f"coopbook @ git+ssh://git@forge.example/co/book@{'a' * 40}#subdirectory=tool",
        ),
        (
            {
                "url": "https://forge.example/coopbook-1-py3-none-any.whl",
                "archive_info": {"hashes": {"md5": "0", "sha256": "b" * 64}},
            },
            f"coopbook @ https://forge.example/coopbook-1-py3-none-any.whl#sha256={'b' * 64}",
        ),
        (
            {
                "url": "https://forge.example/coopbook.tar.gz",
                "archive_info": {"hash": f"sha256={'b' * 64}"},
            },
            f"coopbook @ https://forge.example/coopbook.tar.gz#sha256={'b' * 64}",
        ),
    ],
)
def test_what_the_installer_noted(noted: dict[str, Any], wanted: str) -> None:
    assert noted_origin(noted) == Origin(wanted)
    assert Requirement(wanted).name == "coopbook"


def told(found: Origin) -> list[str]:
    say = translator("en", shown=str)
    assert all(say(help) for _wrong, help in found.wrong)
    return [say(wrong) for wrong, _help in found.wrong]


def test_a_file_of_this_computer_is_told(tmp_path: Path) -> None:
    (wrong,) = told(noted_origin({"url": (tmp_path / "coopbook.whl").as_uri(), "archive_info": {}}))
    assert "found nowhere else" in wrong
    found = noted_origin({"url": tmp_path.as_uri(), "dir_info": {}})
    assert found.requirement == f"coopbook @ {tmp_path.as_uri()}"
    assert "without its history" in told(found)[0]


def test_a_file_whose_digest_nobody_noted_is_told() -> None:
    found = noted_origin({"url": "https://forge.example/coopbook.tar.gz", "archive_info": {}})
    assert found.requirement == "coopbook @ https://forge.example/coopbook.tar.gz"
    assert ["digest" in wrong for wrong in told(found)] == [True]


def test_a_checkout_names_its_commit(tmp_path: Path) -> None:
    here = tmp_path / "tool"
    git(tmp_path, "init", "-q", "-b", "main", "tool")
    (here / "a").write_text("1")
    git(here, "add", "-A")
    git(here, "commit", "-qm", "x")
    commit = git(here, "rev-parse", "HEAD")
    assert of_folder(here).requirement == f"git+{here.as_uri()}@{commit}#egg=coopbook"
    assert ["has no address elsewhere" in wrong for wrong in told(of_folder(here))] == [True]
    git(here, "remote", "add", "origin", "git@forge.example:co/book.git")
    assert (
        of_folder(here).requirement
        == f"coopbook @ git+ssh://git@forge.example/co/book.git@{commit}"
    )
    assert ["is not published yet" in wrong for wrong in told(of_folder(here))] == [True]
    git(here, "update-ref", "refs/remotes/origin/main", commit)
    assert told(of_folder(here)) == []
    (here / "a").write_text("2")
    assert ["were changed since" in wrong for wrong in told(of_folder(here))] == [True]
    git(here, "remote", "set-url", "origin", str(tmp_path / "elsewhere"))
    assert "found nowhere else" in told(of_folder(here))[0]


def test_without_a_source_the_requirement_is_what_runs(tmp_path: Path) -> None:
    kept = [option for option in options("CA", "fr") if option not in {"--source", SOURCE}]
    ran = init(tmp_path / "new", *kept)
    assert ran.returncode == 0, ran.output
    found = of_folder(TOP)
    assert (tmp_path / "new/requirements.txt").read_text().splitlines()[-1] == found.requirement
    assert all(wrong in ran.output for wrong in told(found))


def test_the_starter_and_the_templates_are_in_the_wheel(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=TOP,
        check=True,
        capture_output=True,
    )
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    files = {
        f"coopbook/data/{folder}/{path.relative_to(shipped(folder)).as_posix()}"
        for folder in ("starter", "documents")
        for path in shipped(folder).rglob("*")
        if path.is_file()
    }
    assert len(files) > 10
    assert files <= set(names)
