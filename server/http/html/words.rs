//! Every word of the pages, in both languages, in one typed dictionary.
//!
//! The words for codes (facilities, hosts, ways in) are in the vocabularies instead, because a city may change
//! them. What the script says by itself is in `web/src/words.ts`.

mod en;
mod zh;

use chrono::Weekday;

use crate::language::Language;

/// What the pages say. Fields that are functions put a name or a number into a sentence.
pub(super) struct Words {
    // The frame of every page.
    pub(super) product: &'static str,
    pub(super) skip: &'static str,
    pub(super) demonstration: &'static str,
    pub(super) large_type: &'static str,
    pub(super) back_to_list: &'static str,
    pub(super) hotline: &'static str,
    pub(super) hotline_note: &'static str,
    pub(super) no_script: &'static str,
    pub(super) description: &'static str,

    // Where and when.
    pub(super) near_you: &'static str,
    pub(super) near_in: fn(&str) -> String,
    pub(super) in_district: fn(&str) -> String,
    pub(super) today: &'static str,
    pub(super) tomorrow: &'static str,
    pub(super) yesterday: &'static str,
    pub(super) month_day: fn(u32, u32) -> String,
    pub(super) weekday: fn(Weekday) -> &'static str,
    pub(super) metres: &'static str,
    pub(super) kilometres: &'static str,
    pub(super) walk: fn(u32) -> String,
    pub(super) comma: &'static str,
    pub(super) stop: &'static str,
    pub(super) between_sentences: &'static str,

    // The home page.
    pub(super) home_title: &'static str,
    pub(super) home_lead: &'static str,
    pub(super) locate: &'static str,
    pub(super) locate_reason: &'static str,
    pub(super) pick_on_map: &'static str,
    pub(super) pick_district: &'static str,
    pub(super) stations_count: fn(usize) -> String,
    pub(super) no_stations_title: &'static str,
    pub(super) no_stations: &'static str,
    pub(super) bad_position_title: &'static str,
    pub(super) bad_position: &'static str,
    pub(super) other_place: &'static str,

    // Chips.
    pub(super) filters: &'static str,
    pub(super) chip_open: &'static str,
    pub(super) chip_meal: &'static str,
    pub(super) chip_charge: &'static str,
    pub(super) chip_always: &'static str,
    pub(super) chip_no_phone: &'static str,
    pub(super) chip_on: &'static str,

    // The list.
    pub(super) walk_there: &'static str,
    pub(super) on_map: &'static str,
    pub(super) see_map: &'static str,
    pub(super) map_label: &'static str,
    pub(super) map_overview: &'static str,
    pub(super) map_credits: &'static str,
    pub(super) map_credits_osm: &'static str,
    pub(super) approval: fn(&str) -> String,
    pub(super) more_open: fn(usize) -> String,
    pub(super) found: fn(usize) -> String,
    pub(super) open_in_district: fn(usize) -> String,
    pub(super) later: fn(usize) -> String,
    pub(super) next_page: &'static str,
    pub(super) broken: fn(&str) -> String,
    pub(super) more_facilities: fn(usize) -> String,
    pub(super) walk_note: &'static str,
    pub(super) list_foot: &'static str,
    pub(super) district_foot: &'static str,

    // Nothing found.
    pub(super) none_open_title: &'static str,
    pub(super) none_title: &'static str,
    pub(super) none_in_district_title: &'static str,
    pub(super) beyond: fn(&str) -> String,
    pub(super) nothing_beyond: &'static str,
    pub(super) drop_filters: &'static str,
    pub(super) show_all_states: &'static str,

    // States.
    pub(super) open: &'static str,
    pub(super) until: fn(&str) -> String,
    pub(super) all_day: &'static str,
    pub(super) closing_soon: &'static str,
    pub(super) opens: fn(&str) -> String,
    pub(super) closed: &'static str,
    pub(super) closed_by_notice: &'static str,
    pub(super) suspended: &'static str,
    pub(super) unknown: &'static str,
    pub(super) unverified: &'static str,
    pub(super) provisional: &'static str,

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
    pub(super) call: &'static str,
    pub(super) what_works: &'static str,
    pub(super) no_facilities: &'static str,
    pub(super) works: &'static str,
    pub(super) broken_since: fn(&str) -> String,
    pub(super) broken_now: &'static str,
    pub(super) in_season_from: fn(&str) -> String,
    pub(super) not_at_this_hour: &'static str,
    pub(super) when_open: &'static str,
    pub(super) how_many: fn(u32) -> String,
    pub(super) seats: fn(u32) -> String,
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
    pub(super) holiday_sentence: fn(&str) -> String,
    pub(super) makeup_sentence: fn(&str) -> String,
    pub(super) signboard: &'static str,
    pub(super) host: &'static str,
    pub(super) code: &'static str,
    pub(super) partner: &'static str,
    pub(super) trust: &'static str,
    pub(super) confirmed: fn(&str) -> String,
    pub(super) never_confirmed: &'static str,
    pub(super) stars: fn(u8) -> String,
    pub(super) wrong: &'static str,
    pub(super) wrong_how: &'static str,

    // Faults.
    pub(super) not_found_title: &'static str,
    pub(super) not_found: &'static str,
    pub(super) fault_title: &'static str,
    pub(super) fault: &'static str,
    pub(super) try_again: &'static str,
    pub(super) to_start: &'static str,
}

/// The dictionary of a language.
pub(super) fn words(language: Language) -> &'static Words {
    language.of(&zh::WORDS, &en::WORDS)
}
