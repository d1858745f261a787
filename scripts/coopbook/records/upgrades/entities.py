"""What `legal` says of the co-op itself, moved to where the organisations behind it stand."""

from __future__ import annotations

from ...base.formats import slug
from ...base.positions import Value
from ..coop import FORMER, Coop
from ..legal import looks_like_code


def move_to_entities(value: dict[str, Value]) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    """Give coop.yml's fields with an entity in the place of what `legal` says of one.

    Returns:
        The fields, and each one that moved, old place and new. Nothing moves where there are
        entities.
    """
    coop, legal = Coop.of(value), value.get("legal")
    if coop.declared or not isinstance(legal, dict) or not coop.entities:
        return value, []
    id = slug(coop.name) or "coop"
    entity: dict[str, Value] = {"name": coop.name}
    changes = []
    for name in (one for one in FORMER if one in legal):
        new = "register" if name == "rcs" else name
        entity[new] = legal[name]
        changes.append((f"legal.{name}", f"entities.{id}.{new}"))
    form = coop.entity.form
    if looks_like_code(form) and not coop.entity.legal_form:
        entity["form"] = form.capitalize()  # words, and no code that is not known
    rest = {name: one for name, one in legal.items() if name not in FORMER}
    after: dict[str, Value] = {}
    for name, one in value.items():
        if name != "legal":
            after[name] = one
            continue
        after["entities"] = {id: entity}
        after |= {"legal": rest} if rest else {}
    return after, changes
