//! The description of settlements.

use utoipa::openapi::path::Operation;

use super::routes::{MOST, PAGE, Settlements};
use super::told::{Merchant, ToldAdjustment, ToldLine, ToldSettlement, ToldStatement};
use super::wish::{AdjustmentWish, SettlementWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, header_named, query, segment, staff, taking, text, whole};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<SettlementWish>()
        .schema::<AdjustmentWish>()
        .schema::<Merchant>()
        .schema::<ToldSettlement>()
        .schema::<ToldLine>()
        .schema::<ToldAdjustment>()
        .schema::<ToldStatement>()
        .schema::<Settlements>()
}

/// `GET /api/v1/settlements`
pub(super) fn all() -> Operation {
    let ok = answer("Settlements, the newest first.")
        .content(JSON, body::<Settlements>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(MOST)).default(Some(PAGE.into()));
    staff("listSettlements", TAG, "Settlements", "200", ok)
        .parameter(query("merchant", "Of a merchant.", text(), EXAMPLE_ID))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/settlements`
pub(super) fn close() -> Operation {
    let ok = answer("The settlement.").content(JSON, body::<ToldSettlement>());
    let told = "Holds every redemption and adjustment of the merchant up to the end of the day that no earlier \
        settlement holds. From then on nothing of it is taken back; what is wrong is adjusted.";
    let operation = staff("closeBooks", TAG, "Close a merchant's books", "201", ok).description(Some(told));
    taking::<SettlementWish>(operation).into()
}

/// `GET /api/v1/settlements/{id}`
pub(super) fn find() -> Operation {
    let ok = answer("The settlement with its lines.").content(JSON, body::<ToldStatement>());
    staff("findSettlement", TAG, "One settlement", "200", ok)
        .parameter(segment("id", "The settlement's id.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/adjustments`
pub(super) fn adjust() -> Operation {
    let ok = answer("It counts in the next settlement.").content(JSON, body::<ToldAdjustment>());
    let told = "For what was settled: what was not is taken back instead.";
    let operation = staff("adjustRedemption", TAG, "Put a settled redemption right", "201", ok);
    taking::<AdjustmentWish>(operation.description(Some(told))).into()
}
