//! What the pages of benefits say. The words stand in `web/words/benefits.zh.json` and `benefits.en.json`: `page` for
//! the templates, `script` for what the pages' own script draws.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;

/// What these pages say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) entry: &'static str,
    pub(super) entry_lead: &'static str,
    pub(super) back: &'static str,
    pub(super) wallet: &'static str,
    pub(super) wallet_no_script: &'static str,
    pub(super) till: &'static str,
    pub(super) till_no_script: &'static str,
}

/// A file of words, as far as the server reads it.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Dictionary {
    page: Said,
}

const FILES: [&str; 2] = [
    include_str!("../../../../web/words/benefits.zh.json"),
    include_str!("../../../../web/words/benefits.en.json"),
];

static ZH: LazyLock<Said> = LazyLock::new(|| read(FILES[0]));
static EN: LazyLock<Said> = LazyLock::new(|| read(FILES[1]));

/// The words of a language.
pub(super) fn words(language: Language) -> &'static Said {
    language.of(&ZH, &EN)
}

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
fn read(text: &'static str) -> Said {
    serde_json::from_str::<Dictionary>(text).expect("the words of a language").page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn both_languages_say_everything() {
        assert_ne!(words(Language::ZhCn).wallet, words(Language::En).wallet);
        let [zh, en] = FILES.map(|text| serde_json::from_str::<Value>(text).expect("a file of words"));
        for part in ["page", "script"] {
            let (zh, en) = (zh[part].as_object().expect("words"), en[part].as_object().expect("words"));
            assert_eq!(zh.keys().collect::<BTreeSet<_>>(), en.keys().collect::<BTreeSet<_>>());
        }
    }
}
