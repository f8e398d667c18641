//! Reading questions about coverage out of query parameters, and writing them back with everything said.

use chrono::{DateTime, NaiveDate, Utc};
use form_urlencoded::Serializer;

use super::people::Whom;
use super::period::{MOST_DAYS, Season, When};
use super::reach::{MOST_M, MOST_S, QUARTER_S, Reach};
use crate::app::App;
use crate::http::params::Params;
use crate::ids::Adcode;
use crate::stations::model::{Access, FacilityCode, Host, Trade};
use crate::stations::query::Filter;
use crate::stations::travel::By;
use crate::time::Zone;
use crate::vocabulary::Coded;

/// What counts as a place within reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Stations.
    Stations,
    /// Service points.
    ServicePoints,
    /// One or the other.
    Either,
}

/// As what an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, or GeoJSON where the answer is a map.
    Json,
    /// Separated text.
    Csv,
    /// A workbook.
    Xlsx,
}

/// A question about coverage.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whose demand; the layer in use where nothing is said.
    pub demand: Option<String>,
    /// Which people of it.
    pub whom: Whom,
    /// How far they go.
    pub reach: Reach,
    /// To which stations.
    pub filter: Filter,
    /// To what at all.
    pub of: Of,
    /// To which layers of service points; all where none is named.
    pub layers: Vec<String>,
    /// How many places must be within reach, 1 or 2.
    pub min: u8,
    /// When.
    pub when: When,
}

/// The present, and the zone of local days.
#[derive(Debug, Clone, Copy)]
pub struct Present {
    /// Now.
    pub now: DateTime<Utc>,
    /// The city's zone.
    pub zone: Zone,
}

/// Which kinds of time a question takes, and which it is where none is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// An instant, by default now, or days.
    Any,
    /// Days, by default this week.
    Days,
    /// A week, by default this one.
    Week,
}

impl Present {
    /// The present of a service.
    pub fn of(app: &App) -> Self {
        Self { now: app.clock.now(), zone: app.config.zone() }
    }
}

impl Of {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Stations, Self::ServicePoints, Self::Either];

    /// The word used in questions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stations => "stations",
            Self::ServicePoints => "service_points",
            Self::Either => "either",
        }
    }
}

impl std::str::FromStr for Of {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|of| of.as_str() == text).ok_or(())
    }
}

impl std::str::FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "json" | "geojson" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(()),
        }
    }
}

/// Reads what all questions about coverage share. Whoever calls takes what is left, and ends the reading.
pub fn read(p: &mut Params, present: Present, times: Times) -> Asked {
    let known_districts = || "130302, 130304".to_owned();
    let whom = Whom {
        trades: p.codes("trade", known::<Trade>),
        districts: p.codes::<Adcode>("district", known_districts),
    };
    let filter = Filter {
        facilities: p.codes("facility", known::<FacilityCode>),
        hosts: p.codes("host", known::<Host>),
        access: p.codes("access", known::<Access>),
        no_phone: p.flag("no_phone"),
        ..Filter::default()
    };
    Asked {
        demand: p.text("demand"),
        whom,
        reach: reach(p),
        filter,
        of: p.code("of", || Of::ALL.map(Of::as_str).join(", ")).unwrap_or(Of::Stations),
        layers: p.codes("layer", || "GET /api/v1/service-points".to_owned()),
        min: if p.code::<TwoAtMost>("min", || "1, 2".to_owned()).is_some_and(|m| m.0) { 2 } else { 1 },
        when: when(p, present, times),
    }
}

/// As what the answer is written.
pub fn format(p: &mut Params, map: bool) -> Format {
    let known: fn() -> String =
        if map { || "geojson, csv, xlsx".to_owned() } else { || "json, csv, xlsx".to_owned() };
    p.code("format", known).unwrap_or(Format::Json)
}

/// 1, or 2.
struct TwoAtMost(bool);

impl std::str::FromStr for TwoAtMost {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "1" => Ok(Self(false)),
            "2" => Ok(Self(true)),
            _ => Err(()),
        }
    }
}

fn reach(p: &mut Params) -> Reach {
    let given = p.has("within_m") || p.has("within_s");
    let within_m = p.number("within_m", 1.0..=MOST_M, false);
    let within_s = p.number("within_s", 1.0..=MOST_S, false);
    let by = p.code::<OnFoot>("by", || "walk, straight".to_owned()).map_or(By::Walk, |by| by.0);
    Reach { within_m, within_s: within_s.or((!given).then_some(QUARTER_S)), by }
}

/// A way of measuring that people on foot have.
struct OnFoot(By);

impl std::str::FromStr for OnFoot {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        text.parse().ok().filter(|by| *by != By::Ride).map(Self).ok_or(())
    }
}

/// `at`, `week`, or `from` and `to`: one of them.
fn when(p: &mut Params, present: Present, times: Times) -> When {
    let today = present.zone.local(present.now).date();
    let given = ["at", "week", "from"].into_iter().filter(|name| p.has(name)).count();
    let at = p.instant("at");
    let week = day(p, "week");
    let season = season(p);
    if given > 1 {
        let en = "give one of at, week, and from with to";
        p.refuse("at", "contradiction", "at、week、from 与 to 三种只写一种。", en);
    }
    if at.is_some() && times != Times::Any {
        p.refuse(
            "at",
            "not_an_instant",
            "这里要写一周或一段日期。",
            "this is about days; give week, or from and to",
        );
    }
    if season.is_some_and(|s| !s.is_week()) && times == Times::Week {
        p.refuse("from", "not_a_week", "这里只算一周，请写 week。", "this is about one week; give week");
    }
    match (at, week.map(Season::week_of).or(season)) {
        (Some(at), None) => When::At(at),
        (_, Some(days)) => When::Days(days),
        (None, None) if times == Times::Any => When::At(present.zone.stamp(present.now)),
        (None, None) => When::Days(Season::week_of(today)),
    }
}

fn season(p: &mut Params) -> Option<Season> {
    let both = (p.has("from"), p.has("to"));
    let (from, to) = (day(p, "from"), day(p, "to"));
    if both == (true, false) || both == (false, true) {
        let missing = if both.0 { "to" } else { "from" };
        p.refuse(missing, "missing", "from 与 to 要一起写。", "from and to belong together");
    }
    let season = Season { from: from?, to: to? };
    if (1..=MOST_DAYS).contains(&season.days()) {
        return Some(season);
    }
    let zh = format!("不能早于 from，最长 {MOST_DAYS} 天。");
    p.refuse("to", "out_of_range", zh, format!("must not be before from, and at most {MOST_DAYS} days"));
    None
}

fn day(p: &mut Params, name: &'static str) -> Option<NaiveDate> {
    let years = NaiveDate::from_ymd_opt(1970, 1, 8)?..=NaiveDate::from_ymd_opt(9990, 12, 31)?;
    let day = p.value(name, "要写日期，如 2026-11-23。", "must be a day such as 2026-11-23")?;
    if years.contains(&day) {
        return Some(day);
    }
    p.refuse(name, "out_of_range", "年份要在 1970 到 9990 之间。", "the year must be 1970 to 9990");
    None
}

fn known<C: Coded>() -> String {
    codes(C::all()).unwrap_or_default()
}

fn codes<C: Coded>(codes: &[C]) -> Option<String> {
    (!codes.is_empty()).then(|| codes.iter().map(|c| c.code()).collect::<Vec<_>>().join(","))
}

impl Asked {
    /// The address that asks the same with everything said; `more` is what only this question has.
    pub fn address(&self, path: &str, demand: &str, more: &[(&str, String)]) -> String {
        let mut to = Serializer::new(String::new());
        to.append_pair("demand", demand);
        match self.when {
            When::At(at) => to.append_pair("at", &at.to_rfc3339()),
            When::Days(days) if days.is_week() => to.append_pair("week", &days.from.to_string()),
            When::Days(days) => {
                to.append_pair("from", &days.from.to_string()).append_pair("to", &days.to.to_string())
            }
        };
        for (name, value) in self.said().into_iter().filter_map(|(name, value)| Some((name, value?))) {
            to.append_pair(name, &value);
        }
        to.extend_pairs(more.iter().map(|(name, value)| (*name, value.as_str())));
        format!("{path}?{}", to.finish())
    }

    fn said(&self) -> [(&'static str, Option<String>); 12] {
        let (filter, districts) = (&self.filter, &self.whom.districts);
        let joined = |codes: &[String]| (!codes.is_empty()).then(|| codes.join(","));
        let districts: Vec<String> = districts.iter().map(Adcode::to_string).collect();
        [
            ("within_m", self.reach.within_m.map(|m| m.to_string())),
            ("within_s", self.reach.within_s.map(|s| s.to_string())),
            ("by", Some(self.reach.by.as_str().to_owned())),
            ("of", Some(self.of.as_str().to_owned())),
            ("layer", joined(&self.layers)),
            ("min", Some(self.min.to_string())),
            ("facility", codes(&filter.facilities)),
            ("host", codes(&filter.hosts)),
            ("access", codes(&filter.access)),
            ("no_phone", filter.no_phone.then(|| "true".to_owned())),
            ("trade", codes(&self.whom.trades)),
            ("district", joined(&districts)),
        ]
    }
}
