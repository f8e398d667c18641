//! Every word of the pages, in both languages: one dictionary, which the script of the page reads as well.
//!
//! The words stand in `web/words/zh.json` and `en.json`: `page` is what the server's templates say (and the
//! script, where it draws a list without the server), `script` what the script alone says. The words for codes
//! (facilities, hosts, ways in) are in the vocabularies instead, because a city may change them.

mod phrase;

use std::sync::LazyLock;

use serde::Deserialize;

pub(super) use self::phrase::Phrase;
use crate::language::Language;

/// What the pages say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    // The frame of every page.
    pub(super) product: &'static str,
    pub(super) skip: &'static str,
    pub(super) demonstration: &'static str,
    pub(super) large_type: &'static str,
    pub(super) display_title: &'static str,
    pub(super) size_title: &'static str,
    pub(super) size_normal: &'static str,
    pub(super) size_large: &'static str,
    pub(super) theme_title: &'static str,
    pub(super) theme_auto: &'static str,
    pub(super) theme_light: &'static str,
    pub(super) theme_dark: &'static str,
    pub(super) contrast_title: &'static str,
    pub(super) contrast_normal: &'static str,
    pub(super) contrast_high: &'static str,
    pub(super) back_to_list: &'static str,
    pub(super) close: &'static str,
    pub(super) hotline: &'static str,
    pub(super) hotline_note: &'static str,
    pub(super) no_script: &'static str,
    pub(super) description: &'static str,

    // Where and when.
    pub(super) near_you: &'static str,
    pub(super) near_in: Phrase,
    pub(super) in_district: Phrase,
    pub(super) today: &'static str,
    pub(super) tomorrow: &'static str,
    pub(super) yesterday: &'static str,
    pub(super) month_day: Phrase,
    pub(super) weekdays: [&'static str; 7],
    pub(super) months: [&'static str; 12],
    pub(super) directions: [&'static str; 8],
    pub(super) metres: &'static str,
    pub(super) kilometres: &'static str,
    pub(super) walk: Phrase,
    pub(super) ride: Phrase,
    pub(super) comma: &'static str,
    pub(super) list_comma: &'static str,
    pub(super) stop: &'static str,
    pub(super) between_sentences: &'static str,

    // The home page.
    pub(super) home_title: &'static str,
    pub(super) home_lead: &'static str,
    pub(super) locate: &'static str,
    pub(super) locate_reason: &'static str,
    pub(super) pick_on_map: &'static str,
    pub(super) search_label: &'static str,
    pub(super) search_button: &'static str,
    pub(super) search_title: Phrase,
    pub(super) search_districts: &'static str,
    pub(super) search_places: &'static str,
    pub(super) search_stations: Phrase,
    pub(super) search_more: Phrase,
    pub(super) search_none_title: Phrase,
    pub(super) search_none: &'static str,
    pub(super) pick_district: &'static str,
    pub(super) stations_count: Phrase,
    pub(super) no_stations_title: &'static str,
    pub(super) no_stations: &'static str,
    pub(super) bad_position_title: &'static str,
    pub(super) bad_position: &'static str,
    pub(super) other_place: &'static str,
    pub(super) whole_page: &'static str,
    pub(super) desk_title: &'static str,
    pub(super) desk_lead: &'static str,
    pub(super) desk_keys: &'static str,
    pub(super) desk_next: &'static str,
    pub(super) desk_read: &'static str,
    pub(super) desk_copy: &'static str,
    pub(super) desk_is_here: Phrase,
    pub(super) desk_is_named: Phrase,
    pub(super) desk_way: Phrase,
    pub(super) desk_phone: Phrase,
    pub(super) desk_offers: Phrase,
    pub(super) desk_broken: Phrase,
    pub(super) near_me: &'static str,
    pub(super) directory_title: &'static str,
    pub(super) directory_district: Phrase,
    pub(super) directory_lead: &'static str,

    // Chips.
    pub(super) filters: &'static str,
    pub(super) chip_open: &'static str,
    pub(super) chip_meal: &'static str,
    pub(super) chip_charge: &'static str,
    pub(super) chip_always: &'static str,
    pub(super) chip_no_phone: &'static str,
    pub(super) chip_on: &'static str,
    pub(super) chip_open_then: &'static str,
    pub(super) chip_when: &'static str,
    pub(super) chip_ride: &'static str,
    pub(super) when_title: &'static str,
    pub(super) when_other: &'static str,
    pub(super) when_show: &'static str,
    pub(super) seen_at: Phrase,

    // The list.
    pub(super) walk_there: &'static str,
    pub(super) on_map: &'static str,
    pub(super) see_map: &'static str,
    pub(super) map_label: &'static str,
    pub(super) map_overview: &'static str,
    pub(super) map_credits: &'static str,
    pub(super) map_credits_osm: &'static str,
    pub(super) approval: Phrase,
    pub(super) more_open: Phrase,
    pub(super) found: Phrase,
    pub(super) open_in_district: Phrase,
    pub(super) later: Phrase,
    pub(super) open_then_in_district: Phrase,
    pub(super) later_then: Phrase,
    pub(super) next_page: &'static str,
    pub(super) broken: Phrase,
    pub(super) stopped: Phrase,
    pub(super) more_facilities: Phrase,
    pub(super) walk_note: Phrase,
    pub(super) ride_note: Phrase,
    pub(super) list_foot: &'static str,
    pub(super) district_foot: &'static str,
    pub(super) keep_here: &'static str,
    pub(super) position_off: &'static str,

    // Nothing found.
    pub(super) none_open_title: &'static str,
    pub(super) none_title: &'static str,
    pub(super) none_in_district_title: &'static str,
    pub(super) beyond: Phrase,
    pub(super) nothing_beyond: &'static str,
    pub(super) drop_filters: &'static str,
    pub(super) show_all_states: &'static str,

    // States.
    pub(super) open: &'static str,
    pub(super) until: Phrase,
    pub(super) all_day: &'static str,
    pub(super) closing_soon: &'static str,
    pub(super) opens: Phrase,
    pub(super) closed: &'static str,
    pub(super) closed_by_notice: &'static str,
    pub(super) suspended: &'static str,
    pub(super) unknown: &'static str,
    pub(super) unverified: &'static str,
    pub(super) provisional: &'static str,
    pub(super) notice: Phrase,
    pub(super) notice_endless: Phrase,
    pub(super) notice_closes: &'static str,
    pub(super) notice_opens: &'static str,
    pub(super) notice_closes_facility: Phrase,
    pub(super) notice_opens_facility: Phrase,
    pub(super) notice_extends: Phrase,

    // How to get in.
    pub(super) open_door: &'static str,
    pub(super) open_door_no_phone: &'static str,
    pub(super) ring: &'static str,
    pub(super) scan: &'static str,
    pub(super) app: &'static str,
    pub(super) face: &'static str,
    pub(super) key: &'static str,
    pub(super) member_only: &'static str,
    pub(super) call_first: &'static str,
    pub(super) way_in_unknown: &'static str,
    pub(super) no_phone: &'static str,
    pub(super) phone_needed: &'static str,
    pub(super) wheelchair: &'static str,
    pub(super) ebike_park: &'static str,

    // The station sheet.
    pub(super) navigate_with: &'static str,
    pub(super) other_map: &'static str,
    pub(super) amap: &'static str,
    pub(super) baidu: &'static str,
    pub(super) tencent: &'static str,
    pub(super) apple: &'static str,
    pub(super) phone_map: &'static str,
    pub(super) copy_address: &'static str,
    pub(super) share: &'static str,
    pub(super) photos: &'static str,
    pub(super) photo_of: Phrase,
    pub(super) wechat_note: &'static str,
    pub(super) call: &'static str,
    pub(super) what_works: &'static str,
    pub(super) no_facilities: &'static str,
    pub(super) works: &'static str,
    pub(super) broken_since: Phrase,
    pub(super) broken_now: &'static str,
    pub(super) out_of_use: Phrase,
    pub(super) in_season_from: Phrase,
    pub(super) not_at_this_hour: &'static str,
    pub(super) when_open: &'static str,
    pub(super) how_many: Phrase,
    pub(super) seats: Phrase,
    pub(super) how_to_get_in: &'static str,
    pub(super) hours: &'static str,
    pub(super) hours_unknown: &'static str,
    pub(super) day: &'static str,
    pub(super) hour_scale: [&'static str; 3],
    pub(super) shut_all_day: &'static str,
    pub(super) open_all_day: &'static str,
    pub(super) now_mark: &'static str,
    pub(super) holiday: &'static str,
    pub(super) makeup_workday: &'static str,
    pub(super) holiday_sentence: Phrase,
    pub(super) makeup_sentence: Phrase,
    pub(super) signboard: &'static str,
    pub(super) host: &'static str,
    pub(super) code: &'static str,
    pub(super) partner: &'static str,
    pub(super) trust: &'static str,
    pub(super) confirmed: Phrase,
    pub(super) never_confirmed: &'static str,
    pub(super) stars: Phrase,
    pub(super) kept_hours: Phrase,
    pub(super) wrong: &'static str,
    pub(super) wrong_how: &'static str,
    pub(super) report_here: &'static str,
    pub(super) report_follow: &'static str,
    pub(super) grievance_here: &'static str,
    pub(super) report_title: &'static str,
    pub(super) report_lead: &'static str,
    pub(super) report_kinds: &'static str,
    pub(super) kind_locked: &'static str,
    pub(super) kind_facility_broken: &'static str,
    pub(super) kind_wrong_place: &'static str,
    pub(super) kind_gone: &'static str,
    pub(super) kind_other: &'static str,
    pub(super) report_which: &'static str,
    pub(super) report_text: &'static str,
    pub(super) report_text_hint: &'static str,
    pub(super) report_photo: &'static str,
    pub(super) report_photo_hint: &'static str,
    pub(super) report_send: &'static str,
    pub(super) report_when: Phrase,
    pub(super) report_not_sent: &'static str,
    pub(super) report_enough: &'static str,
    pub(super) report_done: &'static str,
    pub(super) report_number: &'static str,
    pub(super) report_receipt: &'static str,
    pub(super) report_once: &'static str,
    pub(super) report_copy: &'static str,
    pub(super) report_next: &'static str,
    pub(super) report_answer_by: Phrase,
    pub(super) report_provisional: &'static str,
    pub(super) report_how_to_read: &'static str,
    pub(super) join_title: &'static str,
    pub(super) join_lead: &'static str,
    pub(super) join_name: &'static str,
    pub(super) join_phone: &'static str,
    pub(super) join_phone_hint: &'static str,
    pub(super) join_unit: &'static str,
    pub(super) join_unit_hint: &'static str,
    pub(super) join_trade: &'static str,
    pub(super) join_consent: &'static str,
    pub(super) join_version: Phrase,
    pub(super) join_agree: &'static str,
    pub(super) join_send: &'static str,
    pub(super) join_not_sent: &'static str,
    pub(super) join_enough: &'static str,
    pub(super) join_done: &'static str,
    pub(super) join_number: &'static str,
    pub(super) join_next: &'static str,
    pub(super) join_back: &'static str,
    pub(super) join_home: &'static str,
    pub(super) reports_title: &'static str,
    pub(super) reports_lead: &'static str,
    pub(super) reports_show: &'static str,
    pub(super) reports_wrong_title: &'static str,
    pub(super) reports_wrong: &'static str,
    pub(super) reports_other: &'static str,
    pub(super) track_open: &'static str,
    pub(super) track_answered: &'static str,
    pub(super) track_left: Phrase,
    pub(super) track_today: &'static str,
    pub(super) track_late: Phrase,
    pub(super) track_due: Phrase,
    pub(super) track_days: Phrase,
    pub(super) track_begun: &'static str,
    pub(super) track_number: Phrase,
    pub(super) track_basis: &'static str,
    pub(super) track_steps: &'static str,
    pub(super) verdict_confirmed: &'static str,
    pub(super) verdict_unfounded: &'static str,
    pub(super) verdict_unclear: &'static str,
    pub(super) action_received: &'static str,
    pub(super) action_taken: &'static str,
    pub(super) action_handed_over: &'static str,
    pub(super) action_answered: &'static str,

    // Faults.
    pub(super) not_found_title: &'static str,
    pub(super) not_found: &'static str,
    pub(super) often_title: &'static str,
    pub(super) often: Phrase,
    pub(super) fault_title: &'static str,
    pub(super) fault: &'static str,
    pub(super) try_again: &'static str,
    pub(super) to_start: &'static str,

    // The page of staff.
    pub(super) staff_title: &'static str,
    pub(super) grievances_title: &'static str,
    pub(super) benefits_title: &'static str,
    pub(super) planner_title: &'static str,
    pub(super) staff_script: &'static str,
}

/// A file of words, as far as the server reads it.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Dictionary {
    page: Words,
}

static ZH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../../web/words/zh.json")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../../web/words/en.json")));

/// The dictionary of a language.
pub(super) fn words(language: Language) -> &'static Words {
    language.of(&ZH, &EN)
}

#[expect(clippy::expect_used, reason = "the files are part of the program, and a test reads them")]
fn read(text: &'static str) -> Words {
    serde_json::from_str::<Dictionary>(text).expect("the words of a language").page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_gaps() {
        let (zh, en) = (words(Language::ZhCn), words(Language::En));
        assert_ne!(zh.product, en.product);
        let file = |text| serde_json::from_str::<Value>(text).expect("a file of words");
        let zh = file(include_str!("../../../web/words/zh.json"));
        let en = file(include_str!("../../../web/words/en.json"));
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
