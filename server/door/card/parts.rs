//! The parts of a card, from the sign at the top to the foot. Lengths are points on A4.

use super::Office;
use super::words::{self, Both};
use crate::city::City;
use crate::error::Error;
use crate::http::html::{icon_of_access, icon_of_facility};
use crate::language::Language;
use crate::print::{A4, Colour, Fit, MISSING, Page, Path, Picture, Style, fit, icon};
use crate::stations::hours::Hours;
use crate::stations::model::{FacilityCode, Station};

// The colours of the light theme in `web/src/styles/tokens.css`.
const PINE: Colour = Colour(0x0B, 0x5A, 0x47);
const INK: Colour = Colour(0x12, 0x20, 0x1A);
const INK_2: Colour = Colour(0x43, 0x52, 0x4A);
const LINE: Colour = Colour(0xD3, 0xDB, 0xD3);
const TINT: Colour = Colour(0xDD, 0xEF, 0xE6);
const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

/// The space at the left and right edge.
const MARGIN: f32 = 40.0;
/// The width between the margins.
const WIDTH: f32 = A4[0] - 2.0 * MARGIN;
/// Where the sign ends.
const SIGN: f32 = 176.0;
/// The door: left, top, width, height.
const DOOR: [f32; 4] = [MARGIN, 200.0, 262.0, 340.0];
/// How thick its frame is.
const FRAME: f32 = 16.0;
/// The side of the QR code: 6.7 cm, to be read from a metre away.
const CODE: f32 = 190.0;
/// Where the column beside the door begins, and how wide it is.
const SIDE: [f32; 2] = [330.0, A4[0] - MARGIN - 330.0];
/// Where what a scan is good for begins, and how high it is.
const HINTS: [f32; 2] = [574.0, 56.0];
/// Where the facilities begin, and how high they are.
const FACILITIES: [f32; 2] = [645.0, 106.0];
/// The side of the map, 6.2 cm, and the space to its left. It ends where the facilities do.
const MAP: f32 = 177.0;
const MAP_GAP: f32 = 18.0;
/// Where the telephone numbers begin.
const CALLS: f32 = 760.0;
/// Ways in that would stand closer are one text instead.
const LEAST_STEP: f32 = 24.0;
/// How far lines of text are apart, in their size.
const LEADING: f32 = 1.25;

fn style(size: f32, colour: Colour) -> Style {
    Style { size, colour, bold: false }
}

fn bold(size: f32, colour: Colour) -> Style {
    Style { size, colour, bold: true }
}

/// Writes lines below one another and returns where the next would stand.
fn lines(page: &mut Page<'_>, text: &Fit, [x, top]: [f32; 2], look: Style) -> f32 {
    let mut y = top;
    for line in &text.lines {
        y += text.size * LEADING;
        page.text(line, [x, y - text.size * 0.28], Style { size: text.size, ..look });
    }
    y
}

fn made_to_fit(page: &Page<'_>, text: &str, width: f32, sizes: (f32, f32), lines: usize) -> Fit {
    fit(page.document().font(), text, width, sizes, lines)
}

/// A small heading in both languages.
fn heading(page: &mut Page<'_>, (zh, en): Both, [x, y]: [f32; 2]) {
    page.text(zh, [x, y], bold(12.0, PINE));
    let after = page.document().font().width_em(zh) * 12.0 + 6.0;
    page.text(en, [x + after, y], style(10.0, INK_2));
}

/// The sign over the door: whose station, and its name as large as it fits.
pub(super) fn sign(page: &mut Page<'_>, office: &Office<'_>, station: &Station) {
    page.fill(&Path::rounded(0.0, 0.0, A4[0], SIGN, 0.0), PINE);
    let middle = A4[0] / 2.0;
    let union = made_to_fit(page, &office.settings.union_name, WIDTH, (9.0, 17.0), 1);
    for line in &union.lines {
        page.centred(line, [middle, 42.0], bold(union.size, WHITE));
    }
    let facts = &station.facts;
    let name = made_to_fit(page, facts.signboard.as_deref().unwrap_or(&facts.name), WIDTH, (24.0, 60.0), 1);
    let name = if name.is_cut || name.size < 38.0 {
        made_to_fit(page, facts.signboard.as_deref().unwrap_or(&facts.name), WIDTH, (15.0, 38.0), 3)
    } else {
        name
    };
    let step = name.size * 1.16;
    let rows = f32::from(u16::try_from(name.lines.len()).unwrap_or(1));
    let mut y = 98.0 - (rows - 1.0) * step / 2.0 + name.size * 0.36;
    for line in &name.lines {
        page.centred(line, [middle, y], bold(name.size, WHITE));
        y += step;
    }
    let (zh, en) = words::KIND;
    page.centred(&format!("{zh}  {en}"), [middle, SIGN - 16.0], style(11.0, WHITE));
}

/// The door, with the code in its opening.
pub(super) fn door(page: &mut Page<'_>, address: &str) -> Result<(), Error> {
    let [x, y, w, h] = DOOR;
    let inner = w - 2.0 * FRAME;
    page.fill(&Path::arch(x, y, w, h, w / 2.0), PINE);
    page.fill(&Path::arch(x + FRAME, y + FRAME, inner, h - FRAME, inner / 2.0), WHITE);
    page.fill(&Path::rounded(x - 8.0, y + h, w + 16.0, 5.0, 2.0), PINE);
    let middle = x + w / 2.0;
    page.centred(words::SCAN.0, [middle, y + 82.0], bold(30.0, PINE));
    page.centred(words::SCAN.1, [middle, y + 103.0], style(14.0, INK_2));
    page.qr(address, [middle - CODE / 2.0, y + h - CODE - 22.0], CODE, INK)
}

/// The hours in words; returns where they end.
pub(super) fn hours(page: &mut Page<'_>, office: &Office<'_>, station: &Station) -> f32 {
    let [x, width] = SIDE;
    heading(page, words::HOURS, [x, DOOR[1] + 12.0]);
    let (first, second) = hours_text(office.city, station);
    let spoken = made_to_fill(page, &first, [width, 150.0], (7.0, 30.0));
    let below = lines(page, &spoken, [x, DOOR[1] + 20.0], bold(0.0, INK));
    let other = made_to_fill(page, &second, [width, 50.0], (6.0, 13.0));
    lines(page, &other, [x, below + 3.0], style(0.0, INK_2))
}

/// The largest text that a box of a width and height holds.
fn made_to_fill(page: &Page<'_>, text: &str, [width, height]: [f32; 2], (least, most): (f32, f32)) -> Fit {
    let rows = |size: f32| (height / (size * LEADING)).floor().max(1.0);
    let mut size = most;
    while size > least
        && count(&fit(page.document().font(), text, width, (size, size), usize::MAX)) > rows(size)
    {
        size -= 0.5;
    }
    let mut lines = 1_u16;
    while f32::from(lines) < rows(size) {
        lines += 1;
    }
    fit(page.document().font(), text, width, (least, size), usize::from(lines))
}

fn count(text: &Fit) -> f32 {
    f32::from(u16::try_from(text.lines.len()).unwrap_or(u16::MAX))
}

/// The hours, and below them the same in English; where they are not certain, what somebody wrote, and a word that
/// says so.
fn hours_text(city: &City, station: &Station) -> (String, String) {
    let facts = &station.facts;
    if let Some(hours) = facts.hours.as_deref().and_then(|text| Hours::parse(text, &city.calendar).ok()) {
        return (hours.describe(Language::ZhCn), hours.describe(Language::En));
    }
    let (zh, en) = words::HOURS_UNKNOWN;
    match &facts.hours_text {
        Some(said) => (said.clone(), format!("{zh}  {en}")),
        None => (zh.to_owned(), en.to_owned()),
    }
}

/// How one gets in.
pub(super) fn ways_in(page: &mut Page<'_>, station: &Station, below: f32) {
    let [x, width] = SIDE;
    let top = below.max(DOOR[1] + 128.0) + 16.0;
    page.stroke(&Path::rounded(x, top, width, 0.0, 0.0), LINE, 1.0);
    heading(page, words::WAY_IN, [x, top + 24.0]);
    let facts = &station.facts;
    let mut told: Vec<(&str, Both)> =
        facts.access.iter().map(|a| (icon_of_access(*a), words::way_in(*a))).collect();
    if facts.no_phone == Some(true) {
        told.push(("nophone", words::NO_PHONE));
    }
    if told.is_empty() {
        told.push(("info", words::WAY_IN_UNKNOWN));
    }
    let (begin, left) = (top + 36.0, DOOR[1] + DOOR[3] - top - 34.0);
    let step = (left / f32::from(u16::try_from(told.len()).unwrap_or(1))).min(38.0);
    if step < LEAST_STEP {
        let named: Vec<&str> = told.iter().map(|(_, (zh, _))| *zh).collect();
        let text = made_to_fill(page, &named.join("、"), [width, left], (6.0, 15.0));
        lines(page, &text, [x, begin - 4.0], bold(0.0, INK));
        return;
    }
    let mut y = begin;
    for (name, (zh, en)) in told {
        let side = step * 0.6;
        draw_icon(page, name, [x, y + 1.0], side, PINE);
        page.text(zh, [x + side + 9.0, y + step * 0.36], bold(step * 0.41, INK));
        page.text(en, [x + side + 9.0, y + step * 0.73], style((step * 0.27).max(6.5), INK_2));
        y += step;
    }
}

/// The map around the door, at the right margin; returns the width that it leaves for what stands beside it.
pub(super) fn map(page: &mut Page<'_>, picture: Option<&Picture>) -> f32 {
    let Some(picture) = picture else { return WIDTH };
    let (left, top) = (MARGIN + WIDTH - MAP, HINTS[0]);
    heading(page, words::WHERE, [left, top - 8.0]);
    page.picture(picture, [left, top], MAP);
    page.stroke(&Path::rounded(left, top, MAP, MAP, 0.0), LINE, 1.0);
    WIDTH - MAP - MAP_GAP
}

/// What a scan is good for, in three columns of a width together.
pub(super) fn hints(page: &mut Page<'_>, width: f32) {
    let [top, height] = HINTS;
    heading(page, words::SCANNED, [MARGIN, top - 8.0]);
    page.fill(&Path::rounded(MARGIN, top, width, height, 12.0), TINT);
    let step = (width - 8.0) / 3.0;
    let side = (step * 0.22).min(32.0);
    let room = step - side - 12.0;
    let zh = common_size(page, words::HINTS.map(|(_, zh, _)| zh), room, (9.0, 18.0));
    let en = common_size(page, words::HINTS.map(|(.., en)| en), room, (6.0, 10.5));
    for (column, (name, said_zh, said_en)) in (0_u8..).zip(words::HINTS) {
        let x = MARGIN + 10.0 + f32::from(column) * step;
        draw_icon(page, name, [x, top + (height - side) / 2.0], side, PINE);
        page.text(said_zh, [x + side + 6.0, top + 26.0], bold(zh, INK));
        page.text(said_en, [x + side + 6.0, top + 43.0], style(en, INK_2));
    }
}

/// The largest size at which each of some texts fits into a line.
fn common_size(page: &Page<'_>, texts: [&str; 3], room: f32, sizes: (f32, f32)) -> f32 {
    texts.map(|text| made_to_fit(page, text, room, sizes, 1).size).into_iter().fold(sizes.1, f32::min)
}

/// What is there, with icons. The more there is, the smaller each is.
pub(super) fn facilities(page: &mut Page<'_>, office: &Office<'_>, station: &Station, width: f32) {
    let [top, height] = FACILITIES;
    heading(page, words::HERE, [MARGIN, top + 10.0]);
    let mut codes: Vec<FacilityCode> = station.facts.facilities.iter().map(|f| f.code).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        page.text(words::NOTHING.0, [MARGIN, top + 44.0], bold(18.0, INK));
        page.text(words::NOTHING.1, [MARGIN, top + 62.0], style(11.0, INK_2));
        return;
    }
    let (columns, rows) = grid(codes.len(), width < WIDTH);
    let (wide, high) = (width / f32::from(columns), (height - 18.0) / f32::from(rows));
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    for (code, (row, column)) in codes.into_iter().zip(places) {
        let at = [MARGIN + f32::from(column) * wide, top + 18.0 + f32::from(row) * high];
        facility(page, office.city, code, at, [wide, high]);
    }
}

/// Columns and rows for so many facilities, beside a map or on the whole width.
fn grid(count: usize, is_beside_map: bool) -> (u16, u16) {
    match (count, is_beside_map) {
        (..=6, true) => (3, 2),
        (7..=9, true) => (3, 3),
        (10..=16, true) => (4, 4),
        (17..=25, true) => (5, 5),
        (_, true) => (6, 7),
        (..=8, false) => (4, 2),
        (9..=15, false) => (5, 3),
        (16..=24, false) => (6, 4),
        (_, false) => (8, 5),
    }
}

fn facility(page: &mut Page<'_>, city: &City, code: FacilityCode, [x, y]: [f32; 2], [wide, high]: [f32; 2]) {
    let side = (high * 0.72).min(28.0);
    draw_icon(page, icon_of_facility(code), [x, y + (high - side) / 2.0], side, PINE);
    let word = |language| city.vocabularies.word(code, language);
    let (left, room) = (x + side + 6.0, wide - side - 12.0);
    let has_english = high > 26.0;
    let zh = made_to_fit(page, word(Language::ZhCn), room, (6.0, (high * 0.44).min(17.0)), 1);
    let middle = y + high / 2.0;
    if zh.is_cut {
        let small = made_to_fill(page, word(Language::ZhCn), [room, high], (4.0, 8.0));
        lines(page, &small, [left, middle - count(&small) * small.size * LEADING / 2.0], bold(0.0, INK));
        return;
    }
    let stands = if has_english { middle - 1.0 } else { middle + zh.size * 0.36 };
    for line in &zh.lines {
        page.text(line, [left, stands], bold(zh.size, INK));
    }
    if has_english {
        let en = made_to_fit(page, word(Language::En), room, (5.0, 9.0), 1);
        for line in &en.lines {
            page.text(line, [left, middle + 12.5], style(en.size, INK_2));
        }
    }
}

/// Whom to call.
pub(super) fn calls(page: &mut Page<'_>, office: &Office<'_>, station: &Station) {
    page.stroke(&Path::rounded(MARGIN, CALLS - 6.0, WIDTH, 0.0, 0.0), LINE, 1.0);
    let numbers = numbers(office, station);
    let step = WIDTH / f32::from(u16::try_from(numbers.len()).unwrap_or(1).max(2));
    let mut x = MARGIN;
    for ((zh, en), number) in &numbers {
        draw_icon(page, "call", [x, CALLS + 7.0], 24.0, PINE);
        let room = step - 44.0;
        page.text(&format!("{zh}  {en}"), [x + 33.0, CALLS + 10.0], style(9.5, INK_2));
        let large = made_to_fit(page, number, room, (8.0, 24.0), 1);
        for line in &large.lines {
            page.text(line, [x + 33.0, CALLS + 33.0], bold(large.size, INK));
        }
        x += step;
    }
}

/// The telephone numbers: the unions' in the whole country, the city's own where it is another one, the keeper's.
fn numbers(office: &Office<'_>, station: &Station) -> Vec<(Both, String)> {
    const UNIONS: &str = "12351";
    let mut numbers = vec![(words::UNION_CALL, UNIONS.to_owned())];
    let city = office.settings.hotline.trim();
    if city != UNIONS {
        numbers.push((words::CITY_CALL, city.to_owned()));
    }
    let facts = &station.facts;
    match (&facts.keeper_phone, &facts.phone) {
        (Some(keeper), _) => numbers.push((words::KEEPER_CALL, keeper.clone())),
        (None, Some(own)) => numbers.push((words::STATION_CALL, own.clone())),
        (None, None) => {}
    }
    numbers
}

/// Number, address and link; and which characters somebody has to write in by hand.
pub(super) fn foot(page: &mut Page<'_>, office: &Office<'_>, station: &Station) {
    let facts = &station.facts;
    let code = facts.code.as_ref().map(|code| format!("{} {code}", words::CODE));
    let address = facts.address.clone().unwrap_or_default();
    let district = facts.district.and_then(|d| office.city.district(d)).map(|d| d.name.as_str());
    let district = district.filter(|name| !address.contains(name)).unwrap_or_default();
    let place = format!("{district} {address}").trim().to_owned();
    let parts = [code, Some(office.address(station)), Some(place).filter(|p| !p.is_empty())];
    let told = parts.into_iter().flatten().collect::<Vec<_>>().join("  ·  ");
    let told = made_to_fit(page, &told, WIDTH, (6.0, 9.0), 1);
    for line in &told.lines {
        page.text(line, [MARGIN, A4[1] - 22.0], style(told.size, INK_2));
    }
    let demonstration = station.demonstration.then(|| words::DEMONSTRATION.to_owned());
    let remark =
        [demonstration, lacking(page, office, station)].into_iter().flatten().collect::<Vec<_>>().join("  ");
    let remark = made_to_fit(page, &remark, WIDTH, (6.0, 9.0), 1);
    for line in &remark.lines {
        page.text(line, [MARGIN, A4[1] - 10.0], bold(remark.size, INK));
    }
}

/// The characters of a card that the font lacks, by their numbers, so that somebody can write them in.
fn lacking(page: &Page<'_>, office: &Office<'_>, station: &Station) -> Option<String> {
    let facts = &station.facts;
    let shown = [
        facts.signboard.as_ref().or(Some(&facts.name)),
        facts.address.as_ref(),
        facts.code.as_ref(),
        facts.hours_text.as_ref(),
        facts.keeper_phone.as_ref(),
        Some(&office.settings.union_name),
    ];
    let font = page.document().font();
    let mut lacking: Vec<char> =
        shown.into_iter().flatten().flat_map(|t| t.chars()).filter(|c| font.lacks(*c)).collect();
    lacking.sort_unstable();
    lacking.dedup();
    let named: Vec<String> = lacking.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    (!named.is_empty()).then(|| {
        format!("{MISSING} 是字库没有的字，请手写 · not in the font, write by hand: {}", named.join(" "))
    })
}

fn draw_icon(page: &mut Page<'_>, name: &str, at: [f32; 2], size: f32, colour: Colour) {
    if let Some(path) = icon(name) {
        page.icon(path, at, size, colour);
    }
}
