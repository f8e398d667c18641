//! Times of day as people say them, and which minutes a pair of them means.

const HOUR: u16 = 60;
const NOON: u16 = 12 * HOUR;
const DAY: u16 = 24 * HOUR;

/// A part of the day named before an hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Period {
    SmallHours,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// An hour and minute as written, up to 24:00.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clock {
    minute: u16,
    period: Option<Period>,
    next_day: bool,
}

impl Clock {
    pub(super) fn new(minute: u16, period: Option<Period>, next_day: bool) -> Option<Self> {
        (minute <= DAY).then_some(Self { minute, period, next_day })
    }

    /// The minute of the day, if the hour fits its period.
    fn resolved(self) -> Option<u16> {
        let (hour, minute) = (self.minute / HOUR, self.minute);
        match (self.period, hour) {
            (None, _)
            | (Some(Period::SmallHours), 0..=5)
            | (Some(Period::Morning), 4..=11)
            | (Some(Period::Noon), 11 | 12)
            | (Some(Period::Afternoon), 12..=23)
            | (Some(Period::Evening), 17..=24) => Some(minute),
            (Some(Period::Morning), 12) if minute == NOON => Some(NOON),
            (Some(Period::Evening), 12) if minute == NOON => Some(DAY),
            (Some(Period::Noon), 1 | 2)
            | (Some(Period::Afternoon), 1..=7)
            | (Some(Period::Evening), 5..=11) => Some(minute + NOON),
            _ => None,
        }
    }
}

/// The minutes of a span, the end over 1440 where it is on the next day. `None` where it could be meant
/// in two ways: `2:30-5:30` may be the afternoon's, `9:00-5:00` may end in the evening.
pub(super) fn span(from: Clock, to: Clock) -> Option<(u16, u16)> {
    let start = from.resolved().filter(|start| *start < DAY && !from.next_day)?;
    if from.period.is_none() && (1..4 * HOUR).contains(&start) {
        return None;
    }
    let end = end_of(from, to)?;
    let end = if end == 0 { DAY } else { end };
    if to.next_day {
        return (end <= start).then_some((start, end + DAY));
    }
    if end > start {
        return Some((start, end));
    }
    let from_evening = start >= 18 * HOUR;
    let small_hours = to.period == Some(Period::SmallHours) && start >= NOON;
    let early = to.period.is_none_or(|period| matches!(period, Period::SmallHours | Period::Morning));
    ((from_evening && early && end <= NOON) || small_hours).then_some((start, end + DAY))
}

/// The end's minute of the day. A part of the day named for the start holds for an end without one,
/// unless the start is written in 24 hours: 下午2:00-5:30 ends at 17:30, 夜间22:00-6:00 in the morning.
fn end_of(from: Clock, to: Clock) -> Option<u16> {
    let twelve_hours = from.minute <= NOON && to.minute < NOON;
    if to.period.is_some() || to.next_day || !twelve_hours {
        return to.resolved();
    }
    match from.period {
        Some(Period::Noon) => None,
        Some(Period::Afternoon | Period::Evening) => {
            let end = Clock { period: from.period, ..to }.resolved()?;
            (end > from.resolved()?).then_some(end)
        }
        None | Some(Period::SmallHours | Period::Morning) => Some(to.minute),
    }
}
