//! The ledger as a workbook. What a spreadsheet would take for a formula is made harmless by `table.rs`.

use super::service::Line;
use super::told::call_words;
use crate::error::Error;
use crate::grievance::model::{Channel, Grade, Identity, Kind, Outcome};
use crate::grievance::record::read;
use crate::grievance::told::{Telling, category};
use crate::table::{Cell, Column, workbook};

/// The headings in Chinese and English, and the width of each column in characters.
const HEADINGS: [(&str, &str, f64); 21] = [
    ("编号", "number", 14.0),
    ("渠道", "channel", 12.0),
    ("类型", "kind", 8.0),
    ("类别", "category", 14.0),
    ("单位", "unit", 24.0),
    ("摘要", "summary", 40.0),
    ("收到", "received", 17.0),
    ("派单", "dispatched", 17.0),
    ("承办部门", "department", 18.0),
    ("承办人", "person", 12.0),
    ("答复期限", "due", 17.0),
    ("接单", "accepted", 17.0),
    ("答复", "answered", 17.0),
    ("办理结果", "outcome", 10.0),
    ("轮次", "rounds", 6.0),
    ("延期（工作日）", "extension (working days)", 14.0),
    ("督办级别", "supervision", 9.0),
    ("回访", "call-back", 10.0),
    ("评价", "grade", 12.0),
    ("办结", "closed", 17.0),
    ("归档", "archived", 17.0),
];

/// The lines as the rows of a workbook.
pub(super) fn rows(lines: &[Line], t: &Telling<'_>) -> Result<Vec<Vec<Cell>>, Error> {
    lines.iter().map(|line| cells(line, t)).collect()
}

/// Writes the workbook.
pub(super) fn write(rows: Vec<Vec<Cell>>, language: crate::language::Language) -> Result<Vec<u8>, Error> {
    let heading = |(zh, en, width): &(&str, &str, f64)| Column {
        heading: language.of(*zh, *en).to_owned(),
        width: *width,
    };
    workbook(&HEADINGS.iter().map(heading).collect::<Vec<_>>(), rows.into_iter())
}

fn cells(line: &Line, t: &Telling<'_>) -> Result<Vec<Cell>, Error> {
    let row = &line.seen.row;
    let time =
        |ms: Option<i64>| ms.map_or(Cell::Empty, |ms| Cell::Time(t.frame.zone.from_ms(ms).naive_local()));
    let received = match line.seen.case.identity {
        Identity::Anonymous => Cell::Day(t.frame.zone.from_ms(row.received_ms).date_naive()),
        _ => time(Some(row.received_ms)),
    };
    let word = |words: crate::error::Words| words.of(t.language).to_owned();
    let outcome = row.outcome.as_deref().map(read::<Outcome>).transpose()?;
    let grade = row.grade.as_deref().map(read::<Grade>).transpose()?;
    let call = row.called_back_ms.map(|_| call_words(row.is_reached.unwrap_or_default(), row.is_solved));
    Ok(vec![
        Cell::text(Some(&row.number)),
        Cell::text(Some(word(read::<Channel>(&row.channel)?.words()))),
        Cell::text(Some(word(read::<Kind>(&row.kind)?.words()))),
        Cell::text(Some(category(&row.category, t).name)),
        Cell::text(row.unit.as_deref()),
        Cell::text(line.seen.summary.as_deref()),
        received,
        time(row.dispatched_ms),
        Cell::text(t.names.department(row.department_id.as_deref())),
        Cell::text(t.names.person(row.handler_id.as_deref())),
        time(Some(line.due_ms)),
        time(row.accepted_ms),
        time(row.answered_ms),
        Cell::text(outcome.map(|outcome| word(outcome.words()))),
        count(row.round),
        count(line.extension_days.into()),
        count(line.level),
        Cell::text(call.map(word)),
        Cell::text(grade.map(|grade| word(grade.words()))),
        time(row.closed_ms),
        time(row.archived_ms),
    ])
}

/// A small whole number.
fn count(number: i64) -> Cell {
    Cell::Number(u32::try_from(number).unwrap_or_default().into())
}
