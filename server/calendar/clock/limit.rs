//! How much time something may take.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RunError;
use crate::code::codes;

codes! {
    /// What a limit is counted in. `working_minutes` are those within the shifts of working days, `minutes` are all
    /// minutes, day and night. `working_days` and `days` end at closing time: the day of the beginning is not
    /// counted (Civil Code of China, article 201, paragraph 1), the last day ends when business does (article 203,
    /// paragraph 2), and where it is a statutory day off, the day after that is the last (article 203, paragraph 1).
    /// That a weekend moves it too is this service's rule, as article 204 allows.
    Unit {
        WorkingMinutes = "working_minutes", Minutes = "minutes", WorkingDays = "working_days", Days = "days",
    }
}

impl Unit {
    /// The most of it: about a year, with days of eight hours' work.
    pub const fn most(self) -> u32 {
        match self {
            Self::WorkingMinutes => 250 * 8 * 60,
            Self::Minutes => 366 * 24 * 60,
            Self::WorkingDays => 250,
            Self::Days => 366,
        }
    }
}

/// How much time something may take: 1 up to the unit's most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Written")]
#[schema(as = TimeLimit)]
pub struct Limit {
    /// working_minutes, minutes, working_days or days.
    #[schema(value_type = String)]
    unit: Unit,
    /// How many.
    amount: u32,
}

/// A limit as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    unit: Unit,
    amount: u32,
}

impl Limit {
    /// So many of a unit; an error for none, or more than its most.
    pub const fn new(unit: Unit, amount: u32) -> Result<Self, RunError> {
        if amount == 0 || amount > unit.most() {
            return Err(RunError::Amount { unit, most: unit.most() });
        }
        Ok(Self { unit, amount })
    }

    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// How many.
    pub const fn amount(self) -> u32 {
        self.amount
    }
}

impl TryFrom<Written> for Limit {
    type Error = RunError;
    fn try_from(written: Written) -> Result<Self, RunError> {
        Self::new(written.unit, written.amount)
    }
}
