//! The description of figures.

use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::asked::KEY_CHARS;
use super::model::{By, Measure, Part};
use super::told::{ToldCases, ToldFigures};
use crate::grievance::openapi::paging;
use crate::http::openapi::parts::{
    answer, body, header_named, one_of, query, refusing, required, staff, text,
};

const TAG: &str = "grievances";
const JSON: &str = "application/json";

impl PartialSchema for By {
    fn schema() -> RefOr<Schema> {
        one_of(Self::ALL.iter().map(|c| c.as_str()))
            .description(Some("By what figures are told apart."))
            .into()
    }
}

impl ToSchema for By {
    fn name() -> std::borrow::Cow<'static, str> {
        "GrievanceFiguresBy".into()
    }
}

fn period() -> Parameter {
    let told = "A year, a month, or from a day to a day, both included; without one the present year.";
    query("period", told, text().max_length(Some(24)), "2026-11")
}

fn by(told: &str) -> Parameter {
    query("by", told, one_of(By::ALL.iter().map(|c| c.as_str())), "department")
}

/// `GET /api/v1/grievances/figures`
pub(super) fn figures() -> Operation {
    let ok = answer("The figures of the caller's districts.").content(JSON, body::<ToldFigures>());
    let told = "Each figure says its numerator, denominator, period and definition, and opens to its cases: the list \
                at `cases` has as many rows as the denominator, that at `missed` those that are not in the numerator.";
    let operation = staff("findGrievanceFigures", TAG, "Response, resolution and satisfaction", "200", ok);
    let operation = operation.description(Some(told)).parameter(period());
    refusing(operation.parameter(by("By what they are told apart; `department` without it.")), &["422"])
        .into()
}

/// `GET /api/v1/grievances/figures/cases`
pub(super) fn cases() -> Operation {
    let ok = answer("A page of the cases behind a figure, one for each round that counts, the latest first.")
        .content(JSON, body::<ToldCases>())
        .header_ref("Link", header_named("Link"));
    let measure = one_of(Measure::ALL.iter().map(|c| c.as_str()));
    let part = one_of(Part::ALL.iter().map(|c| c.as_str())).default(Some("denominator".into()));
    let key = text().max_length(Some(KEY_CHARS));
    let narrowing = [
        period(),
        required("measure", "Of which figure.", measure, "response"),
        query("part", "Which part of it.", part, "missed"),
        by("By what `key` names a row; without one, by department."),
        query("key", "Only the row of this `key`.", key, "-"),
    ];
    let operation = staff("listGrievanceFigureCases", TAG, "The cases behind a figure", "200", ok);
    let cursor = "1771977600000.1.0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";
    let operation = operation.parameters(Some(narrowing.into_iter().chain(paging(cursor))));
    refusing(operation, &["422"]).into()
}
