"""Gives the seats of an election by trying every set of people, where some seats are kept for
groups; imports nothing of the program. Groups are pairs of seats and of who belongs to them.

Of all sets of so many people that fill as many kept seats as can be filled, the one that a ranking
puts first is elected: there is nobody in it for whom somebody better could have stood in.
"""

from fractions import Fraction
from itertools import combinations, product


def kept_seats(people, groups):
    """How many kept seats people can fill, one each: every way of sharing them out is tried."""
    best = 0
    belongs = [
        [None, *(n for n, (_seats, own) in enumerate(groups) if one in own)] for one in people
    ]
    for shares in product(*belongs):
        if all(shares.count(n) <= seats for n, (seats, _own) in enumerate(groups)):
            best = max(best, sum(share is not None for share in shares))
    return best


def sizes(seats, groups, standing):
    """How many kept seats can be filled at all, and how many seats then: those kept for people who
    do not stand stay empty.
    """
    kept = kept_seats(standing, groups)
    empty = sum(many for many, _own in groups) - kept
    return kept, min(seats - empty, len(standing)), seats - empty


def elect_ranked(ranking, seats, groups, able=None):
    """Who is elected of people in their order, the best first; `able` are those who have the
    majority that is asked for: a seat is kept for one who has not, and stays empty.
    """
    able = set(ranking) if able is None else able
    order = [one for one in ranking if one in able] + [one for one in ranking if one not in able]
    kept, many, _open = sizes(seats, groups, ranking)
    for chosen in combinations(order, many):  # in the order of the ranking
        if kept_seats(chosen, groups) == kept:
            return {one for one in chosen if one in able}
    raise AssertionError("no set fills what can be filled")


def elect_transferable(orders, seats, groups, standing):
    """Who is elected by transferable votes (docs/VOTE-RECORD-2.md, 5.3), each paper by itself; who
    stands earlier in `standing` is older.
    """
    kept, many, open_seats = sizes(seats, groups, standing)
    papers = [[list(order), Fraction(1)] for order in orders]
    quota = len(papers) // (open_seats + 1) + 1
    hopeful, elected, spent, past = list(standing), [], set(), []
    holder = [next((one for one in order if one in hopeful), None) for order, _worth in papers]

    def total(one):
        if one in spent:
            return Fraction(quota)
        mine = (worth for (_o, worth), name in zip(papers, holder, strict=True) if name == one)
        return frozen[one] if one in frozen else sum(mine, Fraction(0))

    frozen = {}

    def can_be_filled(sure, others):
        """Whether some of the others fill, with those who are sure of a seat, all that is kept."""
        if len(sure) > many:
            return False
        return any(
            kept_seats([*sure, *more], groups) == kept
            for size in range(min(many - len(sure), len(others)) + 1)
            for more in combinations(others, size)
        )

    def history(one):
        return [then.get(one, Fraction(0)) for then in reversed(past)]

    while len(elected) < many:
        past.append({one: total(one) for one in (*elected, *hopeful)})
        all_in = len(hopeful) <= many - len(elected)
        reach = [one for one in hopeful if all_in or total(one) >= quota]
        for one in sorted(reach, key=lambda name: (-total(name), standing.index(name))):
            if can_be_filled([*elected, one], [other for other in hopeful if other != one]):
                frozen[one] = total(one)
                elected.append(one)
                hopeful.remove(one)
        if len(elected) == many:
            break
        out = [
            one
            for one in hopeful
            if not can_be_filled([*elected, one], [other for other in hopeful if other != one])
        ]
        over = [one for one in elected if total(one) > quota]
        share = Fraction(1)
        if not out and over:
            moved = min(
                over, key=lambda one: (-total(one), [-n for n in history(one)], standing.index(one))
            )
            share = (total(moved) - quota) / total(moved)
            spent.add(moved)
            leaving = [moved]
        else:
            free = [
                one
                for one in hopeful
                if can_be_filled(elected, [other for other in hopeful if other != one])
            ]
            last = lambda one: (total(one), history(one), -standing.index(one))  # noqa: E731
            leaving = out or [min(free, key=last)]
            if not out:
                out = leaving
        for one in leaving if out else ():
            hopeful.remove(one)
        for number, (order, _worth) in enumerate(papers):
            if holder[number] in leaving:
                papers[number][1] *= share
                rest = order[order.index(holder[number]) + 1 :]
                holder[number] = next((one for one in rest if one in hopeful), None)
    return set(elected)
