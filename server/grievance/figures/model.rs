//! What a round of a case counts for, and the share that comes of many. Pure.

use crate::code::codes;
use crate::error::Words;
use crate::grievance::model::Grade;

codes! {
    /// What is counted.
    Measure {
        Response = "response", Resolution = "resolution", Satisfaction = "satisfaction", Received = "received",
    }
}

codes! {
    /// Which part of a figure is listed.
    Part { Denominator = "denominator", Numerator = "numerator", Missed = "missed" }
}

codes! {
    /// By what figures are told apart.
    By {
        Channel = "channel", Category = "category", Department = "department", District = "district",
        Month = "month", Subject = "subject", Unit = "unit",
    }
}

impl Measure {
    /// What it says, so that anybody can count it again.
    pub(super) fn definition(self) -> Words {
        match self {
            Self::Response => Words::new(
                "按时答复的轮次 ÷ 已答复或已到期的轮次。答复当天计入统计期；超期的在到期当天计入，算没有按时。\
                 还在期限内、没有答复的不计。每一轮只计一次。",
                "Rounds answered in time ÷ rounds answered or past due. Counted on the day of the answer, or on the day \
                 it was due where that was missed. Unanswered rounds that still have time count nowhere. A case counts \
                 once per round.",
            ),
            Self::Resolution => Words::new(
                "回访时反映人说已解决的轮次 ÷ 回访到的轮次，按回访当天计入统计期。联系不上的不计。每一轮只计一次。",
                "Rounds that the reporter called solved ÷ rounds whose reporter was reached, counted on the day of the \
                 call-back. The unreachable count nowhere. A case counts once per round.",
            ),
            Self::Satisfaction => Words::new(
                "回访时评非常满意、满意、基本满意的轮次 ÷ 评价过的轮次，按回访当天计入统计期。\
                 联系不上的不计。每一轮只计一次。",
                "Rounds graded very satisfied, satisfied or mostly satisfied ÷ rounds graded, counted on the day of the \
                 call-back. The unreachable count nowhere. A case counts once per round.",
            ),
            Self::Received => Words::new(
                "统计期内收到的件数，按收到当天计入，一件只计一次。",
                "Cases that came in, counted once on the day they came.",
            ),
        }
    }
}

impl Part {
    /// Whether it holds what was counted.
    pub(super) fn holds(self, is_in_numerator: bool) -> bool {
        match self {
            Self::Denominator => true,
            Self::Numerator => is_in_numerator,
            Self::Missed => !is_in_numerator,
        }
    }
}

/// What is known of a round, as far as it counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Outcome {
    /// Which round it is, from 1 on.
    pub(super) round: i64,
    /// When the case came.
    pub(super) received_ms: i64,
    /// The last instant that was in time.
    pub(super) due_ms: i64,
    /// Whether that has passed without an answer while the clock ran.
    pub(super) is_overdue: bool,
    /// When it was answered.
    pub(super) answered_ms: Option<i64>,
    /// When its reporter was called back for good.
    pub(super) called_back_ms: Option<i64>,
    /// Whether he says that it is solved; `None` where he was not reached.
    pub(super) is_solved: Option<bool>,
    /// How content he is; `None` where he was not reached.
    pub(super) grade: Option<Grade>,
}

/// That a round is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Hit {
    /// By which instant.
    pub(super) at_ms: i64,
    /// Whether in the numerator too.
    pub(super) is_in_numerator: bool,
}

impl Outcome {
    /// How it counts for a measure; `None`: not at all.
    pub(super) fn hit(&self, measure: Measure) -> Option<Hit> {
        match measure {
            Measure::Response => self.response(),
            Measure::Resolution => self.said(self.is_solved),
            Measure::Satisfaction => self.said(self.grade.map(Grade::is_satisfied)),
            Measure::Received => {
                (self.round == 1).then_some(Hit { at_ms: self.received_ms, is_in_numerator: true })
            }
        }
    }

    fn response(&self) -> Option<Hit> {
        match self.answered_ms {
            Some(at_ms) if at_ms <= self.due_ms => Some(Hit { at_ms, is_in_numerator: true }),
            None if !self.is_overdue => None,
            _ => Some(Hit { at_ms: self.due_ms, is_in_numerator: false }),
        }
    }

    fn said(&self, good: Option<bool>) -> Option<Hit> {
        self.called_back_ms.zip(good).map(|(at_ms, is_in_numerator)| Hit { at_ms, is_in_numerator })
    }
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) struct Share {
    /// The part.
    pub(in super::super) numerator: u32,
    /// The whole.
    pub(in super::super) denominator: u32,
}

impl Share {
    /// Counts one more.
    pub(super) fn add(&mut self, hit: Hit) {
        self.denominator += 1;
        self.numerator += u32::from(hit.is_in_numerator);
    }

    /// Tenths of a per cent, half up; `None` of nothing.
    pub(super) fn tenths(self) -> Option<u64> {
        let (part, whole) = (u64::from(self.numerator), u64::from(self.denominator));
        (whole > 0).then(|| (2_000 * part + whole) / (2 * whole))
    }

    /// Per cent with one decimal, half up; `None` of nothing.
    pub(in super::super) fn percent(self) -> Option<f64> {
        self.tenths().and_then(|tenths| u32::try_from(tenths).ok()).map(|tenths| f64::from(tenths) / 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_one_decimal_half_up() {
        for (numerator, denominator, percent) in [
            (131, 132, Some(99.2)),
            (0, 0, None),
            (0, 7, Some(0.0)),
            (7, 7, Some(100.0)),
            (1, 3, Some(33.3)),
            (2, 3, Some(66.7)),
            (1, 8, Some(12.5)),
            // 6.25 and 18.75: a half goes up.
            (1, 16, Some(6.3)),
            (3, 16, Some(18.8)),
            // 0.05 and a hair below it.
            (1, 2_000, Some(0.1)),
            (1, 2_001, Some(0.0)),
            (1_999, 2_000, Some(100.0)),
            (1_998, 2_000, Some(99.9)),
            (u32::MAX, u32::MAX, Some(100.0)),
        ] {
            assert_eq!(Share { numerator, denominator }.percent(), percent, "{numerator} of {denominator}");
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "it reads as what a round is counted as")]
    fn hit(at_ms: i64, is_in_numerator: bool) -> Option<Hit> {
        Some(Hit { at_ms, is_in_numerator })
    }

    #[test]
    fn a_round_is_answered_in_time_late_or_not_yet_due() {
        for (answered_ms, is_overdue, expected) in [
            (None, false, None),
            (None, true, hit(100, false)),
            (Some(40), false, hit(40, true)),
            (Some(100), false, hit(100, true)),
            (Some(101), true, hit(100, false)),
        ] {
            let round = Outcome { round: 1, due_ms: 100, answered_ms, is_overdue, ..Outcome::default() };
            assert_eq!(round.hit(Measure::Response), expected, "{answered_ms:?} {is_overdue}");
        }
    }

    #[test]
    fn whoever_was_not_reached_counts_nowhere() {
        use Grade as G;
        for (called, solved, grade, resolution, satisfaction) in [
            (None, None, None, None, None),
            (Some(5), None, None, None, None),
            (Some(5), Some(true), Some(G::VerySatisfied), hit(5, true), hit(5, true)),
            (Some(5), Some(true), Some(G::Dissatisfied), hit(5, true), hit(5, false)),
            (Some(5), Some(false), Some(G::Satisfied), hit(5, false), hit(5, true)),
            (Some(5), Some(false), Some(G::MostlySatisfied), hit(5, false), hit(5, true)),
        ] {
            let round = Outcome { called_back_ms: called, is_solved: solved, grade, ..Outcome::default() };
            assert_eq!(round.hit(Measure::Resolution), resolution, "{round:?}");
            assert_eq!(round.hit(Measure::Satisfaction), satisfaction, "{round:?}");
        }
    }

    #[test]
    fn a_case_comes_in_once() {
        for (round, expected) in [(1, hit(7, true)), (2, None), (3, None)] {
            let round = Outcome { round, received_ms: 7, ..Outcome::default() };
            assert_eq!(round.hit(Measure::Received), expected);
        }
    }

    #[test]
    fn a_part_and_what_it_misses_are_the_whole() {
        for is_in in [false, true] {
            assert!(Part::Denominator.holds(is_in));
            assert_ne!(Part::Numerator.holds(is_in), Part::Missed.holds(is_in));
        }
    }
}
