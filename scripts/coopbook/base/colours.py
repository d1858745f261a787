"""The co-op's colours: what coop.yml says, and what is made of it so that text can be read in light
and in dark.
"""

from __future__ import annotations

import html
from functools import lru_cache

from .positions import Value

PAPER, NIGHT = "#fbf8f3", "#1c1e1d"
"""The page's ground in light and in dark."""
NEUTRALS = {
    "paper": (PAPER, NIGHT),
    "surface": ("#ffffff", "#262928"),
    "shade": ("#f3ede3", "#2b2f2d"),
    "line": ("#e3dacb", "#3d423f"),
    "text": ("#26231f", "#ece7de"),
    "muted": ("#5f574d", "#b8b0a4"),
    "good": ("#2e6b34", "#86c98d"),
    "busy": ("#8a5a00", "#e0b45c"),
    "off": ("#6b6359", "#a59d92"),
}
"""Colours that are the same for every co-op: in light, in dark."""
READABLE = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""
PRIMARY, ACCENT = "#1f5d57", "#a8481f"
"""What a co-op has that says nothing."""
_COMFORTABLE = 6.0


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    from coloraide import Color

    return float(Color(one).contrast(other))


@lru_cache
def darker(colour: str) -> str:
    """The nearest colour of the same hue in which text can be read on white and on our paper."""
    from coloraide import Color

    found = Color(colour).convert("oklch")
    while (
        min(
            contrast(hex := str(found.convert("srgb").fit().to_string(hex=True)), "#ffffff"),
            contrast(hex, PAPER),
        )
        < READABLE
    ):
        found["lightness"] -= 0.005
    return hex


@lru_cache
def _for_night(colour: str) -> str:
    """The same hue, light enough to be read in the dark."""
    from coloraide import Color

    lit = Color(colour).convert("oklch")
    while lit.contrast(NIGHT) < _COMFORTABLE:
        lit["lightness"] += 0.01
    return str(lit.convert("srgb").fit().to_string(hex=True))


@lru_cache
def _mix(colour: str, ground: str, part: float) -> str:
    from coloraide import Color

    return str(
        Color(ground).mix(colour, part, space="oklab").convert("srgb").fit().to_string(hex=True)
    )


def colours(look: Value) -> tuple[str, str]:
    """The main and the second colour."""
    look = look or {}
    return str(look.get("primary") or PRIMARY), str(look.get("accent") or ACCENT)


def variables(look: Value) -> str:
    """The colours as CSS custom properties: one set for light, one for dark."""
    light, dark = ({name: pair[side] for name, pair in NEUTRALS.items()} for side in (0, 1))
    for name, colour in zip(("primary", "accent"), colours(look), strict=True):
        night = _for_night(colour)
        light |= {
            name: colour,
            f"{name}-soft": _mix(colour, PAPER, 0.1),
            f"{name}-line": _mix(colour, PAPER, 0.3),
        }
        dark |= {
            name: night,
            f"{name}-soft": _mix(night, NIGHT, 0.14),
            f"{name}-line": _mix(night, NIGHT, 0.35),
        }
        light[f"on-{name}"], dark[f"on-{name}"] = "#ffffff", "#121413"
    return f":root{{{_rules(light)}}}\n" + dark_rules(_rules(dark))


def dark_rules(rules: str) -> str:
    """Rules that hold in the dark: where the system asks for it, and where the reader has chosen
    it.
    """
    return (
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{rules}}}}}\n"
        f":root[data-theme=dark]{{{rules}}}\n"
    )


def _rules(values: dict[str, str]) -> str:
    return "".join(f"--coop-{name}:{value};" for name, value in values.items())


def mark(name: str, look: Value) -> str:
    """A drawn sign for a co-op without a logo: the first letters of its name, as SVG."""
    letters = "".join(word[0] for word in name.split() if word[:1].isupper())[-2:] or name[:1]
    primary = colours(look)[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" '
        f'height="64" rx="16" fill="{primary}"/>'
        f'<text x="32" y="43" text-anchor="middle" font-family="Figtree,sans-serif" '
        f'font-weight="700" font-size="30" fill="#fff">{html.escape(letters)}</text></svg>'
    )
