//! What the pages at the door say. The words stand in `web/words/door.zh.json` and `door.en.json`; no script
//! reads them.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::http::html::words::Phrase;
use crate::language::Language;

/// What the pages at the door say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DoorWords {
    pub(super) keeper: &'static str,
    pub(super) open_today: &'static str,
    pub(super) open_lead: &'static str,
    pub(super) open_said: Phrase,
    pub(super) open_again: &'static str,
    pub(super) facilities_title: &'static str,
    pub(super) facilities_none: &'static str,
    pub(super) works: &'static str,
    pub(super) is_broken: &'static str,
    pub(super) is_broken_since: Phrase,
    pub(super) say_broken: &'static str,
    pub(super) say_works: &'static str,
    pub(super) closed_title: &'static str,
    pub(super) closed_reason: &'static str,
    pub(super) closed_usual: &'static str,
    pub(super) closed_today: &'static str,
    pub(super) closed_tomorrow: &'static str,
    pub(super) closed_other: &'static str,
    pub(super) closed_from: &'static str,
    pub(super) closed_to: &'static str,
    pub(super) closed_send: &'static str,
    pub(super) closed_part: &'static str,
    pub(super) closed_part_day: &'static str,
    pub(super) closed_part_from: &'static str,
    pub(super) closed_part_to: &'static str,
    pub(super) closed_part_reason: &'static str,
    pub(super) closed_list: &'static str,
    pub(super) closed_undo: &'static str,
    pub(super) closed_day: Phrase,
    pub(super) closed_days: Phrase,
    pub(super) closed_hours: Phrase,
    pub(super) closed_endless: Phrase,
    pub(super) hours_title: &'static str,
    pub(super) hours_now: Phrase,
    pub(super) hours_unknown: &'static str,
    pub(super) hours_label: &'static str,
    pub(super) hours_example: &'static str,
    pub(super) hours_look: &'static str,
    pub(super) hours_read: &'static str,
    pub(super) hours_unread: &'static str,
    pub(super) hours_send: &'static str,
    pub(super) hours_change: &'static str,
    pub(super) hours_waits: Phrase,
    pub(super) hours_taken: Phrase,
    pub(super) hours_refused: Phrase,
    pub(super) hours_answer: Phrase,
    pub(super) check_title: &'static str,
    pub(super) check_since: &'static str,
    pub(super) check_right: &'static str,
    pub(super) check_changed: &'static str,
    pub(super) check_broken: &'static str,
    pub(super) changed_label: &'static str,
    pub(super) changed_example: &'static str,
    pub(super) check_how: &'static str,
    pub(super) fact_name: &'static str,
    pub(super) fact_address: &'static str,
    pub(super) fact_hours: &'static str,
    pub(super) fact_way_in: &'static str,
    pub(super) fact_phone: &'static str,
    pub(super) fact_unsaid: &'static str,
    pub(super) see_station: &'static str,
    pub(super) for_keeper: &'static str,
    pub(super) no_cookie: &'static str,
    pub(super) dead_title: &'static str,
    pub(super) dead: &'static str,
    pub(super) done_open: &'static str,
    pub(super) done_right: &'static str,
    pub(super) done_broken: Phrase,
    pub(super) done_works: Phrase,
    pub(super) done_closed: &'static str,
    pub(super) done_reopened: &'static str,
    pub(super) done_hours: &'static str,
    pub(super) done_changed: &'static str,
    pub(super) done_here: &'static str,
    pub(super) wrong_title: &'static str,
    pub(super) here_title: &'static str,
    pub(super) here_lead: &'static str,
    pub(super) here_said: &'static str,
    pub(super) here_unsaid: &'static str,
    pub(super) report_title: &'static str,
    pub(super) report_locked: &'static str,
    pub(super) report_broken: &'static str,
    pub(super) join_title: &'static str,
    pub(super) join_lead: &'static str,
    pub(super) join: &'static str,
    pub(super) see_all: &'static str,
    pub(super) private_title: &'static str,
    pub(super) private: &'static str,
    pub(super) find_other: &'static str,
}

static ZH: LazyLock<DoorWords> = LazyLock::new(|| read(include_str!("../../../../web/words/door.zh.json")));
static EN: LazyLock<DoorWords> = LazyLock::new(|| read(include_str!("../../../../web/words/door.en.json")));

/// The words of a language.
pub(super) fn words(language: Language) -> &'static DoorWords {
    language.of(&ZH, &EN)
}

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
fn read(text: &'static str) -> DoorWords {
    serde_json::from_str(text).expect("the words of a language")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything() {
        assert_ne!(words(Language::ZhCn).open_today, words(Language::En).open_today);
    }
}
