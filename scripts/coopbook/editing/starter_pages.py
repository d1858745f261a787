"""The four pages that every visitor looks for, as a new co-op begins with them: how to join, for
clients, personal information, accessibility.

They say nothing but what is true of any co-op that was just made with Coopbook, in the words of its
country, and are the co-op's own from the first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..base.positions import Value
from ..records.coop import Coop
from ..records.starter_files import STARTER, render

FOLDER = STARTER / "pages"
STEMS: dict[str, dict[str, str]] = {
    "fr": {
        "join": "rejoindre",
        "clients": "pour-les-clients",
        "privacy": "donnees-personnelles",
        "accessibility": "accessibilite",
    },
    "en": {
        "join": "join",
        "clients": "for-clients",
        "privacy": "personal-information",
        "accessibility": "accessibility",
    },
}
"""The pages' files in each language, by the place that coop.yml gives them under `pages`."""


def lay_out_pages(coop: Coop) -> Iterator[tuple[str, str]]:
    """Yield path and text of each page: in the co-op's main language, English where there are none
    in it, and translations into its other languages.
    """
    main, form = _language_of_pages(coop.languages[0]), coop.entity.legal_form
    languages = {main: coop.languages[0] if _base(coop.languages[0]) == main else main}
    for other in coop.languages[1:]:
        if _base(other) in STEMS:
            languages.setdefault(_base(other), other)
    for language, written in languages.items():
        privacy = "Renseignements personnels" if coop.country == "CA" else "Données personnelles"
        title = {"fr": privacy, "en": "Personal information"}[language]
        for place, stem in STEMS[language].items():
            text = render(
                FOLDER / language / f"{stem}.md",
                name=coop.name,
                email=coop.email,
                country=coop.country,
                region=coop.region,
                group=form.group if form else "",
                written=written,
                translates=STEMS[main][place] if language != main else "",
                privacy_link=f"[{title}]({STEMS[language]['privacy']}.md)",
            )
            yield f"wiki/{stem}.md", text


def places_of_pages(languages: Sequence[str]) -> dict[str, Value]:
    """What coop.yml says under `pages` where they were laid."""
    return dict(STEMS[_language_of_pages(languages[0])])


def _base(language: str) -> str:
    return language.partition("-")[0]


def _language_of_pages(language: str) -> str:
    """The language of the pages that a language begins with."""
    return _base(language) if _base(language) in STEMS else "en"
