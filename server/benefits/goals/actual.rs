//! What was reached of a goal.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::store::{self, GoalRow, Span};
use crate::app::App;
use crate::benefits::model::Measure;
use crate::error::{Error, Words};

/// What was reached, reports of others included where the measure counts them.
pub(super) async fn of(app: &App, goal: &GoalRow, measure: Measure) -> Result<i64, Error> {
    let broken = |_| Error::Internal(format!("goal {}: a day", goal.id));
    let from: NaiveDate = goal.from_day.parse().map_err(broken)?;
    let until: NaiveDate = goal.until_day.parse().map_err(broken)?;
    let zone = app.config.zone();
    let midnight = |day: NaiveDate| zone.instant(day.and_time(NaiveTime::MIN)).timestamp_millis();
    let ms = (midnight(from), midnight(until + TimeDelta::days(1)));
    let span = Span { days: (&goal.from_day, &goal.until_day), ms };
    let own = store::reached(&app.db, measure, &goal.project, span).await?;
    let months = (from.format("%Y-%m").to_string(), until.format("%Y-%m").to_string());
    let reported = store::reported(&app.db, (&months.0, &months.1), Some(&goal.project), None).await?;
    Ok(own
        + match measure {
            Measure::PersonTimes => reported.person_times,
            Measure::IssuedFen => reported.issued_fen,
            Measure::SavedFen => reported.saved_fen,
            _ => 0,
        })
}

/// What a measure counts.
pub(super) fn definition(measure: Measure) -> Words {
    let (zh, en) = match measure {
        Measure::Cards => (
            "期间登记、现在有效的会员卡、银行卡和加油卡张数（全市）。",
            "Member, bank and fuel cards of the whole city that were registered in the period and are valid now.",
        ),
        Measure::Merchants => (
            "期间加入、现在参加的商户数（全市）。",
            "Merchants of the whole city that joined in the period and take part now.",
        ),
        Measure::Offers => (
            "期间登记、现在公开的优惠项目数（全市）。",
            "Offers of the whole city that were written down in the period and are public now.",
        ),
        Measure::Campaigns => (
            "本项目期间开始的、已发布的活动数。",
            "Published campaigns of the project that opened in the period.",
        ),
        Measure::PersonTimes => (
            "本项目期间的核销次数（撤销的不算），加上外部报来的人次。",
            "Redemptions of the project in the period that were not reversed, and the person-times that others report.",
        ),
        Measure::IssuedFen => (
            "本项目期间发出的券面值，加上外部报来的发放金额。",
            "The face value of the project's vouchers issued in the period, and what others report as given out.",
        ),
        Measure::SavedFen => (
            "本项目期间核销的金额（撤销的不算），加上外部报来的节省金额。",
            "What was redeemed of the project's vouchers in the period, and what others report as saved.",
        ),
    };
    Words::new(zh, en)
}
