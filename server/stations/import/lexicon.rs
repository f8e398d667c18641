//! From words that clerks write to the codes of the vocabularies.

use std::collections::HashMap;

use super::values::{counted, fold_word, items};
use crate::stations::codes::{Access, Build, FacilityCode, Form, Host, Trade};
use crate::vocabulary::{Coded, Vocabularies};

/// The words of one vocabulary.
#[derive(Debug)]
pub(in crate::stations) struct Words<C>(HashMap<String, C>);

/// The words of all vocabularies that an import needs.
#[derive(Debug)]
pub(in crate::stations) struct Lexicon {
    pub(in crate::stations) build: Words<Build>,
    pub(in crate::stations) host: Words<Host>,
    pub(in crate::stations) form: Words<Form>,
    pub(in crate::stations) facility: Words<FacilityCode>,
    pub(in crate::stations) access: Words<Access>,
    pub(in crate::stations) trade: Words<Trade>,
}

impl Lexicon {
    pub(in crate::stations) fn new(vocabularies: &Vocabularies) -> Self {
        Self {
            build: Words::new(vocabularies),
            host: Words::new(vocabularies),
            form: Words::new(vocabularies),
            facility: Words::new(vocabularies),
            access: Words::new(vocabularies),
            trade: Words::new(vocabularies),
        }
    }
}

/// What a list of words says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::stations) struct Found<C> {
    /// The codes with a count where one was written, each once, in the order of the vocabulary.
    pub(in crate::stations) codes: Vec<(C, Option<u32>)>,
    /// The words of no code, each once.
    pub(in crate::stations) unknown: Vec<String>,
}

impl<C: Coded + Ord> Words<C> {
    fn new(vocabularies: &Vocabularies) -> Self {
        let mut words = HashMap::new();
        for code in C::all() {
            words.insert(fold_word(code.code()), *code);
        }
        let terms = || C::all().iter().filter_map(|code| Some((*code, vocabularies.term(*code)?)));
        for (code, term) in terms() {
            words.entry(fold_word(&term.zh)).or_insert(code);
            words.entry(fold_word(&term.en)).or_insert(code);
        }
        for (code, term) in terms() {
            for synonym in &term.synonyms {
                words.entry(fold_word(synonym)).or_insert(code);
            }
        }
        words.remove("");
        Self(words)
    }

    /// The code of a word.
    pub(in crate::stations) fn find(&self, word: &str) -> Option<C> {
        self.0.get(&fold_word(word)).copied()
    }

    /// The codes of a list of words.
    pub(in crate::stations) fn find_all(&self, text: &str) -> Found<C> {
        let mut found = Found { codes: Vec::new(), unknown: Vec::new() };
        for item in items(text) {
            self.add(item, &mut found);
        }
        found.codes.sort_by_key(|(code, _)| *code);
        found.codes.dedup_by_key(|(code, _)| *code);
        found
    }

    /// One item; where the whole is no word, its parts between slashes and spaces may be.
    fn add(&self, item: &str, found: &mut Found<C>) {
        if let Some(known) = self.find_counted(item) {
            found.codes.push(known);
            return;
        }
        let parts = || item.split(['/', '+', ' ', '\u{3000}', '\t']).filter(|part| !part.trim().is_empty());
        if parts().any(|part| self.find_counted(part).is_none()) {
            let unknown = item.to_owned();
            if !found.unknown.contains(&unknown) {
                found.unknown.push(unknown);
            }
            return;
        }
        found.codes.extend(parts().filter_map(|part| self.find_counted(part)));
    }

    fn find_counted(&self, item: &str) -> Option<(C, Option<u32>)> {
        let (word, count) = counted(item);
        self.find(item).map(|code| (code, None)).or_else(|| Some((self.find(&word)?, count)))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::vocabulary::parse;

    /// The vocabularies that the service ships with.
    pub(in super::super) fn shipped() -> Vocabularies {
        let terms = [
            ("build", include_str!("../../../data/vocabularies/builds.csv")),
            ("host", include_str!("../../../data/vocabularies/hosts.csv")),
            ("form", include_str!("../../../data/vocabularies/forms.csv")),
            ("facility", include_str!("../../../data/vocabularies/facilities.csv")),
            ("access", include_str!("../../../data/vocabularies/access.csv")),
            ("trade", include_str!("../../../data/vocabularies/trades.csv")),
        ];
        Vocabularies::new(terms.into_iter().flat_map(|(kind, csv)| parse(kind, csv).unwrap()))
    }

    #[test]
    fn codes_names_and_synonyms_are_words() {
        let lexicon = Lexicon::new(&shipped());
        for word in ["bank", "银行", "Bank", "银行网点", " ＢＡＮＫ "] {
            assert_eq!(lexicon.host.find(word), Some(Host::Bank), "{word}");
        }
        assert_eq!(lexicon.host.find("某某大厦"), None);
        assert_eq!(lexicon.host.find(""), None);
        assert_eq!(lexicon.build.find("自建"), Some(Build::SelfBuilt));
        assert_eq!(lexicon.facility.find("Wi-Fi"), Some(FacilityCode::Wifi));
        assert_eq!(lexicon.access.find("open door"), Some(Access::OpenDoor));
    }

    #[test]
    fn every_code_and_its_chinese_word_is_found() {
        let vocabularies = shipped();
        let lexicon = Lexicon::new(&vocabularies);
        for code in FacilityCode::ALL {
            assert_eq!(lexicon.facility.find(code.as_str()), Some(*code));
            let word = &vocabularies.term(*code).unwrap().zh;
            assert_eq!(lexicon.facility.find(word), Some(*code), "{word}");
        }
    }

    #[test]
    fn a_list_keeps_what_it_does_not_know() {
        let lexicon = Lexicon::new(&shipped());
        let found = lexicon.facility.find_all("微波炉2台、饮水机/冰箱，观星台、饮水, 观星台");
        let codes =
            [(FacilityCode::Water, None), (FacilityCode::Microwave, Some(2)), (FacilityCode::Fridge, None)];
        assert_eq!(found.codes, codes);
        assert_eq!(found.unknown, ["观星台"]);
        assert_eq!(lexicon.facility.find_all("无").codes, []);
        assert_eq!(lexicon.facility.find_all("饮水 微波炉").codes.len(), 2);
        assert_eq!(lexicon.facility.find_all("饮水 观星台").unknown, ["饮水 观星台"]);
    }
}
