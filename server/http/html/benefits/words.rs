//! What the pages of benefits say. The words stand in `web/words/benefits.zh.json` and `benefits.en.json`: `page` for
//! the templates, `script` for what the pages' own script draws.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::http::html::words::Phrase;
use crate::language::Language;

/// What these pages say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) home: &'static str,
    pub(super) wallet_lead: &'static str,
    pub(super) all: &'static str,
    pub(super) categories: &'static str,
    pub(super) running: &'static str,
    pub(super) none_running: &'static str,
    pub(super) upcoming: &'static str,
    pub(super) near: &'static str,
    pub(super) in_district: Phrase,
    pub(super) everywhere: &'static str,
    pub(super) none_offers: &'static str,
    pub(super) more: &'static str,
    pub(super) districts: &'static str,
    pub(super) from: Phrase,
    pub(super) until: Phrase,
    pub(super) until_day: Phrase,
    pub(super) yuan: Phrase,
    pub(super) off: Phrase,
    pub(super) left: Phrase,
    pub(super) gone: &'static str,
    pub(super) entries: Phrase,
    pub(super) show_card: &'static str,
    pub(super) show_voucher: &'static str,
    pub(super) show_nothing: &'static str,
    pub(super) open: &'static str,
    pub(super) closed: &'static str,
    pub(super) unknown: &'static str,
    pub(super) phase_upcoming: &'static str,
    pub(super) phase_running: &'static str,
    pub(super) phase_frozen: &'static str,
    pub(super) phase_ended: &'static str,
    pub(super) least: Phrase,
    pub(super) no_least: &'static str,
    pub(super) days: Phrase,
    pub(super) anybody: &'static str,
    pub(super) everywhere_taken: &'static str,
    pub(super) fact_least: &'static str,
    pub(super) fact_claim: &'static str,
    pub(super) fact_valid: &'static str,
    pub(super) fact_left: &'static str,
    pub(super) fact_who: &'static str,
    pub(super) fact_where: &'static str,
    pub(super) claim_no_script: &'static str,
    pub(super) draw: &'static str,
    pub(super) commitment: &'static str,
    pub(super) not_drawn: &'static str,
    pub(super) won: &'static str,
    pub(super) seed: &'static str,
    pub(super) digest: &'static str,
    pub(super) method: &'static str,
    pub(super) data: &'static str,
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
