//! Links of cases as staff and reporters are told of them.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::service::{Became, Linked};
use crate::error::Words;
use crate::grievance::told::{Named, Telling};
use crate::language::Language;
use crate::reports::model::{ReportState, Verdict};
use crate::stations::model::Status;
use crate::time::Zone;

/// What a case leads to, for staff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceLink)]
pub(in super::super) struct ToldLink {
    /// station, report, activity, benefit or delivery.
    kind: &'static str,
    /// A station's id, a report's number, or a reference.
    object: String,
    /// What it is for.
    #[schema(required)]
    note: Option<String>,
    at: DateTime<FixedOffset>,
    /// Who made it.
    #[schema(required)]
    by: Option<Named>,
    #[serde(flatten)]
    became: ToldBecame,
}

/// What a case leads to, for its reporter: stations and reports that anybody may see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievancePublicLink)]
pub(crate) struct ToldPublicLink {
    /// station or report.
    kind: &'static str,
    /// A station's id or a report's number.
    object: String,
    #[serde(flatten)]
    became: ToldBecame,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceLinkBecame)]
struct ToldBecame {
    /// The name of a station.
    #[schema(required)]
    name: Option<String>,
    /// A station's status, or a report's state; null: it is gone, or this service does not follow it.
    #[schema(required)]
    state: Option<&'static str>,
    /// The same for people, and what staff found of a report.
    #[schema(required)]
    state_words: Option<String>,
    /// What staff found of a report: confirmed, unfounded or unclear.
    #[schema(required)]
    verdict: Option<&'static str>,
    /// The days since the link on which a station was changed.
    changed: Vec<String>,
}

impl ToldLink {
    /// Tells it.
    pub(in super::super) fn of(link: &Linked, t: &Telling<'_>) -> Self {
        let person = |id: &str| Named::new(id, t.names.person(Some(id)).as_deref().unwrap_or(id));
        Self {
            kind: link.kind.as_str(),
            object: link.object.clone(),
            note: link.note.clone(),
            at: t.frame.zone.from_ms(link.at_ms),
            by: link.account_id.as_deref().map(person),
            became: ToldBecame::of(&link.became, t.frame.zone, t.language),
        }
    }
}

impl ToldPublicLink {
    /// Tells it, where anybody may see what it leads to.
    pub(in super::super) fn of(link: &Linked, t: &Telling<'_>) -> Option<Self> {
        let became = ToldBecame::of(&link.became, t.frame.zone, t.language);
        link.is_public.then(|| Self { kind: link.kind.as_str(), object: link.object.clone(), became })
    }
}

impl ToldBecame {
    fn of(became: &Became, zone: Zone, language: Language) -> Self {
        let mut told =
            Self { name: None, state: None, state_words: None, verdict: None, changed: Vec::new() };
        match became {
            Became::Station(Some(station)) => {
                told.name = Some(station.name.clone());
                told.state = Some(station.status.as_str());
                told.state_words = Some(station_words(station.status).of(language).to_owned());
                let days = station.changed_ms.iter().map(|ms| zone.from_ms(*ms).date_naive().to_string());
                told.changed = days.collect();
                told.changed.dedup();
            }
            Became::Report(Some(report)) => {
                told.state = Some(report.state.as_str());
                told.state_words = Some(report_words(report.state, report.verdict).of(language).to_owned());
                told.verdict = report.verdict.map(Verdict::as_str);
            }
            Became::Station(None) | Became::Report(None) | Became::Elsewhere => {}
        }
        told
    }
}

fn station_words(status: Status) -> Words {
    match status {
        Status::Draft | Status::Submitted | Status::Checked | Status::Rejected => {
            Words::new("还在筹建", "not yet open to the public")
        }
        Status::Open => Words::new("已对外开放", "open to the public"),
        Status::Suspended => Words::new("暂停开放", "suspended"),
        Status::Retired => Words::new("已撤销", "closed for good"),
    }
}

fn report_words(state: ReportState, verdict: Option<Verdict>) -> Words {
    match (state, verdict) {
        (ReportState::Open, _) => Words::new("核实中", "being looked into"),
        (ReportState::Answered, Some(Verdict::Confirmed)) => {
            Words::new("已答复：情况属实", "answered: it is so")
        }
        (ReportState::Answered, Some(Verdict::Unfounded)) => {
            Words::new("已答复：与实际不符", "answered: it was found otherwise")
        }
        (ReportState::Answered, _) => Words::new("已答复", "answered"),
    }
}
