//! The properties of a station as a GIS sees them: flat, each with a kind, all of them filterable.

use super::filter::value::Kind;
use crate::language::Language;
use crate::stations::codes::{Build, FacilityCode, Form, Host};
use crate::stations::state::State;

/// A property of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the description of each stands beside its name below")]
pub enum Field {
    Id,
    Geometry,
    Code,
    Name,
    Signboard,
    District,
    DistrictName,
    Address,
    Build,
    Partner,
    Host,
    Form,
    Facilities,
    Facility(FacilityCode),
    Access,
    NoPhone,
    Hours,
    HoursText,
    State,
    IsOpen,
    Provisional,
    StateUntil,
    OpensAt,
    ClosesAt,
    Notice,
    Phone,
    Rating,
    LastConfirmed,
    OpenedOn,
    Capacity,
    Trades,
    Demonstration,
}

/// A property with its name, kind and description in Chinese and English.
type Line = (Field, &'static str, Kind, &'static str, &'static str);

/// Every property, in the order in which an answer has them; the first two are not among the properties of a feature,
/// because GeoJSON has places of their own for them.
#[rustfmt::skip]
const LINES: [Line; 47] = {
    use FacilityCode as F;
    use Kind::{Date, Geometry, Instant, Number, Text, Truth};
    const USABLE: [&str; 2] = ["这一刻能用：设备完好、在季、在开放时间内", "usable at the instant: working, in season, open"];
    const fn usable(code: FacilityCode, name: &'static str) -> Line {
        (Field::Facility(code), name, Truth, USABLE[0], USABLE[1])
    }
    [
        (Field::Id, "id", Text, "驿站的标识", "identity of the station"),
        (Field::Geometry, "geometry", Geometry, "位置", "where it stands"),
        (Field::Code, "code", Text, "编号", "official number"),
        (Field::Name, "name", Text, "名称", "name"),
        (Field::Signboard, "signboard", Text, "门头名称", "what the door says"),
        (Field::District, "district", Text, "区划代码", "district, by its GB/T 2260 code"),
        (Field::DistrictName, "district_name", Text, "区县", "name of the district"),
        (Field::Address, "address", Text, "地址", "address"),
        (Field::Build, "build", Text, "建设方式", "self-built or co-built"),
        (Field::Partner, "partner", Text, "共建单位", "with whom it was co-built"),
        (Field::Host, "host", Text, "依托单位", "kind of place that houses it"),
        (Field::Form, "form", Text, "形态", "shape"),
        (Field::Facilities, "facilities", Text, "服务设施代码，逗号分隔，不论好坏和时间", "codes of its facilities, joined by commas, whether or not usable now"),
        usable(F::Seat, "facility_seat"),
        usable(F::Water, "facility_water"),
        usable(F::Microwave, "facility_microwave"),
        usable(F::Fridge, "facility_fridge"),
        usable(F::Cooling, "facility_cooling"),
        usable(F::Heating, "facility_heating"),
        usable(F::PhoneCharge, "facility_phone_charge"),
        usable(F::FirstAid, "facility_first_aid"),
        usable(F::Toilet, "facility_toilet"),
        usable(F::Wifi, "facility_wifi"),
        usable(F::RainGear, "facility_rain_gear"),
        usable(F::Aed, "facility_aed"),
        usable(F::ToolsPump, "facility_tools_pump"),
        usable(F::EbikeCharge, "facility_ebike_charge"),
        usable(F::MotherBaby, "facility_mother_baby"),
        usable(F::WheelchairAccess, "facility_wheelchair_access"),
        (Field::Access, "access", Text, "进门方式代码，逗号分隔", "codes of the ways in, joined by commas"),
        (Field::NoPhone, "no_phone", Truth, "不用手机能否进门；无人说明则为空", "whether one can enter without a phone; null where nobody said"),
        (Field::Hours, "hours", Text, "开放时间（OpenStreetMap 语法）；不确定则为空", "opening hours in the OpenStreetMap grammar; null where uncertain"),
        (Field::HoursText, "hours_text", Text, "开放时间（文字）", "opening hours for people"),
        (Field::State, "state", Text, "这一刻的状态", "state at the instant"),
        (Field::IsOpen, "is_open", Truth, "这一刻确定开放（open 或 closing_soon）", "certainly open at the instant (open or closing_soon)"),
        (Field::Provisional, "provisional", Truth, "状态依据的年份尚未公布放假安排", "the state rests on a year whose days off are not published"),
        (Field::StateUntil, "state_until", Instant, "状态下次改变的时间", "when the state changes next"),
        (Field::OpensAt, "opens_at", Instant, "未开放时，下次开放的时间", "when it opens next, while it is not open"),
        (Field::ClosesAt, "closes_at", Instant, "开放时，关门的时间", "when it closes, while it is open"),
        (Field::Notice, "notice", Text, "生效公告的理由", "reason of the notice in force"),
        (Field::Phone, "phone", Text, "公开电话", "public telephone number"),
        (Field::Rating, "rating", Number, "星级，1 至 5", "stars, 1 to 5"),
        (Field::LastConfirmed, "last_confirmed", Instant, "最近核实的时间", "when somebody last confirmed the facts"),
        (Field::OpenedOn, "opened_on", Date, "启用日期", "the day it opened"),
        (Field::Capacity, "capacity", Number, "座位数", "seats"),
        (Field::Trades, "trades", Text, "服务的行业代码，逗号分隔", "codes of the trades that it serves, joined by commas"),
        (Field::Demonstration, "demonstration", Truth, "演示数据，不是真实的地点", "belongs to the demonstration and is no real place"),
    ]
};

impl Field {
    /// Every property.
    pub fn all() -> impl Iterator<Item = Self> {
        LINES.iter().map(|line| line.0)
    }

    /// Those that stand among the properties of a feature.
    pub fn shown() -> impl Iterator<Item = Self> {
        Self::all().skip(2)
    }

    /// Those that a parameter of the query can ask for.
    pub fn asked() -> impl Iterator<Item = Self> {
        Self::all().filter(|field| *field != Self::Geometry)
    }

    /// The property of a name.
    pub fn named(name: &str) -> Option<Self> {
        LINES.iter().find(|line| line.1 == name).map(|line| line.0)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.line().1
    }

    /// What it holds.
    pub fn kind(self) -> Kind {
        self.line().2
    }

    /// What it means.
    pub fn meaning(self, language: Language) -> &'static str {
        let (_, _, _, zh, en) = self.line();
        language.of(zh, en)
    }

    /// The codes of which it is always one, where it is one of a few.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Build => Build::ALL.iter().map(|code| code.as_str()).collect(),
            Self::Host => Host::ALL.iter().map(|code| code.as_str()).collect(),
            Self::Form => Form::ALL.iter().map(|code| code.as_str()).collect(),
            Self::State => State::ALL.iter().map(|state| state.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    fn line(self) -> &'static Line {
        // Every property has its line: a test looks for each.
        LINES.iter().find(|line| line.0 == self).unwrap_or(&LINES[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_has_one_line_and_name() {
        let names: std::collections::BTreeSet<_> = LINES.iter().map(|line| line.1).collect();
        assert_eq!(names.len(), LINES.len());
        for (field, name, kind, ..) in LINES {
            assert_eq!((field.name(), field.kind(), Field::named(name)), (name, kind, Some(field)));
            if let Field::Facility(code) = field {
                assert_eq!(name, format!("facility_{code}"));
            }
        }
    }
}
