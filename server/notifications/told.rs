//! What somebody is told of his inbox.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Group, Kind, link};
use super::store::NotificationRow;
use super::words::words;
use crate::error::Error;
use crate::ids::NotificationId;
use crate::language::Language;
use crate::time::Zone;

/// A notice in somebody's inbox.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Notification)]
pub struct Told {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: NotificationId,
    /// What happened.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// The group of its kind.
    #[schema(value_type = String)]
    pub group: Group,
    /// What happened, in the reader's language.
    pub text: String,
    /// The screen to go to: a path of this service.
    pub link: Option<String>,
    /// The type of what it is about.
    pub object_type: String,
    /// Which.
    pub object_id: String,
    /// The number that people know it by.
    pub number: Option<String>,
    /// The day that matters.
    pub due: Option<NaiveDate>,
    /// Since when it is shown.
    pub at: DateTime<FixedOffset>,
    /// Whether it was read.
    pub read: bool,
}

impl Told {
    /// A row in a language.
    pub(super) fn of(zone: Zone, row: NotificationRow, language: Language) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("notification {}: {what}", row.id));
        let kind: Kind = row.kind.parse().map_err(|_| broken(&row.kind))?;
        let due = row.due.as_deref().map(str::parse).transpose().map_err(|_| broken("its day"))?;
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("its id"))?,
            text: words(kind, row.number.as_deref(), due, language),
            link: link(&row.object_type, &row.object_id),
            group: kind.group(),
            kind,
            object_type: row.object_type,
            object_id: row.object_id,
            number: row.number,
            due,
            at: zone.from_ms(row.at_ms),
            read: row.read_ms.is_some(),
        })
    }
}
