//! A document: its pages, and the part of the font that they use.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;

use super::font::{Font, MISSING, is_printed};
use super::picture::Picture;
use crate::error::Error;

/// The name of the font in the resources of a page.
pub(super) const FONT: &[u8] = b"F";
/// The name of the subset: six letters, which a reader expects, and the font.
const SUBSET: Name<'static> = Name(b"YZHANG+WenQuanYiMicroHei");
const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A document that is being written. Pages are compressed as they come, so only their drawings take room.
pub struct Document {
    pdf: Pdf,
    last: i32,
    catalog: Ref,
    tree: Ref,
    font_ref: Ref,
    pages: Vec<Ref>,
    font: Font,
    glyphs: GlyphRemapper,
    /// By number in the subset: the character and its width in em.
    used: BTreeMap<u16, (char, f32)>,
    missing: BTreeSet<char>,
}

impl Document {
    /// An empty document with a title.
    ///
    /// # Errors
    /// [`Error::Internal`] where the shipped font is damaged.
    pub fn new(title: &str) -> Result<Self, Error> {
        let [catalog, tree, font_ref, info] = [1, 2, 3, 4].map(Ref::new);
        let mut pdf = Pdf::new();
        pdf.document_info(info).title(TextStr(title)).producer(TextStr("Yizhan 驿站"));
        Ok(Self {
            pdf,
            last: info.get(),
            catalog,
            tree,
            font_ref,
            pages: Vec::new(),
            font: Font::shipped()?,
            glyphs: GlyphRemapper::new(),
            used: BTreeMap::new(),
            missing: BTreeSet::new(),
        })
    }

    /// The font of all its pages.
    pub fn font(&self) -> &Font {
        &self.font
    }

    /// The characters that the font lacks, as far as pages asked for them.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    fn next(&mut self) -> Ref {
        self.last += 1;
        Ref::new(self.last)
    }

    /// A text as glyph numbers of the subset.
    pub(super) fn shape(&mut self, text: &str) -> Vec<u8> {
        let mut glyphs = Vec::with_capacity(text.len());
        for c in text.chars().filter(|c| is_printed(*c)) {
            let shown = if self.font.glyph(c).is_some() {
                c
            } else {
                self.missing.insert(c);
                MISSING
            };
            let glyph = self.font.drawn(shown);
            let number = self.glyphs.remap(glyph);
            self.used.insert(number, (shown, self.font.advance_em(glyph)));
            glyphs.extend(number.to_be_bytes());
        }
        glyphs
    }

    /// Adds a picture, to be drawn on any page.
    pub(super) fn add_picture(&mut self, picture: &Picture) -> Ref {
        let (number, side) = (self.next(), i32::from(picture.side));
        let mut written = self.pdf.image_xobject(number, &picture.packed);
        written.width(side).height(side).bits_per_component(8).color_space().device_rgb();
        written.filter(Filter::FlateDecode);
        number
    }

    pub(super) fn add_page(&mut self, [width, height]: [f32; 2], content: &[u8], pictures: &[Ref]) {
        let (page, stream) = (self.next(), self.next());
        let mut written = self.pdf.page(page);
        written.media_box(Rect::new(0.0, 0.0, width, height)).parent(self.tree).contents(stream);
        let mut resources = written.resources();
        resources.fonts().pair(Name(FONT), self.font_ref);
        let mut drawn = resources.x_objects();
        for picture in pictures {
            drawn.pair(Name(picture_name(*picture).as_bytes()), *picture);
        }
        drawn.finish();
        resources.finish();
        written.finish();
        self.pdf.stream(stream, &packed(content)).filter(Filter::FlateDecode);
        self.pages.push(page);
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Error::Internal`] where the font cannot be cut to what is used.
    pub fn finish(mut self) -> Result<Vec<u8>, Error> {
        self.pdf.catalog(self.catalog).pages(self.tree);
        let count = i32::try_from(self.pages.len()).unwrap_or(i32::MAX);
        self.pdf.pages(self.tree).kids(self.pages.iter().copied()).count(count);
        self.write_font()?;
        Ok(self.pdf.finish())
    }

    fn write_font(&mut self) -> Result<(), Error> {
        let [cid, descriptor, file, map] = [(); 4].map(|()| self.next());
        let cut = subsetter::subset(self.font.file(), 0, &self.glyphs);
        let cut = cut.map_err(|e| Error::Internal(format!("the font cannot be cut: {e}")))?;
        let pdf = &mut self.pdf;
        pdf.type0_font(self.font_ref)
            .base_font(SUBSET)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(map);
        let mut font = pdf.cid_font(cid);
        font.subtype(CidFontType::Type2).base_font(SUBSET).system_info(SYSTEM).font_descriptor(descriptor);
        font.default_width(1000.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let mut widths = font.widths();
        for (number, (_, em)) in &self.used {
            widths.consecutive(*number, [em * 1000.0]);
        }
        widths.finish();
        font.finish();
        let face = self.font.face();
        let scale = 1000.0 / f32::from(face.units_per_em());
        let scaled = |units: i16| f32::from(units) * scale;
        let bounds = face.global_bounding_box();
        let corners = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled);
        pdf.font_descriptor(descriptor)
            .name(SUBSET)
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(corners[0], corners[1], corners[2], corners[3]))
            .italic_angle(0.0)
            .ascent(scaled(face.ascender()))
            .descent(scaled(face.descender()))
            .cap_height(700.0)
            .stem_v(80.0)
            .font_file2(file);
        let mut unicode = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (number, (character, _)) in &self.used {
            unicode.pair(*number, *character);
        }
        let length = i32::try_from(cut.len()).unwrap_or(i32::MAX);
        let packed_font = packed(&cut);
        pdf.stream(file, &packed_font).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
        pdf.cmap(map, &unicode.finish());
        Ok(())
    }
}

/// The name of a picture in the resources of a page.
pub(super) fn picture_name(picture: Ref) -> String {
    format!("P{}", picture.get())
}

/// Bytes as `FlateDecode` unpacks them.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
