//! What the service makes of opening hours that somebody writes, before they are saved.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::geojson::Day;
use super::hours::{FreeText, GRAMMAR_CHARS, Hours, parse_free_text};
use crate::accounts::Policy;
use crate::app::App;
use crate::calendar::Calendar;
use crate::error::Error;
use crate::http::cache::Question;
use crate::http::openapi::{Documented, parts};
use crate::http::params::Params;
use crate::http::version::private;
use crate::language::Language;

/// `/api/v1/hours`
pub(super) fn routes() -> Documented {
    let ok = parts::answer("What the hours come to.").content("application/json", parts::body::<Read>());
    let text =
        parts::query("text", "The hours as somebody writes them.", parts::text(), "周一至周五 8:30-17:30");
    let operation = parts::staff("readHours", "stations", "What hours come to", "200", ok)
        .description(Some(
            "Text of the grammar, or Chinese that has one meaning. What could be meant in two ways is not read.",
        ))
        .parameter_ref(parts::parameter_named("Accept-Language"))
        .parameter(text);
    Documented::default().get("/api/v1/hours", Policy::SignedIn, read, operation).schema::<Read>()
}

/// What hours come to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursRead)]
struct Read {
    /// In the grammar; null where they are not understood.
    #[schema(required)]
    hours: Option<String>,
    /// For people, in the language of the answer.
    #[schema(required)]
    words: Option<String>,
    /// Why they are not understood.
    #[schema(required)]
    fault: Option<String>,
    /// Seven days from today.
    #[schema(required)]
    week: Option<Vec<Day>>,
}

/// `GET /api/v1/hours`
async fn read(State(app): State<App>, mut params: Params, question: Question) -> Result<Response, Error> {
    let text = params.text("text").unwrap_or_default();
    if text.chars().count() > GRAMMAR_CHARS {
        let zh = format!("最多 {GRAMMAR_CHARS} 个字。");
        params.refuse("text", "too_long", zh, format!("at most {GRAMMAR_CHARS} characters"));
    }
    params.finish()?;
    let snapshot = app.registry.snapshot();
    let today = snapshot.zone().local(app.clock.now()).date();
    let read = match understood(&text, &snapshot.city().calendar, question.language) {
        Ok(hours) => Read {
            words: Some(hours.describe(question.language)),
            week: Some(hours.week(today).into_iter().map(Day::of).collect()),
            hours: Some(hours.to_string()),
            fault: None,
        },
        Err(fault) => Read { hours: None, words: None, week: None, fault: Some(fault) },
    };
    Ok(private(read))
}

/// Free text first: it refuses what has two meanings, such as an afternoon written `2:30-5:30`.
fn understood(text: &str, calendar: &Calendar, language: Language) -> Result<Hours, String> {
    let grammar = match parse_free_text(text) {
        FreeText::Certain { grammar, .. } => grammar,
        FreeText::Uncertain => text.to_owned(),
    };
    Hours::parse(&grammar, calendar).map_err(|error| error.message(language))
}
