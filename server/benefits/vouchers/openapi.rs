//! The description of vouchers.

use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::ObjectBuilder;

use super::lists::{MOST, PAGE};
use super::routes::Vouchers;
use super::told::{
    Named, Place, ToldCampaign, ToldCode, ToldLine, ToldRedemption, ToldReversal, ToldTill, ToldUse,
    ToldVoucher, ToldWallet,
};
use super::wish::{ClaimWish, ReasonWish, RedemptionWish};
use crate::benefits::model::VoucherState;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, header_named, one_of, query, refusing, segment, staff, taking, text, whole,
};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<ClaimWish>()
        .schema::<RedemptionWish>()
        .schema::<ReasonWish>()
        .schema::<Named>()
        .schema::<Place>()
        .schema::<ToldCampaign>()
        .schema::<ToldUse>()
        .schema::<ToldVoucher>()
        .schema::<ToldWallet>()
        .schema::<ToldCode>()
        .schema::<ToldRedemption>()
        .schema::<ToldReversal>()
        .schema::<ToldLine>()
        .schema::<ToldTill>()
        .schema::<Vouchers>()
}

/// `POST /api/v1/campaigns/{id}/claims`
pub(super) fn claim() -> Operation {
    let ok =
        answer("The voucher; a repeated request gets the same bytes.").content(JSON, body::<ToldVoucher>());
    let told = "Needs `Idempotency-Key`: the same key gets the same voucher for 30 days, however often it is sent. \
        Refusals: 409 `sold_out`, `limit_reached`, `not_open`, `frozen`, `by_draw`; 422 `not_eligible` with each \
        rule that is not fulfilled.";
    let operation = staff("claimVoucher", TAG, "Claim a voucher", "201", ok).description(Some(told));
    taking::<ClaimWish>(operation.parameter(id("The campaign's id."))).into()
}

/// `GET /api/v1/vouchers`
pub(super) fn wallet() -> Operation {
    let ok = page("The member's vouchers, the newest first.").content(JSON, body::<ToldWallet>());
    staff("listVouchers", TAG, "My vouchers", "200", ok)
        .parameter(query("state", "Where they stand.", states(), "issued"))
        .parameters(Some(part()))
        .into()
}

/// `GET /api/v1/vouchers/{id}`
pub(super) fn find() -> Operation {
    let ok = answer("The voucher, with its uses.").content(JSON, body::<ToldVoucher>());
    staff("findVoucher", TAG, "One of my vouchers", "200", ok).parameter(id("The voucher's id.")).into()
}

/// `GET /api/v1/vouchers/{id}/code`
pub(super) fn code() -> Operation {
    let ok = answer("A new code.").content(JSON, body::<ToldCode>());
    let told =
        "Draws a code each time; those before stay good until their minute is over. A code is used once.";
    let operation = staff("drawVoucherCode", TAG, "A code to show at a till", "200", ok);
    refusing(operation.description(Some(told)).parameter(id("The voucher's id.")), &["409"]).into()
}

/// `POST /api/v1/redemptions`
pub(super) fn redeem() -> Operation {
    let ok = answer("What was taken off; a repeated request gets the same bytes.")
        .content(JSON, body::<ToldRedemption>());
    let told = "Needs `Idempotency-Key`. Refusals: 404 `not_found` for a code that is none (ten of them lock the \
        clerk for an hour: 429), 409 `code_expired`, `already_redeemed` (when and where), `voucher_expired`, \
        `voucher_void`, `frozen`; 422 for an amount or a bill that the campaign does not allow, or another store.";
    let operation = staff("redeemVoucher", TAG, "Redeem a voucher", "201", ok).description(Some(told));
    refusing(taking::<RedemptionWish>(operation), &["404", "429"]).into()
}

/// `GET /api/v1/redemptions`
pub(super) fn till() -> Operation {
    let ok = page("Redemptions of a day, the newest first.").content(JSON, body::<ToldTill>());
    let told = "A clerk sees his own store; who leads the merchant's clerks sees each of its stores.";
    staff("listRedemptions", TAG, "What was redeemed", "200", ok)
        .description(Some(told))
        .parameter(query("day", "Which local day; without it today.", text(), "2026-11-23"))
        .parameter(query("store", "Which store of the merchant.", text(), EXAMPLE_ID))
        .parameters(Some(part()))
        .into()
}

/// `POST /api/v1/redemptions/{id}/reversal`
pub(super) fn reverse() -> Operation {
    let ok = answer("It is taken back.").content(JSON, body::<ToldReversal>());
    let told = "Needs `Idempotency-Key`. Once, by the same merchant, before it is settled: 409 `already_reversed` or \
        `settled` otherwise.";
    let operation = staff("reverseRedemption", TAG, "Take a redemption back", "201", ok);
    taking::<ReasonWish>(operation.description(Some(told)).parameter(id("The redemption's id."))).into()
}

/// `GET /api/v1/benefits/vouchers`
pub(super) fn search() -> Operation {
    let ok = page("Vouchers, the newest first.").content(JSON, body::<Vouchers>());
    staff("searchVouchers", TAG, "Vouchers as staff see them", "200", ok)
        .parameter(query("campaign", "Of a campaign.", text(), EXAMPLE_ID))
        .parameter(query("member", "Of a member.", text(), EXAMPLE_ID))
        .parameter(query("state", "Where they stand.", states(), "issued"))
        .parameters(Some(part()))
        .into()
}

/// `POST /api/v1/vouchers/{id}/void`
pub(super) fn withdraw() -> Operation {
    let operation = staff("voidVoucher", TAG, "Withdraw a voucher", "200", answer("It is withdrawn."));
    taking::<ReasonWish>(operation.parameter(id("The voucher's id."))).into()
}

fn page(description: &str) -> ResponseBuilder {
    answer(description).header_ref("Link", header_named("Link"))
}

fn states() -> ObjectBuilder {
    one_of(VoucherState::ALL.iter().map(|s| s.as_str()))
}

fn id(what: &str) -> Parameter {
    segment("id", what, text(), EXAMPLE_ID)
}

fn part() -> Vec<Parameter> {
    let limit = whole(1).maximum(Some(MOST)).default(Some(PAGE.into()));
    vec![
        query("limit", "The most items; more is cut to the most.", limit, 20),
        query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID),
    ]
}
