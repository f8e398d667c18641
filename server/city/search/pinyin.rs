//! Spelling Chinese by pinyin without tones, and by its initials.

use pinyin::ToPinyin;

use super::heteronyms::{Known, known};

/// The most spellings of one text.
pub(super) const MOST: usize = 8;

/// One way to spell a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Every syllable, without anything between them.
    pub(super) syllables: String,
    /// The first letter of each syllable.
    pub(super) initials: String,
}

/// A character of a text as it is spelled.
enum Part {
    /// A letter or a digit, as it is.
    Plain(char),
    /// A Chinese character: its usual reading, and others.
    Read(&'static str, &'static [&'static str]),
}

/// The ways to spell a folded text, the most usual first; none where it has no Chinese character.
pub(super) fn spellings(folded: &str) -> Vec<Spelling> {
    if folded.is_ascii() {
        return Vec::new();
    }
    let parts = parts(folded);
    if !parts.iter().any(|part| matches!(part, Part::Read(..))) {
        return Vec::new();
    }
    combinations(&parts).into_iter().map(|chosen| spell(&parts, &chosen)).collect()
}

fn parts(folded: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = folded.char_indices();
    while let Some((at, c)) = rest.next() {
        let known = if c.is_ascii() { None } else { known(c) };
        let begins = |known: &'static Known| known.words.iter().find(|w| folded[at..].starts_with(w.text));
        if let Some(word) = known.and_then(begins) {
            parts.extend(word.readings.iter().map(|(usual, others)| Part::Read(usual, others)));
            rest.by_ref().take(word.readings.len() - 1).for_each(drop);
        } else {
            parts.extend(single(c, known));
        }
    }
    parts
}

/// A character outside of every known word; `None` for marks.
fn single(c: char, known: Option<&'static Known>) -> Option<Part> {
    if let Some((usual, others)) = known.and_then(|known| known.readings.split_first()) {
        return Some(Part::Read(usual, others));
    }
    let plain = || c.is_alphanumeric().then_some(Part::Plain(c));
    if c.is_ascii() { plain() } else { c.to_pinyin().map(|p| Part::Read(p.plain(), &[])).or_else(plain) }
}

/// Which reading each part takes: first the usual ones, then those in which one departs from it, and so on.
fn combinations(parts: &[Part]) -> Vec<Vec<usize>> {
    let count = |part: &Part| if let Part::Read(_, others) = part { 1 + others.len() } else { 1 };
    // Each combination with the part that changed last: only later ones change after it, so none comes twice.
    let mut found = vec![(vec![0; parts.len()], 0)];
    let mut next = 0;
    while next < found.len() && found.len() < MOST {
        let (chosen, last) = found[next].clone();
        for place in last..parts.len() {
            if chosen[place] + 1 < count(&parts[place]) && found.len() < MOST {
                let mut other = chosen.clone();
                other[place] += 1;
                found.push((other, place));
            }
        }
        next += 1;
    }
    found.into_iter().map(|(chosen, _)| chosen).collect()
}

fn spell(parts: &[Part], chosen: &[usize]) -> Spelling {
    let (mut syllables, mut initials) = (String::new(), String::new());
    for (part, choice) in parts.iter().zip(chosen) {
        match part {
            Part::Plain(c) => {
                syllables.push(*c);
                initials.push(*c);
            }
            Part::Read(usual, others) => {
                let syllable = choice.checked_sub(1).and_then(|other| others.get(other)).unwrap_or(usual);
                syllables.extend(syllable.chars().map(|c| if c == 'ü' { 'v' } else { c }));
                initials.extend(syllable.chars().next());
            }
        }
    }
    Spelling { syllables, initials }
}
