"""Make the Latin fonts of the briefs: the Latin letters of Noto Sans CJK SC with punctuation as wide as it looks.

Only for maintainers; the files made are kept in sim/brief/latin. A font for Chinese sets quotation marks,
daggers and ± as wide as a Chinese character, which tears holes into an English sentence. Where the
collection has a proportional form of a sign (feature pwid), that one is taken; the other wide ones get side
bearings like those of letters. Kerning stays. The family is named otherwise, because it is changed. Needs
fontTools and the collections that tools/subset_fonts.py names; run it once a weight:

    python tools/latin_fonts.py --noto NotoSansCJK-Regular.ttc --out sim/brief/latin/BriefLatin-Regular.otf
    python tools/latin_fonts.py --noto NotoSansCJK-Bold.ttc --out sim/brief/latin/BriefLatin-Bold.otf
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fontTools.misc.transform import Offset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

sys.path.insert(0, str(Path(__file__).parent))
from subset_fonts import NAMES_KEPT, open_family

FAMILY = "Brief Latin"
BEARING = 60
"""Left and right of a wide sign that is made narrow [units of 1000]."""

WIDE = 1000
SIGNS = "‘’“”–—…†‡•−×÷±≤≥≈→←↑↓‰€′″‐‑"
TEXT = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, SIGNS)]


def proportional(font: TTFont) -> dict[str, str]:
    """Return glyph -> its proportional form."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(part, "ExtSubTable", part).mapping)
    return found


def remap(font: TTFont) -> None:
    """Let every sign that has a proportional form mean that form."""
    forms = proportional(font)
    for part in font["cmap"].tables:
        if part.isUnicode() and hasattr(part, "cmap"):
            for point in TEXT:
                glyph = part.cmap.get(point)
                part.cmap.update({point: forms[glyph]} if glyph in forms else {})


def narrow(font: TTFont) -> None:
    """Set the signs that are still as wide as a Chinese character between ordinary side bearings."""
    glyphs: Any = font.getGlyphSet()
    top = font["CFF "].cff.topDictIndex[0]
    for glyph in sorted(set(font.getBestCmap().values())):
        if font["hmtx"][glyph][0] != WIDE:
            continue
        bounds = BoundsPen(glyphs)
        glyphs[glyph].draw(bounds)
        left, right = bounds.bounds[0], bounds.bounds[2]
        width = round(right - left + 2 * BEARING)
        old = top.CharStrings[glyph]
        pen = T2CharStringPen(width - old.private.nominalWidthX, glyphs)
        glyphs[glyph].draw(TransformPen(pen, Offset(BEARING - left, 0)))
        top.CharStrings[glyph] = pen.getCharString(old.private, old.globalSubrs)
        font["hmtx"][glyph] = (width, BEARING)


def rename(font: TTFont, weight: str) -> None:
    """Give the font its own name; copyright and licence stay."""
    whole = f"{FAMILY} {weight}"
    names = {1: FAMILY, 2: weight, 3: f"{whole}; after Noto Sans CJK SC", 4: whole, 6: whole.replace(" ", "")}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(names[record.nameID], record.nameID, *_where(record))
    top = font["CFF "].cff
    top.fontNames[0] = names[6]
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = whole, FAMILY


def _where(record: Any) -> tuple[int, int, int]:
    return record.platformID, record.platEncID, record.langID


def cut(font: TTFont) -> None:
    """Cut the font down to TEXT, without hints, with kerning."""
    options = Options()
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = ["kern"]
    options.layout_scripts = ["DFLT", "latn"]
    options.drop_tables += ["BASE", "DSIG", "GDEF", "VORG", "vhea", "vmtx"]
    options.name_IDs = NAMES_KEPT
    options.name_languages = [0x409]
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(unicodes=TEXT)
    cutter.subset(font)


def main() -> None:
    """Read the arguments and write one font."""
    parser = argparse.ArgumentParser(description="Make the Latin fonts of the briefs.")
    parser.add_argument("--noto", type=Path, required=True, help="NotoSansCJK-Regular.ttc or -Bold.ttc")
    parser.add_argument("--out", type=Path, required=True, help="font file to write")
    args = parser.parse_args()

    font = open_family(args.noto)
    remap(font)
    cut(font)
    narrow(font)
    rename(font, "Bold" if "Bold" in args.out.stem else "Regular")
    font.save(str(args.out))
    print(f"{args.out}: {len(font.getBestCmap())} characters, {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
