//! The words of each code: what people read, and what clerks write instead.

use std::collections::HashMap;

use crate::language::Language;

/// A code that belongs to a vocabulary.
pub trait Coded: Copy + 'static {
    /// The vocabulary's name, as the table `vocabulary` spells it.
    const KIND: &'static str;
    /// Every code, in order.
    fn all() -> &'static [Self];
    /// The code.
    fn code(self) -> &'static str;
}

/// One code with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Which vocabulary.
    pub kind: String,
    /// The code.
    pub code: String,
    /// The Chinese word.
    pub zh: String,
    /// The English word.
    pub en: String,
    /// Other words for it.
    pub synonyms: Vec<String>,
}

/// All vocabularies of a city.
#[derive(Debug, Clone, Default)]
pub struct Vocabularies {
    /// By kind, then by code.
    terms: HashMap<String, HashMap<String, Term>>,
}

impl Vocabularies {
    /// Collects terms; a later one replaces an earlier one of the same code.
    pub fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut by_kind: HashMap<String, HashMap<String, Term>> = HashMap::new();
        for term in terms {
            by_kind.entry(term.kind.clone()).or_default().insert(term.code.clone(), term);
        }
        Self { terms: by_kind }
    }

    /// The word that people read for a code; the code itself where the table has no word.
    pub fn word<C: Coded>(&self, code: C, language: Language) -> &str {
        self.term(code).map_or(code.code(), |t| language.of(&t.zh, &t.en))
    }

    /// The term of a code.
    pub fn term<C: Coded>(&self, code: C) -> Option<&Term> {
        self.terms.get(C::KIND)?.get(code.code())
    }
}

/// Reads one shipped vocabulary: `code,zh,en,synonyms` with `|` between the synonyms.
pub fn parse(kind: &str, csv: &str) -> Result<Vec<Term>, csv::Error> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headings = reader.headers()?.clone();
    let place = |name: &str| headings.iter().position(|h| h == name).unwrap_or(usize::MAX);
    let [code, zh, en, synonyms] = ["code", "zh", "en", "synonyms"].map(place);
    let term = |row: csv::StringRecord| {
        let cell = |i: usize| row.get(i).unwrap_or_default().to_owned();
        let words = cell(synonyms).split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        Term { kind: kind.to_owned(), code: cell(code), zh: cell(zh), en: cell(en), synonyms: words }
    };
    reader.records().map(|row| row.map(term)).collect()
}
