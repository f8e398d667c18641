//! What staff are told of a request to join.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Person, State};
use super::store::JoinRow;
use crate::app::App;
use crate::error::Error;
use crate::ids::{Adcode, JoinId, StationId};
use crate::stations::model::Trade;

/// A request to join the union.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = JoinRequest)]
pub struct Told {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: JoinId,
    /// The version that a change is meant for.
    pub version: i64,
    /// The number that the person was told.
    pub number: String,
    /// How far it has come.
    #[schema(value_type = String)]
    pub state: State,
    /// The name; none once it is erased.
    pub name: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// Where the person works.
    pub unit: Option<String>,
    /// The trade.
    #[schema(value_type = Option<String>)]
    pub trade: Option<Trade>,
    /// Where the code was scanned.
    pub station: Option<At>,
    /// The district that sees to it; none: the city.
    #[schema(value_type = Option<String>)]
    pub district: Option<Adcode>,
    /// The version of the text that the person agreed to.
    pub consent_version: i64,
    /// What staff remarked.
    pub note: Option<String>,
    /// How many other requests have the same number.
    pub same_phone: i64,
    /// When it came.
    pub created: DateTime<FixedOffset>,
    /// When it was changed last.
    pub changed: DateTime<FixedOffset>,
}

/// The station whose code was scanned.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = JoinStation)]
pub struct At {
    /// Its identity.
    #[schema(value_type = String, format = Uuid)]
    pub id: StationId,
    /// Its name, while it is public.
    pub name: Option<String>,
}

impl Told {
    /// A row, with the person that it holds.
    pub(super) fn of(
        app: &App,
        id: JoinId,
        row: JoinRow,
        person: Option<Person>,
        same_phone: i64,
    ) -> Result<Self, Error> {
        let broken = |e: String| Error::Internal(format!("join {id}: {e}"));
        let (zone, snapshot) = (app.config.zone(), app.registry.snapshot());
        let station = row.station_id.map(|id| id.parse::<StationId>()).transpose();
        let at = |id| At { id, name: snapshot.station(id).map(|e| e.station.facts.name.clone()) };
        let (name, phone, unit) =
            person.map_or((None, None, None), |p| (Some(p.name), Some(p.phone), p.unit));
        Ok(Self {
            id,
            version: row.version,
            number: row.number,
            state: row.state.parse().map_err(|_| broken(row.state.clone()))?,
            name,
            phone,
            unit,
            trade: row.trade.and_then(|code| code.parse().ok()),
            station: station.map_err(|e| broken(e.to_string()))?.map(at),
            district: row.district.and_then(|code| code.parse().ok()),
            consent_version: row.consent_version,
            note: row.note,
            same_phone,
            created: zone.from_ms(row.created_ms),
            changed: zone.from_ms(row.changed_ms),
        })
    }
}
