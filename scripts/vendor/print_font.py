"""Make the font of printed papers: `python scripts/vendor/print_font.py FOLDER`, where FOLDER is
npm's @fontsource-variable/figtree, 5.3.0.

PDF wants a font in a file of its own, one weight a file: Figtree (SIL Open Font License 1.1, its
text is beside the sites' font) at 400 and at 700, the letters of `figtree.woff2` and those of the
package's Latin Extended file, joined. Where FOLDER is left out, the two files that the sites use
are read, which were made from that package. Wants fonttools and brotli.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools import merge
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STATIC = Path(__file__).parents[1] / "coopbook/site/static"
OUT = Path(__file__).parents[1] / "coopbook/data/fonts"
FILES = ("figtree.woff2", "figtree-ext.woff2")
PACKAGE = ("figtree-latin-wght-normal.woff2", "figtree-latin-ext-wght-normal.woff2")
WEIGHTS = {"regular": 400, "bold": 700}
DROPPED = ("GSUB", "GPOS", "GDEF", "STAT", "prep", "gasp", "DSIG")
CREATED = 3_786_912_000
"""A fixed day (2024-01-01, in seconds since 1904): the same files come out every time."""


def main(package: Path | None) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    sources = (
        [package / "files" / name for name in PACKAGE]
        if package
        else [STATIC / name for name in FILES]
    )
    for name, weight in WEIGHTS.items():
        with tempfile.TemporaryDirectory() as folder:
            parts = [
                _still(source, weight, Path(folder) / f"{number}.ttf")
                for number, source in enumerate(sources)
            ]
            font = merge.Merger().merge(parts)
        font["head"].created = font["head"].modified = CREATED
        font.recalcTimestamp = False
        font.save(OUT / f"figtree-{name}.ttf")


def _still(source: Path, weight: int, out: Path) -> str:
    """One weight of a variable font, as a file."""
    font = instantiateVariableFont(TTFont(source), {"wght": weight})
    for table in DROPPED:
        if table in font:
            del font[table]
    font.flavor = None
    font.save(out)
    return str(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
