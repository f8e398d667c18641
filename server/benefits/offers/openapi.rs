//! The description of offers, and of merchants as the public sees them.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::asked::{PAGE as PUBLIC_PAGE, WITHIN_M};
use super::geojson::{Collection, MerchantTold, Merchants};
use super::routes::{GEOJSON, PAGE};
use super::told::{OfferTold, Offers};
use super::wish::OfferWish;
use crate::benefits::model::Category;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, decimal, header_named, one_of, query, refusing, resource, segment, staff,
    taking, text, whole,
};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Collection>()
        .schema::<MerchantTold>()
        .schema::<Merchants>()
        .schema::<OfferTold>()
        .schema::<Offers>()
        .schema::<OfferWish>()
}

/// `GET /api/v1/offers`
pub(super) fn near() -> Operation {
    let told = "A point for each store where an offer holds. With `lat` and `lon` the nearest come first and there is \
        one page; else they come in the order of their ids.";
    let ok =
        answer("The offers.").content(GEOJSON, body::<Collection>()).header_ref("Link", header_named("Link"));
    let within = decimal(1.0, WITHIN_M.1).default(Some(WITHIN_M.0.into()));
    let cursor = format!("{EXAMPLE_ID}.{EXAMPLE_ID}");
    resource("listOffers", TAG, "What merchants offer, near and far", ok)
        .description(Some(told))
        .parameters(Some(narrowing()))
        .parameter(query("lat", "Latitude, WGS-84; together with `lon`.", decimal(-90.0, 90.0), 39.93))
        .parameter(query("lon", "Longitude, WGS-84; together with `lat`.", decimal(-180.0, 180.0), 119.6))
        .parameter(query("within_m", "Only so near, in metres; more is cut to the most.", within, 3_000))
        .parameter(query(
            "bbox",
            "Only in this rectangle: west,south,east,north.",
            text(),
            "119.4,39.8,119.8,40.1",
        ))
        .parameter(query("cursor", "Where the page begins, as `Link` said.", text(), cursor))
        .parameter(query("format", "What is answered.", one_of(["geojson"]), "geojson"))
        .into()
}

/// `GET /api/v1/merchants`
pub(super) fn merchants() -> Operation {
    let ok = answer("A page of merchants.")
        .content(JSON, body::<Merchants>())
        .header_ref("Link", header_named("Link"));
    resource("listMerchants", TAG, "Merchants that take part", ok)
        .parameters(Some(narrowing()))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

fn narrowing() -> Vec<Parameter> {
    let category = one_of(Category::ALL.iter().map(|c| c.as_str()));
    let limit = whole(1).maximum(Some(PUBLIC_PAGE.1)).default(Some(PUBLIC_PAGE.0.into()));
    vec![
        query("category", "What it is for.", category, "food"),
        query("district", "Six digits of a store's district.", text(), "130304"),
        query("limit", "The most items; more is cut to the most.", limit, 20),
    ]
}

/// `GET /api/v1/merchants/{id}`
pub(super) fn merchant() -> Operation {
    let ok = answer("The merchant.").content(JSON, body::<MerchantTold>());
    let operation = resource("getMerchant", TAG, "One merchant with its stores and offers", ok);
    refusing(operation.parameter(segment("id", "The merchant's id.", text(), EXAMPLE_ID)), &["404"]).into()
}

/// `GET /api/v1/benefits/offers`
pub(super) fn list() -> Operation {
    let ok = answer("A page of offers, by their ids.")
        .content(JSON, body::<Offers>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()));
    staff("listBenefitOffers", TAG, "Offers as staff see them", "200", ok)
        .parameter(query("merchant", "Only those of a merchant.", text(), EXAMPLE_ID))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now.").content(JSON, body::<T>()).header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

/// `POST /api/v1/offers`
pub(super) fn add() -> Operation {
    taking::<OfferWish>(writing::<OfferTold>("addOffer", "Add an offer of a merchant", "201")).into()
}

/// `PATCH /api/v1/offers/{id}`
pub(super) fn change() -> Operation {
    let operation = writing::<OfferTold>("changeOffer", "Change an offer", "200").parameter(id());
    conditional(taking::<OfferWish>(operation)).into()
}

/// `DELETE /api/v1/offers/{id}`
pub(super) fn remove() -> Operation {
    let operation = staff("removeOffer", TAG, "Take an offer away", "204", answer("It is gone."));
    conditional(operation.parameter(id())).into()
}

fn id() -> Parameter {
    segment("id", "The offer's id.", text(), EXAMPLE_ID)
}
