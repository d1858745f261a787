"""`coopbook vote doctor`: what keeps a vote from being held, asked of little forges whose answers
are held against the descriptions that the forges publish; nothing is written there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.records.starter_files import present_files
from support.commands import Ran, environment, run
from support.forges.base import json_answer
from support.forges.servers import TOKEN, FakeForge, FakeGitHub
from support.forges.servers import forge as fake
from support.vote_coop import COOP, NAMES, UIDS, member, start

FILES = {"github": ".github/", "forgejo": ".forgejo/", "gitlab": ".gitlab-ci.yml"}
STATUSES = ["Files", "coopbook/paths"]


def book(folder: Path, name: str, **changed: str | None) -> Path:
    """A co-op on a forge with all that is needed; paths with `__` for `/` are other files."""
    coop = COOP.replace("kind: github", f"kind: {name}")
    members = {f"members/{one}.yml": member(one).replace("github", name) for one in NAMES}
    laid = {path: text for path, text in present_files().items() if path.startswith(FILES[name])}
    files: dict[str, Any] = start() | members | laid | {"coop.yml": coop}
    for path, text in (files | changed).items():
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
    return folder


def ready(forge: FakeForge) -> FakeForge:
    """Protected, with both statuses, and our account let through."""
    forge.protected, forge.required = True, list(STATUSES)
    forge.accounts = {one: UIDS[one] for one in NAMES}
    if isinstance(forge, FakeGitHub):
        forge.ruleset = "always"
        forge.workflows = {  # type: ignore[misc]
            path: "active" for path in present_files() if path.startswith(".github/workflows")
        }
    return forge


def doctor(folder: Path, forge: FakeForge, token: str = TOKEN, *more: str) -> Ran:
    where = ("--api", forge.api, "--repository", forge.repository)
    options = ("--root", str(folder), "--lang", "en", *where, *more)
    return run("vote", "doctor", *options, settings=environment(COOPBOOK_TOKEN=token))


def sentences(ran: Ran, *marks: str) -> list[str]:
    return [line[2:] for line in ran.stdout.splitlines() if line[:1] in marks]


@pytest.fixture(params=list(FILES))
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_where_all_is_set_a_vote_can_be_held(tmp_path: Path, name: str) -> None:
    folder = book(tmp_path, name)
    with fake(name) as forge:
        ran = doctor(folder, ready(forge))
        assert {method for method, *_rest in forge.requests} == {"GET"}
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "that of “coopbook-bot”" in ran.stdout
    by_hand = ["Whether changes may be marked as merged by hand, Forgejo tells no program."]
    assert sentences(ran, "✗", "!") == (by_hand if name == "forgejo" else [])
    assert f"{len(NAMES)} of {len(NAMES)} voters can vote" in ran.stdout
    assert TOKEN not in ran.output
    assert "a-secret" not in ran.output


def bypass(how: str) -> Callable[[FakeForge], None]:
    def change(forge: FakeForge) -> None:
        assert isinstance(forge, FakeGitHub)
        forge.ruleset = how

    return change


def sleeping(path: str, state: str) -> Callable[[FakeForge], None]:
    def change(forge: FakeForge) -> None:
        assert isinstance(forge, FakeGitHub)
        forge.workflows = forge.workflows | {path: state}  # type: ignore[misc]

    return change


def put(**values: Any) -> Callable[[FakeForge], None]:
    def change(forge: FakeForge) -> None:
        for what, value in values.items():
            setattr(forge, what, value)

    return change


VOTE, TIMED = ".github/workflows/vote.yml", ".github/workflows/vote-timed.yml"


@pytest.mark.parametrize(
    ("where", "change", "mark", "said"),
    [
        ("github forgejo gitlab", put(may_push=False), "✗", "may not push to “main”"),
        ("github", bypass("never"), "✗", "may not push to “main”"),
        ("github", bypass("pull_requests_only"), "✗", "may not push to “main”"),
        ("github", bypass(""), "!", "may push to “main” is not told"),
        ("github", put(anonymous=True), "✗", "“github-actions[bot]” may not push"),
        ("github forgejo gitlab", put(main="master"), "✗", "is “master” on the forge, and “main”"),
        ("github forgejo gitlab", put(protected=False, ruleset=""), "!", "is not protected"),
        ("github forgejo", put(required=["Files"]), "!", "without the status “coopbook/paths”"),
        ("github forgejo", put(required=["coopbook/paths"]), "!", "come in without the check"),
        ("gitlab", put(required=[]), "!", "come in without the check"),
        (
            "github forgejo",
            put(required=[*STATUSES, "coopbook/vote"]),
            "!",
            "what asks for no vote waits for ever",
        ),
        ("forgejo", put(required=["coopbook/p*"]), "!", "come in without the check"),
        (
            "forgejo",
            put(required=["Check / *", "coopbook/*"]),
            "!",
            "what asks for no vote waits for ever",
        ),
        ("github", sleeping(VOTE, "disabled_inactivity"), "✗", f"put {VOTE} to sleep"),
        ("github", sleeping(TIMED, "disabled_inactivity"), "!", f"put {TIMED} to sleep"),
        ("github", sleeping(VOTE, "disabled_manually"), "✗", f"does not run {VOTE}"),
        ("github", put(workflows={TIMED: "active"}), "✗", f"does not know {VOTE}"),
        ("forgejo", put(has_actions=False), "✗", "its Actions are off"),
        ("github", put(may_propose=False), "!", "GitHub's own token may propose no change"),
        ("gitlab", put(kept=(False, True)), "✗", "reaches proposed changes"),
        ("gitlab", put(kept=(True, False)), "✗", "reaches proposed changes"),
        ("gitlab", put(clocks=(False,)), "!", "Nothing runs by the clock"),
        ("github forgejo gitlab", put(bot=(UIDS["ana"], "ana")), "!", "what votes push and write"),
    ],
)
def test_what_is_wrong_on_the_forge_is_told(
    tmp_path: Path, where: str, change: Callable[[FakeForge], None], mark: str, said: str
) -> None:
    for name in where.split():
        folder = book(tmp_path / name, name)
        with fake(name) as forge:
            change(ready(forge))
            ran = doctor(folder, forge)
        assert any(said in one for one in sentences(ran, mark)), (name, ran.output)
        assert ran.returncode == (1 if mark == "✗" else 0), (name, ran.output)


def test_what_the_token_may_not_see_is_no_fault(tmp_path: Path, name: str) -> None:
    folder = book(tmp_path, name)
    with fake(name) as forge:
        ready(forge).tells = False
        ran = doctor(folder, forge)
    assert ran.returncode == 0, ran.output


@pytest.mark.parametrize(
    ("accounts", "said", "help"),
    [
        ("[{forge: NAME, login: ana}]", "no vote of “ana” counts yet", "uid: 1001"),
        ("[{forge: NAME, login: nobody, uid: 5}]", "has no account “nobody”", "Correct"),
        (
            "[{forge: NAME, login: ana, uid: 77}]",
            "“ana” has the number 1001 on the forge, and 77 here",
            "ask the member",
        ),
        ("[]", "13 of 14 voters can vote", "give their votes to a teller"),
    ],
)
def test_numbers_of_accounts_are_looked_up(
    tmp_path: Path, name: str, accounts: str, said: str, help: str
) -> None:
    text = re.sub(r"accounts:\n .*", f"accounts: {accounts.replace('NAME', name)}", member("ana"))
    folder = book(tmp_path, name, **{"members/ana.yml": text})
    with fake(name) as forge:
        ready(forge).accounts |= {"ana": 1001}
        ran = doctor(folder, forge)
    lines = ran.stdout.splitlines()
    at = next((number for number, line in enumerate(lines) if said in line), None)
    assert at is not None, ran.output
    assert help in lines[at + 1]


def test_the_folder_is_looked_at_though_the_forge_is_not_there(tmp_path: Path, name: str) -> None:
    missing = {"github": VOTE, "forgejo": ".forgejo/workflows/vote.yml", "gitlab": ".gitlab-ci.yml"}
    folder = book(tmp_path, name, **{missing[name]: None, "decisions/rules.yml": None})
    (folder / "decisions/rules.yml").unlink(missing_ok=True)
    with fake(name) as forge:
        gone = forge.api
    where = ("--api", gone.replace("127.0.0.1", "localhost"), "--repository", "co/book")
    settings = environment(COOPBOOK_TOKEN="")
    ran = run("vote", "doctor", "--root", str(folder), "--lang", "fr", *where, settings=settings)
    assert ran.returncode == 1
    told = sentences(ran, "✗")
    assert any("COOPBOOK_TOKEN" in one for one in told)
    assert any(missing[name] in one for one in told)
    assert any("decisions/rules.yml" in one for one in told)


def test_bad_answers_are_sentences(tmp_path: Path, name: str) -> None:
    """A wrong token, a repository that is not there, half an answer, another forge, none."""
    from werkzeug import Response

    folder = book(tmp_path, name)
    with fake(name) as forge:
        wrong = doctor(folder, forge, "another-token")
        lost = run(
            *("vote", "doctor", "--root", str(folder), "--lang", "en", "--api", forge.api),
            *("--repository", "co/other"),
            settings=environment(COOPBOOK_TOKEN=TOKEN),
        )
        forge.faults.clear()
        forge.script(Response('{"id": 1', 200, {"Content-Type": "application/json"}))
        half = doctor(folder, forge)
        forge.script(Response("<html></html>", 200))
        page = doctor(folder, forge)
    for ran, said in (
        (wrong, "does not accept the token"),
        (lost, "knows nothing at"),
        (half, "does not answer as a forge does"),
        (page, "does not answer as a forge does"),
    ):
        assert ran.returncode == 1
        assert any(said in one for one in sentences(ran, "✗")), ran.output
        assert "“forge” in coop.yml" in ran.stdout
        assert "Traceback" not in ran.output
        assert ran.stderr == ""


def test_coop_yml_that_names_no_forge_is_told(tmp_path: Path) -> None:
    coop = "".join(line for line in COOP.splitlines(True) if not line.startswith("forge:"))
    folder = book(tmp_path, "github", **{"coop.yml": coop})
    settings = environment(COOPBOOK_TOKEN=TOKEN)
    ran = run("vote", "doctor", "--root", str(folder), "--lang", "en", settings=settings)
    assert ran.returncode == 1
    told = sentences(ran, "✗")
    assert any("does not say where the files are kept" in one for one in told), ran.output


def test_a_forge_that_is_down_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    folder = book(tmp_path, name)
    with fake(name) as forge:
        pass
    ran = doctor(folder, forge)
    assert ran.returncode == 1
    assert any("cannot be reached" in one for one in sentences(ran, "✗")), ran.output
    assert "voters can vote on the forge" in ran.stdout


@pytest.mark.parametrize(("said", "really"), [("gitlab", "github"), ("github", "gitlab")])
def test_another_forge_than_coop_yml_says_is_told(tmp_path: Path, said: str, really: str) -> None:
    folder = book(tmp_path, said)
    with fake(really) as forge:
        ran = doctor(folder, ready(forge))
        forge.faults.clear()
    assert ran.returncode == 1
    assert "“forge” in coop.yml" in ran.stdout
    assert "Traceback" not in ran.output


def test_half_a_repository_is_told(tmp_path: Path, name: str) -> None:
    from werkzeug import Response

    folder = book(tmp_path, name)
    with fake(name) as forge:
        ready(forge)
        me = {"id": 9000, "login": "coopbook-bot", "username": "coopbook-bot"}
        forge.script(json_answer(200, me), Response("{}", 200))
        ran = doctor(folder, forge)
    assert ran.returncode == 1
    assert any("“default_branch” is missing" in one for one in sentences(ran, "✗")), ran.output


@pytest.mark.parametrize("name", ["github", "forgejo"])
def test_files_that_name_another_main_branch_are_told(tmp_path: Path, name: str) -> None:
    coop = COOP.replace("kind: github", f"kind: {name}").replace("branch: main", "branch: tronc")
    folder = book(tmp_path, name, **{"coop.yml": coop})
    with fake(name, base="tronc") as forge:
        ready(forge).main = "tronc"
        ran = doctor(folder, forge)
    assert ran.returncode == 1
    vote = f".{name}/workflows/vote.yml"
    told = f"{vote} speaks of the branch “main”, and coop.yml of “tronc”."
    assert sentences(ran, "✗") == [told], ran.output


ON_ITS_RUNNER = {
    "github": {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": "API", "GITHUB_REPOSITORY": "co/book"},
    "forgejo": {
        "COOPBOOK_FORGE": "forgejo",
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": "API",
        "GITHUB_REPOSITORY": "co/book",
    },
    "gitlab": {"GITLAB_CI": "true", "CI_API_V4_URL": "API", "CI_PROJECT_PATH": "co/book"},
}


def test_on_its_own_runner_the_forge_is_known_by_itself(tmp_path: Path, name: str) -> None:
    folder = book(tmp_path, name)
    with fake(name) as forge:
        told = {
            key: text.replace("API", ready(forge).api) for key, text in ON_ITS_RUNNER[name].items()
        }
        options = ("vote", "doctor", "--root", str(folder), "--lang", "en")
        ran = run(*options, settings=environment(COOPBOOK_TOKEN=TOKEN, **told))
    assert (ran.returncode, sentences(ran, "✗")) == (0, []), ran.output
    assert "that of “coopbook-bot”" in ran.stdout
