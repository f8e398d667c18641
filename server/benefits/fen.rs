//! Amounts of money, in whole fen.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// The largest amount: a thousand million yuan.
pub const MOST_FEN: i64 = 100_000_000_000;

/// An amount of 0 to [`MOST_FEN`] fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Fen(i64);

/// A number that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no amount of 0 to {MOST_FEN} fen")]
pub struct BadFen(i64);

impl Fen {
    /// The number of fen.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Fen {
    type Error = BadFen;
    fn try_from(fen: i64) -> Result<Self, BadFen> {
        if (0..=MOST_FEN).contains(&fen) { Ok(Self(fen)) } else { Err(BadFen(fen)) }
    }
}

impl fmt::Display for Fen {
    /// In yuan, with fen where there are any: `20`, `0.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (yuan, 0) => write!(f, "{yuan}"),
            (yuan, fen) => write!(f, "{yuan}.{fen:02}"),
        }
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::try_from(i64::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_in_yuan() {
        for (fen, yuan) in [(0, "0"), (50, "0.50"), (2_000, "20"), (105, "1.05"), (MOST_FEN, "1000000000")] {
            assert_eq!(Fen::try_from(fen).unwrap().to_string(), yuan);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for fen in [-1, MOST_FEN + 1, i64::MIN, i64::MAX] {
            assert_eq!(Fen::try_from(fen), Err(BadFen(fen)));
        }
    }
}
