//! What the worker's pages of the grievance centre say. The words stand in `web/words/grievance.zh.json` and
//! `grievance.en.json`: `page` for the templates, `script` for the page's own script.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::http::html::words::Phrase;
use crate::language::Language;

/// What these pages say.
#[expect(clippy::struct_field_names, reason = "fields are named as the words of the dictionary")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) title: &'static str,
    pub(super) back: &'static str,
    pub(super) text: &'static str,
    pub(super) text_hint: &'static str,
    pub(super) files: &'static str,
    pub(super) files_hint: Phrase,
    pub(super) files_kept: Phrase,
    pub(super) files_again: &'static str,
    pub(super) category: &'static str,
    pub(super) kind: &'static str,
    pub(super) kind_appeal: &'static str,
    pub(super) kind_opinion: &'static str,
    pub(super) kind_suggestion: &'static str,
    pub(super) identity: &'static str,
    pub(super) named: &'static str,
    pub(super) named_means: &'static str,
    pub(super) confidential: &'static str,
    pub(super) confidential_means: &'static str,
    pub(super) anonymous: &'static str,
    pub(super) anonymous_means: &'static str,
    pub(super) name: &'static str,
    pub(super) name_hint: &'static str,
    pub(super) phone: &'static str,
    pub(super) phone_hint: &'static str,
    pub(super) mail: &'static str,
    pub(super) mail_hint: &'static str,
    pub(super) unit: &'static str,
    pub(super) unit_hint: &'static str,
    pub(super) publish: &'static str,
    pub(super) about_station: Phrase,
    pub(super) about_report: Phrase,
    pub(super) send: &'static str,
    pub(super) promise: Phrase,
    pub(super) round_clock: &'static str,
    pub(super) minutes: Phrase,
    pub(super) hours: Phrase,
    pub(super) working_hours: Phrase,
    pub(super) working_minutes: Phrase,
    pub(super) working_days: Phrase,
    pub(super) days: Phrase,
    pub(super) follow: &'static str,
    pub(super) verify_link: &'static str,
    pub(super) not_sent: &'static str,
    pub(super) not_sent_fields: Phrase,
    pub(super) wrong_missing_text: &'static str,
    pub(super) wrong_missing_category: &'static str,
    pub(super) wrong_missing_kind: &'static str,
    pub(super) wrong_missing_identity: &'static str,
    pub(super) wrong_files: Phrase,
    pub(super) wrong_file: Phrase,
    pub(super) too_many: Phrase,
    pub(super) busy: Phrase,
    pub(super) done: &'static str,
    pub(super) number: &'static str,
    pub(super) receipt: &'static str,
    pub(super) qr: &'static str,
    pub(super) qr_label: &'static str,
    pub(super) signed: &'static str,
    pub(super) signed_means: &'static str,
    pub(super) once: &'static str,
    pub(super) once_means: &'static str,
    pub(super) save: &'static str,
    pub(super) copy: &'static str,
    pub(super) print: &'static str,
    pub(super) write_down: &'static str,
    pub(super) next: &'static str,
    pub(super) within: Phrase,
    pub(super) next_dispatch: &'static str,
    pub(super) before: Phrase,
    pub(super) next_answer: &'static str,
    pub(super) after_answer: &'static str,
    pub(super) next_call: &'static str,
    pub(super) next_anonymous_when: &'static str,
    pub(super) next_anonymous: &'static str,
    pub(super) provisional: &'static str,
    pub(super) track_title: &'static str,
    pub(super) track_lead: &'static str,
    pub(super) track_show: &'static str,
    pub(super) track_wrong_title: &'static str,
    pub(super) track_wrong: &'static str,
    pub(super) track_other: &'static str,
    pub(super) left: Phrase,
    pub(super) today: &'static str,
    pub(super) late: Phrase,
    pub(super) late_today: &'static str,
    pub(super) paused: &'static str,
    pub(super) paused_means: &'static str,
    pub(super) latest: &'static str,
    pub(super) extended: Phrase,
    pub(super) how: &'static str,
    pub(super) how_days: Phrase,
    pub(super) cell_begun: &'static str,
    pub(super) cell_number: Phrase,
    pub(super) cell_minutes: Phrase,
    pub(super) cell_paused: &'static str,
    pub(super) cell_today: &'static str,
    pub(super) cell_made_up: &'static str,
    pub(super) cell_holiday: &'static str,
    pub(super) steps: &'static str,
    pub(super) step_answer: &'static str,
    pub(super) step_answer_by: Phrase,
    pub(super) step_call: &'static str,
    pub(super) step_call_means: &'static str,
    pub(super) department: Phrase,
    pub(super) wrote: &'static str,
    pub(super) erased: &'static str,
    pub(super) said: &'static str,
    pub(super) said_you: &'static str,
    pub(super) said_staff: &'static str,
    pub(super) said_none: &'static str,
    pub(super) file_photo: &'static str,
    pub(super) file_pdf: &'static str,
    pub(super) download: Phrase,
    pub(super) outcome: Phrase,
    pub(super) grade: Phrase,
    pub(super) message: &'static str,
    pub(super) message_means: &'static str,
    pub(super) message_day: &'static str,
    pub(super) inform: &'static str,
    pub(super) inform_means: &'static str,
    pub(super) message_send: &'static str,
    pub(super) message_sent: &'static str,
    pub(super) done_withdraw: &'static str,
    pub(super) done_reopen: &'static str,
    pub(super) done_appeal: &'static str,
    pub(super) withdraw: &'static str,
    pub(super) withdraw_means: &'static str,
    pub(super) withdraw_send: &'static str,
    pub(super) reopen: &'static str,
    pub(super) reopen_means: Phrase,
    pub(super) reopen_send: &'static str,
    pub(super) appeal: &'static str,
    pub(super) appeal_means: &'static str,
    pub(super) appeal_send: &'static str,
    pub(super) why: &'static str,
    pub(super) why_maybe: &'static str,
    pub(super) not_done: &'static str,
    pub(super) try_again: &'static str,
    pub(super) own_words: &'static str,
    pub(super) verify_title: &'static str,
    pub(super) verify_lead: &'static str,
    pub(super) verify_day: &'static str,
    pub(super) verify_signature: &'static str,
    pub(super) verify_send: &'static str,
    pub(super) verify_yes: &'static str,
    pub(super) verify_yes_means: Phrase,
    pub(super) verify_no: &'static str,
    pub(super) verify_no_means: &'static str,
    pub(super) year_day: Phrase,
    pub(super) verify_proves: &'static str,
    pub(super) verify_other: &'static str,
    pub(super) published_title: &'static str,
    pub(super) published_lead: &'static str,
    pub(super) published_none: &'static str,
    pub(super) published_more: &'static str,
    pub(super) published_back: &'static str,
    pub(super) published_link: &'static str,
    pub(super) entry: &'static str,
    pub(super) entry_lead: &'static str,
    pub(super) entry_station: &'static str,
}

/// A file of words, as far as the server reads it.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Dictionary {
    page: Said,
}

const FILES: [&str; 2] = [
    include_str!("../../../../web/words/grievance.zh.json"),
    include_str!("../../../../web/words/grievance.en.json"),
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
    fn both_languages_say_everything_with_the_same_gaps() {
        assert_ne!(words(Language::ZhCn).title, words(Language::En).title);
        let [zh, en] = FILES.map(|text| serde_json::from_str::<Value>(text).expect("a file of words"));
        for part in ["page", "script"] {
            let (zh, en) = (zh[part].as_object().expect("words"), en[part].as_object().expect("words"));
            assert_eq!(zh.keys().collect::<BTreeSet<_>>(), en.keys().collect::<BTreeSet<_>>());
            for (key, said) in zh {
                assert_eq!(gaps(said), gaps(&en[key]), "{part}.{key}");
            }
        }
    }

    fn gaps(said: &Value) -> BTreeSet<&str> {
        let text = said.as_str().unwrap_or_default();
        text.split('{').skip(1).filter_map(|rest| rest.split(['}', '|']).next()).collect()
    }
}
