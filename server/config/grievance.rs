//! `[grievance]`: working hours, and how long each step may take.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::{Limit, Shifts, Unit};
use crate::grievance::workflow::Rules;

/// `[grievance]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grievance {
    pub shifts: Shifts,
    pub backup_days: u32,
    pub retain_years: u32,
    pub urgent: TimeLimit,
    pub prompt: TimeLimit,
    pub normal: TimeLimit,
    pub complex: TimeLimit,
    pub redo_urgent: TimeLimit,
    pub redo_prompt: TimeLimit,
    pub redo_normal: TimeLimit,
    pub redo_complex: TimeLimit,
    pub dispatch_urgent: TimeLimit,
    pub dispatch: TimeLimit,
    pub accept_urgent: TimeLimit,
    pub accept: TimeLimit,
    pub interim: TimeLimit,
    pub interim_extended: TimeLimit,
    pub inform: TimeLimit,
    pub call_back: TimeLimit,
    pub appeal: TimeLimit,
    pub remind: TimeLimit,
    pub escalate: TimeLimit,
    pub extension_days: u32,
    pub reopen_days: u32,
}

/// The most working days of one extension: about half a year.
const MOST_EXTENSION_DAYS: u32 = 125;
/// The most days that backups are kept.
const MOST_BACKUP_DAYS: u32 = 3_650;
/// The most years that a case is kept once it has ended.
pub const MOST_RETAIN_YEARS: u32 = 100;
/// The most days in which a reporter may come back to a closed case.
const MOST_REOPEN_DAYS: u32 = 366;

impl Grievance {
    /// Whether a case can be extended and reopened at all, within reason.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=MOST_EXTENSION_DAYS).contains(&self.extension_days) {
            return Err(format!("grievance.extension_days: 1 to {MOST_EXTENSION_DAYS}"));
        }
        if !(1..=MOST_REOPEN_DAYS).contains(&self.reopen_days) {
            return Err(format!("grievance.reopen_days: 1 to {MOST_REOPEN_DAYS}"));
        }
        if self.backup_days > MOST_BACKUP_DAYS {
            return Err(format!("grievance.backup_days: 0 to {MOST_BACKUP_DAYS}"));
        }
        if !(1..=MOST_RETAIN_YEARS).contains(&self.retain_years) {
            return Err(format!("grievance.retain_years: 1 to {MOST_RETAIN_YEARS}"));
        }
        Ok(())
    }

    /// The rules of these settings.
    pub fn rules(&self) -> Rules {
        Rules {
            answer: [self.urgent.0, self.prompt.0, self.normal.0, self.complex.0],
            redo: [self.redo_urgent.0, self.redo_prompt.0, self.redo_normal.0, self.redo_complex.0],
            dispatch: [self.dispatch_urgent.0, self.dispatch.0],
            accept: [self.accept_urgent.0, self.accept.0],
            interim: self.interim.0,
            interim_extended: self.interim_extended.0,
            inform: self.inform.0,
            call_back: self.call_back.0,
            appeal: self.appeal.0,
            remind: self.remind.0,
            escalate: self.escalate.0,
            extension_days: self.extension_days,
            reopen_days: self.reopen_days,
        }
    }
}

/// A limit as settings write it: a number and a unit, such as `3 working_days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeLimit(pub Limit);

impl TryFrom<String> for TimeLimit {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let read = || {
            let (amount, unit) = text.trim().split_once(' ')?;
            let unit: Unit = unit.trim().parse().ok()?;
            Limit::new(unit, amount.parse().ok()?).ok()
        };
        read().map(Self).ok_or_else(|| {
            let units: Vec<_> = Unit::ALL.iter().map(|unit| format!("1 to {} {unit}", unit.most())).collect();
            format!("{text:?} is no limit; write it as \"3 working_days\": {}", units.join(", "))
        })
    }
}

impl From<TimeLimit> for String {
    fn from(limit: TimeLimit) -> Self {
        limit.to_string()
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.amount(), self.0.unit())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Overrides};
    use super::*;

    /// The error of a settings file with one line under `[grievance]`.
    fn refused(line: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        std::fs::write(&file, format!("[grievance]\n{line}\n")).unwrap();
        Config::load(&Overrides { file: Some(file), ..Overrides::default() }).unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_are_the_usual_rules() {
        let config = Config::load(&Overrides::default()).unwrap();
        assert_eq!(config.grievance.rules(), Rules::usual().unwrap());
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_key_and_the_remedy() {
        for (line, words) in [
            ("normal = \"3 weeks\"", ["grievance.normal", "3 working_days"]),
            ("urgent = \"0 minutes\"", ["grievance.urgent", "1 to 527040 minutes"]),
            ("complex = \"367 days\"", ["grievance.complex", "1 to 366 days"]),
            ("remind = \"working_days\"", ["grievance.remind", "\"working_days\" is no limit"]),
            ("extension_days = 0", ["grievance.extension_days", "1 to 125"]),
            ("reopen_days = 400", ["grievance.reopen_days", "1 to 366"]),
            ("dispatch_normal = \"1 days\"", ["dispatch_normal", "unknown"]),
        ] {
            let said = refused(line);
            assert!(words.iter().all(|word| said.contains(word)), "{line}: {said}");
        }
    }

    #[test]
    fn limits_are_read_and_written() {
        for text in ["120 minutes", "3 working_days", "15 days", "120 working_minutes"] {
            assert_eq!(TimeLimit::try_from(text.to_owned()).unwrap().to_string(), text);
        }
    }
}
