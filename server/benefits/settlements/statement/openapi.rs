//! The description of statements.

use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{Content, ResponseBuilder};

use super::routes::{FORMATS, PDF, XLSX};
use super::sheet::Sheet;
use crate::benefits::settlements::routes::{MOST, PAGE, Settlements};
use crate::http::openapi::parts::{
    answer, body, header_named, one_of, parameter_named, query, refusing, segment, staff, text, whole,
};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/settlements/{id}/statement.…`
pub(super) fn settled(ending: &str, media: &'static str) -> Operation {
    staff(&format!("settlement{ending}"), TAG, "A settlement as a file", "200", file(media))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(id())
        .into()
}

/// `GET /api/v1/till/settlements/{id}/statement.…`
pub(super) fn own(ending: &str, media: &'static str) -> Operation {
    let told = "For the clerk who sees his merchant's books.";
    staff(
        &format!("ownSettlement{ending}"),
        TAG,
        "A settlement of one's own merchant as a file",
        "200",
        file(media),
    )
    .description(Some(told))
    .parameter_ref(parameter_named("Accept-Language"))
    .parameter(id())
    .into()
}

/// `GET /api/v1/till/settlements`
pub(super) fn all() -> Operation {
    let ok = answer("Settlements of the clerk's merchant, the newest first.")
        .content(JSON, body::<Settlements>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(MOST)).default(Some(PAGE.into()));
    staff("listOwnSettlements", TAG, "Settlements of one's own merchant", "200", ok)
        .description(Some("For the clerk who sees his merchant's books."))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `GET /api/v1/till/statement`
pub(super) fn open() -> Operation {
    let ok = file(PDF).content(XLSX, Content::new(Some(binary()))).content(JSON, body::<Sheet>());
    let told = "What was redeemed on these days and not taken back, settled or not. For the clerk who sees his \
        merchant's books.";
    let day = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    let operation = staff("findOwnStatement", TAG, "Any days of one's own merchant", "200", ok)
        .description(Some(told))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("from", "The first day; without one the first of the month.", day(), "2026-11-01"))
        .parameter(query("until", "The last day; without one today.", day(), "2026-11-24"))
        .parameter(query("format", "What is written.", one_of(FORMATS).default(Some("json".into())), "json"));
    refusing(operation, &["422"]).into()
}

fn binary() -> utoipa::openapi::schema::ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
}

fn file(media: &'static str) -> ResponseBuilder {
    answer("The file.").content(media, Content::new(Some(binary())))
}

fn id() -> Parameter {
    segment("id", "The settlement's id.", text(), EXAMPLE_ID)
}
