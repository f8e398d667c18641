//! The dry run of an import, as clerks are told of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Blocker, Import, State};
use super::planning::Planned;
use crate::ids::StationId;
use crate::language::Language;
use crate::stations::import::{
    Becomes, Crs, Decision, Encoding, Field, Format, Level, Other, Pair, Problem, Reason, Recognised,
};

/// So many problems are told with an import; its rows tell them all.
const PROBLEMS: usize = 500;
/// So many texts of a column are shown.
const SAMPLES: usize = 3;
/// The most characters of such a text.
const SAMPLE_CHARS: usize = 60;

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDryRun)]
pub(super) struct DryRun {
    /// `xlsx`, `csv` or `geojson`.
    #[schema(value_type = String)]
    format: Format,
    /// How the file writes its characters; null for a workbook.
    #[schema(required, value_type = Option<String>)]
    encoding: Option<Encoding>,
    ok: usize,
    warnings: usize,
    errors: usize,
    parked: usize,
    skipped: usize,
    headings: Vec<Heading>,
    /// All fields that a column can feed.
    fields: Vec<FieldName>,
    #[schema(value_type = Object)]
    crs: Crs,
    duplicates: Vec<Duplicate>,
    /// Kinds of problems.
    codes: Vec<Count>,
    /// The first 500 problems.
    #[schema(value_type = Vec<Object>)]
    problems: Vec<Problem>,
    plan: Plan,
    /// Registered stations that the file does not have, the first 200; nothing happens to them.
    absent: Vec<Absent>,
    /// What stands in the way of a commit.
    blocked: Vec<Blocker>,
}

/// A column.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportHeading)]
struct Heading {
    /// Counted from 0.
    column: usize,
    #[serde(rename = "heading")]
    text: String,
    /// The fields that it feeds.
    #[schema(value_type = Vec<String>)]
    fields: Vec<Field>,
    /// `recognised`, `remembered`, `given` or `none`.
    source: &'static str,
    /// Up to three of its texts.
    samples: Vec<String>,
}

/// A field by its names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportField)]
struct FieldName {
    code: &'static str,
    zh: &'static str,
    en: &'static str,
}

/// Two that may be one station.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDuplicate)]
struct Duplicate {
    row: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    other_row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    station_id: Option<StationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    station_name: Option<String>,
    reason: Reason,
    #[schema(required)]
    decision: Option<Decision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    distance_m: Option<f64>,
}

/// How many rows have a problem of one kind; what is wrong with the whole file counts as one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportCount)]
struct Count {
    code: &'static str,
    #[schema(value_type = String)]
    level: Level,
    #[serde(rename = "count")]
    rows: usize,
}

/// What becomes of the rows.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = ImportPlan)]
struct Plan {
    created: usize,
    updated: usize,
    unchanged: usize,
    parked: usize,
    skipped: usize,
    /// Registered stations that the file does not have.
    absent: usize,
}

/// A registered station that the file does not have.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportAbsent)]
struct Absent {
    station_id: StationId,
    name: String,
    #[schema(required)]
    code: Option<String>,
}

impl DryRun {
    /// What the plan of an import would do.
    pub(super) fn new(import: &Import, planned: &Planned, language: Language) -> Self {
        let report = &planned.plan.report;
        let name = |field: &Field| FieldName {
            code: field.as_str(),
            zh: field.word(Language::ZhCn),
            en: field.word(Language::En),
        };
        Self {
            format: report.format,
            encoding: report.encoding,
            ok: report.ok,
            warnings: report.warnings,
            errors: report.errors,
            parked: report.parked,
            skipped: report.skipped,
            headings: headings(planned),
            fields: Field::ALL.iter().map(name).collect(),
            crs: report.crs.clone(),
            duplicates: planned.plan.pairs.iter().map(|pair| duplicate(pair, planned)).collect(),
            codes: codes(&report.problems),
            problems: report.problems.iter().take(PROBLEMS).cloned().collect(),
            plan: planned.counts(),
            absent: planned.absent(),
            blocked: if import.state == State::Planned {
                planned.blockers(import, language)
            } else {
                Vec::new()
            },
        }
    }
}

impl Planned {
    fn counts(&self) -> Plan {
        let mut plan = Plan { absent: self.absent_count(), ..Plan::default() };
        for row in &self.plan.rows {
            match row.becomes {
                Becomes::Create => plan.created += 1,
                Becomes::Update => plan.updated += 1,
                Becomes::Unchanged => plan.unchanged += 1,
                Becomes::Park => plan.parked += 1,
                Becomes::Skip => plan.skipped += 1,
                Becomes::None => {}
            }
        }
        plan
    }

    fn absent_count(&self) -> usize {
        self.plan.report.absent.count
    }

    fn absent(&self) -> Vec<Absent> {
        let found = self.plan.report.absent.ids.iter().filter_map(|id| self.seen(*id));
        let told = found.map(|s| Absent {
            station_id: s.id,
            name: s.facts.name.clone(),
            code: s.facts.code.clone(),
        });
        told.collect()
    }
}

fn headings(planned: &Planned) -> Vec<Heading> {
    let mapping = &planned.plan.mapping;
    let heading = |(column, heading): (usize, &String)| Heading {
        column,
        text: heading.clone(),
        fields: mapping.fields(column).collect(),
        source: match mapping.source(column) {
            Some(Recognised::Heading) => "recognised",
            Some(Recognised::Remembered) => "remembered",
            Some(Recognised::Given | Recognised::Map) => "given",
            None => "none",
        },
        samples: samples(planned, column),
    };
    planned.corrected.header.headings.iter().enumerate().map(heading).collect()
}

fn samples(planned: &Planned, column: usize) -> Vec<String> {
    let texts = planned.corrected.rows.iter().filter_map(|row| row.cells.get(column));
    let said = texts.map(|text| text.trim()).filter(|text| !text.is_empty());
    said.take(SAMPLES).map(|text| text.chars().take(SAMPLE_CHARS).collect()).collect()
}

fn duplicate(pair: &Pair, planned: &Planned) -> Duplicate {
    let (other_row, station_id) = match pair.other {
        Other::Row(row) => (Some(row), None),
        Other::Station(id) => (None, Some(id)),
    };
    let station = station_id.and_then(|id| planned.seen(id));
    Duplicate {
        row: pair.row,
        other_row,
        station_id,
        station_name: station.map(|s| s.facts.name.clone()),
        reason: pair.reason,
        decision: pair.decision,
        distance_m: pair.distance_m,
    }
}

fn codes(problems: &[Problem]) -> Vec<Count> {
    let mut kinds: BTreeMap<(Reverse<Level>, &'static str), BTreeSet<Option<u32>>> = BTreeMap::new();
    for problem in problems {
        kinds.entry((Reverse(problem.level), problem.code)).or_default().insert(problem.row);
    }
    kinds.into_iter().map(|((level, code), rows)| Count { code, level: level.0, rows: rows.len() }).collect()
}
