//! What staff say of a session, and what is wrong with it.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::error::{Error, FieldError};
use crate::grievance::model::{SessionKind, UNIT_CHARS};
use crate::grievance::wish::{line, needed};
use crate::ids::{Adcode, DepartmentId};

/// The most characters of the leader's name.
const LEADER_CHARS: usize = 40;
/// The most departments.
const MOST_DEPARTMENTS: usize = 20;
/// The most characters of minutes.
const MINUTES_CHARS: usize = 20_000;
/// The most cases of one request.
pub(super) const MOST_CASES: usize = 50;

/// What is said of a session; of one that is there, what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceSessionWish)]
#[expect(clippy::option_option, reason = "null takes something away, what is absent stays")]
pub(super) struct SessionWish {
    /// What it is; a new one needs it.
    pub(super) kind: Option<SessionKind>,
    /// Its day; a new one needs it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) date: Option<NaiveDate>,
    /// Who received or visited; a new one needs it.
    #[schema(max_length = 40)]
    pub(super) leader: Option<String>,
    /// The departments that were there, at most 20.
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    pub(super) departments: Option<Vec<DepartmentId>>,
    /// Where it was.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 80)]
    pub(super) unit: Option<Option<String>>,
    /// Its district; null: the city's.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub(super) district: Option<Option<Adcode>>,
    /// What was said, sealed wherever it is kept.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 20000)]
    pub(super) minutes: Option<Option<String>>,
}

/// Tells null from absent.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Cases that are raised in a session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceSessionCasesWish)]
pub(super) struct CasesWish {
    /// At most 50, each as `POST /api/v1/grievances` takes it; their channel is that of the session, and so are unit
    /// and district where a case names none.
    #[schema(value_type = Vec<Object>, min_items = 1, max_items = 50)]
    pub(super) cases: Vec<Map<String, Value>>,
}

impl SessionWish {
    /// Reads it; a new one needs kind, day and leader.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub(super) fn checked(mut self, is_new: bool) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        let mut missing = |field: &'static str| {
            wrong.push(FieldError::new(field, "missing", "必须填写。", "is required"));
        };
        if is_new && self.kind.is_none() {
            missing("kind");
        }
        if is_new && self.date.is_none() {
            missing("date");
        }
        if self.date.is_some_and(|date| !(2000..=2100).contains(&chrono::Datelike::year(&date))) {
            wrong.push(FieldError::new(
                "date",
                "out_of_range",
                "年份要在 2000 到 2100。",
                "must be in 2000 to 2100",
            ));
        }
        if is_new || self.leader.is_some() {
            self.leader =
                Some(needed(&mut wrong, "leader", self.leader.as_deref().unwrap_or_default(), LEADER_CHARS));
        }
        if self.departments.as_ref().is_some_and(|all| all.len() > MOST_DEPARTMENTS) {
            let (zh, en) = (format!("最多 {MOST_DEPARTMENTS} 个。"), format!("at most {MOST_DEPARTMENTS}"));
            wrong.push(FieldError::new("departments", "too_many", zh, en));
        }
        self.unit = self.unit.map(|unit| line(&mut wrong, "unit", unit.as_deref(), UNIT_CHARS));
        self.minutes = self.minutes.map(|said| line(&mut wrong, "minutes", said.as_deref(), MINUTES_CHARS));
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }
}

impl CasesWish {
    /// Reads how many there are.
    ///
    /// # Errors
    /// [`Error::Malformed`] where there are none, or too many.
    pub(super) fn checked(self) -> Result<Vec<Map<String, Value>>, Error> {
        if (1..=MOST_CASES).contains(&self.cases.len()) {
            return Ok(self.cases);
        }
        let zh = format!("一次交 1 到 {MOST_CASES} 件，多了请分几次交。");
        let en = format!("1 to {MOST_CASES} at a time; send more in several requests");
        Err(FieldError::new("cases", "bad_length", zh, en).into())
    }
}
