//! The sheet of a round: everything that an inspector needs at the stations without a network, or on paper.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::service;
use super::told::{RoundDetail, Stop};
use crate::error::Error;
use crate::ids::RoundId;
use crate::inspections::findings::service::{today, waiting_at};
use crate::inspections::findings::told::Finding;
use crate::inspections::model::working_days;
use crate::inspections::questions::{self, Asked};
use crate::language::Language;
use crate::stations::Snapshot;
use crate::stations::hours::Hours;
use crate::stations::life::desk::Desk;
use crate::stations::model::{Access, FacilityCode, Station, Working};
use crate::vocabulary::Coded;

/// So many working days are given for choosing when something is due; the phone knows no calendar.
const DAYS_AHEAD: usize = 60;

/// The sheet of a round.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoundSheet)]
pub(super) struct Sheet {
    round: RoundDetail,
    /// The version of the questions.
    questions_version: i64,
    questions: Vec<Asked>,
    /// The working days after today, for what is due.
    working_days: Vec<NaiveDate>,
    /// In the order of the walk.
    stations: Vec<SheetStation>,
}

/// A station on a sheet.
#[derive(Debug, Serialize, ToSchema)]
struct SheetStation {
    #[serde(flatten)]
    stop: Stop,
    /// The opening hours in words; null where they are not certain.
    #[schema(required)]
    hours: Option<String>,
    /// How one gets in, in words.
    access: Vec<String>,
    facilities: Vec<SheetFacility>,
    /// What is to be put right there, or to be looked at again.
    findings: Vec<Finding>,
}

/// A facility on a sheet.
#[derive(Debug, Serialize, ToSchema)]
struct SheetFacility {
    code: FacilityCode,
    word: String,
    working: Working,
}

/// The sheet of a round, in a language.
pub(super) async fn of(
    desk: &Desk,
    snapshot: &Snapshot,
    id: RoundId,
    language: Language,
) -> Result<Sheet, Error> {
    let round = service::find(desk, id).await?;
    let registered = service::stations_of(desk, snapshot, &round).await?;
    let ids = registered.iter().map(|s| s.id).collect();
    let findings = waiting_at(desk, &ids).await?;
    let stations = round.stops.iter().filter_map(|stop| {
        let station = registered.iter().find(|s| s.id == stop.id)?;
        let own = findings.iter().filter(|f| f.station.id == stop.id).cloned().collect();
        Some(on_sheet(desk, stop, station, own, language))
    });
    let stations = stations.collect();
    let questions = questions::newest();
    Ok(Sheet {
        questions_version: questions.version,
        questions: questions.questions.iter().map(|q| q.asked(language)).collect(),
        working_days: working_days(&desk.city.calendar, today(desk.zone, desk.now), DAYS_AHEAD),
        stations,
        round,
    })
}

fn on_sheet(
    desk: &Desk,
    stop: &Stop,
    station: &Station,
    findings: Vec<Finding>,
    language: Language,
) -> SheetStation {
    let hours = station.facts.hours.as_deref().and_then(|h| Hours::parse(h, &desk.city.calendar).ok());
    let word = |code: FacilityCode| word_of(desk, code, language);
    let facilities = station.facts.facilities.iter();
    SheetStation {
        stop: stop.clone(),
        hours: hours.map(|h| h.describe(language)),
        access: station.facts.access.iter().map(|a: &Access| word_of(desk, *a, language)).collect(),
        facilities: facilities
            .map(|f| SheetFacility { code: f.code, word: word(f.code), working: f.working })
            .collect(),
        findings,
    }
}

fn word_of<C: Coded>(desk: &Desk, code: C, language: Language) -> String {
    desk.city.vocabularies.word(code, language).to_owned()
}
