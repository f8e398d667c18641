//! Whether a member may claim under a campaign, and how much of his limits he has used.

use super::model::Campaign;
use super::store;
use crate::app::App;
use crate::benefits::eligibility::{Verdict, judge};
use crate::benefits::vouchers;
use crate::error::Error;
use crate::ids::{CampaignId, MemberId};

/// A limit of vouchers for one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    /// `total`, `month` or `day`.
    pub(super) period: &'static str,
    /// How many he may have.
    pub(super) most: i64,
    /// How many he has.
    pub(super) used: i64,
}

/// What a campaign says of a member at this moment.
///
/// # Errors
/// [`Error::NotFound`] where there is no such campaign, or it is a draft.
pub(super) async fn judged(
    app: &App,
    id: CampaignId,
    member: MemberId,
) -> Result<(Campaign, Vec<Verdict>, Vec<Limit>), Error> {
    let found = store::find(&app.db, &id.to_string()).await?;
    let campaign = found.filter(Campaign::is_public).ok_or(Error::NotFound("campaign"))?;
    let verdicts = judge(&campaign.rules, &vouchers::facts(app, member).await?);
    let today = app.config.zone().local(app.clock.now()).date();
    let row = &campaign.row;
    let asked = [
        ("total", "total".to_owned(), Some(row.limit_total)),
        ("month", today.format("%Y-%m").to_string(), row.limit_month),
        ("day", today.to_string(), row.limit_day),
    ];
    let mut limits = Vec::new();
    for (period, key, limit) in asked {
        let Some(most) = limit else { continue };
        let used = store::used(&app.db, &row.id, &member.to_string(), &key).await?;
        limits.push(Limit { period, most, used });
    }
    Ok((campaign, verdicts, limits))
}
