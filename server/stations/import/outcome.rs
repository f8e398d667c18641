//! What comes of a draft: the report, what becomes of each row, and what has to be done.

use std::mem::take;

use super::changes::{Change, changes};
use super::columns::ColumnIssue;
use super::draft::Draft;
use super::evidence::Crs;
use super::field::Field;
use super::plan::{Action, Becomes, Plan, PlannedRow};
use super::problem::{Issue, Level, Problem};
use super::report::{Absent, Report, Update};
use super::row::RowRead;
use crate::stations::model::Station;

impl Draft<'_> {
    /// The plan. Whatever is wrong anywhere, nothing is done.
    pub(super) fn finish(mut self, of_file: &[ColumnIssue], crs: Crs) -> Plan {
        let mut report = self.empty_report(crs);
        self.count_rows(&mut report);
        report.errors += usize::from(of_file.iter().any(|(_, issue)| issue.kind().0 == Level::Error));
        report.problems = self.problems(of_file);
        report.duplicates = take(&mut self.duplicates);
        report.absent =
            self.registry.absent(self.options.district, &|station| self.context.rights.sees(station));
        let (mapping, pairs) = (self.mapping.clone(), take(&mut self.pairs));
        let (mut actions, rows) = self.carried_out(&mut report);
        if report.is_refused() {
            actions.clear();
            report.updates.clear();
            report.absent = Absent::default();
            (report.created, report.updated, report.unchanged) = (0, 0, 0);
        }
        Plan { report, actions, rows, mapping, pairs }
    }

    fn empty_report(&self, crs: Crs) -> Report {
        let header = &self.sheet.header;
        Report {
            id: None,
            format: header.format,
            encoding: header.encoding,
            mapping: self.mapping.report(),
            crs,
            rows: self.sheet.rows.len(),
            ok: 0,
            warnings: 0,
            errors: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            parked: 0,
            skipped: 0,
            shared_points: self.shared_points,
            absent: Absent::default(),
            updates: Vec::new(),
            duplicates: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn count_rows(&self, report: &mut Report) {
        for row in &self.rows {
            match row.level() {
                _ if row.skipped => report.skipped += 1,
                Some(Level::Error) => report.errors += 1,
                Some(Level::Warning) => report.warnings += 1,
                Some(Level::Info) | None => report.ok += 1,
            }
            report.parked += usize::from(row.parked && !row.is_folded);
        }
    }

    /// Everything found, worded.
    fn problems(&self, of_file: &[ColumnIssue]) -> Vec<Problem> {
        let language = self.options.language;
        let heading_row = self.sheet.header.heading_row;
        let of_file = of_file.iter().map(|(column, issue)| {
            let row = heading_row.filter(|_| issue.is_of_headings());
            Problem::new(row, column.clone(), issue, language)
        });
        let of_rows = self.rows.iter().flat_map(|row| {
            let worded = |(field, issue): &(Option<Field>, Issue)| {
                Problem::of_row(row.number, *field, issue, self.mapping, language)
            };
            row.issues.iter().map(worded)
        });
        of_file.chain(of_rows).collect()
    }

    /// What becomes of each row, and what has to be done.
    fn carried_out(self, report: &mut Report) -> (Vec<Action>, Vec<PlannedRow>) {
        let Self { rows, matched, decisions, context, options, .. } = self;
        let mut actions = Vec::new();
        let mut planned = Vec::with_capacity(rows.len());
        // Where the columns are not known no row was read.
        let matched = matched.into_iter().chain(std::iter::repeat(None));
        for (mut row, station) in rows.into_iter().zip(matched) {
            let position = row.facts.as_ref().map(|facts| facts.position);
            let action = row.action(station, &decisions);
            let changes = match (&action, station) {
                (Some(Action::Update { facts, .. }), Some(station)) => {
                    changes(&station.facts, facts, context.vocabularies, options.language)
                }
                _ => Vec::new(),
            };
            let action = action.map(|action| action.or_unchanged(&changes));
            let becomes = becomes(&row, action.as_ref());
            count(report, becomes, row.number, station, &changes);
            actions.extend(action);
            let station = station.filter(|station| context.rights.sees(station)).map(|s| s.id);
            planned.push(PlannedRow {
                number: row.number,
                level: row.level(),
                becomes,
                key: row.key,
                station,
                changes,
                position,
                written: row.written,
                issues: row.issues,
            });
        }
        (actions, planned)
    }
}

impl Action {
    /// An update of which nobody could see anything is none.
    fn or_unchanged(self, changes: &[Change]) -> Self {
        match self {
            Self::Update { row, id, .. } if changes.is_empty() => Self::Unchanged { row, id },
            other => other,
        }
    }
}

fn becomes(row: &RowRead, action: Option<&Action>) -> Becomes {
    match action {
        _ if row.skipped => Becomes::Skip,
        Some(Action::Create { .. }) => Becomes::Create,
        Some(Action::Update { .. }) => Becomes::Update,
        Some(Action::Unchanged { .. }) => Becomes::Unchanged,
        Some(Action::Park { .. }) => Becomes::Park,
        None => Becomes::None,
    }
}

fn count(report: &mut Report, becomes: Becomes, row: u32, station: Option<&Station>, changes: &[Change]) {
    match becomes {
        Becomes::Create => report.created += 1,
        Becomes::Unchanged => report.unchanged += 1,
        Becomes::Update => report.updated += 1,
        Becomes::Park | Becomes::Skip | Becomes::None => {}
    }
    if let Some(station) = station.filter(|_| becomes == Becomes::Update) {
        report.updates.push(Update { row, station_id: station.id, changes: changes.to_vec() });
    }
}
