//! The rules by which stars are given: clauses with points, and what each number of stars asks for. They are data;
//! each version stays.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::code::codes;
use crate::error::{Error, FieldError, Words};

/// The first version, which fills a new database.
pub const SHIPPED: &str = include_str!("../../data/ratings/rules.json");
/// The most clauses. What is missing for the next star is looked for among all sets of them.
pub const MOST_CLAUSES: usize = 20;
/// The most points of a clause.
pub const MOST_POINTS: u32 = 100;
/// The most stars.
pub const MOST_STARS: u8 = 5;
/// The most characters of a clause's code.
pub const CODE_CHARS: usize = 30;
/// The most characters of its words in each language.
pub const WORDS_CHARS: usize = 120;
/// The largest target.
const MOST_TARGET: f64 = 1e6;

codes! {
    /// What a clause measures.
    Measure {
        AreaM2 = "area_m2", Seats = "seats", BasicFacilities = "basic_facilities",
        BrokenFacilities = "broken_facilities", HoursPerWeek = "hours_per_week", PromiseKept = "promise_kept",
        LockedReports = "locked_reports", AnsweredInTime = "answered_in_time", OpenFindings = "open_findings",
        OverdueFindings = "overdue_findings", ConfirmedDays = "confirmed_days", DoorPhotos = "door_photos",
        WaysIn = "ways_in",
    }
}

codes! {
    /// In what a measure is counted.
    Unit { Number = "number", SquareMetres = "m2", Hours = "hours", Days = "days", Share = "share" }
}

impl Measure {
    /// Whether more is better; otherwise less is.
    pub fn is_at_least(self) -> bool {
        !matches!(
            self,
            Self::BrokenFacilities
                | Self::LockedReports
                | Self::OpenFindings
                | Self::OverdueFindings
                | Self::ConfirmedDays
        )
    }

    /// In what it is counted.
    pub fn unit(self) -> Unit {
        match self {
            Self::AreaM2 => Unit::SquareMetres,
            Self::HoursPerWeek => Unit::Hours,
            Self::ConfirmedDays => Unit::Days,
            Self::PromiseKept | Self::AnsweredInTime => Unit::Share,
            _ => Unit::Number,
        }
    }

    /// What it is, and over which time.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::AreaM2 => ("面积", "floor area"),
            Self::Seats => ("座位", "seats"),
            Self::BasicFacilities => {
                ("11 项基本设施里有几项在用", "how many of the 11 basic facilities are there and work")
            }
            Self::BrokenFacilities => ("坏着的设施", "facilities that are broken"),
            Self::HoursPerWeek => {
                ("没有节假日的一周开放多少小时", "opening hours of a week without holidays")
            }
            Self::PromiseKept => {
                ("近 90 天的守时率，至少 5 天有记录", "promise kept in 90 days, of 5 days or more")
            }
            Self::LockedReports => {
                ("近 30 天查实的锁门反映", "reports of a locked door in 30 days that were confirmed")
            }
            Self::AnsweredInTime => {
                ("近 365 天的反映按期答复的比例", "share of the reports of 365 days answered in time")
            }
            Self::OpenFindings => ("待整改的问题", "findings to be put right"),
            Self::OverdueFindings => ("逾期未整改的问题", "findings to be put right whose day is past"),
            Self::ConfirmedDays => ("登记情况上次核实距今几天", "days since the facts were confirmed"),
            Self::DoorPhotos => ("门口的照片", "photos of the door"),
            Self::WaysIn => ("写明的进门方式", "ways in that are stated"),
        };
        Words::new(zh, en)
    }
}

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RatingRules)]
pub struct Rules {
    /// What is asked for.
    #[schema(min_items = 1, max_items = 20)]
    pub clauses: Vec<Clause>,
    /// What each number of stars asks for, from one to five.
    #[schema(min_items = 5, max_items = 5)]
    pub levels: Vec<Level>,
}

/// One thing that is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RatingClause)]
pub struct Clause {
    /// Its code, the same in every version: a-z, 0-9 and `_`.
    #[schema(min_length = 1, max_length = 30)]
    pub code: String,
    /// In Chinese.
    #[schema(min_length = 1, max_length = 120)]
    pub zh: String,
    /// In English.
    #[schema(min_length = 1, max_length = 120)]
    pub en: String,
    /// What is measured.
    pub measure: Measure,
    /// What the measure must be at least, or at most where less is better. A share is 0 to 1.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub target: f64,
    /// What it is worth.
    #[schema(minimum = 1, maximum = 100)]
    pub points: u32,
    /// A must: where it fails, the station has at most so many stars. Null: none.
    #[schema(required, minimum = 0, maximum = 4)]
    pub cap: Option<u8>,
}

/// What a number of stars asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RatingLevel)]
pub struct Level {
    /// How many.
    #[schema(minimum = 1, maximum = 5)]
    pub stars: u8,
    /// So many percent of the points of the clauses that are known, at least.
    #[schema(minimum = 0, maximum = 100)]
    pub points: u32,
    /// So many percent of all points must be of clauses that are known, at least.
    #[schema(minimum = 0, maximum = 100)]
    pub known: u32,
}

impl Rules {
    /// The first version.
    ///
    /// # Errors
    /// [`Error::Internal`] where the shipped file cannot be read, which a test rules out.
    pub fn shipped() -> Result<Self, Error> {
        serde_json::from_str(SHIPPED).map_err(|e| Error::Internal(format!("the shipped rules: {e}")))
    }

    /// The points of all clauses.
    pub fn all_points(&self) -> u32 {
        self.clauses.iter().map(|c| c.points).sum()
    }

    /// Refuses rules that give no sensible stars.
    ///
    /// # Errors
    /// [`Error::Refused`] naming each field by its path, such as `rules.clauses[2].points`.
    pub fn check(&self) -> Result<(), Error> {
        let mut faults = Faults(Vec::new());
        if !(1..=MOST_CLAUSES).contains(&self.clauses.len()) {
            faults.range("rules.clauses", format!("1–{MOST_CLAUSES}"));
        }
        let mut codes = BTreeSet::new();
        for (i, clause) in self.clauses.iter().enumerate().take(MOST_CLAUSES) {
            clause.check(i, &mut faults);
            if !codes.insert(&clause.code) {
                faults.add(&format!("rules.clauses[{i}].code"), "repeated", "代码重复了。", "is there twice");
            }
        }
        self.check_levels(&mut faults);
        if faults.0.is_empty() { Ok(()) } else { Err(Error::Refused(faults.0)) }
    }

    fn check_levels(&self, faults: &mut Faults) {
        if !self.levels.iter().map(|l| l.stars).eq(1..=MOST_STARS) {
            let (zh, en) = ("要依次写 1 到 5 星。", "must be the levels of 1 to 5 stars in order");
            return faults.add("rules.levels", "not_in_order", zh, en);
        }
        for (i, level) in self.levels.iter().enumerate() {
            let before = i.checked_sub(1).map(|b| self.levels[b]);
            for (name, value, least) in [
                ("points", level.points, before.map(|b| b.points)),
                ("known", level.known, before.map(|b| b.known)),
            ] {
                let least = least.unwrap_or(0);
                if !(least..=100).contains(&value) {
                    faults.range(&format!("rules.levels[{i}].{name}"), format!("{least}–100"));
                }
            }
        }
    }
}

impl Clause {
    /// Its words.
    pub fn words(&self) -> Words {
        Words::new(self.zh.as_str(), self.en.as_str())
    }

    /// Whether a value is what it asks for.
    pub fn is_met(&self, value: f64) -> bool {
        if self.measure.is_at_least() { value >= self.target } else { value <= self.target }
    }

    fn check(&self, i: usize, faults: &mut Faults) {
        let at = |name: &str| format!("rules.clauses[{i}].{name}");
        let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !(1..=CODE_CHARS).contains(&self.code.len()) || !self.code.chars().all(is_code) {
            let (zh, en) = ("要写 1 到 30 个小写字母、数字或下划线。", "must be 1 to 30 of a-z, 0-9 and _");
            faults.add(&at("code"), "bad_code", zh, en);
        }
        for (name, words) in [("zh", &self.zh), ("en", &self.en)] {
            let length = words.trim().chars().count();
            if !(1..=WORDS_CHARS).contains(&length) || words.contains(char::is_control) {
                let zh = format!("要写一行，最多 {WORDS_CHARS} 个字。");
                faults.add(
                    &at(name),
                    "bad_length",
                    &zh,
                    &format!("must be one line of at most {WORDS_CHARS} characters"),
                );
            }
        }
        let most = if self.measure.unit() == Unit::Share { 1.0 } else { MOST_TARGET };
        if !(0.0..=most).contains(&self.target) {
            faults.range(&at("target"), format!("0–{most}"));
        }
        if !(1..=MOST_POINTS).contains(&self.points) {
            faults.range(&at("points"), format!("1–{MOST_POINTS}"));
        }
        if self.cap.is_some_and(|cap| cap >= MOST_STARS) {
            faults.range(&at("cap"), format!("0–{}", MOST_STARS - 1));
        }
    }
}

/// What is wrong with rules.
struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, field: &str, code: &'static str, zh: &str, en: &str) {
        self.0.push(FieldError::new(field, code, zh, en));
    }

    #[expect(clippy::needless_pass_by_value, reason = "a range is written where it is broken")]
    fn range(&mut self, field: &str, range: String) {
        self.add(field, "out_of_range", &format!("要在 {range} 之间。"), &format!("must be {range}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(change: impl FnOnce(&mut Rules)) -> Vec<(String, &'static str)> {
        let mut rules = Rules::shipped().unwrap();
        change(&mut rules);
        match rules.check() {
            Ok(()) => Vec::new(),
            Err(Error::Refused(faults)) => faults.into_iter().map(|f| (f.field, f.code)).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn the_shipped_rules_are_sound() {
        assert_eq!(faults(|_| {}), []);
        let rules = Rules::shipped().unwrap();
        assert_eq!(rules.all_points(), 100);
        assert!(rules.clauses.iter().any(|c| c.measure == Measure::LockedReports && c.cap.is_some()));
    }

    #[test]
    fn each_fault_is_named() {
        let field = |name: &str| name.to_owned();
        assert_eq!(faults(|r| r.clauses.clear()), [(field("rules.clauses"), "out_of_range")]);
        let doubled = faults(|r| r.clauses[1].code = r.clauses[0].code.clone());
        assert_eq!(doubled, [(field("rules.clauses[1].code"), "repeated")]);
        assert_eq!(
            faults(|r| r.clauses[1].target = 1.5),
            [(field("rules.clauses[1].target"), "out_of_range")]
        );
        assert_eq!(
            faults(|r| r.clauses[2].target = f64::NAN),
            [(field("rules.clauses[2].target"), "out_of_range")]
        );
        assert_eq!(faults(|r| r.clauses[0].points = 0), [(field("rules.clauses[0].points"), "out_of_range")]);
        assert_eq!(faults(|r| r.clauses[0].cap = Some(5)), [(field("rules.clauses[0].cap"), "out_of_range")]);
        assert_eq!(
            faults(|r| r.clauses[0].zh = "a\nb".to_owned()),
            [(field("rules.clauses[0].zh"), "bad_length")]
        );
        assert_eq!(faults(|r| r.levels[3].points = 10), [(field("rules.levels[3].points"), "out_of_range")]);
        assert_eq!(faults(|r| r.levels.swap(0, 1)), [(field("rules.levels"), "not_in_order")]);
    }
}
