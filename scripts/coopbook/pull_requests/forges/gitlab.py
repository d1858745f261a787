"""GitLab: notes are the ballots, for an approval carries neither a text nor the commit it was given
on.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal
from urllib.parse import quote

from msgspec import Meta, Struct, field

from ...base.messages import NOTHING
from ...decisions.accounts import Account
from . import PATHS, Change, Name, Setup, State, Statement
from .adapter import Adapter, Comment, Status
from .answers import Branch, Commit, Instant, Row, understand, web_address
from .http import MOST_PAGES, Refused

STATES: dict[str, Literal["open", "merged", "closed"]] = {
    "opened": "open",
    "locked": "open",
    "merged": "merged",
    "closed": "closed",
}
PAGE = {"per_page": 100}
EDITORS = (
    "query($path: ID!, $iid: String!, $after: String) { project(fullPath: $path) { "
    "mergeRequest(iid: $iid) { notes(first: 100, after: $after) { "
    "nodes { id lastEditedBy { id username } } pageInfo { hasNextPage endCursor } } } } }"
)
GlobalId = Annotated[str, Meta(pattern=r"\Agid://gitlab/[A-Za-z:]+/[0-9]{1,18}\Z")]
"""The name of anything in the other interface: its type and its number."""
_PUSHED = re.compile(r"added [0-9]+ (?:new )?commits?\b")


class User(Struct, frozen=True, kw_only=True):
    """An account; one that is gone has its notes and statuses moved to another."""

    id: int
    username: str


class MergeRequest(Struct, frozen=True, kw_only=True):
    """A proposed change; `iid` is its number in its project."""

    iid: int
    title: str
    state: str
    author: User
    sha: Commit
    target_branch: Branch
    web_url: str | None = None


class MergeRow(Row, frozen=True, kw_only=True):
    """A proposed change in a list of them."""

    iid: int


class Editor(Struct, frozen=True, kw_only=True):
    """Who edited a note last, as the other interface names accounts."""

    id: GlobalId
    username: str


class EditedNote(Struct, frozen=True, kw_only=True):
    """A note in the other interface; without an editor, nobody edited it, or an account that is
    gone.
    """

    id: GlobalId
    last_edited_by: Editor | None = field(name="lastEditedBy", default=None)


class PageInfo(Struct, frozen=True, kw_only=True):
    """Where a page of notes ends, and whether another follows."""

    has_next: bool = field(name="hasNextPage")
    end: str | None = field(name="endCursor", default=None)


class EditedNotes(Struct, frozen=True, kw_only=True):
    """A page of notes."""

    nodes: tuple[EditedNote | None, ...]
    page: PageInfo = field(name="pageInfo")


class EditedChange(Struct, frozen=True, kw_only=True):
    """A proposed change in the other interface."""

    notes: EditedNotes


class EditedProject(Struct, frozen=True, kw_only=True):
    """A project in the other interface; a change that is not for us to see is none."""

    change: EditedChange | None = field(name="mergeRequest", default=None)


class Edits(Struct, frozen=True, kw_only=True):
    """What was asked for: a project that is not for us to see is none."""

    project: EditedProject | None = None


class EditsAnswer(Struct, frozen=True, kw_only=True):
    """What GitLab answers to `EDITORS`; no data where it refuses in words."""

    data: Edits | None = None

    @property
    def notes(self) -> EditedNotes | None:
        project = self.data.project if self.data else None
        return project.change.notes if project and project.change else None


class Note(Row, frozen=True, kw_only=True):
    """A comment; what the forge itself notes (`system`) was said by nobody."""

    system: bool
    author: User
    body: str
    created_at: Instant
    updated_at: Instant

    def plain(self, page: str) -> Comment:
        """As a comment of the change on a page."""
        author, url = self.author, f"{page}#note_{self.id}"
        at, changed, node = self.created_at, self.updated_at, str(self.id)
        return Comment(self.id, author.id, author.username, self.body, at, changed, url, node)


class JobStatus(Row, frozen=True, kw_only=True):
    """A status on a commit, which is a job here."""

    name: str
    author: User | None = None
    created_at: Instant
    status: str
    description: str | None = None
    target_url: str | None = None

    @property
    def plain(self) -> Status:
        creator = self.author.id if self.author else 0
        words, url = self.description or "", self.target_url or ""
        return Status(self.id, self.name, creator, self.created_at, self.status, words, url)


class Level(Struct, frozen=True, kw_only=True):
    """How far an account's rights go (40: it maintains), or whom a branch lets through."""

    access_level: int | None = None
    user_id: int | None = None


class Levels(Struct, frozen=True, kw_only=True):
    """Our own rights, in the project and by its group."""

    project_access: Level | None = None
    group_access: Level | None = None

    @property
    def highest(self) -> int:
        both = [one.access_level or 0 for one in (self.project_access, self.group_access) if one]
        return max(both, default=0)


class Project(Struct, frozen=True, kw_only=True):
    """A project's own settings."""

    default_branch: str
    permissions: Levels | None = None
    only_allow_merge_if_pipeline_succeeds: bool | None = None


class ProtectedBranch(Struct, frozen=True, kw_only=True):
    """Who may push to a branch."""

    push_access_levels: tuple[Level, ...] = ()

    def lets(self, account: int, level: int) -> bool:
        return any(
            one.user_id == account or (one.user_id is None and 0 < (one.access_level or 0) <= level)
            for one in self.push_access_levels
        )


class Variable(Struct, frozen=True, kw_only=True):
    """A variable of its pipelines; its value is nothing to us."""

    protected: bool = False
    masked: bool = False


class Schedule(Row, frozen=True, kw_only=True):
    """When a pipeline runs by the clock."""

    active: bool = False


def _number(name: str) -> int:
    """The number in a name of the other interface."""
    return int(name.rpartition("/")[2])


DEVELOPER = 30
PIPELINE = ("check", PATHS)
"""What a pipeline that must succeed holds: our statuses are jobs of it."""


class GitLab(Adapter):
    """See `Forge`."""

    name: Name = "gitlab"
    longest_words: ClassVar[int] = 255
    states: ClassVar[dict[State, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failed",
        "error": "failed",
    }

    def change(self, number: int) -> Change:
        """See `Forge`."""
        answer = self.client.get(self._path(f"merge_requests/{number}"))
        found = understand(answer, MergeRequest)
        state, url = STATES.get(found.state, "closed"), web_address(found.web_url)
        author, head, base = found.author.id, found.sha, found.target_branch
        return Change(found.iid, found.title, author, head, base, state, url)

    def changes(self, base: str, since: datetime) -> list[int]:
        """See `Forge`."""
        path, moment = self._path("merge_requests"), since.astimezone(UTC).isoformat()
        rows = self.client.rows(path, MergeRow, state="opened", target_branch=base, **PAGE)
        rows += self.client.rows(path, MergeRow, updated_after=moment, target_branch=base, **PAGE)
        return sorted({row.iid for row in rows})

    def _find_account(self, login: str) -> Row:
        """A list of one, or of none."""
        found = self.client.rows("users", Row, username=login)
        if not found:
            raise Refused(NOTHING, 404)
        return found[0]

    def _author(self, number: int) -> Account | None:
        answer = self.client.get(self._path(f"merge_requests/{number}"))
        return self._account_of(understand(answer, MergeRequest).author)

    def _account_of(self, user: User) -> Account:
        return Account(self.name, user.username, user.id)

    def _pushers(self, number: int, commits: Container[str]) -> list[Account] | None:
        """From what the forge notes of each push: “added 2 commits”; what was pushed before it was
        opened is its author's to answer for.
        """
        return [
            self._account_of(note.author)
            for note in self._notes(number)
            if note.system and _PUSHED.match(note.body)
        ]

    def _notes(self, number: int) -> list[Note]:
        path = self._path(f"merge_requests/{number}/notes")
        return self.client.rows(path, Note, sort="asc", order_by="created_at", **PAGE)

    def editors(self, number: int, said: Iterable[Statement]) -> dict[str, Account]:
        """See `Forge`. The other interface alone tells it; a GitLab whose notes have no
        `lastEditedBy` yet answers in words, and nobody is known.
        https://docs.gitlab.com/api/graphql/reference/#note.
        """
        wanted = {one.node for one in said if one.node}
        found: dict[str, Account] = {}
        after: str | None = None
        for _page in range(MOST_PAGES):
            answer = self.client.query(EDITORS, path=self.repository, iid=str(number), after=after)
            notes = None if answer is None else understand(answer, EditsAnswer).notes
            if notes is None:
                return found
            for note in notes.nodes:
                editor = note.last_edited_by if note else None
                if note and editor and (node := str(_number(note.id))) in wanted:
                    uid = _number(editor.id)
                    found[node] = Account(self.name, editor.username, uid)
            after = notes.page.end
            if not notes.page.has_next or not after or wanted <= found.keys():
                break
        return found

    def ref(self, number: int) -> str:
        """See `Forge`."""
        return f"refs/merge-requests/{number}/head"

    def _path(self, rest: str) -> str:
        return f"projects/{quote(self.repository, safe='')}/{rest}"

    def _comments(self, number: int) -> list[Comment]:
        page = self.change(number).url
        return [row.plain(page) for row in self._notes(number) if not row.system]

    def _write(self, number: int, text: str) -> None:
        self.client.send("POST", self._path(f"merge_requests/{number}/notes"), {"body": text})

    def _rewrite(self, number: int, comment: int, text: str) -> None:
        self.client.send(
            "PUT", self._path(f"merge_requests/{number}/notes/{comment}"), {"body": text}
        )

    def _statuses(self, commit: str, context: str) -> list[Status]:
        path = self._path(f"repository/commits/{commit}/statuses")
        rows = self.client.rows(path, JobStatus, all="true", name=context, **PAGE)
        return [row.plain for row in rows]

    def _put(self, commit: str, state: str, words: str, url: str, context: str) -> None:
        """A status is a job here. One that waits cannot begin to wait again: other words for it are
        refused, the old ones stay. A commit of another project (a fork's) is on no branch of this
        one and takes none: the comment has to do.
        """
        body = {"state": state, "name": context, "description": words} | (
            {"target_url": url} if url else {}
        )
        try:
            self.client.send("POST", self._path(f"statuses/{commit}"), body, again=True)
        except Refused as refused:
            waits = (
                state == "pending"
                and refused.status == 400
                and "cannot transition" in refused.said.lower()
            )
            if not waits and not (
                refused.status == 404 and "References for commit" in refused.said
            ):
                raise

    def _close(self, number: int) -> None:
        self.client.send("PUT", self._path(f"merge_requests/{number}"), {"state_event": "close"})

    def setup(self, base: str) -> Setup:
        """See `Forge`."""
        me = understand(self.client.get("user"), User)
        project = understand(self.client.get(self._path("").rstrip("/")), Project)
        level = project.permissions.highest if project.permissions else 0
        path = self._path(f"protected_branches/{quote(base, safe='')}")
        branch = self._look(path, ProtectedBranch)
        kept = self._look(self._path("variables/COOPBOOK_TOKEN"), Variable)
        clocks = self._look(self._path("pipeline_schedules"), list[Schedule], **PAGE)
        return Setup(
            me.username,
            project.default_branch,
            may_push=branch.lets(me.id, level) if branch else level >= DEVELOPER,
            is_protected=branch is not None,
            required=PIPELINE if project.only_allow_merge_if_pipeline_succeeds else (),
            is_secret_kept=kept.protected and kept.masked if kept else None,
            has_clock=None if clocks is None else any(one.active for one in clocks),
        )
