"""Draw a flat portrait for each member whose file has a `photo`.

    python scripts/avatars.py [ROOT]

The example co-op's people do not exist, so nobody may lend them a face: these pictures are made of
ellipses. A person's id alone chooses skin, hair, clothes and glasses; an organisation gets a
seascape. The same id gives the same bytes with the same version of Pillow. Files are written to
ROOT/members/photos/<id>.png, 600 by 600 pixels, and <id>.logo.png, 600 by 240, for those whose file
has a `logo`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

SIZE = 600
SCALE = 3
"""Drawn three times larger, then reduced: that is what makes the edges smooth."""
LOGO_HEIGHT = 240
SALT = "estran"

BACKGROUNDS = ("#f2c14e", "#e98a5b", "#f4a98f", "#d9a05b", "#e3b7a0", "#c98f73", "#efcf9b")
HALOS = ("#f8e3b0", "#fbe0c8", "#f9d5c5", "#f3e2c7", "#fdebd3")
SKINS = ("#f3cfb3", "#e2ae86", "#c68a5e", "#9a6240", "#6f4630")
HAIRS = ("#2b2024", "#4a2c20", "#7b4326", "#b5652d", "#8d8078", "#3a2a3d")
CLOTHES = ("#2f5d62", "#a63d40", "#33465f", "#7a4b6a", "#4d6b3c", "#b4532a", "#20505e")
SEAS = ("#20505e", "#33465f")
INK = "#2b2024"
CHEEK = "#e2725b"


class Traits(NamedTuple):
    """What a person's id chooses."""

    background: str
    halo: str
    skin: str
    hair: str
    clothes: str
    style: str
    fringe: str
    glasses: bool
    earrings: bool


class Pencil:
    """Draws with coordinates of the finished picture, from 0 to 600."""

    def __init__(self, image: Image.Image) -> None:
        self.draw = ImageDraw.Draw(image)

    def ellipse(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled ellipse around its centre."""
        self.draw.ellipse(_box(x, y, width, height), fill=fill)

    def half(
        self, x: float, y: float, width: float, height: float, start: int, end: int, fill: str
    ) -> None:
        """The part of a filled ellipse between two angles; 0 is the right, 90 the bottom."""
        self.draw.pieslice(_box(x, y, width, height), start, end, fill=fill)

    def ring(self, x: float, y: float, width: float, height: float, line: float) -> None:
        """An outline in ink."""
        self.draw.ellipse(_box(x, y, width, height), outline=INK, width=round(line * SCALE))

    def arc(self, x: float, y: float, width: float, height: float, start: int, end: int) -> None:
        """A curved line in ink between two angles."""
        self.draw.arc(_box(x, y, width, height), start, end, fill=INK, width=6 * SCALE)

    def line(self, points: Sequence[tuple[float, float]]) -> None:
        """A line in ink."""
        self.draw.line([(x * SCALE, y * SCALE) for x, y in points], fill=INK, width=5 * SCALE)

    def block(
        self, left: float, top: float, right: float, bottom: float, radius: float, fill: str
    ) -> None:
        """A rectangle with round corners."""
        box = (left * SCALE, top * SCALE, right * SCALE, bottom * SCALE)
        self.draw.rounded_rectangle(box, radius * SCALE, fill=fill)


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    half_width, half_height = width / 2, height / 2
    return (
        (x - half_width) * SCALE,
        (y - half_height) * SCALE,
        (x + half_width) * SCALE,
        (y + half_height) * SCALE,
    )


def draw_cropped(pencil: Pencil, hair: str) -> None:
    """Short hair: nothing falls behind the face."""
    pencil.half(300, 262, 248, 250, 180, 360, hair)


def draw_bob(pencil: Pencil, hair: str) -> None:
    """Hair down to the chin."""
    pencil.block(160, 140, 440, 400, 140, hair)


def draw_long(pencil: Pencil, hair: str) -> None:
    """Hair down to the shoulders."""
    pencil.block(158, 135, 442, 490, 142, hair)


def draw_bun(pencil: Pencil, hair: str) -> None:
    """Hair tied on top of the head."""
    pencil.ellipse(300, 118, 110, 100, hair)
    pencil.half(300, 268, 256, 264, 170, 370, hair)


def draw_curls(pencil: Pencil, hair: str) -> None:
    """A cloud of round curls."""
    for x, y in (
        (190, 260),
        (188, 205),
        (220, 160),
        (268, 138),
        (330, 138),
        (380, 160),
        (412, 205),
        (410, 260),
    ):
        pencil.ellipse(x, y, 104, 104, hair)


FRINGES = {"straight": (300, 0, 0), "swept": (342, 132, 96), "arched": (300, 180, 112)}
"""The arch of forehead left free under the hair: its middle, width and height."""
STYLES: dict[str, Callable[[Pencil, str], None]] = {
    "cropped": draw_cropped,
    "bob": draw_bob,
    "long": draw_long,
    "bun": draw_bun,
    "curls": draw_curls,
}


def choose_traits(member: str) -> Traits:
    """A member's traits, from the bytes of a hash: no random generator whose series may change one
    day.
    """
    choice = hashlib.sha256(f"{SALT}/{member}".encode()).digest()

    def pick(place: int, among: Sequence[str]) -> str:
        return among[choice[place] % len(among)]

    return Traits(
        background=pick(0, BACKGROUNDS),
        halo=pick(1, HALOS),
        skin=pick(2, SKINS),
        hair=pick(3, HAIRS),
        clothes=pick(4, CLOTHES),
        style=pick(5, tuple(STYLES)),
        fringe=pick(8, tuple(FRINGES)),
        glasses=choice[6] % 3 == 0,
        earrings=choice[7] % 3 == 0,
    )


def draw_person(pencil: Pencil, look: Traits) -> None:
    """Halo, hair behind, shoulders, face, fringe, features: from back to front."""
    pencil.ellipse(300, 300, 500, 500, look.halo)
    STYLES[look.style](pencil, look.hair)
    pencil.ellipse(300, 640, 460, 380, look.clothes)
    pencil.block(258, 360, 342, 480, 42, look.skin)
    pencil.half(300, 470, 130, 60, 0, 180, look.skin)
    if look.earrings:
        pencil.ellipse(184, 345, 18, 26, CHEEK)
        pencil.ellipse(416, 345, 18, 26, CHEEK)
    pencil.ellipse(182, 300, 36, 52, look.skin)
    pencil.ellipse(418, 300, 36, 52, look.skin)
    pencil.ellipse(300, 290, 236, 270, look.skin)
    draw_fringe(pencil, look)
    draw_features(pencil, look)


def draw_fringe(pencil: Pencil, look: Traits) -> None:
    """Hair on the forehead, and the arch cut into it."""
    pencil.half(300, 252, 240, 206, 180, 360, look.hair)
    middle, width, height = FRINGES[look.fringe]
    if width:
        pencil.half(middle, 254, width, height, 180, 360, look.skin)


def draw_features(pencil: Pencil, look: Traits) -> None:
    """Eyes, brows, nose, mouth, cheeks, and glasses for some."""
    for x in (250, 350):
        pencil.ellipse(x, 298, 20, 26, INK)
        pencil.arc(x, 282, 52, 30, 205, 335)
        pencil.ellipse(x + (-22 if x < 300 else 22), 345, 44, 26, _blend(look.skin, CHEEK))
        if look.glasses:
            pencil.ring(x, 300, 78, 70, 5)
    if look.glasses:
        pencil.line([(289, 300), (311, 300)])
    pencil.arc(302, 325, 26, 30, 30, 170)
    pencil.arc(300, 350, 84, 56, 25, 155)


def draw_seascape(pencil: Pencil, look: Traits) -> None:
    """For an organisation: a low sun and three waves."""
    pencil.ellipse(300, 250, 300, 300, look.halo)
    deep = SEAS[0] if look.glasses else SEAS[1]
    middle = _blend(deep, look.halo)
    for row, colour in enumerate((_blend(middle, look.halo), middle, deep)):
        top = 330 + 90 * row
        pencil.block(-20, top, 620, 640, 0, colour)
        for x in range(-60 + 50 * row, 700, 150):
            pencil.ellipse(x, top, 120, 64, colour)


def _blend(first: str, second: str) -> str:
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{(2 * a + b) // 3:02x}" for a, b in pairs)


def draw_portrait(member: str, organisation: bool) -> Image.Image:
    """The finished picture, with at most 64 colours."""
    look = choose_traits(member)
    image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), look.background)
    (draw_seascape if organisation else draw_person)(Pencil(image), look)
    small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    return small.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def draw_logo(member: str) -> Image.Image:
    """Waves that turn into a line of writing, on nothing, with at most 64 colours."""
    colour = SEAS[choose_traits(member).glasses]
    image = Image.new("RGBA", (SIZE * SCALE, LOGO_HEIGHT * SCALE), (255, 255, 255, 0))
    pencil = Pencil(image)
    for step, height in enumerate((150, 110, 74, 44)):
        x = 90 + 130 * step
        pencil.draw.arc(_box(x, 130, 130, height), 180, 360, fill=colour, width=20 * SCALE)
    pencil.block(25, 122, 575, 138, 8, colour)
    pencil.ellipse(545, 60, 44, 44, CHEEK)
    for number, length in enumerate((230, 310)):
        pencil.block(25, 164 + 30 * number, 25 + length, 176 + 30 * number, 6, colour)
    small = image.resize((SIZE, LOGO_HEIGHT), Image.Resampling.LANCZOS)
    return small.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def list_with(field: str, root: Path) -> Iterator[tuple[str, bool]]:
    """The id of each member whose file has a field, and whether it is an organisation, in order."""
    for path in sorted((root / "members").rglob("*.yml")):
        text = path.read_text(encoding="utf-8")
        if re.search(rf"^{field}:", text, re.MULTILINE):
            yield path.stem, bool(re.search(r"^type: organisation\s*$", text, re.MULTILINE))


def main(arguments: Sequence[str]) -> int:
    """Draw every portrait and every logo of the co-op at the given root, else of the one this
    script belongs to.
    """
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    folder = root / "members" / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {
        f"{member}.png": draw_portrait(member, organisation)
        for member, organisation in list_with("photo", root)
    }
    drawn |= {f"{member}.logo.png": draw_logo(member) for member, _ in list_with("logo", root)}
    for name, picture in drawn.items():
        target = folder / name
        picture.save(target, optimize=True)
        print(f"{target.relative_to(root)}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
