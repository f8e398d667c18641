//! The description of the ledger.

use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;

use super::routes::XLSX;
use super::service::MOST_EXPORTED;
use super::told::ToldLedger;
use crate::grievance::openapi::{narrowing, paging};
use crate::http::openapi::parts::{answer, body, header_named, one_of, query, refusing, staff, text};

/// `GET /api/v1/grievances/ledger`
pub(super) fn ledger() -> Operation {
    let file = Content::new(Some(text().content_media_type("application/octet-stream")));
    let ok = answer("The cases of the caller's districts, in the order of their numbers.")
        .content("application/json", body::<ToldLedger>())
        .content(XLSX, file)
        .header_ref("Link", header_named("Link"));
    let told = format!(
        "As pages, or whole as a workbook of at most {MOST_EXPORTED} cases, which stands in the audit log. The summary \
         is there for whoever may read the case; of an anonymous case only the day on which it came."
    );
    let format = one_of(["json", "xlsx"]).default(Some("json".into()));
    let operation = staff("findGrievanceLedger", "grievances", "The ledger of grievances", "200", ok)
        .description(Some(told))
        .parameter(query("format", "Pages or a workbook.", format, "json"));
    let filters = narrowing().into_iter().chain(paging("2026-000132"));
    refusing(operation.parameters(Some(filters)), &["422"]).into()
}
