//! By what figures are told apart.

use super::model::{By, Hit};
use super::store::FigureRow;
use crate::time::Zone;

/// What stands for nothing, such as a case without a unit.
pub(super) const NONE: &str = "-";

impl By {
    /// What a round is counted under.
    pub(super) fn key(self, row: &FigureRow, hit: Hit, zone: Zone) -> String {
        let named = match self {
            Self::Channel => Some(row.channel.clone()),
            Self::Category => Some(row.category.clone()),
            Self::Department => row.department_id.clone(),
            Self::District => row.district.clone(),
            Self::Month => Some(zone.from_ms(hit.at_ms).format("%Y-%m").to_string()),
            Self::Subject => row.subject.clone(),
            Self::Unit => row.unit.clone(),
        };
        named.filter(|name| !name.is_empty()).unwrap_or_else(|| NONE.to_owned())
    }
}
