//! The description of merchants for staff.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::routes::PAGE;
use super::told::{ClerkTold, Clerks, MerchantTold, Merchants, StoreTold};
use super::wish::{ClerkWish, MerchantWish, StoreWish};
use crate::benefits::model::MerchantState;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, query, refusing, segment, staff, taking, text, whole,
};

const TAG: &str = "benefits";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<MerchantTold>()
        .schema::<Merchants>()
        .schema::<StoreTold>()
        .schema::<ClerkTold>()
        .schema::<Clerks>()
        .schema::<MerchantWish>()
        .schema::<StoreWish>()
        .schema::<ClerkWish>()
}

/// `GET /api/v1/benefits/merchants`
pub(super) fn list() -> Operation {
    let ok = answer("A page of merchants, by their ids.")
        .content("application/json", body::<Merchants>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()));
    let state = one_of(MerchantState::ALL.iter().map(|s| s.as_str()));
    staff("listBenefitMerchants", TAG, "Merchants as staff see them", "200", ok)
        .parameter(query("state", "Whether they take part.", state, "active"))
        .parameter(query("district", "Six digits of a district.", text(), "130304"))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now.")
        .content("application/json", body::<T>())
        .header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

/// `POST /api/v1/merchants`
pub(super) fn add() -> Operation {
    taking::<MerchantWish>(writing::<MerchantTold>("addMerchant", "Take a merchant up", "201")).into()
}

/// `PATCH /api/v1/merchants/{id}`
pub(super) fn change() -> Operation {
    let operation = writing::<MerchantTold>("changeMerchant", "Change a merchant", "200").parameter(id());
    conditional(taking::<MerchantWish>(operation)).into()
}

/// `POST /api/v1/merchants/{id}/{suspend|resume|end}`
pub(super) fn step(name: &str, verb: &str) -> Operation {
    let summary = format!("{verb} a merchant's taking part");
    conditional(writing::<MerchantTold>(name, &summary, "200").parameter(id())).into()
}

/// `POST /api/v1/merchants/{id}/stores`
pub(super) fn add_store() -> Operation {
    let operation = writing::<StoreTold>("addStore", "Add a store to a merchant", "201").parameter(id());
    taking::<StoreWish>(operation).into()
}

/// `PATCH /api/v1/merchants/{id}/stores/{store}`
pub(super) fn change_store() -> Operation {
    let operation = writing::<StoreTold>("changeStore", "Change a store", "200").parameter(id());
    let store = segment("store", "The store's id.", text(), EXAMPLE_ID);
    conditional(taking::<StoreWish>(operation.parameter(store))).into()
}

/// `GET /api/v1/merchants/{id}/clerks`
pub(super) fn clerks() -> Operation {
    let ok = answer("The clerks.").content("application/json", body::<Clerks>());
    staff("listClerks", TAG, "The clerks of a merchant", "200", ok).parameter(id()).into()
}

/// `POST /api/v1/merchants/{id}/clerks`
pub(super) fn add_clerk() -> Operation {
    let operation = writing::<ClerkTold>("addClerk", "Enrol a clerk by his phone number", "201");
    refusing(taking::<ClerkWish>(operation.parameter(id())), &["409"]).into()
}

/// `PATCH /api/v1/merchants/{id}/clerks/{clerk}`
pub(super) fn change_clerk() -> Operation {
    let operation = writing::<ClerkTold>("changeClerk", "Move, unlock or end a clerk", "200").parameter(id());
    let clerk = segment("clerk", "The clerk's id.", text(), EXAMPLE_ID);
    conditional(taking::<ClerkWish>(operation.parameter(clerk))).into()
}

fn id() -> Parameter {
    segment("id", "The merchant's id.", text(), EXAMPLE_ID)
}
