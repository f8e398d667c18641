//! What operators are told of a job.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::State;
use super::store::JobRow;
use crate::error::Error;
use crate::ids::JobId;
use crate::time::Zone;

/// A job.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct Told {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: JobId,
    /// What is done.
    pub kind: String,
    /// The type of what it is about.
    pub object_type: String,
    /// Which.
    pub object_id: String,
    /// How far it has come.
    #[schema(value_type = String)]
    pub state: State,
    /// How often it was begun.
    pub tries: i64,
    /// When it is due, or was.
    pub run_at: DateTime<FixedOffset>,
    /// When it was done or given up.
    pub ended: Option<DateTime<FixedOffset>>,
    /// Why the last try failed.
    pub fault: Option<String>,
}

impl Told {
    /// A row.
    pub(super) fn of(zone: Zone, row: JobRow) -> Result<Self, Error> {
        let broken = |what: &str| Error::Internal(format!("job {}: {what}", row.id));
        Ok(Self {
            id: row.id.parse().map_err(|_| broken("its id"))?,
            state: row.state.parse().map_err(|_| broken(&row.state))?,
            kind: row.kind,
            object_type: row.object_type,
            object_id: row.object_id,
            tries: row.tries,
            run_at: zone.from_ms(row.run_ms),
            ended: row.ended_ms.map(|ms| zone.from_ms(ms)),
            fault: row.fault,
        })
    }
}
