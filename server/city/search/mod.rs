//! Finding names by what people type: Chinese words, pinyin, initials, English.
//!
//! What can be found is folded and spelled once, into one text; a question is some words that must all be in it.

mod heteronyms;
mod pinyin;
#[cfg(test)]
mod tests;

use memchr::memmem::Finder;

/// Stands between the parts of a text. No word holds white space, so none reaches across.
const BREAK: char = '\n';

/// Folds text for comparison: lower case, full-width forms as half-width, ü as v, which keyboards lack, and
/// without the apostrophes that part syllables.
pub fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        'ü' | 'Ü' => 'v',
        _ => c,
    };
    let narrowed = text.chars().map(narrow).filter(|c| !matches!(c, '\'' | '’' | '‘' | '`'));
    narrowed.flat_map(char::to_lowercase).collect()
}

/// The words of a question, folded.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// How well something answers a question, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A name is what was asked for.
    Exact,
    /// A name begins with it.
    Begins,
    /// A name holds it.
    Holds,
    /// The pinyin or the initials of a name hold it.
    Spelled,
    /// It is elsewhere, such as in the address.
    Elsewhere,
}

/// Words that are looked for.
#[derive(Debug)]
pub struct Wanted {
    words: Vec<Finder<'static>>,
    joined: String,
}

/// The texts by which something can be found, folded and spelled.
#[derive(Debug, Clone, Default)]
pub struct Searchable {
    text: String,
    /// Where the names end, and where their spellings do.
    names: usize,
    spellings: usize,
}

impl Wanted {
    /// The words of a question; `None` where it has none.
    pub fn new(text: &str) -> Option<Self> {
        let words = words(text);
        let finders = words.iter().map(|w| Finder::new(w).into_owned()).collect();
        (!words.is_empty()).then(|| Self { words: finders, joined: words.concat() })
    }
}

impl Searchable {
    /// What has these names and stands in these other texts.
    pub fn new<'t>(
        names: impl IntoIterator<Item = &'t str>,
        others: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let folded = |text: &str| fold(text).split_whitespace().collect::<String>();
        let names: Vec<String> = names.into_iter().map(folded).collect();
        let others: Vec<String> = others.into_iter().map(folded).collect();
        let mut made = Self::default();
        for name in &names {
            made.add(name);
        }
        made.names = made.text.len();
        for name in &names {
            made.add_spellings(name);
        }
        made.spellings = made.text.len();
        for other in &others {
            made.add(other);
            made.add_spellings(other);
        }
        made.text.shrink_to_fit();
        made
    }

    /// Everything that it is found by, parted by line ends: a folded word is looked for in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, found as well by whatever the other is found by.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.text.reserve_exact(other.text.len());
        self.text.push_str(&other.text);
        self
    }

    fn add(&mut self, part: &str) {
        if !self.parts(0, self.text.len()).any(|known| known == part) {
            self.text.push_str(part);
            self.text.push(BREAK);
        }
    }

    /// Adds the pinyin and the initials of a folded text, where no part holds them already.
    fn add_spellings(&mut self, folded: &str) {
        for spelling in pinyin::spellings(folded) {
            for part in [spelling.syllables, spelling.initials] {
                if !self.text[self.names..].contains(&part) {
                    self.add(&part);
                }
            }
        }
    }

    fn parts(&self, from: usize, to: usize) -> impl Iterator<Item = &str> {
        self.text[from..to].split_terminator(BREAK)
    }

    /// Whether a folded word is in it.
    pub fn has(&self, word: &Finder<'_>) -> bool {
        word.find(self.text.as_bytes()).is_some()
    }

    /// How well it answers; `None` where a word is missing.
    pub fn rank(&self, wanted: &Wanted) -> Option<Rank> {
        // Better parts stand before others, so the word that is found last tells how good the answer is.
        let mut last = 0;
        for word in &wanted.words {
            last = last.max(word.find(self.text.as_bytes())?);
        }
        let joined = wanted.joined.as_str();
        let of_name = |name: &str| match name.strip_prefix(joined) {
            Some("") => Rank::Exact,
            Some(_) => Rank::Begins,
            None => Rank::Holds,
        };
        match last {
            _ if last < self.names => self.parts(0, self.names).map(of_name).min(),
            _ if last < self.spellings => Some(Rank::Spelled),
            _ => Some(Rank::Elsewhere),
        }
    }
}
