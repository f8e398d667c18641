//! What is known of a station as far as stars go, and what each measure makes of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::Measure;
use crate::code::codes;

codes! {
    /// Why a measure is not known.
    Unknown { NotStated = "not_stated", TooFewDays = "too_few_days" }
}

/// What is known of a station. What nobody stated is not zero but absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// Floor area in square metres.
    pub area_m2: Option<f64>,
    /// Seats.
    pub seats: Option<u32>,
    /// Basic facilities that are there and work, and those that are broken; absent where none is registered.
    pub facilities: Option<Facilities>,
    /// Opening hours of a week without holidays; absent where the hours are not certain.
    pub hours_per_week: Option<f64>,
    /// Hours found open, hours looked at, and days with any.
    pub promise: (i64, i64, i64),
    /// The numbers of the confirmed reports of a locked door.
    pub locked: Vec<String>,
    /// Reports answered in time, and reports answered or late.
    pub answered: (i64, i64),
    /// Findings to be put right, and those that are late.
    pub findings: (i64, i64),
    /// Days since the facts were confirmed; absent where nobody ever did.
    pub confirmed_days: Option<i64>,
    /// Photos of the door.
    pub photos: usize,
    /// Ways in that are stated.
    pub ways_in: usize,
}

/// The facilities of a station.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facilities {
    /// Basic ones that are there and work.
    pub basic: u32,
    /// Any that are broken.
    pub broken: u32,
}

/// What a measure comes to at a station.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RatingReading)]
pub struct Reading {
    /// In the measure's unit; null where it is not known, or where there has never been anything to count.
    #[schema(required)]
    pub value: Option<f64>,
    /// What a share is made of; null for other measures.
    #[schema(required)]
    pub numerator: Option<i64>,
    /// The whole.
    #[schema(required)]
    pub denominator: Option<i64>,
    /// The numbers of reports that it rests on.
    pub evidence: Vec<String>,
    /// Why it is not known; null where it is.
    #[schema(required)]
    pub unknown: Option<Unknown>,
}

/// The fewest days with observations that make a rate.
pub const LEAST_DAYS: i64 = 5;

impl Known {
    /// What a measure comes to.
    pub fn reading(&self, measure: Measure) -> Reading {
        let (open, overdue) = self.findings;
        match measure {
            Measure::AreaM2 => stated(self.area_m2),
            Measure::Seats => stated(self.seats.map(f64::from)),
            Measure::BasicFacilities => stated(self.facilities.map(|f| f.basic.into())),
            Measure::BrokenFacilities => stated(self.facilities.map(|f| f.broken.into())),
            Measure::HoursPerWeek => stated(self.hours_per_week),
            Measure::PromiseKept => self.promise_kept(),
            Measure::LockedReports => Reading {
                evidence: self.locked.clone(),
                ..counted(self.locked.len().try_into().unwrap_or(i64::MAX))
            },
            Measure::AnsweredInTime => share(self.answered.0, self.answered.1),
            Measure::OpenFindings => counted(open),
            Measure::OverdueFindings => counted(overdue),
            // Nobody ever confirmed them: that is known, and there are no days to count.
            Measure::ConfirmedDays => self.confirmed_days.map_or_else(Reading::default, counted),
            Measure::DoorPhotos => counted(self.photos.try_into().unwrap_or(i64::MAX)),
            Measure::WaysIn => counted(self.ways_in.try_into().unwrap_or(i64::MAX)),
        }
    }

    fn promise_kept(&self) -> Reading {
        let (open, of, days) = self.promise;
        if days < LEAST_DAYS || of == 0 {
            return Reading {
                numerator: Some(open),
                denominator: Some(of),
                unknown: Some(Unknown::TooFewDays),
                ..Reading::default()
            };
        }
        share(open, of)
    }
}

fn stated(value: Option<f64>) -> Reading {
    Reading { value, unknown: value.is_none().then_some(Unknown::NotStated), ..Reading::default() }
}

#[expect(clippy::cast_precision_loss, reason = "counts are exact in 52 bits")]
fn counted(count: i64) -> Reading {
    Reading { value: Some(count as f64), ..Reading::default() }
}

/// A share; one of nothing is whole, because nothing was left undone.
#[expect(clippy::cast_precision_loss, reason = "counts are exact in 52 bits")]
fn share(part: i64, of: i64) -> Reading {
    let value = if of == 0 { 1.0 } else { part as f64 / of as f64 };
    Reading { value: Some(value), numerator: Some(part), denominator: Some(of), ..Reading::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_not_zero() {
        let nothing = Known::default();
        for measure in Measure::ALL {
            let reading = nothing.reading(*measure);
            let expected = match measure {
                Measure::AreaM2
                | Measure::Seats
                | Measure::BasicFacilities
                | Measure::BrokenFacilities
                | Measure::HoursPerWeek => Some(Unknown::NotStated),
                Measure::PromiseKept => Some(Unknown::TooFewDays),
                _ => None,
            };
            assert_eq!(reading.unknown, expected, "{measure}");
            assert!(reading.unknown.is_none() || reading.value.is_none(), "{measure}");
        }
        assert_eq!(nothing.reading(Measure::AnsweredInTime).value, Some(1.0), "nothing was left unanswered");
        assert_eq!(nothing.reading(Measure::ConfirmedDays).value, None, "nobody ever confirmed it");
    }

    #[test]
    fn a_rate_needs_five_days_and_tells_its_parts() {
        for (promise, value) in
            [((9, 10, 4), None), ((9, 10, 5), Some(0.9)), ((0, 0, 5), None), ((0, 8, 6), Some(0.0))]
        {
            let known = Known { promise, ..Known::default() };
            let reading = known.reading(Measure::PromiseKept);
            assert_eq!(reading.value, value, "{promise:?}");
            assert_eq!((reading.numerator, reading.denominator), (Some(promise.0), Some(promise.1)));
        }
    }
}
