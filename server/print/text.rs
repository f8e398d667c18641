//! Lines of text: broken where Chinese and Latin may be broken, and made small enough to fit.

use super::font::Font;

/// What must not begin a line.
const NO_START: &str = "，。、；：？！）》」』】〉”’％%,.;:?!)]}…·–—-~";
/// What must not end one.
const NO_END: &str = "（《「『【〈“‘([{￥";
/// By how many points a text shrinks at a time.
const STEP_PT: f32 = 0.5;

/// A text in lines of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The size, in points.
    pub size: f32,
    /// The lines.
    pub lines: Vec<String>,
    /// Whether the end had to be left out; the last line then ends in an ellipsis.
    pub is_cut: bool,
}

/// The lines of a text at a size, none wider than `width`.
pub fn wrapped(font: &Font, text: &str, size: f32, width: f32) -> Vec<String> {
    let most_em = width / size;
    let (mut lines, mut line, mut line_em) = (Vec::new(), String::new(), 0.0);
    for unit in units(text, font, most_em) {
        let unit_em = font.width_em(&unit);
        if !line.is_empty() && line_em + font.width_em(unit.trim_end()) > most_em + 1e-3 {
            lines.push(line.trim_end().to_owned());
            (line, line_em) = (String::new(), 0.0);
        }
        line += &unit;
        line_em += unit_em;
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The largest size between `least` and `most` at which a text needs at most so many lines. Where even the
/// least is too large, the end is left out.
pub fn fit(font: &Font, text: &str, width: f32, (least, most): (f32, f32), lines: usize) -> Fit {
    let mut size = most;
    loop {
        let found = wrapped(font, text, size, width);
        if found.len() <= lines {
            return Fit { size, lines: found, is_cut: false };
        }
        if size <= least {
            return Fit { size, lines: cut(font, found, size, width, lines), is_cut: true };
        }
        size = (size - STEP_PT).max(least);
    }
}

fn cut(font: &Font, mut found: Vec<String>, size: f32, width: f32, lines: usize) -> Vec<String> {
    found.truncate(lines.max(1));
    if let Some(last) = found.last_mut() {
        while font.width_em(last) + font.width_em("…") > width / size && last.pop().is_some() {}
        last.push('…');
    }
    found
}

/// The pieces between which a line may be broken. A blank belongs to the piece before it.
fn units(text: &str, font: &Font, most_em: f32) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        let is_glued = before.is_some_and(|b| {
            c == ' ' || NO_START.contains(c) || NO_END.contains(b) || (is_latin(b) && is_latin(c))
        });
        match units.last_mut() {
            Some(last)
                if is_glued && font.width_em(last) + font.width_em(c.encode_utf8(&mut [0; 4])) <= most_em =>
            {
                last.push(c);
            }
            _ => units.push(c.to_string()),
        }
        before = Some(c);
    }
    units
}

/// Whether a character is part of a word that is not broken: anything narrow but a blank.
fn is_latin(c: char) -> bool {
    c != ' ' && (c as u32) < 0x2e80 && !NO_START.contains(c) || matches!(c, '.' | ':' | '-' | '–' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font() -> Font {
        Font::shipped().unwrap()
    }

    #[test]
    fn chinese_breaks_anywhere_but_at_punctuation_and_latin_between_words() {
        let font = font();
        assert_eq!(wrapped(&font, "海港区建设大街", 10.0, 40.0), ["海港区建", "设大街"]);
        assert_eq!(wrapped(&font, "海港区建，设大街", 10.0, 40.0), ["海港区", "建，设大", "街"]);
        assert_eq!(wrapped(&font, "海港区（设大）", 10.0, 40.0), ["海港区", "（设大）"]);
        let words = wrapped(&font, "Daily 8:30–12:00, 14:30–18:00", 10.0, 100.0);
        assert_eq!(words, ["Daily 8:30–12:00,", "14:30–18:00"]);
        let long = wrapped(&font, &"x".repeat(200), 10.0, 100.0);
        assert!(long.len() > 5 && long.iter().all(|l| font.width_em(l) * 10.0 <= 100.1), "{long:?}");
        assert_eq!(wrapped(&font, "", 10.0, 40.0), [""]);
    }

    #[test]
    fn what_is_too_long_shrinks_and_then_ends_in_an_ellipsis() {
        let font = font();
        let short = fit(&font, "驿站", 200.0, (10.0, 40.0), 1);
        assert_eq!((short.size, short.is_cut), (40.0, false));
        let long = fit(&font, &"驿".repeat(15), 200.0, (10.0, 40.0), 1);
        assert!(long.size < 14.0 && !long.is_cut && long.lines.len() == 1, "{long:?}");
        let cut = fit(&font, &"驿".repeat(100), 200.0, (10.0, 40.0), 2);
        assert!(cut.is_cut && cut.lines.len() == 2 && cut.lines[1].ends_with('…'), "{cut:?}");
        assert!(cut.lines.iter().all(|l| font.width_em(l) * cut.size <= 200.1), "{cut:?}");
    }
}
