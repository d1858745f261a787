"""The three adapters against little forges (forge_servers.py), over a real socket.

What GitHub is asked and answers is held against its own OpenAPI description, of npm's
@octokit/openapi; the rows of Forgejo's answers against the fields that pyforgejo, generated from
Forgejo's description, has for them (tests/support/forges/data). The rest of Forgejo, and GitLab, is
the interfaces that their documentation names and the projects' own sources and manuals say (routes,
pages, refusals), written into the little servers, which refuse any other route, query or field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from coopbook.decisions.tally import Electorate, Terms, tally
from coopbook.decisions.tally.arithmetic import Counts, Threshold, read_fraction
from coopbook.decisions.tally.electorate import Voter
from coopbook.decisions.tally.events import Event
from coopbook.decisions.tally.terms import Category
from coopbook.pull_requests.forges import VOTE, Forge, ForgeError, Statement
from coopbook.pull_requests.forges.adapter import mark_of
from coopbook.pull_requests.forges.github import ACTIONS_BOT
from coopbook.pull_requests.forges.opening import forge_for
from msgspec import structs
from support.forges.servers import (
    BOT,
    FORGES,
    HEAD,
    START,
    TOKEN,
    FakeForge,
    FakeGitHub,
    FakeGitLab,
    forge,
)
from werkzeug import Response

HOUR = timedelta(hours=1)
NEW = "d" * 40

MARK = mark_of(VOTE)


@pytest.fixture(params=list(FORGES))
def server(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    with forge(request.param) as found:
        yield found


@pytest.fixture(params=["github", "forgejo"])
def reviewing(request: pytest.FixtureRequest) -> Iterator[FakeForge]:
    """Where reviews are ballots."""
    with forge(request.param) as found:
        yield found


def events(server: FakeForge, account: int | str | None = None) -> list[Event]:
    """What was said, apart from the addresses, which each forge makes its own way."""
    said = [one.event for one in server.adapter(account=account).statements(server.number)]
    assert all(one.url.startswith(server.web) for one in said)
    return [structs.replace(one, url="", number=0) for one in said]


def comment(hours: float, actor: int, login: str, text: str, edited: float = 0) -> Event:
    return Event(
        "comment",
        text,
        START + hours * HOUR,
        actor,
        login,
        edited_at=START + edited * HOUR if edited else None,
    )


def told(server: FakeForge) -> None:
    """Twelve voters: one changes her mind by a new comment, one by editing his, one objects and
    lifts it, one votes for another.
    """
    for number, word in enumerate(["pour", "pour", "contre", "abstention", "blanc", "pour"]):
        server.say(1001 + number, f"voter-{number}", f"/voter {word}", START + number * HOUR)
    changed = server.say(1007, "gus", "/vote no", START + 6 * HOUR)
    server.say(
        1008, "hana", "Je lis encore.\n\n/objection bruit : les voisins dorment", START + 7 * HOUR
    )
    server.say(1009, "ivan", "/vote yes\n/vote yes for @m1010", START + 8 * HOUR)
    server.say(1010, "jo", "Merci à toutes et tous 🎉", START + 9 * HOUR)
    server.say(1001, "voter-0", "/voter retrait", START + 10 * HOUR)
    server.say(1008, "hana", "/lever bruit\n/voter pour", START + 11 * HOUR)
    server.edit(changed, "/vote yes", START + 12 * HOUR)
    server.say(1011, "kim", "/vote perhaps", START + 13 * HOUR)
    server.say(1012, "lou", "/voter contre", START + 14 * HOUR)


STORY = [
    *(
        comment(n, 1001 + n, f"voter-{n}", f"/voter {word}")
        for n, word in enumerate(["pour", "pour", "contre", "abstention", "blanc", "pour"])
    ),
    comment(7, 1008, "hana", "Je lis encore.\n\n/objection bruit : les voisins dorment"),
    comment(8, 1009, "ivan", "/vote yes\n/vote yes for @m1010"),
    comment(9, 1010, "jo", "Merci à toutes et tous 🎉"),
    comment(10, 1001, "voter-0", "/voter retrait"),
    comment(11, 1008, "hana", "/lever bruit\n/voter pour"),
    comment(6, 1007, "gus", "/vote yes", edited=12),
    comment(13, 1011, "kim", "/vote perhaps"),
    comment(14, 1012, "lou", "/voter contre"),
]


def test_one_story_is_the_same_events_on_each_forge(server: FakeForge) -> None:
    told(server)
    assert events(server) == STORY


def test_of_two_comments_of_one_second_the_later_counts(server: FakeForge) -> None:
    for word in ("contre", "pour", "contre"):
        server.say(1001, "ana", f"/voter {word}", START)
    found = [one.event for one in server.adapter().statements(server.number)]
    assert [one.value for one in found] == ["/voter contre", "/voter pour", "/voter contre"]
    assert [one.number for one in found] == [one.id for one in server.comments]


@pytest.mark.parametrize("pages", [2, 3])
def test_no_page_is_forgotten(server: FakeForge, pages: int) -> None:
    told(server)
    server.most = -(-len(server.comments) // pages)
    assert events(server) == STORY
    asked = sum(
        path.endswith(("/comments", "/notes")) for _method, path, _query, _body in server.requests
    )
    assert asked == (1 if server.name == "forgejo" else pages), (
        "Forgejo's list of comments has no pages"
    )


def reviewed(server: FakeForge) -> None:
    server.review(1001, "ana", "approve", at=START, text="Bien vu.")
    server.review(
        1002, "ben", "request_changes", at=START + HOUR, text="/objection prix : trop cher"
    )
    server.dismiss(server.review(1003, "cleo", "approve", at=START + 2 * HOUR))
    server.review(1000, "author", "comment", at=START + 3 * HOUR, text="/voter pour")
    server.review(1004, "dan", "comment", at=START + 4 * HOUR)
    server.review(1005, "eve", "pending", at=START + 5 * HOUR)
    server.push(NEW)
    server.review(1006, "fay", "approve", at=START + 6 * HOUR)


REVIEWED = [
    (Event("review", "approve", START, 1001, "ana", reason="Bien vu."), HEAD),
    (
        Event(
            "review",
            "request_changes",
            START + HOUR,
            1002,
            "ben",
            reason="/objection prix : trop cher",
        ),
        HEAD,
    ),
    (Event("review", "dismissed", START + 2 * HOUR, 1003, "cleo"), HEAD),
    (comment(3, 1000, "author", "/voter pour"), HEAD),
    (Event("review", "approve", START + 6 * HOUR, 1006, "fay"), NEW),
]


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_reviews_are_the_same_ballots_and_on_the_commit_they_were_given_on(
    reviewing: FakeForge, most: int
) -> None:
    """An author cannot approve: the commands in a review that takes no side count. One that is not
    given yet is nothing.
    """
    reviewed(reviewing)
    reviewing.most = most
    said = reviewing.adapter().statements(reviewing.number)
    assert [(structs.replace(one.event, url="", number=0), one.commit) for one in said] == REVIEWED
    assert all(one.event.number for one in said)


def test_on_gitlab_approvals_and_what_the_forge_notes_are_no_ballots() -> None:
    with FakeGitLab() as server:
        told(server)
        server.review(1004, "dan", "approve", at=START + 15 * HOUR)
        assert events(server) == STORY


def test_one_vote_gives_one_count_on_each_forge(server: FakeForge) -> None:
    """By reviews where they are ballots, else by comments."""
    told(server)
    for actor, state, word in (
        (1013, "approve", "yes"),
        (1014, "request_changes", "no"),
        (1015, "approve", "yes"),
    ):
        if server.name == "gitlab":
            server.say(actor, f"voter-{actor}", f"/vote {word}", START + 15 * HOUR)
        else:
            server.review(actor, f"voter-{actor}", state, at=START + 15 * HOUR)
    voters = Electorate.of(Voter(f"m{number}", accounts=(number,)) for number in range(1001, 1016))
    terms = Terms(
        Category("ordinary", Threshold("expressed", read_fraction("1/2"), "gt"), tie="rejected"),
        START,
        START + 24 * HOUR,
    )
    found = tally(events(server), voters, terms, START + 24 * HOUR)
    assert found.counts == Counts(7, 3, 1, 1)
    assert [(one.who, one.why) for one in found.refused] == [
        ("m1009", "for_another"),
        ("m1011", "unclear"),
    ]


def test_what_an_account_said_stays_when_it_is_gone(server: FakeForge) -> None:
    server.say(1001, "ana", "/voter pour", START)
    server.review(1001, "ana", "approve", at=START + HOUR)
    server.leave(1001)
    found = events(server)
    assert {one.login for one in found} == {"ghost"}
    assert not {one.actor_id for one in found} & {1001}


def test_our_own_comment_is_no_vote_and_is_written_once(server: FakeForge) -> None:
    adapter = server.adapter()
    adapter.comment(12, "Vote ouvert.\n\n/voter pour")
    adapter.comment(12, "Vote ouvert.\n\n/voter pour")
    assert [one.text for one in server.comments] == [f"{MARK}\nVote ouvert.\n\n/voter pour"]
    changes = len([one for one in server.requests if one[0] != "GET"])
    server.comments[0].text = server.comments[0].text.replace("\n", "\r\n") + "\n"
    adapter.comment(12, "Vote ouvert.\n\n/voter pour")
    assert len([one for one in server.requests if one[0] != "GET"]) == changes == 1, (
        "a forge's own line ends are no change"
    )
    server.adapter().comment(12, "Vote clos.")
    assert [one.text for one in server.comments] == [f"{MARK}\nVote clos."]
    assert events(server) == []


def test_what_is_told_once_is_a_comment_of_its_own(server: FakeForge) -> None:
    adapter = server.adapter()
    adapter.comment(12, "Vote ouvert.")
    assert adapter.told_once(12) == {"vote"}
    adapter.tell_once(12, "@ana, @bo : votez à nouveau.", ["text-0a1b", "text-2c"])
    assert server.comments[1].text.endswith("@ana, @bo : votez à nouveau.")
    server.say(1001, "ana", server.comments[1].text.replace("text-2c", "text-3d"), START)
    adapter.comment(12, "Vote clos.")
    assert adapter.told_once(12) == {"vote", "text-0a1b", "text-2c"}, "pasted by ana says nothing"
    assert server.comments[0].text == f"{MARK}\nVote clos."
    assert "votez à nouveau" in server.comments[1].text


def test_a_member_who_pastes_our_mark_is_not_taken_for_us(server: FakeForge) -> None:
    pasted = f"{MARK}\n/voter contre"
    server.say(1001, "ana", pasted, START)
    server.adapter().comment(12, "Vote ouvert.")
    assert [one.text for one in server.comments] == [pasted, f"{MARK}\nVote ouvert."]
    assert events(server) == [comment(0, 1001, "ana", pasted)]


def test_who_lends_their_account_to_the_tool_can_still_vote(server: FakeForge) -> None:
    server.say(*BOT, "/voter pour", START)
    server.adapter().comment(12, "Vote ouvert.")
    assert events(server) == [comment(0, *BOT, "/voter pour")]


def test_github_actions_own_token_is_known_by_its_number() -> None:
    with FakeGitHub(anonymous=True, bot=(ACTIONS_BOT, "github-actions[bot]")) as server:
        server.adapter().comment(12, "Vote ouvert.")
        server.adapter().comment(12, "Vote clos.")
        assert len(server.comments) == 1
    with FakeGitHub(anonymous=True, bot=(77, "our-app[bot]")) as server:
        server.adapter(account=77).comment(12, "Vote ouvert.")
        server.adapter(account=77).comment(12, "Vote clos.")
        assert len(server.comments) == 1


def test_the_name_of_an_account_says_which_is_ours(server: FakeForge) -> None:
    """An app of the co-op's own cannot ask who it is: somebody has to say."""
    server.anonymous = True
    adapter = server.adapter(account=BOT[1])
    adapter.comment(12, "Vote ouvert.")
    adapter.announce(HEAD, "pending", "Vote ouvert")
    server.say(1001, "ana", f"{MARK}\n/voter contre", START)
    again = server.adapter(account=BOT[1])
    again.comment(12, "Vote clos.")
    assert [one.text for one in server.comments if one.who == BOT[0]] == [f"{MARK}\nVote clos."]
    assert again.first_seen(HEAD) is not None
    assert [event.login for event in events(server, account=BOT[1])] == ["ana"]
    assert not [path for _method, path, _query, _body in server.requests if path.endswith("/user")]


def test_an_app_s_account_is_asked_for_by_its_whole_name() -> None:
    with FakeGitHub(anonymous=True, bot=(77, "our-app[bot]")) as server:
        server.adapter(account="our-app[bot]").comment(12, "Vote ouvert.")
        server.adapter(account="our-app[bot]").comment(12, "Vote clos.")
        assert [(one.who, one.text) for one in server.comments] == [(77, f"{MARK}\nVote clos.")]


def test_an_account_that_is_not_there_is_told(server: FakeForge) -> None:
    with pytest.raises(ForgeError, match="has no account “nobody-here”"):
        server.adapter(account="nobody-here").comment(12, "Vote ouvert.")
    assert server.comments == []


def test_another_refusal_to_say_who_we_are_is_no_guess() -> None:
    with FakeGitHub() as server:
        server.script(
            Response('{"message": "Resource protected by organization SAML enforcement."}', 403)
        )
        with pytest.raises(ForgeError, match="has not the right"):
            server.adapter().me  # type: ignore[attr-defined] # noqa: B018


def test_a_status_is_put_and_its_date_is_the_forges(server: FakeForge) -> None:
    adapter = server.adapter()
    assert adapter.first_seen(HEAD) is None
    server.now = START
    adapter.announce(HEAD, "pending", "Vote ouvert jusqu’au 16 mars", "https://coop.example/vote")
    adapter.announce(HEAD, "pending", "Vote ouvert jusqu’au 16 mars", "https://coop.example/vote")
    assert [(one.context, one.state, one.words) for one in server.statuses] == [
        (VOTE, "pending", "Vote ouvert jusqu’au 16 mars")
    ]
    adapter.announce(HEAD, "success", "Adoptée")
    assert (server.statuses[-1].state, server.statuses[-1].words) == ("success", "Adoptée")
    assert len(server.statuses) == (1 if server.name == "gitlab" else 2), (
        "GitLab changes the one that waits"
    )
    assert adapter.first_seen(HEAD) == START + timedelta(minutes=1)
    assert adapter.first_seen(NEW) is None
    for state in ("failure", "error"):
        adapter.announce(NEW, state, "x" * 300)  # type: ignore[arg-type]
    assert {len(one.words) for one in server.statuses if one.commit == NEW} == {
        140 if server.name == "github" else 255
    }


def test_a_status_of_somebody_else_is_not_ours(server: FakeForge) -> None:
    adapter = server.adapter()
    server.now = START + 5 * HOUR
    adapter.announce(HEAD, "pending", "Vote ouvert")
    own = server.statuses[0]
    server.statuses += [
        replace(own, id=1, who=1001, login="ana", at=START),
        replace(own, id=2, context="ci", at=START),
    ]
    server.statuses.append(replace(own, id=3, who=0, at=START))
    assert adapter.first_seen(HEAD) == own.at


def test_gitlab_lets_a_status_wait_only_once_and_that_stops_nothing() -> None:
    with FakeGitLab() as server:
        server.adapter().announce(HEAD, "pending", "1 vote")
        server.adapter().announce(HEAD, "pending", "2 votes")
        assert [one.words for one in server.statuses] == ["1 vote"]


def test_a_fork_on_gitlab_takes_no_status_and_that_stops_nothing() -> None:
    with FakeGitLab() as server:
        server.foreign = (HEAD,)
        server.adapter().announce(HEAD, "pending", "Vote ouvert")
        assert server.adapter().first_seen(HEAD) is None


@pytest.mark.parametrize("status", [404, 422])
def test_a_commit_that_the_forge_has_not_got_was_never_seen(server: FakeForge, status: int) -> None:
    server.script(Response('{"message": "No commit found for SHA"}', status))
    assert server.adapter().first_seen(NEW) is None


def test_a_change_is_told_as_it_is_now(server: FakeForge) -> None:
    adapter = server.adapter()
    before = adapter.change(12)
    assert (before.number, before.title, before.author, before.head, before.base, before.state) == (
        12,
        server.title,
        1000,
        HEAD,
        "main",
        "open",
    )
    assert before.url.startswith(server.web)
    assert adapter.ref(12) == (
        "refs/merge-requests/12/head" if server.name == "gitlab" else "refs/pull/12/head"
    )
    server.push(NEW)
    assert adapter.change(12).head == NEW, "who closes compares"
    for state in ("merged", "closed"):
        server.state = state
        assert adapter.change(12).state == state


def test_events_have_their_instants_from_the_forge(server: FakeForge) -> None:
    server.say(1001, "ana", "/voter pour", datetime.fromisoformat("2026-03-02T23:30:00+01:00"))
    assert [one.at.isoformat() for one in events(server)] == ["2026-03-02T22:30:00+00:00"]


def test_the_adapter_is_a_forge(server: FakeForge) -> None:
    adapter: Forge = server.adapter()
    assert adapter.name == server.name


def test_changes_are_those_open_and_those_closed_lately(server: FakeForge) -> None:
    forge = server.adapter()
    assert forge.changes("main", server.now + HOUR) == [server.number]
    assert forge.changes("other", server.now) == []
    server.state = "closed"
    assert forge.changes("main", server.now - HOUR) == [server.number]
    assert forge.changes("main", server.now + HOUR) == []


def test_who_edited_a_comment_is_told_where_the_forge_tells(server: FakeForge) -> None:
    """GitHub and GitLab do, by their other interfaces, a hundred at a time; Forgejo does not."""
    own = server.say(1001, "ana", "/voter pour")
    other = server.say(1002, "bob", "/voter pour")
    server.say(1003, "cleo", "/voter pour")
    many = [server.say(2000 + number, f"m{number}", "/voter pour") for number in range(120)]
    server.edit(own, "/voter contre")
    server.edit(other, "/voter contre", by=(1009, "zoe"))
    server.edit(many[-1], "/voter contre", by=(1009, "zoe"))
    adapter = server.adapter()
    said = adapter.statements(server.number)
    by = {one.event.number: one.node for one in said}
    found = adapter.editors(server.number, said)
    if not isinstance(server, FakeGitHub | FakeGitLab):
        assert found == {}
        return
    told = {number: found[node].uid for number, node in by.items() if node in found}
    assert told == {own: 1001, other: 1009, many[-1]: 1009}
    server.hides_editors = True
    assert adapter.editors(server.number, said) == {}, "nothing is known then"


def test_a_gitlab_that_does_not_know_editors_yet_tells_nobody() -> None:
    with forge("gitlab") as server:
        assert isinstance(server, FakeGitLab)
        server.edit(server.say(1001, "ana", "/voter pour"), "/voter contre", by=(1009, "zoe"))
        adapter = server.adapter()
        said = adapter.statements(server.number)
        assert [one.uid for one in adapter.editors(server.number, said).values()] == [1009]
        assert adapter.editors(server.number + 1, said) == {}, "not for us to see"
        server.names_editors = False
        assert adapter.editors(server.number, said) == {}


def test_editors_are_asked_where_an_enterprise_has_its_interface() -> None:
    with forge("github") as server:
        said = server.say(1001, "ana", "/voter pour")
        server.edit(said, "/voter contre")
        server.root = "/api"
        adapter = forge_for("github", f"{server.api}/v3", server.repository, TOKEN)
        statement = Statement(Event("comment", "x", START, number=said), node=f"comment-{said}")
        assert list(adapter.editors(server.number, [statement])) == [f"comment-{said}"]
