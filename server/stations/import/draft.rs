//! A plan while it is made: the rows as read, what they are about, and what is found about them.

use std::collections::HashMap;

use super::changes::fold;
use super::columns::Mapping;
use super::corrections::Decision;
use super::decide::Decisions;
use super::duplicates::{self, Apart, Duplicate, entry};
use super::evidence::{Placed, explained};
use super::field::Field;
use super::matching::Registry;
use super::pairs::{self, Pair};
use super::plan::{Context, Options};
use super::problem::{Issue, Other};
use super::row::{RowRead, RowReader};
use super::sheet::Sheet;
use crate::ids::StationId;
use crate::stations::model::{Station, Status};

/// Rows between two calls of the progress hook.
const PROGRESS_ROWS: usize = 512;

pub(super) struct Draft<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) options: &'a Options,
    pub(super) context: &'a Context<'a>,
    pub(super) mapping: &'a Mapping,
    pub(super) registry: Registry<'a>,
    pub(super) decisions: Decisions,
    pub(super) rows: Vec<RowRead>,
    /// The registered station of each row.
    pub(super) matched: Vec<Option<&'a Station>>,
    pub(super) duplicates: Vec<Duplicate>,
    pub(super) pairs: Vec<Pair>,
    pub(super) shared_points: usize,
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
            decisions: Decisions::default(),
            rows: Vec::new(),
            matched: Vec::new(),
            duplicates: Vec::new(),
            pairs: Vec::new(),
            shared_points: 0,
        }
    }

    /// Reads every row by itself.
    pub(super) fn read(&mut self, reader: &RowReader, progress: &dyn Fn(usize, usize)) {
        let corrections = &self.options.corrections;
        let kept = self.sheet.rows.iter().filter(|row| !corrections.skips.contains(&row.number));
        let keys: Vec<_> = kept.map(|row| (row.number, reader.key(row))).collect();
        self.decisions = Decisions::of(self.options, &keys);
        let all = self.sheet.rows.len();
        for (done, row) in self.sheet.rows.iter().enumerate() {
            if done % PROGRESS_ROWS == 0 {
                progress(done, all);
            }
            if corrections.skips.contains(&row.number) {
                self.rows.push(reader.skipped(row));
                continue;
            }
            let station = self.said_of(row.number, reader.code(row).as_deref());
            let seen = station.filter(|station| self.context.rights.sees(station));
            self.rows.push(reader.read(row, seen, corrections.pins.get(&row.number).copied()));
        }
        progress(all, all);
    }

    /// The station that a row is about, by its number or else by a decision.
    fn said_of(&self, row: u32, code: Option<&str>) -> Option<&'a Station> {
        let decided = || self.registry.in_use(self.decisions.station(row)?.0);
        code.and_then(|code| self.registry.by_code(code)).or_else(decided)
    }

    /// Compares the rows with one another and with the registry.
    pub(super) fn judge(&mut self) {
        self.doubt_offsets();
        let said = self.groups();
        self.refuse_codes_used_twice();
        self.matched = self.registry.match_rows(&self.rows, said);
        self.suspect_duplicates();
        self.refuse_out_of_reach();
    }

    /// Names the system that explains why a row lies far from where its number is registered.
    fn doubt_offsets(&mut self) {
        let declared = self.options.crs;
        for row in &mut self.rows {
            let Some(placed) = row.placed() else { continue };
            if let Some((better, own, other)) = explained(declared, &placed) {
                let issue = Issue::OtherDatum { better, offset_m: metres(own), better_m: metres(other) };
                row.issues.push((Some(Field::Lon), issue));
            }
        }
    }

    /// Folds rows that are one station into the first of them; the station of each row so far.
    fn groups(&mut self) -> Vec<Option<&'a Station>> {
        let mut said: Vec<_> =
            self.rows.iter().map(|row| self.said_of(row.number, row.code.as_deref())).collect();
        let places: HashMap<u32, usize> = self.rows.iter().enumerate().map(|(i, r)| (r.number, i)).collect();
        let mut head_of: HashMap<StationId, usize> = HashMap::new();
        for at in 0..self.rows.len() {
            let number = self.rows[at].number;
            let decided = self.decisions.head(number).and_then(|(head, d)| Some((*places.get(&head)?, d)));
            // A second row that somebody said to be a station is folded into the first row that is it.
            let same = || {
                let (station, decision) = self.decisions.station(number)?;
                Some((*head_of.get(&station)?, decision))
            };
            if let Some((head, decision)) = decided.or_else(same) {
                self.fold(at, head, decision);
                said[head] = self.one_station(head, said[head], said[at].take());
            }
            if let Some(station) = said[at] {
                head_of.entry(station.id).or_insert(at);
            }
        }
        said
    }

    /// Of two stations that rows of one group are about there may be one only.
    fn one_station(
        &mut self,
        head: usize,
        a: Option<&'a Station>,
        b: Option<&'a Station>,
    ) -> Option<&'a Station> {
        if let (Some(a), Some(b)) = (a, b)
            && a.id != b.id
        {
            self.rows[head].issues.push((None, Issue::TwoStations));
            self.rows[head].facts = None;
        }
        a.or(b)
    }

    fn fold(&mut self, at: usize, head: usize, decision: Decision) {
        let later = &mut self.rows[at];
        let (facts, also, code) = (later.facts.take(), later.stated, later.code.take());
        later.is_folded = true;
        later.as_read.clone_from(&facts);
        let first = &mut self.rows[head];
        let Some(facts) = facts else { return };
        if let Some(into) = &mut first.facts {
            first.stated = fold(into, first.stated, &facts, also);
            if decision == Decision::Merge {
                first.other_names.push(facts.name);
            }
            first.code = first.code.take().or(code);
        }
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

    /// A station that a row is about is represented by the row; one that whoever imports may not see is left aside.
    fn suspect_duplicates(&mut self) {
        let rights = self.context.rights;
        let rows = self.rows.iter().filter_map(|r| Some(entry(Other::Row(r.number), r.facts.as_ref()?)));
        let others = self.registry.unclaimed().filter(|s| s.is_public() || rights.sees(s));
        let others = others.map(|s| entry(Other::Station(s.id), &s.facts));
        let about = self.rows.iter().zip(&self.matched).filter_map(|(r, s)| Some((r.number, (*s)?.id)));
        let about: HashMap<u32, _> = about.collect();
        let apart = |a, b| self.decisions.is_apart(a, b, |row| about.get(&row).copied());
        let apart: Apart = if self.decisions.none_apart() { None } else { Some(&apart) };
        let found = duplicates::suspect(&rows.chain(others).collect::<Vec<_>>(), apart);
        self.shared_points = found.shared_points;
        let mut of_rows = found.of_rows.into_iter().peekable();
        for row in &mut self.rows {
            while let Some((_, issue)) = of_rows.next_if(|(number, _)| *number == row.number) {
                self.duplicates.extend(duplicates::duplicate(row.number, &issue));
                row.issues.push((None, issue));
            }
        }
        let find = |id| self.registry.in_use(id);
        self.pairs = pairs::of(&self.rows, &self.decisions, &find);
    }

    /// Refuses what whoever imports may not write.
    fn refuse_out_of_reach(&mut self) {
        let rights = self.context.rights;
        for (row, station) in self.rows.iter_mut().zip(&self.matched) {
            let facts = row.facts.as_ref().or(row.parked_facts.as_ref());
            let Some(facts) = facts else { continue };
            let issue = match station {
                None if rights.may_create(facts.district) => continue,
                None => Issue::OutOfReach { code: None },
                Some(station) if !rights.sees(station) => Issue::OutOfReach { code: row.code.clone() },
                Some(station) => {
                    let merged = row.merged(station, facts, &self.decisions);
                    if merged == station.facts || rights.may_update(station, &merged) {
                        continue;
                    }
                    let is_retired = station.status == Status::Retired;
                    if is_retired { Issue::Retired } else { Issue::OutOfReach { code: None } }
                }
            };
            row.issues.push((None, issue));
            row.facts = None;
            row.parked_facts = None;
        }
    }

    /// The positions as written, each with what is known of where it should be.
    pub(super) fn places(&self) -> Vec<Placed> {
        self.rows.iter().filter_map(RowRead::placed).collect()
    }
}

/// Metres as a whole number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "half the earth's girth at most")]
fn metres(m: f64) -> u32 {
    m.round() as u32
}
