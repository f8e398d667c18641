//! Answers of the registry that are about many stations.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::record::Record;
use crate::ids::StationId;
use crate::stations::listing::service::{self as listing, Page};
use crate::stations::model::Station;
use crate::stations::snapshot::Snapshot;

/// A page of the registry.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegistryPage)]
pub(super) struct Listing {
    /// The stations in the order that was asked for.
    items: Vec<Record>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    /// How many stations the filter chooses.
    total: i64,
    /// How many it chooses of each status, whatever statuses it names, and of `all`.
    counts: BTreeMap<&'static str, i64>,
    /// The revision of the registry that this server shows to the public.
    revision: i64,
}

impl Listing {
    pub(super) fn new(page: Page, desk: &Desk, snapshot: &Snapshot, marks: &HashMap<StationId, i64>) -> Self {
        let record = |station: Station| {
            let mark = marks.get(&station.id).copied();
            Record::new(desk, station, snapshot).marked(mark)
        };
        let all = ("all", page.counts.values().sum());
        let counts = page.counts.iter().map(|(status, n)| (status.as_str(), *n)).chain([all]).collect();
        Self {
            items: page.stations.into_iter().map(record).collect(),
            next: page.next.map(|cursor| cursor.written()),
            total: page.total,
            counts,
            revision: snapshot.revision(),
        }
    }
}

/// What waits for somebody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegistryQueues)]
pub(super) struct Queues {
    /// Waiting for a check.
    submitted: Waiting,
    /// Waiting to be published.
    checked: Waiting,
    /// Sent back, waiting to be mended.
    rejected: Waiting,
    /// Public, and not confirmed for 90 days.
    unconfirmed: Count,
    /// Notices on single stations that are in force.
    notices: Count,
    /// Public, with hours that nobody is certain of.
    unknown_hours: Count,
    /// Marked by doors found locked.
    marked: Count,
    /// Reports of workers that wait for an answer.
    reports: WaitingReports,
    /// Findings of inspections.
    findings: WaitingFindings,
}

/// Findings that wait.
#[derive(Debug, Serialize, ToSchema)]
struct WaitingFindings {
    /// To be put right.
    count: i64,
    /// Of these, those whose last day is over.
    overdue: i64,
    /// Said to be put right, to be looked at again.
    recheck: i64,
}

/// Reports that wait for an answer.
#[derive(Debug, Serialize, ToSchema)]
struct WaitingReports {
    count: i64,
    /// Of these, those whose last day is over.
    overdue: i64,
}

/// A queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Queue)]
struct Waiting {
    count: i64,
    /// Since when the one that was changed first waits.
    #[schema(required)]
    oldest: Option<DateTime<FixedOffset>>,
}

/// How many.
#[derive(Debug, Serialize, ToSchema)]
struct Count {
    count: i64,
}

impl Queues {
    pub(super) fn new(queues: listing::Queues) -> Self {
        let waiting = |w: listing::Waiting| Waiting { count: w.count, oldest: w.oldest };
        Self {
            submitted: waiting(queues.submitted),
            checked: waiting(queues.checked),
            rejected: waiting(queues.rejected),
            unconfirmed: Count { count: queues.unconfirmed },
            notices: Count { count: queues.notices.try_into().unwrap_or(i64::MAX) },
            unknown_hours: Count { count: queues.unknown_hours },
            marked: Count { count: queues.marked },
            reports: WaitingReports { count: queues.reports.count, overdue: queues.reports.overdue },
            findings: WaitingFindings {
                count: queues.findings.open,
                overdue: queues.findings.overdue,
                recheck: queues.findings.recheck,
            },
        }
    }
}

/// What became of a step for many stations.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = RegistryActed)]
pub(super) struct Acted {
    /// The stations that took it, with their version since.
    pub(super) done: Vec<Moved>,
    /// Those that did not, and why.
    pub(super) refused: Vec<Refusal>,
    /// The revision of the registry that this server shows to the public.
    pub(super) revision: i64,
}

/// A station that took a step.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Moved {
    id: StationId,
    version: i64,
}

impl From<Station> for Moved {
    fn from(station: Station) -> Self {
        Self { id: station.id, version: station.version }
    }
}

/// A station that did not take a step.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Refusal {
    pub(super) id: StationId,
    /// The stable word for why.
    pub(super) code: &'static str,
    /// Why, in the reader's language.
    pub(super) detail: String,
}
