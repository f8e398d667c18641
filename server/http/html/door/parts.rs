//! What the pages at the door share: the top, what came of a deed, what was wrong.

use maud::{Markup, html};

use super::words::words;
use crate::error::{Error, FieldError};
use crate::http::html::context::Context;
use crate::http::html::{icon, layout};
use crate::language::Language;
use crate::stations::model::FacilityCode;

/// What is said above everything else.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// What was done.
    pub(super) done: Option<String>,
    /// What was wrong with what somebody asked for.
    pub(super) wrong: Vec<String>,
    /// Hours that somebody wrote, before he sends them: his words, and what they come to.
    pub(super) hours: Option<(String, Option<String>)>,
}

impl Said {
    /// What was done, by its code in the address.
    pub(super) fn done(context: &Context<'_>, done: Option<&str>, what: Option<&str>) -> Self {
        let words = words(context.language);
        let facility =
            || what.and_then(|code| code.parse::<FacilityCode>().ok()).map(|code| context.word(code));
        let done = match done {
            Some("open") => Some(words.done_open.to_owned()),
            Some("right") => Some(words.done_right.to_owned()),
            Some("changed") => Some(words.done_changed.to_owned()),
            Some("broken") => facility().map(|word| words.done_broken.with(word)),
            Some("ok") => facility().map(|word| words.done_works.with(word)),
            Some("closed") => Some(words.done_closed.to_owned()),
            Some("reopened") => Some(words.done_reopened.to_owned()),
            Some("hours") => Some(words.done_hours.to_owned()),
            Some("here") => Some(words.done_here.to_owned()),
            _ => None,
        };
        Self { done, ..Self::default() }
    }

    /// What was wrong, where somebody can mend it; every other error is passed on.
    pub(super) fn wrong(error: Error, language: Language) -> Result<Self, Error> {
        match error {
            Error::Refused(fields) | Error::Malformed(fields) => {
                let said = |field: FieldError| field.detail.of(language).to_owned();
                Ok(Self { wrong: fields.into_iter().map(said).collect(), ..Self::default() })
            }
            Error::Conflict { detail, .. } => {
                Ok(Self { wrong: vec![detail.of(language).to_owned()], ..Self::default() })
            }
            other => Err(other),
        }
    }

    /// Above everything else.
    pub(super) fn markup(&self, context: &Context<'_>) -> Markup {
        let words = words(context.language);
        html! {
            @if let Some(done) = &self.done { p.did role="status" { (icon::icon("check")) span { (done) } } }
            @if !self.wrong.is_empty() {
                div.note.bad role="alert" {
                    (icon::icon("warn"))
                    div { b { (words.wrong_title) } @for wrong in &self.wrong { p { (wrong) } } }
                }
            }
        }
    }
}

/// The frame of a page at the door.
pub(super) fn page(context: &Context<'_>, name: &str, second: &str, said: &Said, content: &Markup) -> Markup {
    let about = html! { h1 { (name) } @if !second.is_empty() { p { (second) } } };
    html! {
        (layout::top(context, &about, &html! {}))
        (layout::answer(context, &html! {
            (said.markup(context))
            article.sheet.at-door { (content) }
        }))
    }
}
