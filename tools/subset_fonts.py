"""Make the Chinese fonts of the charts: a static subset of Noto Sans CJK SC, Regular and Bold.

Only for maintainers; the files made are kept in sim/charts/fonts. Needs fontTools, which matplotlib
brings along, and the two collections NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian:
package fonts-noto-cjk, directory /usr/share/fonts/opentype/noto). Run it once a weight:

    python tools/subset_fonts.py --noto NotoSansCJK-Regular.ttc \
        --characters tools/tgh_8105.txt --out sim/charts/fonts/NotoSansCJKsc-Regular-subset.otf
    python tools/subset_fonts.py --noto NotoSansCJK-Bold.ttc \
        --characters tools/tgh_8105.txt --out sim/charts/fonts/NotoSansCJKsc-Bold-subset.otf

In the text file, lines that begin with # are comments. To its characters are added GB2312, EXTRA
and the Latin, Greek, punctuation and symbols of RANGES, as far as the font has them (it has no
subscript figures: write them with mathtext). The same collection and the same fontTools give the
same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Noto Sans CJK SC"
NAMES_KEPT = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]  # copyright, names, version, trademark, licence
TABLES_DROPPED = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
ENGLISH = 0x409
EXTRA = "龘"  # known from names, but in neither list

# First and last code point of blocks that are added beside the characters of the text file.
RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x0370, 0x03FF),  # Greek
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letter-like signs, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # numbers in circles
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # stars, ticks and crosses
    (0x3000, 0x303F),  # CJK punctuation
    (0x3380, 0x33DF),  # squared units
    (0xFF01, 0xFF5E),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width signs
)


def gb2312() -> set[int]:
    """Return the code points of GB2312: the Chinese characters, kana and symbols."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes((row, cell)).decode("gb2312", errors="ignore")))
    return found


def listed(path: Path) -> set[int]:
    """Return the code points in a text file, without its comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {ord(char) for line in lines if not line.startswith("#") for char in line.strip()}


def wanted(path: Path) -> set[int]:
    """Return every code point that a chart may need."""
    extra = {point for first, last in RANGES for point in range(first, last + 1)}
    return listed(path) | gb2312() | extra | set(map(ord, EXTRA))


def open_family(path: Path) -> TTFont:
    """Return the font of FAMILY out of a collection of several families."""
    for font in TTCollection(str(path), lazy=True):
        if font["name"].getDebugName(1) == FAMILY:
            font.recalcTimestamp = False
            return font
    raise SystemExit(f"{path} has no family {FAMILY}")


def subset(font: TTFont, points: set[int]) -> None:
    """Cut the font down to the code points, without hints and layout features."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += TABLES_DROPPED
    options.name_IDs = NAMES_KEPT
    options.name_languages = [ENGLISH]
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)


def main() -> None:
    """Read the arguments and write one subset."""
    parser = argparse.ArgumentParser(description="Subset Noto Sans CJK SC for the charts.")
    parser.add_argument("--noto", type=Path, required=True, help="NotoSansCJK-Regular.ttc or -Bold.ttc")
    parser.add_argument("--characters", type=Path, required=True, help="text file with the characters")
    parser.add_argument("--out", type=Path, required=True, help="font file to write")
    args = parser.parse_args()

    points = wanted(args.characters)
    font = open_family(args.noto)
    missing = sorted((listed(args.characters) | gb2312()) - set(font.getBestCmap()))
    subset(font, points)
    font.save(str(args.out))
    print(f"{args.out}: {len(font.getBestCmap())} characters, {args.out.stat().st_size} bytes")
    if missing:
        raise SystemExit(f"not in the font: {''.join(map(chr, missing))}")


if __name__ == "__main__":
    main()
