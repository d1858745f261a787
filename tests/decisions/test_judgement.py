"""Who may make which change: thirty changes by five accounts, and ways to take another's place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from coopbook.decisions.accounts import Account, identify
from coopbook.decisions.judgement import Change, judge
from coopbook.decisions.proposed_change import Altered
from coopbook.records.kinds import SHIPPED
from coopbook.records.load import Book, load
from support.coops import write_coop

DAY = date(2026, 6, 1)
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
offices:
  nantes: {name: {fr: Nantes}, city: Nantes, country: FR}
  rennes: {name: {fr: Rennes}, city: Rennes, country: FR}
"""
RULES = """title: {fr: Nos règles}
in_force: 2020-01-01
electorate: {membership: current, snapshot: opens_at}
categories:
  ordinary: {channel: either, threshold: {base: expressed, fraction: 1/2, op: gt}, tie: rejected}
  bylaws: {channel: either, threshold: {base: expressed, fraction: 3/4, op: gte}}
paths:
  "members/**": own
  "wiki/**": any_member
  "events/**": office
  "decisions/proposals/**": any_member
  "decisions/polls/**": any_member
  "decisions/{ballots,counts}/**": own
  "decisions/bylaws/**": vote:bylaws
  "decisions/rules.yml": vote:bylaws
  "decisions/{bodies,evidence,minutes,results}/**": role:secretariat
  "{coop.yml,schemas/**,.github/**}": maintainers
fields:
  member: [headline, bio, phone, photo, listed]
maintainers: numerique
tellers: [ana]
"""
NUMBERS = {"ana": 1, "bo": 2, "cy": 3, "di": 4}


def member(id: str, more: str = "") -> str:
    return f"""type: person
name: {{display: {id.title()} Test}}
presence: present
listed: false
office: {"rennes" if id == "di" else "nantes"}
email: {id}@essais.example
accounts: [{{forge: github, login: {id}, uid: {NUMBERS[id]}}}]
membership: [{{from: 2020-01-01, category: a}}]
{more}"""


BODY = """name: {fr: Conseil}
kind: board
audience: public
mandates:
  - {id: secretariat-2025, member: cy, role: {fr: Secrétariat}, from: 2025-01-01, until: 2027-01-01}
  - {id: numerique-2025, member: di, role: {fr: Numérique}, from: 2025-01-01, until: 2027-01-01}
  - {id: numerique-2020, member: ana, role: {fr: Numérique}, from: 2020-01-01, until: 2022-01-01}
"""
PROPOSAL = """---
title: {fr: Ouvrir le samedi}
category: ordinary
audience: public
status: voting
proposers: [bo]
opens: "2026-05-20T09:00:00+02:00"
closes: "2026-06-10T18:00:00+02:00"
objections:
  - {slug: loyer, by: cy, at: "2026-05-21T10:00:00+02:00", reason: Trop cher.}
---
## Proposition
Ouvrir le samedi.
"""
ELECTION = """---
title: {fr: Élire le conseil}
category: ordinary
audience: members
status: open
proposers: [bo]
election:
  body: conseil
  role: {fr: Membre}
  seats: 1
  method: approval
  term: {from: 2026-07-01}
  nominated:
    - {member: di, by: ana}
  candidates:
    - {member: ana, accepted_on: 2026-05-20}
---
Un siège.
"""
POLL = """---
title: {fr: Quel jour ?}
method: dates
options: [{id: samedi, date: 2026-07-04}, {id: dimanche, date: 2026-07-05}]
asked_by: [bo]
opens: 2026-05-20
closes: 2026-06-10
shown: names
---
Pour la sortie.
"""
OUTCOME = "outcome: {asked: 4, answers: 0}\n"
ANSWER = 'marks: {samedi: "yes"}\n'
BALLOT = 'choice: for\ncast_at: "2026-05-22T10:00:00+02:00"\n'
EVENT = """---
title: {fr: Portes ouvertes}
date: 2026-07-01
kind: open_day
audience: members
office: nantes
---
Venez.
"""
ARTICLE = "decisions/bylaws/statuts/siege.md"
COPIED = """---
number: 1
title: Siège
audience: public
in_force: 2020-01-01
---

Le siège à Nantes.
"""


def corrected(text: str, by: str = "bo") -> str:
    """The article with a word that the copy had lost."""
    erratum = (
        f"errata:\n  - on: 2026-05-20\n    by: {by}\n    was: Le siège à\n"
        "    now: Le siège est à\n"
        f"    evidence: {{file: decisions/evidence/statuts/a.txt, sha256: {'0' * 64}}}\n"
    )
    return COPIED.replace("---\n\n", f"{erratum}---\n\n").replace("Le siège à Nantes.", text)


BASE: dict[str, str] = {
    "events/b.md": EVENT,
    "coop.yml": COOP,
    "decisions/rules.yml": RULES,
    "decisions/bodies/conseil.yml": BODY,
    "decisions/proposals/samedi.md": PROPOSAL,
    "decisions/proposals/forge.md": PROPOSAL.replace(
        "proposers:", "pull_request: {forge: github, number: 12}\nproposers:"
    ),
    "decisions/proposals/conseil.md": ELECTION,
    "decisions/proposals/other.md": PROPOSAL.replace(
        "proposers:", "pull_request: {forge: github, number: 13}\nproposers:"
    ),
    ARTICLE: COPIED,
    "decisions/results/forge.voters.json": '{"voters": {}}',
    "decisions/bylaws/statuts.yml": "title: {fr: Statuts}\nkind: articles\naudience: public\n",
    "decisions/ballots/samedi/cy.yml": BALLOT,
    "decisions/polls/sortie.md": POLL,
    "decisions/answers/sortie/cy.yml": ANSWER,
    "decisions/answers/sortie/di.yml": ANSWER + "entered_by: ana\n",
    "wiki/accueil.md": "---\ntitle: Accueil\n---\nBonjour.\n",
    **{f"members/{id}.yml": member(id) for id in NUMBERS},
}
TELLER = (
    'choice: for\ncast_at: "2026-05-22T10:00:00+02:00"\ncast_by: ana\n'
    "evidence: {file: decisions/evidence/samedi/lettre.txt, sha256: " + "0" * 64 + "}\n"
)
BO = "members/bo.yml"
VOTE = "decisions/proposals/samedi.md"
BOARD = "decisions/proposals/conseil.md"
SORTIE, ANSWERS = "decisions/polls/sortie.md", "decisions/answers/sortie/"

TABLE: list[tuple[str, dict[str, str | None], set[str]]] = [
    # what it is, its files, and who may make it (nobody's account is the fifth)
    ("own headline", {BO: member("bo", "headline: {fr: Photo}\n")}, {"bo", "di"}),
    ("own phone", {BO: member("bo", "phone: '+33240000000'\n")}, {"bo", "di"}),
    ("own photo", {"members/photos/bo.jpg": "x"}, {"bo", "di"}),
    ("own work", {"members/pictures/bo/a.jpg": "x", "members/photos/bo-2.png": "x"}, {"bo", "di"}),
    ("a picture of nobody", {"members/pictures/a.jpg": "x"}, {"di"}),
    ("own e-mail", {BO: member("bo").replace("bo@", "autre@")}, {"di"}),
    ("own account", {BO: member("bo").replace("uid: 2", "uid: 22")}, {"di"}),
    ("own membership", {BO: member("bo").replace("2020", "2010")}, {"di"}),
    ("own former id", {BO: member("bo", "formerly: [cy]\n")}, {"di"}),
    ("own name", {BO: member("bo").replace("Bo Test", "Cy Test")}, {"di"}),
    ("a comment in one's file", {BO: "# relu\n" + member("bo")}, {"bo", "di"}),
    ("a fault in a field of one's own", {BO: member("bo", "headline: 3\n")}, {"bo", "di"}),
    ("a fault in another", {BO: member("bo").replace("uid: 2", "uid: x")}, {"di"}),
    ("one's file gone", {BO: None}, {"di"}),
    ("a new member", {"members/eve.yml": member("bo").replace("uid: 2", "uid: 9")}, {"di"}),
    ("renamed by oneself", {BO: None, "members/bob.yml": member("bo")}, {"di"}),
    ("letters of another case", {"members/Bo.yml": member("bo")}, {"di"}),
    ("a page of the guide", {"wiki/b.md": "---\ntitle: B\n---\nB.\n"}, {"ana", "bo", "cy", "di"}),
    ("a settings file", {"coop.yml": COOP + "# relu\n"}, {"di"}),
    ("a schema", {"schemas/member.schema.json": "{}"}, {"di"}),
    ("what the forge runs", {".github/workflows/check.yml": "jobs: {}"}, {"di"}),
    ("what no line names", {".gitattributes": "* text\n"}, {"di"}),
    ("a mandate", {"decisions/bodies/conseil.yml": BODY + "# relu\n"}, {"cy"}),
    ("the rules", {"decisions/rules.yml": RULES.replace("3/4", "1/2")}, set()),
    ("an article", {"decisions/bylaws/statuts/voix.md": "---\nnumber: 1\n---\nx\n"}, set()),
    ("one's ballot", {"decisions/ballots/samedi/bo.yml": BALLOT}, {"bo"}),
    ("one's ballot taken back", {"decisions/ballots/samedi/cy.yml": None}, {"cy", "ana"}),
    ("a ballot that a teller enters", {"decisions/ballots/samedi/di.yml": TELLER}, {"ana"}),
    ("its evidence", {"decisions/evidence/samedi/lettre.txt": "Oui."}, {"ana", "cy"}),
    (
        "a teller's ballot without evidence",
        {"decisions/ballots/samedi/di.yml": BALLOT + "cast_by: ana\n"},
        set(),
    ),
    ("a teller's count", {"decisions/counts/samedi/ana.yml": "for: 1\n"}, {"ana"}),
    ("withdrawn", {VOTE: PROPOSAL.replace("status: voting", "status: withdrawn")}, {"bo"}),
    (
        "an objection ended",
        {
            VOTE: PROPOSAL.replace(
                "Trop cher.}",
                'Trop cher., resolved: {at: "2026-05-23T10:00:00+02:00", by: objector}}',
            )
        },
        {"cy"},
    ),
    ("tellers", {VOTE: PROPOSAL.replace("proposers:", "tellers: [bo]\nproposers:")}, {"di"}),
    (
        "another's proxy",
        {
            VOTE: PROPOSAL.replace(
                "proposers:",
                "proxies: [{principal: cy, holder: bo, received_on: 2026-05-21}]\nproposers:",
            )
        },
        {"cy"},
    ),
    (
        "a candidate",
        {
            BOARD: ELECTION.replace(
                "---\nUn", "    - {member: cy, accepted_on: 2026-05-22}\n---\nUn"
            )
        },
        {"cy"},
    ),
    ("a candidate gone", {BOARD: ELECTION.replace("ana, acc", "cy, acc")}, set()),
    ("another day of acceptance", {BOARD: ELECTION.replace("05-20", "05-21")}, {"ana"}),
    (
        "a candidate of the meeting",
        {
            BOARD: ELECTION.replace(
                "---\nUn", "    - {member: bo, accepted_on: 2026-05-22, accepted_in: cr}\n---\nUn"
            )
        },
        {"cy"},
    ),
    (
        "a nomination taken back",
        {BOARD: ELECTION.replace("    - {member: di, by: ana}\n", "")},
        {"ana"},
    ),
    ("one in another's name", {BOARD: ELECTION.replace("by: ana", "by: bo")}, set()),
    (
        "no, thank you",
        {BOARD: ELECTION.replace("by: ana", "by: ana, declined_on: 2026-05-21")},
        {"di"},
    ),
    ("a result that was counted here", {"decisions/results/samedi.yml": "number: 1\n"}, {"cy"}),
    ("a result of a vote on the forge", {"decisions/results/forge.yml": "number: 1\n"}, set()),
    ("a slip of the copy", {ARTICLE: corrected("Le siège est à Nantes.", by="cy")}, set()),
    ("a slip that another says to be", {ARTICLE: corrected("Le siège est à Nantes.")}, set()),
    ("a slip and a word", {ARTICLE: corrected("Le siège est à Nantes, ou non.", by="cy")}, set()),
    (
        "a slip and a part",
        {ARTICLE: corrected("Le siège est à Nantes.", by="cy").replace("title: Si", "title: s")},
        set(),
    ),
    ("an article", {ARTICLE: COPIED.replace("Nantes", "Rennes")}, set()),
    ("its events", {"decisions/results/forge.events.json": "{}"}, set()),
    ("its list of voters", {"decisions/results/other.voters.json": "{}"}, set()),
    ("a name in its list of voters", {"decisions/results/forge.voters.json": "{}"}, {"cy"}),
    ("its list of voters, gone", {"decisions/results/forge.voters.json": None}, set()),
    ("a date of an office", {"events/a.md": EVENT}, {"ana", "bo", "cy", "di"}),
    ("moved to another office", {"events/b.md": EVENT.replace("nantes", "rennes")}, {"di"}),
    ("given to other proposers", {VOTE: PROPOSAL.replace("[bo]", "[bo, cy]")}, {"bo"}),
    ("taken over", {VOTE: PROPOSAL.replace("[bo]", "[cy]")}, {"bo"}),
    ("a proposal with an objection gone", {VOTE: None}, set()),
    ("another's proposal", {"decisions/proposals/b.md": PROPOSAL}, set()),
    ("a poll of one's own", {"decisions/polls/b.md": POLL}, {"bo"}),
    ("a poll put off", {SORTIE: POLL.replace("06-10", "06-20")}, {"bo"}),
    ("a poll given to another", {SORTIE: POLL.replace("[bo]", "[cy]")}, {"bo"}),
    ("a poll gone", {SORTIE: None}, {"bo"}),
    ("what came of it", {SORTIE: POLL.replace("opens", OUTCOME + "opens")}, {*NUMBERS}),
    (
        "what came of it, and more",
        {SORTIE: POLL.replace("opens", OUTCOME + "opens").replace("names", "totals")},
        {"bo"},
    ),
    ("one's answer", {f"{ANSWERS}bo.yml": ANSWER}, {"bo"}),
    ("another answer", {f"{ANSWERS}cy.yml": ANSWER.replace("yes", "no")}, {"cy"}),
    ("one's answer taken back", {f"{ANSWERS}cy.yml": None}, {"cy"}),
    ("one that a teller entered", {f"{ANSWERS}di.yml": None}, {"di", "ana"}),
    ("one that a teller enters", {f"{ANSWERS}bo.yml": ANSWER + "entered_by: ana\n"}, {"ana"}),
    ("entered over one's own", {f"{ANSWERS}cy.yml": ANSWER + "entered_by: ana\n"}, set()),
    ("entered by no teller", {f"{ANSWERS}bo.yml": ANSWER + "entered_by: cy\n"}, set()),
]
"""Where nobody may, the change is for a vote, or needs several people in several changes."""


def account(login: str) -> Account:
    return Account("github", login, NUMBERS.get(login, 99))


def files(before: dict[str, str], after: dict[str, str]) -> tuple[Altered, ...]:
    return tuple(
        Altered(path, "deleted")
        if path not in after
        else Altered(path, "altered" if path in before else "added", "100644", str(hash(path)))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    )


def book(folder: Path, content: dict[str, str]) -> Book:
    return load(write_coop(folder, dict(content)), DAY)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Book:
    found = book(tmp_path_factory.mktemp("judged") / "before", BASE)
    assert found.found == []
    return found


def changed(before: Book, folder: Path, edits: dict[str, str | None]) -> Change:
    after = {path: text for path, text in (BASE | edits).items() if text is not None}
    return Change(before, book(folder / "after", after), files(BASE, after))


@pytest.mark.parametrize(("name", "edits", "allowed"), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_make_which_change(
    before: Book, tmp_path: Path, name: str, edits: dict[str, str | None], allowed: set[str]
) -> None:
    change = changed(before, tmp_path, edits)
    found = {login: judge(change, [account(login)], [], DAY) for login in (*NUMBERS, "nobody")}
    assert {login for login, rulings in found.items() if not rulings} == allowed
    assert all(ruling.file in {*edits} for rulings in found.values() for ruling in rulings)


def test_who_has_left_answers_no_more_but_may_take_an_answer_back(tmp_path: Path) -> None:
    own = f"{ANSWERS}bo.yml"
    base = BASE | {BO: member("bo").replace("present\n", "left\n"), own: ANSWER}
    before = book(tmp_path / "before", base)
    turned, gone = base | {own: ANSWER.replace("yes", "no")}, {**base}
    del gone[own]
    for number, (after, wrong) in enumerate(((turned, 1), (gone, 0))):
        change = Change(before, book(tmp_path / str(number), after), files(base, after))
        assert len(judge(change, [account("bo")], [], DAY)) == wrong


def headline(before: Book, folder: Path) -> Change:
    return changed(before, folder, {BO: member("bo", "headline: {fr: Photo}\n")})


def test_pushed_by_two_it_must_be_allowed_to_both(before: Book, tmp_path: Path) -> None:
    assert judge(headline(before, tmp_path), [account("bo"), account("cy")], [], DAY)


def test_made_by_nobody_known_nothing_is_allowed(before: Book, tmp_path: Path) -> None:
    (ruling,) = judge(headline(before, tmp_path), [], [], DAY)
    assert not ruling.waits_for


def test_who_might_have_made_it_approves(before: Book, tmp_path: Path) -> None:
    change = headline(before, tmp_path)
    assert judge(change, [account("cy")], [account("bo")], DAY) == []
    assert judge(change, [account("cy")], [account("ana")], DAY)
    assert judge(change, [account("cy")], [account("cy")], DAY), "nobody approves of the own change"
    assert judge(change, [account("nobody")], [account("di")], DAY) == []


def test_a_slip_of_the_copy_is_put_right_by_two(before: Book, tmp_path: Path) -> None:
    change = changed(before, tmp_path, {ARTICLE: corrected("Le siège est à Nantes.", by="cy")})
    (ruling,) = judge(change, [account("cy")], [], DAY)
    assert ruling.waits_for == "role:secretariat"
    assert judge(change, [account("cy")], [account("cy")], DAY) == [ruling]
    assert judge(change, [account("cy")], [account("bo")], DAY) == [ruling], "no minutes, no scan"
    assert judge(change, [account("cy")], [account("di")], DAY) == []
    by_another = changed(before, tmp_path / "b", {ARTICLE: corrected("Le siège est à Nantes.")})
    assert judge(by_another, [account("cy")], [account("di")], DAY), "who says so makes the change"
    by_bo = changed(before, tmp_path / "c", {ARTICLE: corrected("Le siège est à Nantes.", by="bo")})
    assert judge(by_bo, [account("bo")], [account("cy")], DAY), "and keeps the minutes"


def test_who_objected_approves_of_what_is_written_for_them(before: Book, tmp_path: Path) -> None:
    more = '  - {slug: bruit, by: ana, at: "2026-05-22T10:00:00+02:00", reason: Non.}\n---\n## P'
    change = changed(before, tmp_path, {VOTE: PROPOSAL.replace("---\n## P", more)})
    (ruling,) = judge(change, [account("bo")], [], DAY)
    assert ruling.waits_for == "own"
    assert judge(change, [account("bo")], [account("ana")], DAY) == []


def test_a_page_of_another_shape_is_told(before: Book, tmp_path: Path) -> None:
    """A schema that comes with the change: it is told, whatever else it breaks."""
    schema = json.loads((SHIPPED / "proposal.schema.json").read_text())
    schema["properties"]["objections"] = {"type": "string", "title": "O", "x-index": True}
    head, _objections, rest = PROPOSAL.partition("objections:")
    edits: dict[str, str | None] = {
        "schemas/proposal.schema.json": json.dumps(schema),
        VOTE: f"{head}objections: x\n---\n{rest.partition('---')[2]}",
    }
    found = judge(changed(before, tmp_path, edits), [account("bo")], [], DAY)
    assert {ruling.file for ruling in found} == set(edits)


def test_nobody_approves_by_another_account(tmp_path: Path) -> None:
    two = member("bo").replace("uid: 2}", "uid: 2}, {forge: github, login: bo2, uid: 22}")
    base = BASE | {
        BO: two,
        "decisions/bodies/conseil.yml": BODY.replace("member: di", "member: bo"),
    }
    before = book(tmp_path / "before", base)
    after = base | {"decisions/bodies/conseil.yml": BODY}
    change = Change(before, book(tmp_path / "after", after), files(base, after))
    second = Account("github", "bo2", 22)
    assert judge(change, [account("bo")], [second], DAY)
    assert judge(change, [account("bo")], [account("cy")], DAY) == [], "who holds the role may"


def test_no_approval_makes_a_ballot_or_replaces_a_vote(before: Book, tmp_path: Path) -> None:
    everybody = [account(login) for login in NUMBERS]
    for number, edits in enumerate(
        (
            {"decisions/ballots/samedi/cy.yml": BALLOT.replace("for", "against")},
            {"decisions/rules.yml": RULES.replace("3/4", "1/2")},
        )
    ):
        change = changed(before, tmp_path / str(number), edits)
        assert judge(change, [account("bo")], everybody[:1] + everybody[3:], DAY)


def test_a_login_without_its_number_is_nobodys(tmp_path: Path) -> None:
    """A login changes hands; its number does not."""
    without = BASE | {BO: member("bo").replace(", uid: 2", "")}
    index = book(tmp_path / "coop", without).index
    actor = identify(index, Account("github", "BO", 2))
    assert (actor.member, actor.hint.values["file"]) == ("", BO)
    taken = identify(index, Account("github", "ana", 99))
    assert taken.member == "", "another account that now bears the login"
    assert identify(index, Account("gitlab", "ana", 1)).member == "", "the same number elsewhere"


def test_the_change_cannot_make_its_own_makers(before: Book, tmp_path: Path) -> None:
    """Accounts, mandates and rules are the base's: what the change says of them is its subject."""
    mine = {
        BO: member("bo", "headline: {fr: Photo}\n"),
        "decisions/bodies/conseil.yml": BODY.replace("member: di", "member: bo"),
        "coop.yml": COOP + "# à moi\n",
    }
    told = {
        ruling.file for ruling in judge(changed(before, tmp_path, mine), [account("bo")], [], DAY)
    }
    assert told == {"coop.yml", "decisions/bodies/conseil.yml"}


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_a_link_is_for_nobody(before: Book, mode: str) -> None:
    change = Change(before, before, (Altered("wiki/lien.md", "added", mode, "0"),))
    (ruling,) = judge(change, [account("di")], [account("cy")], DAY)
    assert not ruling.waits_for


def test_what_is_noted_of_journals_is_for_nobody_to_write(before: Book, tmp_path: Path) -> None:
    noted = "noted: 2026-05-20\nvotes: []\n"
    change = changed(before, tmp_path, {"decisions/journals.yml": noted})
    for maker in ("di", "cy"):
        (ruling,) = judge(change, [account(maker)], [account("di")], DAY)
        assert not ruling.waits_for


def test_a_role_is_held_on_the_day(before: Book, tmp_path: Path) -> None:
    change = changed(before, tmp_path, {"decisions/bodies/conseil.yml": BODY + "# relu\n"})
    assert judge(change, [account("cy")], [], DAY) == []
    assert judge(change, [account("cy")], [], date(2027, 6, 1)), "the mandate is over"


def test_without_fields_those_of_every_preset_hold(tmp_path: Path) -> None:
    rules = RULES.replace("fields:\n  member: [headline, bio, phone, photo, listed]\n", "")
    base = BASE | {"decisions/rules.yml": rules}
    before = book(tmp_path / "before", base)
    for field, allowed in (("headline: {fr: A}\n", True), ("formerly: [bob]\n", False)):
        after = base | {BO: member("bo", field)}
        change = Change(before, book(tmp_path / field[:4] / "after", after), files(base, after))
        assert (judge(change, [account("bo")], [], DAY) == []) is allowed
