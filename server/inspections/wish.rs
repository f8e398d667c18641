//! An inspection as a phone sends it, read and checked.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::model::{FindingKind, check_due};
use super::questions::{self, Answer, Answers};
use crate::error::{Error, FieldError};
use crate::ids::{FindingId, PictureId, RoundId, StationId};
use crate::stations::life::desk::Desk;
use crate::stations::life::patch::remark;
use crate::stations::model::FacilityCode;

/// The most findings of an inspection, and the most earlier ones that it looks at again.
pub(super) const MOST_FINDINGS: usize = 30;
pub(super) const MOST_CHECKS: usize = 100;
/// The most characters of a note, and of a finding.
pub(super) const NOTE_CHARS: usize = 1_000;
pub(super) const TEXT_CHARS: usize = 500;
/// The most characters of a phone's own key.
pub(super) const KEY_CHARS: usize = 64;
/// An inspection may have waited on a phone for so long.
const MOST_WAITED: TimeDelta = TimeDelta::days(30);
/// A phone's clock may be so much fast.
const FAST: TimeDelta = TimeDelta::minutes(10);

/// What was seen at a station.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InspectionWish {
    /// Chosen by the phone: what is sent again under the same key counts once.
    #[schema(min_length = 1, max_length = 64)]
    pub(super) client_key: String,
    /// The round that it belongs to.
    pub(super) round_id: Option<RoundId>,
    pub(super) station_id: StationId,
    /// When it was seen, at most 30 days ago.
    pub(super) at: DateTime<FixedOffset>,
    /// Whether the door was open.
    pub(super) is_open: bool,
    /// The version of the questions.
    pub(super) questions: i64,
    /// Answers by the code of the question: `yes`, `no` or `not_seen`.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    answers: BTreeMap<String, Answer>,
    /// Whether the registered facts hold, which confirms them.
    #[serde(default)]
    pub(super) confirms: bool,
    #[schema(max_length = 1000)]
    note: Option<String>,
    /// What has to be put right.
    #[serde(default)]
    #[schema(max_items = 30)]
    findings: Vec<FindingWish>,
    /// Earlier findings that were looked at again.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub(super) checks: Vec<CheckWish>,
}

/// Something that has to be put right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingWish {
    pub(super) kind: FindingKind,
    /// The facility that it is about.
    pub(super) facility: Option<FacilityCode>,
    /// What is wrong.
    #[schema(min_length = 1, max_length = 500)]
    text: String,
    /// A picture, by the id that its upload gave.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub(super) photo: Option<PictureId>,
    /// The last day for putting it right: a working day after the inspection.
    due: NaiveDate,
    /// Whether the facility is to be registered as broken.
    #[serde(default)]
    broken: bool,
}

/// What became of an earlier finding.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckWish {
    pub(super) finding: FindingId,
    /// Whether it is put right.
    pub(super) fixed: bool,
}

/// A finding, checked.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: FindingKind,
    pub(super) facility: Option<FacilityCode>,
    pub(super) text: String,
    pub(super) photo: Option<PictureId>,
    pub(super) due: NaiveDate,
}

/// An inspection, checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) answers: Answers,
    pub(super) note: Option<String>,
    pub(super) findings: Vec<Found>,
    /// Facilities that are to be registered as broken, each with the field that names it.
    pub(super) broken: Vec<(String, FacilityCode)>,
}

impl InspectionWish {
    /// Checks everything that needs no database.
    pub(super) fn checked(&self, desk: &Desk) -> Result<Checked, Error> {
        self.check_key()?;
        self.check_time(desk.now)?;
        for (field, count, most) in
            [("findings", self.findings.len(), MOST_FINDINGS), ("checks", self.checks.len(), MOST_CHECKS)]
        {
            if count > most {
                return refused(field, "too_many", &format!("最多 {most} 条。"), &format!("at most {most}"));
            }
        }
        let answers = Answers { version: self.questions, answers: self.answers.clone() };
        questions::check(&answers)?;
        let note = remark("note", self.note.as_deref(), NOTE_CHARS)?;
        let seen_on = desk.zone.local(self.at).date();
        let mut findings = Vec::with_capacity(self.findings.len());
        let mut broken = Vec::new();
        for (i, wish) in self.findings.iter().enumerate() {
            findings.push(wish.checked(i, desk, seen_on)?);
            if let Some(facility) = wish.facility.filter(|_| wish.broken) {
                broken.push((format!("findings[{i}].facility"), facility));
            }
        }
        Ok(Checked { answers, note, findings, broken })
    }

    fn check_key(&self) -> Result<(), Error> {
        let fine = (1..=KEY_CHARS).contains(&self.client_key.len());
        if fine && self.client_key.bytes().all(|b| b.is_ascii_graphic()) {
            return Ok(());
        }
        let zh = format!("要写 1 到 {KEY_CHARS} 个可见的 ASCII 字符。");
        refused(
            "client_key",
            "bad_length",
            &zh,
            &format!("must be 1 to {KEY_CHARS} printable ASCII characters"),
        )
    }

    fn check_time(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let at = self.at.with_timezone(&Utc);
        if at > now + FAST {
            let (zh, en) =
                ("这个时间还没到，请核对手机的时钟。", "is yet to come; look at the phone's clock");
            return refused("at", "in_the_future", zh, en);
        }
        if at < now - MOST_WAITED {
            return refused("at", "too_early", "最早三十天以前。", "at most 30 days ago");
        }
        Ok(())
    }
}

impl FindingWish {
    fn checked(&self, i: usize, desk: &Desk, seen_on: NaiveDate) -> Result<Found, Error> {
        let field = |name: &str| format!("findings[{i}].{name}");
        let in_list = |error: Error| match error {
            Error::Refused(faults) => Error::Refused(
                faults.into_iter().map(|f| FieldError { field: field(&f.field), ..f }).collect(),
            ),
            other => other,
        };
        let text = remark("text", Some(&self.text), TEXT_CHARS).map_err(in_list)?;
        let Some(text) = text else {
            return refused(&field("text"), "missing", "请写明是什么问题。", "say what is wrong");
        };
        if self.broken && self.facility.is_none() {
            return refused(
                &field("facility"),
                "missing",
                "请选哪项设施坏了。",
                "say which facility is broken",
            );
        }
        check_due(&field("due"), &desk.city.calendar, seen_on, self.due)
            .map_err(|fault| Error::Refused(vec![fault]))?;
        Ok(Found { kind: self.kind, facility: self.facility, text, photo: self.photo, due: self.due })
    }
}

fn refused<T>(field: &str, code: &'static str, zh: &str, en: &str) -> Result<T, Error> {
    Err(Error::Refused(vec![FieldError::new(field, code, zh, en)]))
}
