//! What people send about reports, as bodies of requests.

use serde::Deserialize;
use utoipa::ToSchema;

use super::answering::Answer;
use super::model::{ANSWER_CHARS, Kind, Verdict, Wish};
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, PictureId, StationId};
use crate::stations::life::patch::remark;
use crate::stations::model::FacilityCode;

/// What a worker reports of a station.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportWish)]
pub(super) struct ReportWish {
    kind: Kind,
    /// Which facility is broken; with `facility_broken` only.
    facility: Option<FacilityCode>,
    /// In one's own words.
    #[schema(max_length = 1000)]
    text: Option<String>,
    /// What `POST /api/v1/uploads` answered, at most an hour ago.
    #[schema(value_type = Option<String>, format = Uuid)]
    photo: Option<PictureId>,
}

impl ReportWish {
    pub(super) fn of(self, station: StationId) -> Wish {
        let Self { kind, facility, text, photo } = self;
        Wish { station, kind, facility, text, photo }
    }
}

/// What leads back to a report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportKey)]
pub(super) struct TrackWish {
    /// Its number.
    #[schema(max_length = 100)]
    pub(super) number: String,
    /// Its receipt.
    #[schema(max_length = 100)]
    pub(super) receipt: String,
}

/// To whom a report is handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportHandover)]
pub(super) struct HandWish {
    /// Somebody who may answer it.
    #[schema(value_type = String, format = Uuid)]
    pub(super) account: AccountId,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportAnswer)]
pub(super) struct AnswerWish {
    verdict: Verdict,
    /// What the reporter reads.
    #[schema(min_length = 1, max_length = 1000)]
    answer: String,
    /// Whether it answers every open report of the same station, kind and facility.
    #[serde(default)]
    group: bool,
    /// Whether the facility is marked as broken; with a confirmed `facility_broken` only.
    #[serde(default)]
    facility_broken: bool,
}

impl AnswerWish {
    pub(super) fn read(&self) -> Result<Answer, Error> {
        let text = remark("answer", Some(&self.answer), ANSWER_CHARS)?;
        let text = text.ok_or_else(|| missing("answer", "请写答复，反映的人会看到。", "write an answer"))?;
        let Self { verdict, group, facility_broken, .. } = *self;
        Ok(Answer { verdict, text, group, facility_broken })
    }
}

/// Why what a worker wrote and showed is blanked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportRedaction)]
pub(super) struct RedactWish {
    /// Why, for the history; it must not repeat what is blanked.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl RedactWish {
    pub(super) fn read(&self) -> Result<String, Error> {
        let most = crate::stations::life::service::REASON_CHARS;
        let reason = remark("reason", Some(&self.reason), most)?;
        reason.ok_or_else(|| missing("reason", "请写明原因。", "say why"))
    }
}

fn missing(field: &str, zh: &str, en: &str) -> Error {
    Error::Refused(vec![FieldError::new(field, "missing", zh, en)])
}
