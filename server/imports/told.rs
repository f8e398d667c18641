//! Imports as clerks are told of them.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::dry_run::DryRun;
use super::model::{Import, State};
use super::service::Looked;
use super::shared::Progress;
use super::undo::Undo;
use crate::ids::{AccountId, Adcode, ImportId};
use crate::language::Language;
use crate::time::Zone;

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
