//! A statement for the printer: A4 pages with a heading, lines, and the sums at the end. Lengths are points.

use super::sheet::{Sheet, yuan};
use crate::error::Error;
use crate::language::Language;
use crate::print::{A4, Colour, Document, Page, Path, Style, fit};

const INK: Colour = Colour(0x12, 0x20, 0x1A);
const INK_2: Colour = Colour(0x43, 0x52, 0x4A);
const TINT: Colour = Colour(0xDD, 0xEF, 0xE6);
/// The space at the left and right edge.
const MARGIN: f32 = 40.0;
/// Where the headings of the columns stand, and the first line below them.
const HEADS: f32 = 118.0;
const FIRST: f32 = 138.0;
/// How far lines are apart, and how many a page has.
const STEP: f32 = 16.0;
const PER_PAGE: usize = 41;
/// The size of a line, and the least to which a long text shrinks.
const SIZE: f32 = 9.0;
const LEAST: f32 = 6.0;
/// Where each column begins and how wide it is; amounts end where their column does.
const COLUMNS: [(f32, f32); 6] =
    [(40.0, 92.0), (136.0, 118.0), (258.0, 132.0), (392.0, 52.0), (448.0, 52.0), (503.0, 52.0)];
/// From this column on there are amounts.
const AMOUNTS: usize = 3;

/// A line with its cells.
struct Line {
    cells: [String; 6],
    is_bold: bool,
}

/// Draws the statement.
pub(super) fn draw(sheet: &Sheet, language: Language) -> Result<Vec<u8>, Error> {
    let title = sheet.title(language);
    let mut document = Document::new(&format!("{title} {}", sheet.merchant.name))?;
    let lines = lines(sheet, language);
    let pages: Vec<&[Line]> = lines.chunks(PER_PAGE).collect();
    for (number, part) in (1_usize..).zip(&pages) {
        let mut page = Page::new(&mut document, A4);
        heading(&mut page, sheet, language);
        let mut y = FIRST;
        for line in *part {
            write(&mut page, line, y);
            y += STEP;
        }
        let foot = format!("{number} / {}", pages.len());
        page.centred(&foot, [A4[0] / 2.0, A4[1] - 28.0], style(8.0, INK_2, false));
        page.done();
    }
    document.finish()
}

fn style(size: f32, colour: Colour, bold: bool) -> Style {
    Style { size, colour, bold }
}

fn lines(sheet: &Sheet, language: Language) -> Vec<Line> {
    let cells = |at: String, store: String, what: String, amount: Option<i64>, union: i64| {
        let rest = amount.map(|amount| amount - union);
        [
            at,
            store,
            what,
            amount.map(yuan).unwrap_or_default(),
            yuan(union),
            rest.map(yuan).unwrap_or_default(),
        ]
    };
    let of_row = |row: super::sheet::Row| {
        let at = row.at.format("%Y-%m-%d %H:%M").to_string();
        Line { cells: cells(at, row.store, row.what, row.amount_fen, row.union_fen), is_bold: false }
    };
    let mut lines: Vec<_> = sheet.rows(language).into_iter().map(of_row).collect();
    let count =
        language.of(format!("核销 {} 笔", sheet.redemptions), format!("{} redemptions", sheet.redemptions));
    let sum = language.of("合计", "total").to_owned();
    let merchant = cells(sum, count, String::new(), Some(sheet.amount_fen), sheet.union_fen);
    lines.push(Line { cells: merchant, is_bold: true });
    if sheet.adjusted_fen != 0 {
        let word = language.of("调整", "adjusted").to_owned();
        let cells = cells(word, String::new(), String::new(), None, sheet.adjusted_fen);
        lines.push(Line { cells, is_bold: true });
    }
    let word = language.of("工会应付", "due by the union").to_owned();
    lines.push(Line { cells: cells(word, String::new(), String::new(), None, sheet.due_fen), is_bold: true });
    lines
}

fn heading(page: &mut Page<'_>, sheet: &Sheet, language: Language) {
    page.text(sheet.title(language), [MARGIN, 56.0], style(18.0, INK, true));
    let name = fit(page.document().font(), &sheet.merchant.name, A4[0] - 2.0 * MARGIN, (8.0, 12.0), 1);
    if let Some(line) = name.lines.first() {
        page.text(line, [MARGIN, 78.0], style(name.size, INK, false));
    }
    let made = sheet.made_at.format("%Y-%m-%d %H:%M");
    let number = sheet.number.as_deref().map(|n| format!("{n}　")).unwrap_or_default();
    let made = language.of(format!("制表 {made}"), format!("made {made}"));
    page.text(&format!("{number}{}　{made}", sheet.days(language)), [MARGIN, 96.0], style(9.0, INK_2, false));
    page.fill(&Path::rounded(MARGIN - 4.0, HEADS - 12.0, A4[0] - 2.0 * MARGIN + 8.0, 18.0, 3.0), TINT);
    let heads = language.of(
        ["时间", "门店", "活动", "核销（元）", "工会（元）", "商户（元）"],
        ["time", "store", "campaign", "redeemed", "union", "merchant"],
    );
    write(page, &Line { cells: heads.map(str::to_owned), is_bold: true }, HEADS);
}

fn write(page: &mut Page<'_>, line: &Line, y: f32) {
    for (at, (text, (x, width))) in line.cells.iter().zip(COLUMNS).enumerate() {
        let fitted = fit(page.document().font(), text, width, (LEAST, SIZE), 1);
        let Some(text) = fitted.lines.first() else { continue };
        let own = page.document().font().width_em(text) * fitted.size;
        let x = if at >= AMOUNTS { x + width - own } else { x };
        page.text(text, [x, y], style(fitted.size, INK, line.is_bold));
    }
}
