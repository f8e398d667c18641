//! The description of figures.

use utoipa::openapi::Content;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

use super::asked::{Format, PROJECT_CHARS};
use super::routes::XLSX;
use super::told::Told;
use crate::benefits::model::By;
use crate::http::openapi::parts::{answer, body, one_of, parameter_named, query, staff, text};

/// `GET /api/v1/benefits/figures`
pub(super) fn figures() -> Operation {
    let binary = text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let ok = answer("The figures of members in the caller's districts.")
        .content("application/json", body::<Told>())
        .content(XLSX, Content::new(Some(binary)));
    let days = "A year, a month, or from a day to a day, both included; without one the present year.";
    let project = text().max_length(Some(PROJECT_CHARS));
    let format = one_of(Format::ALL).default(Some("json".into()));
    staff("findBenefitFigures", "benefits", "What was issued, redeemed and saved", "200", ok)
        .description(Some("Persons and person-times are different columns; every side says what it counts."))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("period", days, text().max_length(Some(24)), "2026-11"))
        .parameter(query(
            "by",
            "By what they are told apart.",
            one_of(By::ALL.iter().map(|b| b.as_str())),
            "month",
        ))
        .parameter(query("project", "Only of this project.", project, "511"))
        .parameter(query("format", "What is written.", format, "json"))
        .into()
}
