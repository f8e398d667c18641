//! Rows and whole sheets through the import, with the vocabularies that the service ships with.

mod corrected;
mod moved;
mod plan;
mod rows;

use chrono::DateTime;
use spatial::Datum;
use uuid::Uuid;

use super::lexicon::tests::shipped;
use super::place::tests::districts;
use super::plan::{Action, Context, Everything, Options, Plan, plan};
use super::read::read_bytes;
use super::sheet::{Bounds, Collect, Sheet};
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::model::{Facts, Station, Status};

fn options() -> Options {
    Options { language: Language::En, ..Options::default() }
}

/// A sheet of separated text.
pub(super) fn sheet(text: &str) -> Sheet {
    let mut sheet = Collect::default();
    read_bytes(text.into(), &Bounds::COMMAND_LINE, &mut sheet).unwrap();
    sheet.finish().unwrap()
}

/// Plans the import of a sheet into a registry.
pub(super) fn plan_sheet(sheet: &Sheet, options: &Options, stations: &[Station]) -> Plan {
    let (vocabularies, districts) = (shipped(), districts());
    let context =
        Context { vocabularies: &vocabularies, districts: &districts, stations, rights: &Everything };
    plan(sheet, options, &context, &|_, _| {})
}

fn plan_text(text: &str, stations: &[Station]) -> Plan {
    plan_sheet(&sheet(text), &options(), stations)
}

/// The codes of all problems, in the order of the report.
pub(super) fn codes(plan: &Plan) -> Vec<&'static str> {
    plan.report.problems.iter().map(|problem| problem.code).collect()
}

/// The registry after a plan was carried out.
fn commit(plan: &Plan, stations: &[Station]) -> Vec<Station> {
    let mut registry = stations.to_vec();
    for action in &plan.actions {
        match action {
            Action::Create { facts, .. } => {
                let id = StationId(Uuid::from_u128(registry.len() as u128 + 1));
                registry.push(station(id, Facts::clone(facts)));
            }
            Action::Update { id, facts, .. } => {
                registry.iter_mut().find(|s| s.id == *id).unwrap().facts = Facts::clone(facts);
            }
            Action::Unchanged { .. } | Action::Park { .. } => {}
        }
    }
    registry
}

fn station(id: StationId, facts: Facts) -> Station {
    let last_confirmed = DateTime::from_timestamp(0, 0).map(|at| at.fixed_offset());
    Station {
        id,
        version: 1,
        status: Status::Open,
        demonstration: false,
        facts,
        last_confirmed,
        rating: None,
        created: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
        changed: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
    }
}
