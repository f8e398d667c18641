//! Gathering statements: for staff, and for the clerk who sees his merchant's books.

use chrono::NaiveDate;

use super::sheet::Sheet;
use super::store;
use crate::accounts::Actor;
use crate::app::App;
use crate::benefits::figures::Period;
use crate::benefits::settlements::service::statement;
use crate::benefits::settlements::told::{Merchant, ToldAdjustment, ToldLine};
use crate::error::{Error, FieldError};
use crate::ids::SettlementId;

/// The most lines of a statement of any days.
pub(super) const MOST_LINES: usize = 20_000;

/// The merchant whose books a clerk sees.
///
/// # Errors
/// [`Error::Forbidden`] where he does not see them.
pub(super) async fn books_of(app: &App, actor: &Actor) -> Result<Merchant, Error> {
    let clerk = actor.clerk.ok_or(Error::Forbidden)?.to_string();
    let till = store::till(&app.db, &clerk).await?.filter(|till| till.is_lead).ok_or(Error::Forbidden)?;
    Ok(Merchant { id: till.merchant_id, name: till.merchant_name })
}

/// A settlement of a merchant.
///
/// # Errors
/// [`Error::NotFound`] where it is another merchant's.
pub(super) async fn own(app: &App, merchant: &Merchant, id: SettlementId) -> Result<Sheet, Error> {
    let found = statement(app, id).await?;
    if found.settlement.merchant.id == merchant.id {
        Ok(found.into())
    } else {
        Err(Error::NotFound("settlement"))
    }
}

/// The days of a merchant.
///
/// # Errors
/// [`Error::Refused`] where the days are no period, or hold too much for one statement.
pub(super) async fn open(
    app: &App,
    merchant: Merchant,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Sheet, Error> {
    let refuse = |code, zh: &str, en: &str| Error::Refused(vec![FieldError::new("until", code, zh, en)]);
    let period = Period::new(from, until).ok_or_else(|| {
        refuse("no_period", "不能早于开始那天，最长十年。", "must not be before from, ten years at most")
    })?;
    let zone = app.config.zone();
    let (ms, most) = (period.instants(zone), i64::try_from(MOST_LINES + 1).unwrap_or(i64::MAX));
    let lines = store::lines(&app.db, &merchant.id, ms, most).await?;
    let adjustments = store::adjustments(&app.db, &merchant.id, ms, most).await?;
    if lines.len() > MOST_LINES || adjustments.len() > MOST_LINES {
        let zh = format!("一张对账单最多 {MOST_LINES} 行，请缩短期间。");
        let en = format!("a statement has at most {MOST_LINES} lines; shorten the period");
        return Err(refuse("too_many", &zh, &en));
    }
    let lines = lines.into_iter().map(|row| ToldLine::new(row, zone)).collect();
    let adjustments = adjustments.into_iter().map(|row| ToldAdjustment::new(row, zone)).collect();
    Ok(Sheet::open(merchant, (from, until), zone.stamp(app.clock.now()), lines, adjustments))
}
