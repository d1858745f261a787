"""Draw the pictures of work that the example co-op's projects show.

    python scripts/scenes.py [ROOT]

What the example's people made does not exist either: these pictures are made of rectangles and
ellipses, and the same name gives the same bytes with the same version of Pillow. Files are written
to ROOT/projects/<name>.png, 800 by 500 pixels.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 800, 500, 2
WALL, FLOOR, WOOD, DARK, SEA, SUN = (
    *("#f3e2c7", "#d9a05b", "#b4773f"),
    *("#4a2c20", "#20505e", "#e98a5b"),
)
BOOKS = ("#2f5d62", "#a63d40", "#33465f", "#e2b04a", "#7a4b6a", "#4d6b3c")

Draw = Callable[[ImageDraw.ImageDraw], None]


def _block(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], fill: str) -> None:
    """A rectangle, in coordinates of the finished picture."""
    draw.rectangle([side * SCALE for side in box], fill=fill)


def draw_shelves(draw: ImageDraw.ImageDraw) -> None:
    """Shelves on wheels, full of books."""
    _block(draw, (0, 400, WIDTH, HEIGHT), FLOOR)
    for left in (90, 450):
        _block(draw, (left, 90, left + 270, 400), WOOD)
        for row in range(3):
            top = 105 + row * 98
            _block(draw, (left + 14, top, left + 256, top + 84), DARK)
            for number in range(11):
                high, x = 48 + (number * 37 + row * 23 + left) % 30, left + 20 + number * 21
                colour = BOOKS[(number * 5 + row + left // 90) % len(BOOKS)]
                _block(draw, (x, top + 84 - high, x + 17, top + 84), colour)
        for x in (left + 20, left + 220):
            draw.ellipse([side * SCALE for side in (x, 395, x + 30, 425)], fill=DARK)


def draw_sign(draw: ImageDraw.ImageDraw) -> None:
    """A sign on a wall: an arrow, and three lines of words."""
    _block(draw, (0, 430, WIDTH, HEIGHT), FLOOR)
    _block(draw, (160, 90, 640, 360), SEA)
    shaft = [(220, 215), (330, 215), (330, 180), (400, 230), (330, 280), (330, 245), (220, 245)]
    draw.polygon([(x * SCALE, y * SCALE) for x, y in shaft], fill=WALL)
    for number, length in enumerate((150, 110, 130)):
        top = 165 + 50 * number
        _block(draw, (440, top, 440 + length, top + 18), SUN if not number else WALL)


def draw_quay(draw: ImageDraw.ImageDraw) -> None:
    """A quay, a low sun, and where one stops to listen."""
    draw.ellipse([side * SCALE for side in (520, 90, 680, 250)], fill=SUN)
    _block(draw, (0, 230, WIDTH, 380), SEA)
    for number in range(9):
        x = 20 + number * 90
        _block(draw, (x, 262 + number % 3 * 30, x + 46, 268 + number % 3 * 30), WALL)
    _block(draw, (0, 380, WIDTH, HEIGHT), FLOOR)
    _block(draw, (190, 250, 202, 430), DARK)
    draw.ellipse([side * SCALE for side in (150, 190, 242, 282)], fill=DARK)
    draw.ellipse([side * SCALE for side in (172, 212, 220, 260)], fill=WALL)


SCENES: dict[str, Draw] = {
    "mediatheque-de-port-genet-etageres": draw_shelves,
    "mediatheque-de-port-genet-panneau": draw_sign,
    "mediatheque-de-port-genet-balade": draw_quay,
}


def main(arguments: Sequence[str]) -> int:
    """Draw every scene for the co-op at the given root, else for the one this script belongs to."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    for name, draw_scene in SCENES.items():
        image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), WALL)
        draw_scene(ImageDraw.Draw(image))
        small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        target = root / "projects" / f"{name}.png"
        small.quantize(32, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            target, optimize=True
        )
        print(f"{target.relative_to(root)}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
