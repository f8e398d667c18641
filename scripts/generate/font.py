"""Writes the font of printed cards: the first face of WenQuanYi Micro Hei, without Hangul, hints and layout tables."""

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

from . import paths

# Debian's package fonts-wqy-microhei 0.2.0-beta-3.1.
SOURCE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
SOURCE_SHA256 = "2420e8078af796b19a3f6ef13de527a1a91c1e7171eea115926c614ced1009b3"
HANGUL = range(0xAC00, 0xD7B0)
# What a page needs of a font: outlines, widths, and which glyph a character has.
DROPPED = ["GPOS", "GSUB", "GDEF", "FFTM", "vhea", "vmtx", "gasp"]


def options() -> subset.Options:
    """Say what is left out besides glyphs."""
    chosen = subset.Options()
    chosen.hinting = False
    chosen.glyph_names = False
    chosen.layout_features = []
    chosen.drop_tables += DROPPED
    chosen.notdef_outline = True
    # The notices of copyright and licence stay in the file.
    chosen.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    return chosen


def main() -> None:
    """Subset the face and compress it, the same bytes each time."""
    source = SOURCE.read_bytes()
    if hashlib.sha256(source).hexdigest() != SOURCE_SHA256:
        raise SystemExit(f"{SOURCE} is not the file of fonts-wqy-microhei 0.2.0-beta-3.1")
    font = TTCollection(BytesIO(source)).fonts[0]
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if code not in HANGUL])
    subsetter.subset(font)
    written = BytesIO()
    font.save(written)
    path = paths.DATA / "fonts" / "wqy-microhei.ttf.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(written.getvalue(), 9, mtime=0))


if __name__ == "__main__":
    main()
