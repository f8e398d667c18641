//! Reading the ledger. The summary of a case is opened for whoever may read the case, and for nobody else.

use std::collections::BTreeMap;

use serde_json::json;

use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::error::{Error, FieldError};
use crate::grievance::desk::{self, Seen};
use crate::grievance::frame::Frame;
use crate::grievance::store::{Wanted, Within, by_number_from, levels};

/// The most cases of one workbook.
pub(super) const MOST_EXPORTED: usize = 20_000;
/// How many cases are asked about at once.
const AT_ONCE: usize = 500;

/// A case of the ledger.
pub(super) struct Line {
    /// The case, with its summary where the reader may read the case.
    pub(super) seen: Seen,
    /// Until when it was to be answered as its clock stood when it was answered, and stands where it is not.
    pub(super) due_ms: i64,
    /// The working days by which it was extended.
    pub(super) extension_days: u32,
    /// The highest level at which it was supervised; 0: never.
    pub(super) level: i64,
}

/// A page of the ledger in the order of numbers, and the number after which the next one begins.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    wanted: &Wanted,
    (after, limit): (Option<&str>, usize),
) -> Result<(Vec<Line>, Option<String>), Error> {
    let reach = actor.reach(Permission::GrievanceFigures);
    let within = Within { reach: &reach, account: None };
    let mut rows = by_number_from(&app.db, &within, wanted, after, limit).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|row| row.number.clone());
    let seen: Vec<Seen> =
        rows.into_iter().map(|row| desk::glimpsed(app, actor, row)).collect::<Result<_, _>>()?;
    Ok((lines(app, frame, seen).await?, next))
}

async fn lines(app: &App, frame: &Frame, seen: Vec<Seen>) -> Result<Vec<Line>, Error> {
    let ids: Vec<String> = seen.iter().map(|one| one.row.id.clone()).collect();
    let mut highest = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        highest.extend(levels(&app.db, some).await?.into_iter().map(|row| (row.grievance_id, row.level)));
    }
    Ok(seen.into_iter().map(|one| line(one, frame, &highest)).collect())
}

fn line(seen: Seen, frame: &Frame, highest: &BTreeMap<String, i64>) -> Line {
    let clock = &seen.case.clock;
    Line {
        due_ms: frame.clock().due(&seen.case.answering(), frame.now).at.timestamp_millis(),
        extension_days: clock.extensions().iter().map(|extension| extension.limit.amount()).sum(),
        level: highest.get(&seen.row.id).copied().unwrap_or_default(),
        seen,
    }
}

/// Everything that is asked for, for a workbook; that it was taken out stands in the audit log.
///
/// # Errors
/// [`Error::Refused`] where there are more cases than a workbook holds.
pub(super) async fn export(
    app: &App,
    actor: &Actor,
    frame: &Frame,
    (wanted, asked): (&Wanted, &[(String, String)]),
) -> Result<Vec<Line>, Error> {
    let (lines, more) = page(app, actor, frame, wanted, (None, MOST_EXPORTED)).await?;
    if more.is_some() {
        let zh = format!("超过 {MOST_EXPORTED} 件，请用 from 和 to 缩短时间。");
        let en = format!("more than {MOST_EXPORTED} cases; narrow it by from and to");
        return Err(Error::Refused(vec![FieldError::new("from", "too_many", zh, en)]));
    }
    let filters: BTreeMap<_, _> = asked.iter().cloned().collect();
    let detail = json!({ "cases": lines.len(), "filters": filters });
    let object = Object::new("grievance_ledger", "xlsx");
    let entry = Entry { action: "grievance.export", object, district: None, detail };
    let mut tx = app.db.begin().await?;
    audit::record(&mut tx, actor, frame.now, &entry).await?;
    tx.commit().await?;
    Ok(lines)
}
