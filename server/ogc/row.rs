//! A station as a row of an attribute table: the value of each property as of an instant.

use std::cell::OnceCell;
use std::fmt::Display;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::crs::Crs;
use super::field::Field;
use super::filter::Record;
use super::filter::value::Value;
use crate::language::Language;
use crate::stations::Snapshot;
use crate::stations::codes::FacilityCode;
use crate::stations::snapshot::{Entry, Moment};
use crate::stations::state::StateAt;

/// In which language and as of which instant rows are.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    /// Where the station is kept.
    pub(super) snapshot: &'a Snapshot,
    /// The instant.
    pub(super) moment: Moment,
    /// The language of texts for people.
    pub(super) language: Language,
}

/// A station in a view. What depends on the instant is worked out when it is first asked for.
#[derive(Debug)]
pub(super) struct Row<'a> {
    view: View<'a>,
    /// The station.
    pub(super) entry: &'a Entry,
    state: OnceCell<StateAt>,
    /// The bits of the facilities that can be used.
    usable: OnceCell<u64>,
}

/// The properties of a row as JSON, null where there is none.
#[derive(Debug)]
pub(super) struct Properties<'a>(pub(super) &'a Row<'a>);

impl<'a> Row<'a> {
    /// A station as seen in a view.
    pub(super) fn new(view: View<'a>, entry: &'a Entry) -> Self {
        Self { view, entry, state: OnceCell::new(), usable: OnceCell::new() }
    }

    fn state(&self) -> &StateAt {
        self.state.get_or_init(|| self.entry.state(&self.view.moment))
    }

    /// Whether a facility can be used: the decision that the list's filter makes.
    fn is_usable(&self, code: FacilityCode) -> bool {
        let usable = self.usable.get_or_init(|| {
            if !self.state().state.is_open() {
                return 0;
            }
            let usable = self.entry.facilities().filter(|own| own.is_usable(&self.view.moment));
            usable.fold(0, |mask, own| mask | own.facility.code.bit())
        });
        usable & code.bit() != 0
    }

    fn hours_text(&self) -> Option<&str> {
        let opening = self.entry.opening.as_ref().map(|opening| opening.words(self.view.language));
        opening.or(self.entry.station.facts.hours_text.as_deref())
    }

    fn district_name(&self) -> Option<&str> {
        let district = self.entry.station.facts.district?;
        Some(self.view.snapshot.city().district(district)?.label(self.view.language))
    }

    /// What is so as of the instant.
    fn passing(&self, field: Field) -> Option<Value<'_>> {
        let state = self.state();
        let instant = |local| Value::Instant(self.view.moment.stamp(local).into());
        match field {
            Field::State => Some(Value::text(state.state.as_str())),
            Field::IsOpen => Some(Value::Truth(state.state.is_open())),
            Field::Provisional => Some(Value::Truth(state.provisional)),
            Field::StateUntil => state.until.map(instant),
            Field::OpensAt => state.opens_at.map(instant),
            Field::ClosesAt => state.closes_at.map(instant),
            Field::Notice => {
                let notice = state.notice.and_then(|i| self.entry.notices.get(i));
                notice.map(|notice| Value::text(&*notice.reason))
            }
            Field::Facility(code) => Some(Value::Truth(self.is_usable(code))),
            _ => None,
        }
    }
}

impl Record for Row<'_> {
    fn value(&self, field: Field) -> Option<Value<'_>> {
        let station = &self.entry.station;
        let facts = &station.facts;
        match field {
            Field::Id => Some(Value::text(station.id.to_string())),
            Field::Code => facts.code.as_deref().map(Value::text),
            Field::Name => Some(Value::text(&*facts.name)),
            Field::Signboard => Some(Value::text(facts.signboard.as_deref().unwrap_or(&facts.name))),
            Field::District => facts.district.map(|code| Value::text(code.to_string())),
            Field::DistrictName => self.district_name().map(Value::text),
            Field::Address => facts.address.as_deref().map(Value::text),
            Field::Build => facts.build.map(|code| Value::text(code.as_str())),
            Field::Partner => facts.partner.as_deref().map(Value::text),
            Field::Host => facts.host.map(|code| Value::text(code.as_str())),
            Field::Form => facts.form.map(|code| Value::text(code.as_str())),
            Field::Facilities => Some(joined(facts.facilities.iter().map(|own| own.code))),
            Field::Access => Some(joined(&facts.access)),
            Field::NoPhone => self.entry.no_phone().map(Value::Truth),
            Field::Hours => facts.hours.as_deref().map(Value::text),
            Field::HoursText => Some(Value::text(self.hours_text().unwrap_or_default())),
            Field::Phone => facts.phone.as_deref().map(Value::text),
            Field::Rating => station.rating.map(|stars| Value::Number(stars.into())),
            Field::LastConfirmed => station.last_confirmed.map(|at| Value::Instant(at.into())),
            Field::OpenedOn => facts.opened_on.map(Value::Date),
            Field::Capacity => facts.capacity.map(|seats| Value::Number(seats.into())),
            Field::Trades => Some(joined(&facts.trades)),
            Field::Demonstration => Some(Value::Truth(station.demonstration)),
            // A place is no scalar.
            Field::Geometry => None,
            _ => self.passing(field),
        }
    }

    fn place(&self, crs: Crs) -> [f64; 2] {
        crs.of(self.entry.position())
    }
}

fn joined<'v>(codes: impl IntoIterator<Item = impl Display>) -> Value<'v> {
    let codes: Vec<_> = codes.into_iter().map(|code| code.to_string()).collect();
    Value::text(codes.join(","))
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for field in Field::shown() {
            let (name, zone) = (field.name(), self.0.view.snapshot.zone());
            match self.0.value(field) {
                None => map.serialize_entry(name, &None::<()>)?,
                Some(Value::Text(text)) => map.serialize_entry(name, &text)?,
                Some(Value::Truth(truth)) => map.serialize_entry(name, &truth)?,
                Some(Value::Date(date)) => map.serialize_entry(name, &date)?,
                Some(Value::Instant(at)) => map.serialize_entry(name, &zone.stamp(at))?,
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "stars and seats are small whole numbers"
                )]
                Some(Value::Number(number)) => map.serialize_entry(name, &(number as i64))?,
            }
        }
        map.end()
    }
}
