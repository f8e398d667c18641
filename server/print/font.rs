//! The font of printed pages: shipped with the program, unpacked when the first page is printed.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::error::Error;

/// What stands for a character that the font has no glyph for: the geta mark 〓 of Chinese and Japanese
/// typesetting, which nobody takes for a letter. A page names each such character at its foot.
pub const MISSING: char = '〓';

/// WenQuanYi Micro Hei; `data/README.md` says where it comes from.
static PACKED: &[u8] = include_bytes!("../../data/fonts/wqy-microhei.ttf.gz");
/// The most bytes of the unpacked file.
const MOST_BYTES: u64 = 8 << 20;

static UNPACKED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes = Vec::new();
    // What cannot be unpacked is no font either, and `Font::shipped` says so.
    let read = GzDecoder::new(PACKED).take(MOST_BYTES).read_to_end(&mut bytes);
    read.map(|_| bytes).unwrap_or_default()
});

/// A font whose glyphs are measured.
#[derive(Clone)]
pub struct Font {
    face: Face<'static>,
}

impl Font {
    /// The font that the program ships.
    ///
    /// # Errors
    /// [`Error::Internal`] where the shipped file is damaged.
    pub fn shipped() -> Result<Self, Error> {
        let face = Face::parse(&UNPACKED, 0);
        face.map(|face| Self { face }).map_err(|e| Error::Internal(format!("the shipped font: {e}")))
    }

    /// The whole file.
    pub fn file(&self) -> &'static [u8] {
        &UNPACKED
    }

    /// The face, for its measures.
    pub(super) fn face(&self) -> &Face<'static> {
        &self.face
    }

    /// The glyph of a character; none where the font lacks it.
    pub fn glyph(&self, character: char) -> Option<u16> {
        self.face.glyph_index(character).map(|id| id.0).filter(|id| *id != 0)
    }

    /// Whether a character leaves a mark on paper that the font does not know.
    pub fn lacks(&self, character: char) -> bool {
        is_printed(character) && self.glyph(character).is_none()
    }

    /// The glyph that is drawn for a character: its own, or that of [`MISSING`].
    pub fn drawn(&self, character: char) -> u16 {
        self.glyph(character).or_else(|| self.glyph(MISSING)).unwrap_or_default()
    }

    /// How far a glyph moves the pen, in em.
    pub fn advance_em(&self, glyph: u16) -> f32 {
        let units = self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or_default();
        f32::from(units) / f32::from(self.face.units_per_em())
    }

    /// The units of an em, in which outlines are drawn.
    pub fn units_per_em(&self) -> f32 {
        f32::from(self.face.units_per_em())
    }

    /// The glyphs that are drawn for a text.
    pub fn glyphs(&self, text: &str) -> impl Iterator<Item = u16> {
        text.chars().filter(|c| is_printed(*c)).map(|c| self.drawn(c))
    }

    /// Draws a glyph's outline, `y` up from the baseline; a blank has none.
    pub fn outline(&self, glyph: u16, pen: &mut dyn OutlineBuilder) {
        self.face.outline_glyph(GlyphId(glyph), pen);
    }

    /// The width of a text, in em.
    pub fn width_em(&self, text: &str) -> f32 {
        self.glyphs(text).map(|glyph| self.advance_em(glyph)).sum()
    }
}

/// Whether a character leaves a mark or a gap. Controls, directions, joiners and variation selectors do neither.
pub(super) fn is_printed(character: char) -> bool {
    let is_silent = matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    );
    !is_silent && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_font_knows_what_doors_say() {
        let font = Font::shipped().unwrap();
        for c in "中心站点·骑手驿站 08:30–12:00、；（）〓①㎡÷×ÄéñЖ".chars().filter(|c| *c != ' ')
        {
            assert!(font.glyph(c).is_some(), "{c}");
        }
        let known = ('\u{4e00}'..='\u{9fa5}').filter(|c| font.glyph(*c).is_some()).count();
        assert_eq!(known, 20_902, "every character of Unicode 1.1's Chinese block");
        assert_eq!(font.glyph('𠮷'), None);
        assert!((font.width_em("驿站") - 2.0).abs() < 1e-3, "two squares");
        assert!((font.width_em("𠮷\u{200b}\u{202e}") - 1.0).abs() < 1e-3, "a geta mark");
    }
}
