"""Which forge is asked, at which address; and whether the little forges and GitHub's description
can refuse at all.
"""

from __future__ import annotations

from typing import Any

import pytest
from coopbook.pull_requests.forges import ForgeError
from coopbook.pull_requests.forges.opening import forge_for, place
from support.forges.openapi import FORGEJO, GITHUB
from support.forges.servers import FORGES, HEAD, TOKEN, FakeGitLab


@pytest.mark.parametrize(
    ("name", "url", "base", "repository"),
    [
        ("github", "https://github.com/co/book", "https://api.github.com", "co/book"),
        (
            "github",
            "https://github.example/co/book.git",
            "https://github.example/api/v3",
            "co/book",
        ),
        ("forgejo", "https://codeberg.org/co/book/", "https://codeberg.org/api/v1", "co/book"),
        (
            "forgejo",
            "https://co.example:3000/git/co/book",
            "https://co.example:3000/git/api/v1",
            "co/book",
        ),
        (
            "gitlab",
            "https://gitlab.com/co/office/book",
            "https://gitlab.com/api/v4",
            "co/office/book",
        ),
    ],
)
def test_the_repositorys_address_says_where_to_ask(
    name: str, url: str, base: str, repository: str
) -> None:
    assert place(name, url) == (base, repository)
    adapter = forge_for(name, base, repository, TOKEN)
    assert adapter.name == name
    assert TOKEN not in repr(adapter)


@pytest.mark.parametrize(
    "url",
    [
        "https://[",
        "https://github.com/co",
        "https://github.com",
        "co/book",
        "https://github.com/co/../x",
        "",
    ],
)
@pytest.mark.parametrize("name", list(FORGES))
def test_another_address_is_refused_in_a_sentence(name: str, url: str) -> None:
    base, repository = place(name, url)
    with pytest.raises(ForgeError, match=r"no repository's name|must begin with https"):
        forge_for(name, base, repository, TOKEN)


@pytest.mark.parametrize(
    "login", ["../user", "a b", "ana/keys", "ana?x=1", "[bot]", "a[bot]b", "ana\n", "a" * 300, ""]
)
def test_what_is_no_name_of_an_account_is_asked_nowhere(login: str) -> None:
    with pytest.raises(ForgeError, match="no name of an account"):
        forge_for("github", "https://api.github.com", "co/book", TOKEN, login)
    forge_for("github", "https://api.github.com", "co/book", TOKEN, "our-app[bot]")


def test_a_page_of_a_repository_is_not_the_repository() -> None:
    base, repository = place("github", "https://github.com/co/book/tree/main")
    with pytest.raises(ForgeError, match="no repository's name"):
        forge_for("github", base, repository, TOKEN)
    with pytest.raises(ForgeError, match="no forge that we know"):
        forge_for("bitbucket", base, "co/book", TOKEN)


def test_the_description_of_github_sees_what_is_wrong() -> None:
    path, row = "/repos/co/book/issues/12/comments", GITHUB.example("issue-comment")
    assert GITHUB.answer("GET", path, 200, [row]) == []
    assert GITHUB.answer("GET", path, 200, [{**row, "created_at": 1}])
    assert GITHUB.answer("GET", path, 200, [{**row, "invented": 1}])
    assert GITHUB.answer(
        "GET", path, 200, [{name: value for name, value in row.items() if name != "user"}]
    )
    assert GITHUB.request("POST", path, {}, {"body": "x"}) == []
    wrong: list[tuple[str, str, dict[str, str], Any]] = [
        ("POST", path, {}, {"text": "x"}),
        ("POST", path, {}, None),
        ("GET", path, {"limit": "50"}, None),
        ("GET", path, {"page": "x"}, None),
        ("DELETE", path, {}, None),
        ("POST", f"/repos/co/book/statuses/{HEAD}", {}, {"state": "done"}),
    ]
    assert all(GITHUB.request(*one) for one in wrong)


def test_the_fields_of_forgejo_are_known() -> None:
    path, row = (
        "/repos/co/book/issues/comments/7",
        {"id": 7, "body": "x", "user": {"id": 1, "login": "ana"}},
    )
    assert FORGEJO.answer(path, row) == []
    assert FORGEJO.answer(path, {**row, "state": "APPROVED"})
    assert FORGEJO.answer(path, [{**row, "id": "7"}])
    assert FORGEJO.answer("/repos/co/book/pulls/12", {"user": {"username": "ana"}})


def test_a_little_forge_notes_what_it_does_not_know() -> None:
    server = FakeGitLab()
    with pytest.raises(AssertionError, match="no_such"), server:
        server.adapter().client.get("projects/co%2Fbook/no_such")  # type: ignore[attr-defined]


@pytest.mark.parametrize("token", ["", " ", "a b", f"{TOKEN}\n", f"{TOKEN}é", f"{TOKEN}\x00"])
def test_a_token_that_cannot_be_one_is_refused_before_it_is_sent(token: str) -> None:
    with pytest.raises(ForgeError, match="token is empty, or holds a character") as caught:
        forge_for("github", "https://api.github.com", "co/book", token)
    assert TOKEN not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(
    "base",
    [
        "http://forge.example/api/v1",
        "ftp://forge.example",
        "forge.example",
        "https://",
        "https://a:b@forge.example",
        "http://[",
        "",
    ],
)
def test_the_token_is_sent_over_https_alone(base: str) -> None:
    with pytest.raises(ForgeError, match="must begin with https://"):
        forge_for("forgejo", base, "co/book", TOKEN)
