//! Imports as clerks are told of them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Blocker, Import, State};
use super::planning::Planned;
use super::service::Looked;
use super::shared::Progress;
use super::undo::Undo;
use crate::ids::{AccountId, Adcode, ImportId, StationId};
use crate::language::Language;
use crate::stations::import::{Decision, Field, Level, Other, Pair, Problem, Reason, Recognised};
use crate::time::Zone;

/// So many problems are told with an import; its rows tell them all.
const PROBLEMS: usize = 500;
/// So many texts of a column are shown.
const SAMPLES: usize = 3;
/// The most characters of such a text.
const SAMPLE_CHARS: usize = 60;

/// A page of imports.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Imports {
    /// The newest first.
    pub(super) items: Vec<Short>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub(super) next: Option<ImportId>,
}

/// An import as far as it is known without its plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportSummary)]
pub(super) struct Short {
    #[schema(value_type = String, format = Uuid)]
    pub(super) id: ImportId,
    /// The version, for `If-Match`.
    pub(super) version: i64,
    /// `planned`, `committing`, `committed`, `undone` or `discarded`.
    #[schema(value_type = String)]
    pub(super) state: State,
    file_name: String,
    /// Who sent it.
    #[schema(required)]
    by: Option<Author>,
    created: DateTime<FixedOffset>,
    /// Rows below the headings that are not empty.
    rows: i64,
    /// What the commit did.
    #[schema(required)]
    outcome: Option<Came>,
}

/// Who sent a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportAuthor)]
struct Author {
    #[schema(value_type = String, format = Uuid)]
    id: AccountId,
    name: String,
}

/// What a commit did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportOutcome)]
struct Came {
    /// The revision that shows it; null where the public sees nothing of it.
    #[schema(required)]
    revision: Option<i64>,
    created: usize,
    updated: usize,
    unchanged: usize,
    parked: usize,
    /// When.
    #[schema(required)]
    committed: Option<DateTime<FixedOffset>>,
    /// By whom.
    #[schema(required, value_type = Option<String>)]
    by: Option<AccountId>,
}

/// An import with its dry run.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub(super) struct Told {
    #[serde(flatten)]
    pub(super) short: Short,
    /// What people said of it.
    options: Options,
    /// How far the commit is, while there is one.
    #[schema(required)]
    progress: Option<Running>,
    /// Why the last commit came to nothing.
    #[schema(required)]
    failed: Option<Failure>,
    /// Whether it can be undone, once it is committed.
    #[schema(required)]
    undo: Option<Undo>,
    /// The dry run; absent while it is committed.
    #[serde(flatten)]
    dry_run: Option<DryRun>,
}

/// What people said of an import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportOptions)]
struct Options {
    /// `wgs84`, `gcj02` or `bd09`.
    crs: &'static str,
    crs_confirmed: bool,
    #[schema(required)]
    district: Option<Adcode>,
    publish: bool,
}

/// How far a commit is, in stations written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportProgress)]
struct Running {
    done: usize,
    of: usize,
}

/// Why a commit came to nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportFailure)]
struct Failure {
    code: String,
    detail: &'static str,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDryRun)]
struct DryRun {
    /// `xlsx`, `csv` or `geojson`.
    #[schema(value_type = String)]
    format: crate::stations::import::Format,
    /// How the file writes its characters; null for a workbook.
    #[schema(required, value_type = Option<String>)]
    encoding: Option<crate::stations::import::Encoding>,
    ok: usize,
    warnings: usize,
    errors: usize,
    parked: usize,
    skipped: usize,
    headings: Vec<Heading>,
    /// All fields that a column can feed.
    fields: Vec<FieldName>,
    #[schema(value_type = Object)]
    crs: crate::stations::import::Crs,
    duplicates: Vec<Duplicate>,
    /// Problems by kind.
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
    heading: String,
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

/// How many problems there are of one kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportCount)]
struct Count {
    code: &'static str,
    #[schema(value_type = String)]
    level: Level,
    count: usize,
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

impl Short {
    /// What is known of an import without its plan.
    pub(super) fn new(import: &Import, zone: Zone) -> Self {
        let name = import.account_name.clone().unwrap_or_default();
        let committed = import.committed_ms.map(|ms| zone.from_ms(ms));
        let came = import.outcome.as_ref().map(|o| Came {
            revision: o.revision,
            created: o.created,
            updated: o.updated,
            unchanged: o.unchanged,
            parked: o.parked,
            committed,
            by: o.by,
        });
        Self {
            id: import.id,
            version: import.version,
            state: import.state,
            file_name: import.file_name.clone(),
            by: import.account.map(|id| Author { id, name }),
            created: zone.from_ms(import.created_ms),
            rows: import.rows,
            outcome: came,
        }
    }
}

impl Told {
    /// An import with everything that is known of it.
    pub(super) fn new(
        looked: &Looked,
        progress: Option<Progress>,
        undo: Option<Undo>,
        language: Language,
        zone: Zone,
    ) -> Self {
        let import = &looked.import;
        let running = progress.map_or_else(
            || Running { done: 0, of: usize::try_from(import.rows).unwrap_or(0) },
            |p| Running { done: p.done, of: p.of },
        );
        Self {
            short: Short::new(import, zone),
            options: Options {
                crs: import.wishes.crs.as_str(),
                crs_confirmed: import.wishes.crs_confirmed,
                district: import.district,
                publish: import.wishes.publish,
            },
            progress: (import.state == State::Committing).then_some(running),
            failed: import.failed.as_deref().map(|code| failure(code, language)),
            undo,
            dry_run: looked.planned.as_ref().map(|planned| DryRun::new(import, planned, language)),
        }
    }
}

fn failure(code: &str, language: Language) -> Failure {
    let (zh, en) = match code {
        "registry_changed" => (
            "提交时有人改了登记，结果会和您看到的不同，所以什么都没有写入。请再看一遍后提交。",
            "Somebody changed the registry meanwhile, so that it would not do what you saw. Nothing was written; look again.",
        ),
        "interrupted" => (
            "服务在提交时停了，什么都没有写入。请再提交一次。",
            "The service stopped during the commit and nothing was written. Commit again.",
        ),
        _ => (
            "提交没有成功，什么都没有写入。请再试一次。",
            "The commit failed and nothing was written. Try again.",
        ),
    };
    Failure { code: code.to_owned(), detail: language.of(zh, en) }
}

impl DryRun {
    fn new(import: &Import, planned: &Planned, language: Language) -> Self {
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
        use crate::stations::import::Becomes;
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
        heading: heading.clone(),
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
    let mut counts: BTreeMap<(std::cmp::Reverse<Level>, &'static str), usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry((std::cmp::Reverse(problem.level), problem.code)).or_default() += 1;
    }
    counts.into_iter().map(|((level, code), count)| Count { code, level: level.0, count }).collect()
}
