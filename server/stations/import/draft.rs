//! A plan while it is made: the rows as read, what they are about, and what is found about them.

use std::collections::HashMap;
use std::mem::take;

use spatial::Position;

use super::changes::{changes, merge};
use super::columns::{ColumnIssue, Mapping};
use super::duplicates::{self, Duplicate, Entry};
use super::evidence::Crs;
use super::field::Field;
use super::matching::Registry;
use super::plan::{Action, Context, Options, Plan};
use super::problem::{Issue, Level, Other, Problem};
use super::report::{Absent, Report, Update};
use super::row::{RowRead, RowReader};
use super::sheet::Sheet;
use crate::ids::Adcode;
use crate::stations::model::{Facts, Station};

/// Rows between two calls of the progress hook.
const PROGRESS_ROWS: usize = 512;

pub(super) struct Draft<'a> {
    sheet: &'a Sheet,
    options: &'a Options,
    context: &'a Context<'a>,
    mapping: &'a Mapping,
    registry: Registry<'a>,
    rows: Vec<RowRead>,
    /// The registered station of each row.
    matched: Vec<Option<&'a Station>>,
    duplicates: Vec<Duplicate>,
    shared_points: usize,
}

impl<'a> Draft<'a> {
    /// Nothing read yet.
    pub(super) fn new(
        sheet: &'a Sheet,
        options: &'a Options,
        context: &'a Context<'a>,
        mapping: &'a Mapping,
    ) -> Self {
        Self {
            sheet,
            options,
            context,
            mapping,
            registry: Registry::new(context.stations),
            rows: Vec::new(),
            matched: Vec::new(),
            duplicates: Vec::new(),
            shared_points: 0,
        }
    }

    /// Reads every row by itself.
    pub(super) fn read(&mut self, reader: &RowReader, progress: &dyn Fn(usize, usize)) {
        let all = self.sheet.rows.len();
        for (done, row) in self.sheet.rows.iter().enumerate() {
            if done % PROGRESS_ROWS == 0 {
                progress(done, all);
            }
            let code = reader.code(row);
            let registered = code.as_deref().and_then(|code| self.registry.by_code(code));
            self.rows.push(reader.read(row, registered.map(|station| &station.facts)));
        }
        progress(all, all);
    }

    /// Compares the rows with one another and with the registry.
    pub(super) fn judge(&mut self) {
        self.refuse_codes_used_twice();
        self.matched = self.registry.match_rows(&self.rows);
        self.suspect_duplicates();
    }

    fn refuse_codes_used_twice(&mut self) {
        let mut rows_of: HashMap<String, Vec<u32>> = HashMap::new();
        for row in &self.rows {
            if let Some(code) = &row.code {
                rows_of.entry(code.clone()).or_default().push(row.number);
            }
        }
        for row in &mut self.rows {
            let Some((code, rows)) = row.code.as_ref().and_then(|code| rows_of.get_key_value(code)) else {
                continue;
            };
            if rows.len() > 1 {
                let others = duplicates::other_rows(rows, row.number);
                let issue = Issue::CodeTwice { code: code.clone(), others };
                self.duplicates.extend(duplicates::duplicate(row.number, &issue));
                row.issues.push((Some(Field::Code), issue));
                row.facts = None;
            }
        }
    }

    /// A station that a row is about is represented by the row.
    fn suspect_duplicates(&mut self) {
        let rows = self.rows.iter().filter_map(|r| Some(entry(Other::Row(r.number), r.facts.as_ref()?)));
        let others = self.registry.unclaimed().map(|s| entry(Other::Station(s.id), &s.facts));
        let found = duplicates::suspect(&rows.chain(others).collect::<Vec<_>>());
        self.shared_points = found.shared_points;
        let mut of_rows = found.of_rows.into_iter().peekable();
        for row in &mut self.rows {
            while let Some((_, issue)) = of_rows.next_if(|(number, _)| *number == row.number) {
                self.duplicates.extend(duplicates::duplicate(row.number, &issue));
                row.issues.push((None, issue));
            }
        }
    }

    /// The positions as written, each with the district that its row names.
    pub(super) fn places(&self) -> Vec<(Position, Option<Adcode>)> {
        let named =
            |row: &RowRead| row.facts.as_ref().filter(|_| row.stated.contains(Field::District))?.district;
        self.rows.iter().filter_map(|row| Some((row.written?, named(row)))).collect()
    }

    /// The plan. Whatever is wrong anywhere, nothing is done.
    pub(super) fn finish(mut self, of_file: &[ColumnIssue], crs: Crs) -> Plan {
        let mut report = self.empty_report(crs);
        self.count_rows(&mut report);
        report.errors += usize::from(of_file.iter().any(|(_, issue)| issue.kind().0 == Level::Error));
        report.problems = self.problems(of_file);
        report.duplicates = take(&mut self.duplicates);
        if report.is_refused() {
            return Plan { report, actions: Vec::new() };
        }
        report.absent = self.registry.absent(self.options.district);
        let actions = self.actions(&mut report);
        Plan { report, actions }
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
            shared_points: self.shared_points,
            absent: Absent::default(),
            updates: Vec::new(),
            duplicates: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn count_rows(&self, report: &mut Report) {
        for row in &self.rows {
            match row.issues.iter().map(|(_, issue)| issue.kind().0).max() {
                Some(Level::Error) => report.errors += 1,
                Some(Level::Warning) => report.warnings += 1,
                Some(Level::Info) | None => report.ok += 1,
            }
            report.parked += usize::from(row.parked);
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
            row.issues.iter().map(|(field, issue)| {
                let column = field.and_then(|field| self.mapping.heading(field)).map(str::to_owned);
                Problem::new(Some(row.number), column, issue, language)
            })
        });
        of_file.chain(of_rows).collect()
    }

    fn actions(self, report: &mut Report) -> Vec<Action> {
        let mut actions = Vec::new();
        for (mut row, station) in self.rows.into_iter().zip(self.matched) {
            let Some(facts) = row.facts.take() else { continue };
            let number = row.number;
            let Some(station) = station else {
                report.created += 1;
                actions.push(Action::Create { row: number, facts: Box::new(facts) });
                continue;
            };
            let merged = merge(&station.facts, row.stated, &facts);
            let changes = changes(&station.facts, &merged, self.context.vocabularies, self.options.language);
            if changes.is_empty() {
                report.unchanged += 1;
                actions.push(Action::Unchanged { row: number, id: station.id });
            } else {
                report.updated += 1;
                report.updates.push(Update { row: number, station_id: station.id, changes });
                actions.push(Action::Update { row: number, id: station.id, facts: Box::new(merged) });
            }
        }
        actions
    }
}

fn entry(who: Other, facts: &Facts) -> Entry<'_> {
    Entry { who, name: &facts.name, address: facts.address.as_deref(), position: facts.position }
}
