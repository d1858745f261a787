"""Little GitHub and Forgejo; see forge_servers.py."""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from coopbook.pull_requests.forges.github import EDITORS
from werkzeug import Request, Response

from support.forges.base import Answer, FakeForge, Review, Row, Status, Talk, json_answer, moment
from support.forges.openapi import FORGEJO, GITHUB


class Pulls(FakeForge):
    """What GitHub and Forgejo have in common."""

    states: ClassVar[dict[str, str]]

    def _routes(self) -> Iterator[tuple[str, Callable[..., Answer]]]:
        here = re.escape(f"/repos/{self.repository}")
        yield "GET /user", self._who
        yield "GET /users/([^/]+)", self._named
        yield f"GET {here}", lambda _body: (200, self._settings())
        yield f"GET {here}/branches/{self.base}", lambda _body: (200, self._branch())
        yield f"GET {here}/pulls", lambda _body: (200, [self._row()])
        yield f"GET {here}/pulls/{self.number}", lambda _body: (200, self._pull())
        yield f"PATCH {here}/pulls/{self.number}", self._patch
        yield (
            f"GET {here}/pulls/{self.number}/reviews",
            lambda _body: (200, [self._review(one) for one in self.reviews]),
        )
        yield (
            f"GET {here}/issues/{self.number}/comments",
            lambda _body: (200, [self._comment(one) for one in self.comments]),
        )
        yield f"POST {here}/issues/{self.number}/comments", self._post
        yield f"PATCH {here}/issues/comments/([0-9]+)", self._rewrite
        yield f"GET {here}/commits/([0-9a-f]+)/statuses", self._on
        yield f"POST {here}/statuses/([0-9a-f]+)", self._put
        yield from self._routes_of_pushes(here)

    @abstractmethod
    def _settings(self) -> Row:
        """The repository's own."""

    @abstractmethod
    def _branch(self) -> Row:
        """The base."""

    @abstractmethod
    def _row(self) -> Row:
        """The change in a list of them."""

    @abstractmethod
    def _routes_of_pushes(self, here: str) -> Iterator[tuple[str, Callable[..., Answer]]]:
        """Where it says who pushed."""

    def _named(self, _body: Any, login: str) -> Answer:
        """Whose account a name is. Whether the name of an app's account was written as an address
        wants it is seen by the route.
        """
        if login == self.bot[1]:
            return 200, self._myself()
        if login in self.accounts:
            return 200, self._myself() | {"id": self.accounts[login], "login": login}
        return 404, {"message": "Not Found"}

    def _patch(self, body: Row) -> Answer:
        assert body == {"state": "closed"}, body
        self.state = "closed"
        return 201 if self.name == "forgejo" else 200, self._pull()

    def _post(self, body: Row) -> Answer:
        assert list(body) == ["body"], body
        return 201, self._comment(self._posted(body["body"]))

    def _rewrite(self, body: Row, comment: str) -> Answer:
        assert list(body) == ["body"], body
        if not self._mine(comment):
            return 403, {"message": "Must have admin rights to Repository."}
        self.edit(int(comment), body["body"])
        return 200, self._comment(self._talk(int(comment)))

    def _on(self, _body: Any, commit: str) -> Answer:
        return 200, [self._status(one) for one in reversed(self.statuses) if one.commit == commit]

    def _put(self, body: Row, commit: str) -> Answer:
        assert set(body) <= {"state", "context", "description", "target_url"}, body
        return 201, self._status(
            self._put_status(
                commit,
                body["state"],
                body["context"],
                body["description"],
                body.get("target_url", ""),
            )
        )

    @abstractmethod
    def _pull(self) -> Row: ...
    @abstractmethod
    def _review(self, one: Review) -> Row: ...
    @abstractmethod
    def _comment(self, one: Talk) -> Row: ...
    @abstractmethod
    def _status(self, one: Status) -> Row: ...


class FakeGitHub(Pulls):
    name = "github"
    states: ClassVar[dict[str, str]] = {
        "approve": "APPROVED",
        "request_changes": "CHANGES_REQUESTED",
        "comment": "COMMENTED",
        "pending": "PENDING",
    }

    hides_activity = False
    """Whether who pushed is not for our token to see, as in somebody's private fork."""

    ruleset: str = ""
    """How the ruleset that protects the base lets our account pass; empty where the base is
    protected in the way of before, or not at all."""
    may_propose: bool = True
    workflows: ClassVar[dict[str, str]] = {".github/workflows/vote.yml": "active"}

    def _routes_of_pushes(self, here: str) -> Iterator[tuple[str, Callable[..., Answer]]]:
        yield f"GET {here}/activity", self._activity
        yield f"GET {here}/rules/branches/{self.base}", lambda _body: (200, self._rules())
        yield f"GET {here}/rulesets/42", lambda _body: (200, self._ruleset())
        yield f"GET {here}/actions/workflows", self._flows
        yield f"GET {here}/actions/permissions/workflow", self._own_token
        yield "POST /graphql", self._editors

    def _settings(self) -> Row:
        rights = {"admin": False, "pull": True, "push": self.may_push}
        row = GITHUB.example("repository")
        for name in ("parent", "source", "template_repository", "organization"):
            row.pop(name, None)
        # the description's own example lacks a field that it requires
        return row | {"default_branch": self.main, "permissions": rights, "language": None}

    def _branch(self) -> Row:
        is_old = self.protected and not self.ruleset
        checks = {"enforcement_level": "everyone", "contexts": self.required, "checks": []}
        row = GITHUB.example("branch") | {"name": self.base, "protected": self.protected}
        return row | {
            "protection": {
                "enabled": is_old,
                **({"required_status_checks": checks} if is_old else {}),
            }
        }

    def _rules(self) -> list[Row]:
        if not self.ruleset:
            return []
        whose = {"ruleset_id": 42, "ruleset_source": "co/book", "ruleset_source_type": "Repository"}
        checks = [{"context": one} for one in self.required]
        parameters = {
            "required_status_checks": checks,
            "strict_required_status_checks_policy": True,
        }
        return [
            {"type": "deletion", **whose},
            {"type": "required_status_checks", "parameters": parameters, **whose},
        ]

    def _ruleset(self) -> Row:
        return GITHUB.example("ruleset") | {"current_user_can_bypass": self.ruleset}

    def _flows(self, _body: Any) -> Answer:
        if not self.tells:
            return 403, {"message": "Resource not accessible by personal access token"}
        row = GITHUB.example("workflows")
        (first, *_more) = row["workflows"]
        rows = [
            first | {"id": number, "path": path, "state": state}
            for number, (path, state) in enumerate(self.workflows.items())
        ]
        return 200, {"total_count": len(rows), "workflows": rows}

    def _own_token(self, _body: Any) -> Answer:
        if not self.tells:
            return 403, {"message": "Resource not accessible by personal access token"}
        row = GITHUB.example("default-workflow-permissions")
        return 200, row | {"can_approve_pull_request_reviews": self.may_propose}

    def _activity(self, _body: Any) -> Answer:
        if self.hides_activity:
            return 404, {"message": "Not Found"}
        return 200, [
            {
                "id": one.id,
                "node_id": f"node-{one.id}",
                "before": "0" * 40,
                "after": one.commit,
                "ref": "refs/heads/change",
                "timestamp": moment(one.at),
                "activity_type": "push",
                "actor": self._user(one.who, one.login),
            }
            for one in reversed(self.pushes)
        ]

    hides_editors = False
    """Whether our token may not ask the other interface."""

    def _editors(self, body: Any) -> Answer:
        """Its other interface, by https://docs.github.com/en/graphql/reference: `nodes`
        takes at most 100 ids; a node is a `Comment`, whose `editor` is an `Actor`, and has a
        `databaseId` where it is a `User` or a `Bot`. A body that nobody edited has no editor.
        """
        assert set(body) == {"query", "variables"}, body
        assert body["query"] == EDITORS, "another question"
        ids = body["variables"]["ids"]
        assert 0 < len(ids) <= 100, ids
        if self.hides_editors:
            return 403, {"message": "Resource not accessible by integration"}
        by = {f"comment-{one.id}": one.editor for one in self.comments}
        rows = [
            {"id": id, "editor": editor and {"login": editor[1], "uid": editor[0]}}
            if (editor := by.get(id)) or id in by
            else None
            for id in ids
        ]
        return 200, {"data": {"nodes": rows}}

    def _answer(self, request: Request, path: str, body: Any) -> Response:
        """Beside what it answers, whether request and answer are what GitHub's own description
        says.
        """
        if path == "/graphql":
            return super()._answer(request, path, body)
        self.faults += GITHUB.request(request.method, path, request.args.to_dict(), body)
        answer = super()._answer(request, path, body)
        self.faults += GITHUB.answer(
            request.method, path, answer.status_code, json.loads(answer.get_data())
        )
        return answer

    def _row(self) -> Row:
        whole, row = self._pull(), GITHUB.example("pull-request-simple")
        row |= {name: whole[name] for name in ("number", "title", "state", "user", "html_url")}
        row |= {"head": row["head"] | {"sha": self.head}, "requested_teams": []}
        return row | {"base": row["base"] | {"ref": self.base}, "updated_at": moment(self.now)}

    def _listed(self, request: Request, rows: list[Any]) -> Response:
        page, pages, found = self._window(request, "per_page", of_state(request, rows))
        answer = json_answer(200, found)
        if page < pages:
            query = "&".join(
                f"{name}={value}"
                for name, value in (request.args.to_dict() | {"page": str(page + 1)}).items()
            )
            answer.headers["Link"] = (
                f'<{request.base_url}?{query}>; rel="next", '
                f'<{request.base_url}?page={pages}>; rel="last"'
            )
        return answer

    def _myself(self) -> Row:
        return GITHUB.example("private-user") | {"id": self.bot[0], "login": self.bot[1]}

    def _user(self, who: int, login: str) -> Row | None:
        return GITHUB.example("simple-user") | {"id": who, "login": login} if who else None

    def _pull(self) -> Row:
        row = GITHUB.example("pull-request")
        row |= {
            "number": self.number,
            "title": self.title,
            "user": self._user(*self.author),
            "html_url": f"{self.web}/pull/{self.number}",
        }
        row |= {
            "state": "open" if self.state == "open" else "closed",
            "merged": self.state == "merged",
        }
        row[
            "requested_teams"
        ] = []  # the description's own example lacks a field there that it requires
        return row | {
            "head": row["head"]
            | {
                "sha": self.head,
                "ref": "change",
                "repo": row["head"]["repo"] | {"full_name": self.repository},
            },
            "base": row["base"] | {"ref": self.base},
        }

    def _review(self, one: Review) -> Row:
        row = GITHUB.example("pull-request-review")
        row |= {
            "id": one.id,
            "user": self._user(one.who, one.login),
            "body": one.text,
            "commit_id": one.commit or None,
        }
        row |= {
            "state": "DISMISSED" if one.dismissed else self.states[one.state],
            "submitted_at": moment(one.at),
        }
        if one.state == "pending":
            del row["submitted_at"]
        return row | {"html_url": f"{self.web}/pull/{self.number}#pullrequestreview-{one.id}"}

    def _comment(self, one: Talk) -> Row:
        row = GITHUB.example("issue-comment") | {
            "id": one.id,
            "user": self._user(one.who, one.login),
            "body": one.text,
        }
        return row | {
            "created_at": moment(one.at),
            "updated_at": moment(one.changed),
            "html_url": f"{self.web}/pull/{self.number}#issuecomment-{one.id}",
            "node_id": f"comment-{one.id}",
        }

    def _status(self, one: Status) -> Row:
        row = GITHUB.example("status") | {
            "id": one.id,
            "state": one.state,
            "context": one.context,
            "description": one.words,
        }
        row |= {"target_url": one.url or None, "creator": self._user(one.who, one.login)}
        return row | {"created_at": moment(one.at), "updated_at": moment(one.at)}


class FakeForgejo(Pulls):
    """Its list of comments has no pages; the other lists say how many rows there are, and no
    more.
    """

    name = "forgejo"
    root = "/api/v1"
    states: ClassVar[dict[str, str]] = {
        "approve": "APPROVED",
        "request_changes": "REQUEST_CHANGES",
        "comment": "COMMENT",
        "pending": "PENDING",
        "request": "REQUEST_REVIEW",
    }
    notices = False
    manual = True
    """Whether the repository's settings allow merges made by hand."""

    def _answer(self, request: Request, path: str, body: Any) -> Response:
        """Beside what it answers, whether Forgejo has such fields."""
        answer = super()._answer(request, path, body)
        content = answer.get_data()
        self.faults += (
            FORGEJO.answer(path, json.loads(content))
            if content and answer.status_code < 300
            else []
        )
        return answer

    def _routes(self) -> Iterator[tuple[str, Callable[..., Answer]]]:
        yield from super()._routes()
        yield (
            f"POST {re.escape(f'/repos/{self.repository}')}/pulls/{self.number}/merge",
            self._merge,
        )

    def _routes_of_pushes(self, here: str) -> Iterator[tuple[str, Callable[..., Answer]]]:
        yield f"GET {here}/issues/{self.number}/timeline", self._timeline

    def _timeline(self, _body: Any) -> Answer:
        talks = [(one.at, one.id, "comment", one.who, one.login, one.text) for one in self.comments]
        pushes = [
            (
                *(one.at, one.id, "pull_push", one.who, one.login),
                json.dumps({"is_force_push": False, "commit_ids": [one.commit]}),
            )
            for one in self.pushes
        ]
        return 200, [
            {
                "id": id,
                "type": kind,
                "user": self._user(who, login),
                "body": text,
                "created_at": moment(at),
                "updated_at": moment(at),
            }
            for at, id, kind, who, login, text in sorted(talks + pushes)
        ]

    def _listed(self, request: Request, rows: list[Any]) -> Response:
        ways = {"state", "sort"} if request.path.endswith("/pulls") else set()
        assert set(request.args) <= {"page", "limit"} | ways, request.args
        rows = of_state(request, rows)
        found = (
            rows if request.path.endswith("/comments") else self._window(request, "limit", rows)[2]
        )
        answer = json_answer(200, [one for one in found if one.get("state") != "PENDING"])
        answer.headers["X-Total-Count"] = str(len(rows))
        return answer

    has_actions = True

    def _settings(self) -> Row:
        rights = {"admin": False, "pull": True, "push": self.may_push}
        return {
            "id": 1,
            "full_name": self.repository,
            "default_branch": self.main,
            "private": True,
            "has_actions": self.has_actions,
            "permissions": rights,
        }

    def _branch(self) -> Row:
        return {
            "name": self.base,
            "protected": self.protected,
            "user_can_push": self.may_push,
            "user_can_merge": self.may_push,
            "enable_status_check": bool(self.required),
            "status_check_contexts": self.required or None,
        }

    def _row(self) -> Row:
        return self._pull() | {"updated_at": moment(self.now)}

    def _merge(self, body: Row) -> Answer:
        assert set(body) == {"Do", "MergeCommitID", "head_commit_id"}, body
        if body["Do"] != "manually-merged" or not self.manual:
            return 405, {"message": "Merge style not allowed"}
        if body["head_commit_id"] != self.head:
            return 409, {"message": "head out of date"}
        if not self.reaches(body["MergeCommitID"]):
            return 409, {"message": "Wrong commit ID"}
        self.state = "merged"
        return 200, None

    def _myself(self) -> Row:
        return self._user(*self.bot)

    def _user(self, who: int, login: str) -> Row:
        return {
            "id": who or -1,
            "login": login if who else "Ghost",
            "full_name": "",
            "html_url": f"https://forge.example/{login}",
        }

    def _pull(self) -> Row:
        row = {
            "id": 1,
            "number": self.number,
            "title": self.title,
            "user": self._user(*self.author),
            "merged": self.state == "merged",
        }
        row |= {
            "state": "open" if self.state == "open" else "closed",
            "html_url": f"{self.web}/pulls/{self.number}",
        }
        return row | {
            "head": {"label": "change", "ref": "change", "sha": self.head},
            "base": {"label": self.base, "ref": self.base, "sha": "b" * 40},
        }

    def _review(self, one: Review) -> Row:
        row = {
            "id": one.id,
            "user": self._user(one.who, one.login),
            "body": one.text,
            "commit_id": one.commit,
            "comments_count": 0,
        }
        row |= {
            "state": self.states[one.state],
            "dismissed": one.dismissed,
            "stale": one.commit != self.head,
            "official": False,
        }
        return row | {
            "submitted_at": moment(one.at),
            "updated_at": moment(one.at),
            "html_url": f"{self.web}/pulls/{self.number}#issuecomment-{one.id}",
        }

    def _comment(self, one: Talk) -> Row:
        row = {"id": one.id, "user": self._user(one.who, one.login), "body": one.text, "assets": []}
        return row | {
            "created_at": moment(one.at),
            "updated_at": moment(one.changed),
            "html_url": f"{self.web}/pulls/{self.number}#issuecomment-{one.id}",
        }

    def _status(self, one: Status) -> Row:
        row = {
            "id": one.id,
            "status": one.state,
            "context": one.context,
            "description": one.words,
            "target_url": one.url,
        }
        return row | {
            "creator": self._user(one.who, one.login),
            "created_at": moment(one.at),
            "updated_at": moment(one.at),
        }


def of_state(request: Request, rows: list[Any]) -> list[Any]:
    """The changes of the state that is asked for; other rows are all there."""
    if not request.path.endswith("/pulls"):
        return rows
    return [row for row in rows if row["state"] == request.args["state"]]
