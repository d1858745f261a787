"""A little GitLab; see forge_servers.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from coopbook.pull_requests.forges.gitlab import EDITORS
from werkzeug import Request, Response

from support.forges.base import Answer, FakeForge, Row, Status, Talk, json_answer, moment


class FakeGitLab(FakeForge):
    """A review leaves no ballot here, as in life: an approval is only noted by the forge itself."""

    name = "gitlab"
    root = "/api/v4"
    notices = True

    def review(
        self,
        actor_id: int,
        login: str,
        state: str,
        commit: str = "",
        at: datetime | None = None,
        text: str = "",
    ) -> int:
        note = self.say(
            actor_id,
            login,
            "approved this merge request" if state == "approve" else "requested changes",
            at,
        )
        self._talk(note).system = True
        return note

    def _note_push(self, who: int, login: str) -> None:
        self._talk(self.say(who, login, "added 1 commit\n\n<ul><li>…</li></ul>")).system = True

    def dismiss(self, review: int) -> None:
        self._talk(self.say(*self.bot, "unapproved this merge request")).system = True

    def _routes(self) -> Iterator[tuple[str, Callable[..., Answer]]]:
        here = f"/projects/{re.escape(self.repository.replace('/', '%2F'))}"
        change = f"{here}/merge_requests/{self.number}"
        yield "GET /user", self._who
        everybody = [self._user(uid, login) for login, uid in self.accounts.items()]
        yield "GET /users", lambda _body: (200, [self._myself(), *everybody])
        yield f"GET {here}", lambda _body: (200, self._project())
        yield f"GET {here}/protected_branches/{self.base}", self._branch
        yield f"GET {here}/variables/COOPBOOK_TOKEN", self._variable
        yield f"GET {here}/pipeline_schedules", self._schedules
        yield f"GET {here}/merge_requests", lambda _body: (200, [self._change()])
        yield f"GET {change}", lambda _body: (200, self._change())
        yield f"PUT {change}", self._patch
        yield f"GET {change}/notes", lambda _body: (200, [self._note(one) for one in self.comments])
        yield f"POST {change}/notes", self._post
        yield f"PUT {change}/notes/([0-9]+)", self._rewrite
        yield f"GET {here}/repository/commits/([0-9a-f]+)/statuses", self._on
        yield f"POST {here}/statuses/([0-9a-f]+)", self._put
        yield "POST /api/graphql", self._editors

    hides_editors = False
    """Whether our token may not ask the other interface."""
    names_editors = True
    """Whether it is new enough to have `lastEditedBy`."""

    def _editors(self, body: Any) -> Answer:
        """Its other interface, by https://docs.gitlab.com/api/graphql/reference: the `notes` of a
        `MergeRequest` are a connection of at most 100 a page; `Note.id` is a `NoteID!` that has the
        kind of note in it, and `lastEditedBy` a `UserCore`, null where nobody edited it. What a
        token may not read is null; a field that is not there is told in `errors`, with 200.
        """
        assert set(body) == {"query", "variables"}, body
        assert body["query"] == EDITORS, "another question"
        asked = body["variables"]
        assert set(asked) == {"path", "iid", "after"}, asked
        assert isinstance(asked["iid"], str), asked
        if self.hides_editors:
            return 403, {"errors": [{"message": "insufficient_scope"}]}
        if not self.names_editors:
            said = "Field 'lastEditedBy' doesn't exist on type 'Note'"
            return 200, {"errors": [{"message": said, "path": ["query", "project"]}]}
        if asked["path"] != self.repository or asked["iid"] != str(self.number):
            return 200, {"data": {"project": None}}
        start = int(asked["after"] or 0)
        end = start + min(100, self.most)
        rows = [self._edited(one) for one in self.comments[start:end]]
        page = {"hasNextPage": end < len(self.comments), "endCursor": str(end) if rows else None}
        notes = {"nodes": rows, "pageInfo": page}
        return 200, {"data": {"project": {"mergeRequest": {"notes": notes}}}}

    def _edited(self, one: Talk) -> Row:
        by = one.editor and {"id": f"gid://gitlab/User/{one.editor[0]}", "username": one.editor[1]}
        kind = "DiscussionNote" if one.id % 2 else "Note"
        return {"id": f"gid://gitlab/{kind}/{one.id}", "lastEditedBy": by}

    def _listed(self, request: Request, rows: list[Any]) -> Response:
        if request.path.endswith("/users"):
            return json_answer(
                200, [row for row in rows if row["username"] == request.args["username"]]
            )
        if request.path.endswith("/pipeline_schedules"):
            return json_answer(200, rows)
        if request.path.endswith("/merge_requests"):
            return self._list_changes(request, rows)
        expected = (
            {"all": "true", "name": request.args.get("name", "")}
            if request.path.endswith("/statuses")
            else {"sort": "asc", "order_by": "created_at"}
        )
        assert {
            name: value for name, value in request.args.items() if name not in ("page", "per_page")
        } == expected, request.args
        page, pages, found = self._window(request, "per_page", rows)
        answer = json_answer(200, found)
        answer.headers["X-Next-Page"] = str(page + 1) if page < pages else ""
        return answer

    kept = (True, True)
    """Whether the variable that holds the token is protected, and masked."""
    clocks: tuple[bool, ...] = (True,)

    def _project(self) -> Row:
        level = 40 if self.may_push else 10
        return {
            "id": 1,
            "default_branch": self.main,
            "permissions": {"project_access": {"access_level": level}, "group_access": None},
            "only_allow_merge_if_pipeline_succeeds": bool(self.required),
        }

    def _branch(self, _body: Any) -> Answer:
        if not self.protected:
            return 404, {"message": "404 Not found"}
        return 200, {
            "id": 1,
            "push_access_levels": [{"id": 1, "access_level": 40, "user_id": None}],
        }

    def _variable(self, _body: Any) -> Answer:
        if not self.tells:
            return 403, {"message": "403 Forbidden"}
        protected, masked = self.kept
        value = {"key": "COOPBOOK_TOKEN", "value": "a-secret"}
        return 200, value | {"protected": protected, "masked": masked}

    def _schedules(self, _body: Any) -> Answer:
        if not self.tells:
            return 403, {"message": "403 Forbidden"}
        return 200, [{"id": number, "active": one} for number, one in enumerate(self.clocks)]

    def _list_changes(self, request: Request, rows: list[Any]) -> Response:
        """Those of a state, or those that something was done to since an instant."""
        asked = {name for name in request.args if name not in ("page", "per_page")}
        if asked == {"state", "target_branch"}:
            rows = [row for row in rows if row["state"] == request.args["state"]]
        else:
            assert asked == {"updated_after", "target_branch"}, request.args
            after = datetime.fromisoformat(request.args["updated_after"])
            rows = rows if self.now >= after else []
        answer = json_answer(
            200, [row for row in rows if row["target_branch"] == request.args["target_branch"]]
        )
        answer.headers["X-Next-Page"] = ""
        return answer

    def _patch(self, body: Row) -> Answer:
        assert body == {"state_event": "close"}, body
        self.state = "closed"
        return 200, self._change()

    def _post(self, body: Row) -> Answer:
        assert list(body) == ["body"], body
        return 201, self._note(self._posted(body["body"]))

    def _rewrite(self, body: Row, note: str) -> Answer:
        assert list(body) == ["body"], body
        if not self._mine(note):
            return 403, {"message": "403 Forbidden"}
        self.edit(int(note), body["body"])
        return 200, self._note(self._talk(int(note)))

    def _on(self, _body: Any, commit: str) -> Answer:
        return 200, [self._status(one) for one in self.statuses if one.commit == commit]

    foreign: tuple[str, ...] = ()
    """Commits that are on no branch of this project, as those of a fork."""

    def _put(self, body: Row, commit: str) -> Answer:
        """A status that waits is changed, but cannot begin to wait again; one that ended stays, and
        the next is another.
        """
        assert set(body) <= {"state", "name", "description", "target_url"}, body
        assert body["state"] in ("pending", "running", "success", "failed", "canceled"), body
        if commit in self.foreign:
            return 404, {"message": "404 References for commit Not Found"}
        last = next(
            (
                one
                for one in reversed(self.statuses)
                if (one.commit, one.context) == (commit, body["name"])
            ),
            None,
        )
        if last is None or last.state not in ("pending", "running"):
            return 201, self._status(
                self._put_status(
                    commit,
                    body["state"],
                    body["name"],
                    body["description"],
                    body.get("target_url", ""),
                )
            )
        if last.state == body["state"] == "pending":
            return 400, {
                "message": (
                    "Cannot transition status via :enqueue from :pending (Reason(s): Status "
                    'cannot transition via "enqueue")'
                )
            }
        last.state, last.words, last.url = (
            body["state"],
            body["description"],
            body.get("target_url", ""),
        )
        return 201, self._status(last)

    def _myself(self) -> Row:
        return self._user(*self.bot)

    def _user(self, who: int, login: str) -> Row:
        return {
            "id": who or 7,
            "username": login if who else "ghost",
            "name": login,
            "state": "active",
            "web_url": f"https://forge.example/{login}",
        }

    def _change(self) -> Row:
        row = {
            "id": 1,
            "iid": self.number,
            "title": self.title,
            "author": self._user(*self.author),
            "sha": self.head,
            "target_branch": self.base,
        }
        return row | {
            "state": {"open": "opened"}.get(self.state, self.state),
            "web_url": f"{self.web}/-/merge_requests/{self.number}",
        }

    def _note(self, one: Talk) -> Row:
        row = {
            "id": one.id,
            "type": None,
            "body": one.text,
            "author": self._user(one.who, one.login),
            "system": one.system,
            "resolvable": False,
        }
        return row | {
            "created_at": moment(one.at, "milliseconds"),
            "updated_at": moment(one.changed, "milliseconds"),
            "noteable_iid": self.number,
        }

    def _status(self, one: Status) -> Row:
        row = {
            "id": one.id,
            "sha": one.commit,
            "status": one.state,
            "name": one.context,
            "description": one.words,
            "target_url": one.url or None,
        }
        return row | {
            "author": self._user(one.who, one.login),
            "created_at": moment(one.at, "milliseconds"),
        }
