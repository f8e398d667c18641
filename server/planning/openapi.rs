//! What the descriptions of all questions about coverage share.

use utoipa::openapi::Content;
use utoipa::openapi::path::OperationBuilder;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};

use super::asked::Of;
use super::period::MOST_DAYS;
use super::reach::{MOST_M, MOST_S};
use super::sheet::{CSV, XLSX};
use crate::http::openapi::parts::{
    answer, decimal, flag, instant, list, one_of, parameter_named, query, staff, text,
};
use crate::stations::model::{Access, FacilityCode, Host, Trade};

/// The group of paths.
pub const TAG: &str = "planning";

/// In what shapes an answer comes.
pub struct Shape {
    /// The media type of the first one.
    pub media_type: &'static str,
    /// Its content.
    pub content: Content,
    /// The words for all of them.
    pub formats: [&'static str; 3],
}

/// Describes a question about coverage.
pub fn question(id: &str, summary: &str, description: &str, shape: Shape) -> OperationBuilder {
    let binary = || Content::new(Some(text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))));
    let ok = answer("The answer, of the demand in the caller's districts.")
        .content(shape.media_type, shape.content)
        .content(CSV, binary())
        .content(XLSX, binary());
    let format = one_of(shape.formats).default(Some(shape.formats[0].into()));
    let operation = staff(id, TAG, summary, "200", ok)
        .description(Some(description))
        .parameter_ref(parameter_named("Accept-Language"));
    times(places(operation)).parameter(query("format", "What is written.", format, shape.formats[0]))
}

/// Who, how far, to what.
fn places(operation: OperationBuilder) -> OperationBuilder {
    let demand = "Whose demand: the code of a layer; without it the layer in use.";
    let metres = "Metres, of the straight line or of the way on foot as `by` says. Both this and `within_s`: both hold.";
    let seconds = "Seconds on foot; a quarter of an hour where neither distance nor time is given.";
    let layer = "Which layers of service points; all where none is named.";
    operation
        .parameter(query("demand", demand, text(), "default"))
        .parameter(list::<Trade>("trade", "Only people of these trades.", "courier"))
        .parameter(query("district", "Only people in these districts, joined by commas.", text(), "130302"))
        .parameter(query("within_m", metres, decimal(1.0, MOST_M), 1000))
        .parameter(query("within_s", seconds, decimal(1.0, MOST_S), 900))
        .parameter(query("by", "What the metres measure.", one_of(["walk", "straight"]), "straight"))
        .parameter(query("of", "What counts as within reach.", one_of(Of::ALL.map(Of::as_str)), "stations"))
        .parameter(query("layer", layer, text(), "social_security_hall"))
        .parameter(query("min", "How many places must be within reach.", one_of(["1", "2"]), "1"))
        .parameter(list::<FacilityCode>(
            "facility",
            "All of these, usable then, at one station.",
            "microwave",
        ))
        .parameter(list::<Host>("host", "Only stations of these hosts.", "bank"))
        .parameter(list::<Access>("access", "Only stations with one of these ways in.", "open_door"))
        .parameter(query("no_phone", "Only stations that can be entered without a phone.", flag(), true))
}

/// When.
fn times(operation: OperationBuilder) -> OperationBuilder {
    let season = format!("The first day, with `to`; at most {MOST_DAYS} days.");
    let week = "Every full hour of the week, Monday to Sunday, that holds this day.";
    operation
        .parameter(query("at", "An instant.", instant(), "2026-11-25T13:00:00+08:00"))
        .parameter(query("week", week, text(), "2026-11-25"))
        .parameter(query("from", &season, text(), "2026-11-15"))
        .parameter(query("to", "The last day.", text(), "2027-03-15"))
}
