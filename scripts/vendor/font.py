"""Make the sites' font smaller: `python scripts/vendor/font.py FOLDER`, where FOLDER is npm's
@fontsource-variable/figtree, 5.3.0.

Figtree (SIL Open Font License 1.1, its text is beside the result) for French and English: weights
from 400 to 700, the letters of Latin-1 and what French typography adds. Names in other Latin
alphabets load `figtree-ext.woff2`, which is the package's own file. Wants fonttools and brotli,
which nothing else here uses.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).parents[1] / "coopbook/site/static"
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    0x152,
    0x153,
    0x178,
    0x2013,
    0x2014,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
]
LETTERS += [0x2022, 0x2026, 0x2039, 0x203A, 0x20AC, 0x2212]


def main(package: Path) -> None:
    font = instantiateVariableFont(
        TTFont(package / "files/figtree-latin-wght-normal.woff2"), {"wght": (400, 700)}
    )
    options = subset.Options(
        layout_features=["kern", "liga", "ccmp", "mark", "locl"],
        hinting=False,
        desubroutinize=True,
        flavor="woff2",
    )
    smaller = subset.Subsetter(options)
    smaller.populate(unicodes=LETTERS)
    smaller.subset(font)
    subset.save_font(font, str(OUT / "figtree.woff2"), options)
    shutil.copy(package / "files/figtree-latin-ext-wght-normal.woff2", OUT / "figtree-ext.woff2")
    shutil.copy(package / "LICENSE", OUT / "figtree.LICENSE")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
