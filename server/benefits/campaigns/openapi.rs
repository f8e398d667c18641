//! The description of campaigns.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::routes::{MAX_PAGE, PAGE, PUBLIC};
use super::told::{Eligibility, Page, Told, ToldToStaff};
use super::wish::{Patch, Raise, Reason, Wish};
use crate::benefits::model::Phase;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, parameter_named, query, refusing, resource, segment,
    staff, taking, text, whole,
};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Wish>()
        .schema::<Patch>()
        .schema::<Reason>()
        .schema::<Raise>()
        .schema::<Told>()
        .schema::<ToldToStaff>()
        .schema::<Page<Told>>()
        .schema::<Page<ToldToStaff>>()
        .schema::<Eligibility>()
}

/// `GET /api/v1/campaigns`
pub(super) fn list() -> Operation {
    let ok = answer("A page of campaigns, the newest first.")
        .content(JSON, body::<Page<Told>>())
        .header_ref("Link", header_named("Link"));
    let phases = one_of(PUBLIC.map(Phase::as_str));
    resource("listCampaigns", TAG, "Campaigns", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("state", "Where they stand; a frozen one is among the running.", phases, "running"))
        .parameters(Some(paging()))
        .into()
}

/// `GET /api/v1/campaigns/{id}`
pub(super) fn find() -> Operation {
    let ok = answer("The campaign.").content(JSON, body::<Told>());
    let operation = resource("findCampaign", TAG, "One campaign", ok).parameter(id());
    refusing(operation.parameter_ref(parameter_named("Accept-Language")), &["404"]).into()
}

/// `GET /api/v1/campaigns/{id}/eligibility`
pub(super) fn eligibility() -> Operation {
    let ok = answer("What each rule says of the member, and how much of his limits he has used.")
        .content(JSON, body::<Eligibility>());
    staff("findEligibility", TAG, "Whether the member may claim", "200", ok)
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(id())
        .into()
}

/// `GET /api/v1/benefits/campaigns`
pub(super) fn all() -> Operation {
    let ok = answer("A page of campaigns that the caller may see, drafts too, the newest first.")
        .content(JSON, body::<Page<ToldToStaff>>())
        .header_ref("Link", header_named("Link"));
    let phases = one_of(Phase::ALL.iter().map(|p| p.as_str()));
    staff("listCampaignsForStaff", TAG, "Campaigns with what was issued, redeemed and spent", "200", ok)
        .parameter(query("state", "Where they stand.", phases, "draft"))
        .parameters(Some(paging()))
        .into()
}

/// `GET /api/v1/benefits/campaigns/{id}`
pub(super) fn seen() -> Operation {
    of_one("findCampaignForStaff", "One campaign with its version").into()
}

/// `POST /api/v1/campaigns`
pub(super) fn draft() -> Operation {
    let ok =
        answer("The draft.").content(JSON, body::<ToldToStaff>()).header_ref("ETag", header_named("ETag"));
    let told = "Nobody but staff sees it until it is published.";
    let operation = staff("draftCampaign", TAG, "Draft a campaign", "201", ok);
    taking::<Wish>(operation.description(Some(told))).into()
}

/// `PATCH /api/v1/campaigns/{id}`
pub(super) fn change() -> Operation {
    conditional(taking::<Patch>(of_one("changeCampaign", "Change a draft"))).into()
}

/// `POST /api/v1/campaigns/{id}/publish`
pub(super) fn publish() -> Operation {
    let told = "From now on its terms stay, and its budget stands in the ledger. The commitment of a draw is public \
        from here on.";
    let operation = of_one("publishCampaign", "Publish a draft").description(Some(told));
    refusing(conditional(operation), &["422"]).into()
}

/// `POST /api/v1/campaigns/{id}/freeze`
pub(super) fn freeze() -> Operation {
    let told = "At once nothing of it is given out or redeemed, until it is resumed.";
    let operation = of_one("freezeCampaign", "Freeze a campaign").description(Some(told));
    conditional(taking::<Reason>(operation)).into()
}

/// `POST /api/v1/campaigns/{id}/resume`
pub(super) fn resume() -> Operation {
    conditional(of_one("resumeCampaign", "Resume a frozen campaign")).into()
}

/// `POST /api/v1/campaigns/{id}/end`
pub(super) fn end() -> Operation {
    let told = "Nothing of it is given out any more; vouchers that members have go on until they expire.";
    conditional(of_one("endCampaign", "End a campaign").description(Some(told))).into()
}

/// `POST /api/v1/campaigns/{id}/budget`
pub(super) fn raise() -> Operation {
    let told = "Neither can be lowered. Those of a draw stay once its entries are closed.";
    let operation = of_one("raiseCampaign", "Raise stock and budget").description(Some(told));
    conditional(taking::<Raise>(operation)).into()
}

fn of_one(name: &str, summary: &str) -> OperationBuilder {
    let ok =
        answer("The campaign.").content(JSON, body::<ToldToStaff>()).header_ref("ETag", header_named("ETag"));
    staff(name, TAG, summary, "200", ok).parameter(id())
}

fn id() -> Parameter {
    segment("id", "The campaign's id.", text(), EXAMPLE_ID)
}

fn paging() -> [Parameter; 2] {
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    [
        query("limit", "The most items; more is cut to the most.", limit, 20),
        query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID),
    ]
}
