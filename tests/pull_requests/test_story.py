"""One story, on a real repository with its branches and merges: an article is changed by a vote on
each forge, by ballot files, and by a meeting that confirms what its members advised. Then
everything that members and visitors read says so.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from coopbook.pull_requests.git import Clone
from coopbook.pull_requests.request import Job
from support.commands import Ran, environment, run
from support.forges.servers import FORGES, TOKEN, FakeForge
from support.git import git
from support.sites import build
from support.vote_coop import show
from support.votes import LAST

NUMBER = 12
OLD, NEW, LATER = (
    "Faire vivre un atelier.",
    "Faire vivre deux ateliers.",
    "Faire vivre deux ateliers, et une école.",
)
VOTERS = [f"membre-{number:02}" for number in range(1, 13)]
OTHERS = ["en-essai", "suspendue"]
TALK = "Merci, et à jeudi."
OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
REFS = {
    "github": "refs/pull/12/head",
    "forgejo": "refs/pull/12/head",
    "gitlab": "refs/merge-requests/12/head",
}

COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
membership_categories: {salarie: {label: {fr: Salarié·e}}}
"""
RULES = """electorate: {membership: current, except: [suspended], snapshot: opens_at}
categories:
  house:
    label: {fr: Règlement}
    channel: either
    min_days: 7
    consent: {max_open_objections: 0, min_yes: 6, objection_requires_reason: true, resolved_by: [objector, meeting]}
  bylaws:
    label: {fr: Changement de statuts}
    channel: meeting
    min_days: 7
    notice_days: 15
    agenda_only: true
    quorum: {of: represented, base: electorate, fraction: 1/2}
    threshold: {base: expressed, fraction: 2/3, op: gte}
paths:
  "decisions/bylaws/**": vote:CATEGORY
  "decisions/rules.yml": vote:bylaws
  "**": maintainers
"""  # noqa: E501
ARTICLE = """---
number: 1
title: Objet
audience: public
in_force: 2015-01-01
adopted_by: {text: Assemblée du 12 décembre 2014}
---

TEXT
"""
PROPOSAL = """---
title: {fr: Élargir l'objet, en: Widen the object}
audience: public
category: CATEGORY
status: voting
proposers: [membre-01]
opens: 2026-03-02T09:00:00+00:00
closes: 2026-03-16T18:00:00+00:00
amends:
  - {document: statuts, article: objet, effective: 2026-04-01}
---

## Proposition

L'objet dit aussi ce que nous faisons à Rennes.
"""
BODY = "name: {fr: Assemblée générale}\nkind: assembly\naudience: public\nmandates: []\n"
MINUTES = """---
record: minutes
title: {fr: Assemblée du 30 mars 2026}
body: assemblee
number: 1
kind: extraordinary
date: 2026-03-30
status: approved
company_line: Les Essais, coopérative
notice: {by: Membre 01, sent_on: 2026-03-10, call: first, modes: [mail], agenda: [Objet]}
opened: "18:00"
closed: "19:00"
place: Rue du Port 1
mode: in_person
officers: {chair: {member: membre-01}, secretary: {member: membre-02}, tellers: [membre-03]}
attendance: [ATTENDANCE]
resolutions:
  - {number: 1, title: Objet, text: L'objet est élargi., proposal: elargir-l-objet, category: bylaws, agenda: 1, amends: [statuts/objet], at: "18:30", for: 11, against: 1, abstain: 0, public: true, result: adopted}
actions:
  - {id: registre, what: Déposer les statuts, owner: membre-02, due: 2026-12-31, status: open}
approved: {on: 2026-04-02}
public_extract: true
---

Texte.
"""  # noqa: E501


@dataclass
class Story:
    """A bare repository that stands for the forge's, a clone in which people write, and another in
    which the program runs.
    """

    folder: Path
    name: str
    category: str

    def __post_init__(self) -> None:
        self.remote, self.desk, self.runner = (
            self.folder / name for name in ("remote.git", "desk", "runner")
        )

    def git(self, where: Path, *arguments: str) -> str:
        """What git prints, its clock in the middle of the vote."""
        return git(where, *arguments, when=at(8))

    def begin(self) -> None:
        self.remote.mkdir(parents=True)
        self.git(self.remote, "init", "--quiet", "--bare", "--initial-branch=main")
        self.git(self.folder, "clone", "--quiet", str(self.remote), str(self.desk))
        self.git(self.desk, "checkout", "--quiet", "-b", "main")
        for path, text in self.files().items():
            self.write(path, text)
        self.save("La coopérative", "main")
        self.git(self.folder, "clone", "--quiet", str(self.remote), str(self.runner))

    def files(self) -> dict[str, str]:
        period = "membership: [{from: 2020-01-01, category: salarie%s}]\n"
        members = dict.fromkeys(VOTERS, period % "")
        members["suspendue"] = period % ", suspended: [{from: 2026-01-01}]"
        members["en-essai"] = ""
        files = {f"members/{id}.yml": self.member(id, more) for id, more in members.items()}
        return files | {
            "coop.yml": COOP,
            "decisions/rules.yml": RULES.replace("CATEGORY", self.category),
            "decisions/bodies/assemblee.yml": BODY,
            "decisions/bylaws/statuts.yml": "title: {fr: Statuts}\nkind: articles\naudience: public\n",  # noqa: E501
            "decisions/bylaws/statuts/objet.md": ARTICLE.replace("TEXT", OLD),
        }

    def member(self, id: str, more: str) -> str:
        account = f"accounts: [{{forge: {self.name}, login: {id}, uid: {uid(id)}}}]\n"
        return (
            f"type: person\nname: {{display: {id.capitalize()}}}\npresence: present\nlisted: "
            f"false\n{account}{more}"
        )

    def write(self, path: str, text: str) -> None:
        (self.desk / path).parent.mkdir(parents=True, exist_ok=True)
        (self.desk / path).write_text(text)

    def save(self, words: str, *references: str) -> str:
        """Commit what is written, push it; the commit."""
        self.git(self.desk, "add", "-A")
        self.git(self.desk, "commit", "--quiet", "-m", words)
        for reference in references:
            self.git(self.desk, "push", "--quiet", "--force", "origin", f"HEAD:{reference}")
        return self.git(self.desk, "rev-parse", "HEAD")

    def propose(self, text: str, words: str) -> str:
        """The change as it is proposed: the article and, at first, the proposal's page."""
        self.write("decisions/bylaws/statuts/objet.md", ARTICLE.replace("TEXT", text))
        self.write(
            "decisions/proposals/elargir-l-objet.md", PROPOSAL.replace("CATEGORY", self.category)
        )
        return self.save(words, REFS[self.name])

    def on_main(self, words: str, files: dict[str, str]) -> None:
        """Something that reaches the base on its own way."""
        self.git(self.desk, "fetch", "--quiet", "origin", "main")
        branch = self.git(self.desk, "rev-parse", "--abbrev-ref", "HEAD")
        self.git(self.desk, "checkout", "--quiet", "-B", "ailleurs", "origin/main")
        for path, text in files.items():
            self.write(path, text)
        self.save(words, "main")
        self.git(self.desk, "checkout", "--quiet", branch)

    def coopbook(self, *arguments: str, forge: FakeForge | None = None) -> Ran:
        where = (
            ["--forge", self.name, "--api", forge.api, "--repository", forge.repository]
            if forge
            else []
        )
        token = environment(COOPBOOK_TOKEN=TOKEN)
        return run(*arguments, *where, settings=token, cwd=self.runner)

    def vote(self, what: str, forge: FakeForge) -> Ran:
        done = self.coopbook("vote", what, str(NUMBER), "--lang", "fr", forge=forge)
        assert "Traceback" not in done.stderr, done.stderr
        assert TOKEN not in done.stdout + done.stderr
        return done

    def shown(self, forge: FakeForge, now: datetime) -> None:
        """`vote status` as it ran then: the program's own clock cannot be set."""
        assert (
            show(Job(Clone(self.runner), forge.adapter(), NUMBER, "main", now, language="fr")) == 0
        )

    def now(self) -> Path:
        """The base as it is now, in the runner's clone."""
        self.git(self.runner, "pull", "--quiet", "--ff-only", "origin", "main")
        return self.runner

    def field(self, path: str, *names: str) -> Any:
        text = (self.now() / path).read_text()
        found = yaml.load(
            text.split("---\n")[1] if text.startswith("---\n") else text, yaml.BaseLoader
        )
        for name in names:
            found = found[name]
        return found


def uid(id: str) -> int:
    return 1001 + [*VOTERS, *OTHERS].index(id)


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return OPENS.replace(hour=hour) + timedelta(days=day - 2, minutes=minute)


def comment(forge: FakeForge) -> str:
    """Our own comment that is kept up to date; there is one alone."""
    ours = (one.text for one in forge.comments if one.who == forge.bot[0])
    (found,) = (text for text in ours if text.startswith("<!-- coopbook:vote -->"))
    return re.sub(r"\s+", " ", found.replace("\u00a0", " "))


@contextmanager
def told(tmp_path: Path, name: str, category: str) -> Iterator[tuple[Story, FakeForge]]:
    """The story up to the vote: proposed, objected to, its text changed, asked again."""
    story = Story(tmp_path, name, category)
    story.begin()
    story.git(story.desk, "checkout", "--quiet", "-b", "objet")
    head = story.propose(NEW, "Élargir l'objet")
    with FORGES[name](number=NUMBER, head=head, git=story.remote, now=at(2)) as forge:
        story.shown(forge, at(2))
        assert "/voter pour" in comment(forge)
        for id in VOTERS[:5]:
            forge.say(uid(id), id, "/voter pour", at(3))
        forge.say(
            uid("membre-12"), "membre-12", "/objection une-ecole : nous en ouvrons une aussi", at(4)
        )
        forge.now = at(6)
        forge.push(story.propose(LATER, "Une école aussi"))
        story.shown(forge, at(6))
        assert "@membre-01" in comment(forge), "whoever voted on the text before is asked again"
        forge.say(uid("membre-12"), "membre-12", "/lever une-ecole", at(7))
        yield story, forge


def by_comment(story: Story, forge: FakeForge) -> None:
    """Twelve votes, as people give them; and four that do not count."""
    for number, id in enumerate(VOTERS):
        forge.say(
            uid(id),
            id,
            "/voter contre" if number == 11 else "/voter pour\n\nOui !",
            at(8, 9, number),
        )
    forge.say(uid("suspendue"), "suspendue", "/voter contre", at(9))
    forge.say(uid("en-essai"), "en-essai", "/voter contre", at(9))
    forge.say(uid("membre-02"), "membre-02", "/voter contre au nom de @membre-03", at(9))
    forge.say(4242, "passant", "/voter contre", at(9))
    forge.say(uid("membre-04"), "membre-04", TALK, at(9))


def by_file(story: Story, forge: FakeForge) -> None:
    """Twelve ballot files on the base, each brought by its own member."""
    for number, id in enumerate(VOTERS):
        choice = "against" if number == 11 else "for"
        ballot = f"choice: {choice}\ncast_at: {at(8, 9, number).isoformat()}\n"
        story.on_main(f"Bulletin de {id}", {f"decisions/ballots/elargir-l-objet/{id}.yml": ballot})
    story.shown(forge, at(9))  # a ballot counts for having been seen here before the close


@pytest.mark.parametrize(
    ("name", "cast"), [*((name, cast) for name in FORGES for cast in (by_comment, by_file))]
)
def test_an_article_is_changed_by_a_vote(
    name: str, cast: Callable[[Story, FakeForge], None], tmp_path: Path
) -> None:
    with told(tmp_path, name, "house") as (story, forge):
        cast(story, forge)
        before = story.git(story.remote, "rev-parse", "main")
        ran = story.vote("close", forge)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert forge.state == "merged"
        assert story.field("decisions/results/elargir-l-objet.yml", "counts") == {
            "for": "11",
            "against": "1",
            "abstain": "0",
            "blank": "0",
        }
        assert story.field("decisions/results/elargir-l-objet.yml", "number") == "1"
        refused = story.field("decisions/results/elargir-l-objet.yml").get(
            "not_counted", {"refused": "0"}
        )
        assert int(refused["refused"]) == (4 if cast is by_comment else 0)
        if cast is by_comment:
            assert_left_out_in_the_right_words(comment(forge))
        assert story.field("decisions/proposals/elargir-l-objet.md", "status") == "adopted"
        assert (
            TALK not in (story.runner / "decisions/results/elargir-l-objet.events.json").read_text()
        ), "talk is not kept"
        article_changed(story, before)
        again = story.git(story.remote, "rev-parse", "main")
        assert story.vote("close", forge).returncode == 0
        assert story.git(story.remote, "rev-parse", "main") == again, "nothing is counted twice"
    everybody_can_read_it(story, tmp_path / "site")


def test_where_only_a_meeting_decides_the_vote_advises_and_a_resolution_confirms(
    tmp_path: Path,
) -> None:
    with told(tmp_path, "github", "bylaws") as (story, forge):
        by_comment(story, forge)
        before = story.git(story.remote, "rev-parse", "main")
        ran = story.vote("close", forge)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert (forge.state, story.field("decisions/results/elargir-l-objet.yml", "advisory")) == (
            "open",
            "true",
        )
        assert OLD in (story.now() / "decisions/bylaws/statuts/objet.md").read_text(), (
            "nothing is in force yet"
        )
        page = (story.runner / "decisions/proposals/elargir-l-objet.md").read_text()
        here = ", ".join(f"{{member: {id}, mode: present}}" for id in VOTERS)
        confirmed = page.replace(
            "amends:", "ratified_by: {minutes: assemblee-2026-03-30, resolution: 1}\namends:", 1
        )
        minutes = {"decisions/minutes/assemblee-2026-03-30.md": MINUTES.replace("ATTENDANCE", here)}
        story.on_main(
            "L'assemblée confirme", minutes | {"decisions/proposals/elargir-l-objet.md": confirmed}
        )
        ran = story.vote("close", forge)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert forge.state == "merged"
        article_changed(story, before)
    site = everybody_can_read_it(story, tmp_path / "site")
    assert "Déposer les statuts" in (site / "members/actions/index.html").read_text(), (
        "the board says what follows"
    )
    page = (site / "public/decisions/proposals/elargir-l-objet/index.html").read_text()
    assert (
        "decisions/minutes/assemblee-2026-03-30/" in page
        or "../../minutes/assemblee-2026-03-30/" in page
    )


def assert_left_out_in_the_right_words(told: str) -> None:
    """Whoever wrote a vote that does not count reads why, and nobody else is named."""
    rows = (
        told.partition("**Non compté**")[2].partition(" **")[0].replace("’", "'").split(" - ")[1:]
    )
    assert sorted(row.split(" Coopbook")[0].strip() for row in rows) == [
        "@en-essai : « en-essai » n'est pas associé·e et ne peut pas voter : un lien de "
        "travail ne donne pas de voix.",
        "@membre-02 : pour quelqu'un d'autre, sans pouvoir ni preuve",
        "@passant : un compte qui n'est celui d'aucun membre",
        "@suspendue : « suspendue » était suspendu·e le 2026-03-02, le jour qui compte, et ne "
        "peut pas voter.",
    ]


def article_changed(story: Story, before: str) -> None:
    """The base holds the new words, the words before and the decision, and passes its check, as a
    change too.
    """
    root = story.now()
    assert LATER in (root / "decisions/bylaws/statuts/objet.md").read_text()
    assert OLD in (root / "decisions/bylaws/statuts/versions/objet/2015-01-01.md").read_text()
    names = ("in_force", "previous", "adopted_by")
    article = story.field("decisions/bylaws/statuts/objet.md")
    assert [article[name] for name in names] == [
        "2026-04-01",
        "2015-01-01",
        {"proposal": "elargir-l-objet"},
    ]
    checked = story.coopbook("check", "--base", before, "--lang", "en")
    assert checked.returncode == 0, checked.stdout
    for day, words in (("2026-03-31", OLD), ("2026-04-01", LATER)):
        assert words in story.coopbook("bylaws", "statuts", "--on", day).stdout
    proved = story.coopbook("verify", "--lang", "en")
    assert LAST.search(proved.stdout), proved.stdout + proved.stderr


def everybody_can_read_it(story: Story, out: Path) -> Path:
    """Register, decision, article, the text before and after, feed and calendar."""
    site = build(story.now(), out)
    public = site / "public"

    def page(path: str) -> str:
        return html.unescape((public / path / "index.html").read_text(encoding="utf-8"))

    assert "Élargir l'objet" in page("decisions/proposals")
    assert "<svg" in page("decisions/proposals/elargir-l-objet")
    assert "école" in page("decisions/bylaws/statuts")
    for day, words in (("2015-01-01", OLD), ("2026-04-01", LATER)):
        assert words in re.sub(r"<[^>]+>", "", page(f"decisions/bylaws/statuts/on/{day}"))
    article = page("decisions/bylaws/statuts/objet")
    assert "1 avril 2026" in article.replace("1er", "1")
    assert "proposals/elargir-l-objet/" in article, "the article leads to its decision"
    assert "Élargir l'objet" in (site / "members/calendar/fr.ics").read_text(encoding="utf-8"), (
        "the calendar has the vote"
    )
    board = html.unescape((site / "members/decide/index.html").read_text(encoding="utf-8"))
    assert "Élargir l'objet" in board, "it is among the last decisions"
    feeds = [
        path
        for path in public.rglob("*")
        if path.suffix in (".xml", ".atom") and "sitemap" not in path.name
    ]
    assert any(
        "Élargir l'objet" in html.unescape(path.read_text(encoding="utf-8")) for path in feeds
    ), "the feed tells it"
    listed = json.loads((public / "api/v1/results.json").read_text(encoding="utf-8"))
    assert "elargir-l-objet" in json.dumps(listed)
    return site
