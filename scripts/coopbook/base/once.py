"""Answers worked out once for each object that is asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")


def once(work: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """Keep the answers of a function about an object on that object.

    It is `cached_property` for functions outside the class: what is worked out from a whole index
    can stand in the module of its subject, and be asked for as often as one likes.
    `dataclasses.replace` gives an object without answers.

    Args:
        work: a function of an object that has a `__dict__` and no longer changes, and perhaps of
            further arguments, given by position, that can be keys of a dictionary.
    """
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def answer(subject: T, /, *arguments: P.args, **named: P.kwargs) -> R:
        answers: dict[tuple[object, ...], R] = subject.__dict__.setdefault(name, {})
        if arguments not in answers:
            answers[arguments] = work(subject, *arguments, **named)
        return answers[arguments]

    return answer
