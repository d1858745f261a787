"""Counts an election by transferable votes again by section 5 of docs/VOTE-RECORD-2.md, from a
teller's sheet and the proposal; imports nothing of the program.
"""

from fractions import Fraction
from hashlib import sha256
from json import dumps


def marks_digest(sheet):
    """The digest of the ballots of a sheet (5.1): alike ones together, sorted by their marks."""
    piles = {}
    for line in sheet["ballots"]:
        key = tuple(sorted(line["marks"].items()))
        piles[key] = piles.get(key, 0) + line["count"]
    value = [{"count": many, "marks": dict(key)} for key, many in sorted(piles.items())]
    plain = dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def orders(sheet):
    """Each order that ballots give, as far as its numbers stand once, and how many (5.2)."""
    for line in sheet["ballots"]:
        places = {}
        for candidate, mark in line["marks"].items():
            if candidate not in sheet.get("declined", ()):
                places.setdefault(int(mark), []).append(candidate)
        order = []
        for number in sorted(places):
            if len(places[number]) > 1:
                break
            order += places[number]
        if order:
            yield order, line["count"]


def recount_stv(election, sheet):
    """The rounds and who is elected, where no seats are kept and ties go by age (5.3): of each
    round the votes, who is elected, who is out, and whose votes were passed on before it.
    """
    standing = [one["member"] for one in election["candidates"]]
    standing = [one for one in standing if one not in sheet.get("declined", ())]
    seats, age = min(election["seats"], len(standing)), election["by_age"].index
    piles = {one: [] for one in standing}
    held, elected, rounds, moved = {}, [], [], []

    def deal(papers):
        for order, worth in papers:
            rest = [one for one in order if one in standing]
            if rest:
                piles[rest[0]].append((rest[1:], worth))

    def votes(one):
        return held.get(one, sum((worth for _order, worth in piles[one]), Fraction(0)))

    def foremost(those, pick):
        best = pick(map(votes, those))
        tied = [one for one in those if votes(one) == best]
        for figures, *_rest in reversed(rounds):
            had = pick(figures[one] for one in tied)
            tied = [one for one in tied if figures[one] == had]
        return sorted(tied, key=age)[0 if pick is max else -1]

    papers = [(order, Fraction(many)) for order, many in orders(sheet)]
    quota = sum(worth for _order, worth in papers) // (election["seats"] + 1) + 1
    deal(papers)
    while len(elected) < seats:
        figures = {one: votes(one) for one in (*elected, *standing)}
        all_in = len(standing) <= seats - len(elected)
        able = [one for one in standing if all_in or figures[one] >= quota]
        now = sorted(able, key=lambda one: (-figures[one], age(one)))[: seats - len(elected)]
        held |= {one: figures[one] for one in now}
        elected += now
        standing = [one for one in standing if one not in now]
        over = [one for one in elected if votes(one) > quota]
        out = [foremost(standing, min)] if len(elected) < seats and not over else []
        rounds.append((figures, now, out, moved))
        moved = [foremost(over, max)] if over else out
        for one in moved if len(elected) < seats else ():
            share = (votes(one) - quota) / votes(one) if over else Fraction(1)
            pile, piles[one] = piles[one], []
            if over:
                held[one] = quota
            standing = [other for other in standing if other != one]
            deal((order, worth * share) for order, worth in pile)
    return rounds, elected
