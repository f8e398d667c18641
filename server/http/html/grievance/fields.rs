//! The form of a case: one screen, each field with what is wrong beside it.

use maud::{Markup, html};

use super::super::context::Context;
use super::super::{icon, layout};
use super::filled::Filled;
use super::words::{Said, words};
use super::{PATH, PUBLISHED, TRACK, VERIFY, beside, head, promise};
use crate::grievance::model::{Identity, Kind, MOST_ATTACHMENTS, TEXT_CHARS, UNIT_CHARS, Urgency};
use crate::grievance::settings::Category;
use crate::grievance::workflow::Rules;
use crate::http::limits::FORM_FILES_BYTES;

/// Bytes of a megabyte as people count them.
const MB: usize = 1 << 20;
/// The types of files that are taken.
pub(super) const TYPES: &str = "image/jpeg,image/png,image/webp,application/pdf";
/// What stands beside a field of its own; everything else is said at the head of the form.
const BESIDE: [&str; 10] = [
    "text",
    "attachments",
    "category",
    "kind",
    "identity",
    "contact",
    "contact.name",
    "contact.phone",
    "contact.mail",
    "unit",
];

/// The main part of the page.
pub(super) fn main(
    context: &Context<'_>,
    filled: &Filled,
    categories: &[Category],
    station: Option<&str>,
    rules: &Rules,
) -> Markup {
    let said = words(context.language);
    let back =
        filled.station.map_or_else(|| context.asked.page_href("/"), |id| context.asked.station_href(id));
    let urgencies: Vec<Urgency> = categories.iter().map(|category| category.urgency).collect();
    html! {
        (head(context, said, &back))
        (layout::answer(context, &html! {
            form.ask.grievance method="post" action=(context.asked.page_href(PATH)) enctype="multipart/form-data"
                data-grievance novalidate[!filled.wrong.is_empty()] aria-labelledby="title" {
                h1 #title { (said.title) }
                (wrong(context, said, filled))
                (hidden(filled))
                (about(said, filled, station))
                (what(context, said, filled))
                (files(context, said, filled))
                (categories_of(context, said, filled, categories))
                (kinds(context, said, filled))
                (identities(context, said, filled))
                (contact(context, said, filled))
                (unit(context, said, filled))
                div.picks { label.chip.long { input type="checkbox" name="publish" value="yes" checked[filled.publish]; (said.publish) } }
                div.last {
                    button.btn.wide { (said.send) }
                    (promise::promises(said, rules, &urgencies))
                    p.cap data-draft {}
                }
            }
            div.ways {
                a.btn.plain.wide href=(context.asked.page_href(TRACK)) { (said.follow) }
                a.btn.plain.wide href=(context.asked.page_href(VERIFY)) { (said.verify_link) }
                a.btn.plain.wide href=(context.asked.page_href(PUBLISHED)) { (said.published_link) }
                (layout::hotline(context.words))
            }
        }))
    }
}

fn wrong(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    let here = |fault: &&crate::error::FieldError| !BESIDE.contains(&fault.field.as_str());
    let beside = filled.wrong.iter().filter(|fault| !here(fault)).count();
    html! {
        @if !filled.wrong.is_empty() {
            div.note.bad role="alert" tabindex="-1" data-refused {
                (icon::icon("warn"))
                p {
                    b { (said.not_sent) }
                    @if beside > 0 { (said.not_sent_fields.with(beside)) " " }
                    @for fault in filled.wrong.iter().filter(here) { (fault.detail.of(context.language)) " " }
                }
            }
        }
    }
}

fn hidden(filled: &Filled) -> Markup {
    html! {
        input type="hidden" name="key" value=(filled.key) autocomplete="off";
        @if filled.is_by_code { input type="hidden" name="via" value="code"; }
        @if let Some(station) = filled.station { input type="hidden" name="place" value=(station); }
        @for file in &filled.files { input type="hidden" name="attachment" value=(file); }
    }
}

/// What it is about, where the way here said so; it can be taken away.
fn about(said: &Said, filled: &Filled, station: Option<&str>) -> Markup {
    html! {
        @if let Some(name) = station {
            div.picks { label.chip.long {
                input type="checkbox" name="station" value="yes" checked[filled.is_about_station];
                (said.about_station.with(name))
            } }
        }
        @if !filled.report.is_empty() {
            div.picks { label.chip.long {
                input type="checkbox" name="report" value=(filled.report) checked;
                (said.about_report.with(&filled.report))
            } }
        }
    }
}

fn is_wrong(filled: &Filled, fields: &[&str]) -> Option<&'static str> {
    filled.wrong.iter().any(|fault| fields.contains(&fault.field.as_str())).then_some("true")
}

fn what(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    html! {
        div {
            label for="text" { (said.text) }
            p.cap #text-hint { (said.text_hint) }
            (beside(&filled.wrong, &["text"], context.language))
            textarea #text name="text" rows="4" maxlength=(TEXT_CHARS) required aria-describedby="text-hint"
                aria-invalid=[is_wrong(filled, &["text"])] { "\n" (filled.text) }
        }
    }
}

fn files(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    let hint = said.files_hint.fill(&[("n", &MOST_ATTACHMENTS), ("mb", &(FORM_FILES_BYTES / MB))]);
    html! {
        div.files data-files data-most=(MOST_ATTACHMENTS) {
            label for="file" { (said.files) }
            p.cap #file-hint { (hint) }
            (beside(&filled.wrong, &["attachments"], context.language))
            @if !filled.files.is_empty() { p.cap data-kept { (icon::icon("check")) " " (said.files_kept.with(filled.files.len())) } }
            input #file type="file" name="file" multiple accept=(TYPES) aria-describedby="file-hint";
        }
    }
}

fn categories_of(context: &Context<'_>, said: &Said, filled: &Filled, categories: &[Category]) -> Markup {
    html! {
        fieldset {
            legend { (said.category) }
            (beside(&filled.wrong, &["category"], context.language))
            div.picks {
                @for category in categories {
                    label.chip {
                        input type="radio" name="category" value=(category.code) required data-urgency=(category.urgency)
                            checked[category.code == filled.category];
                        (context.language.of(&category.name, &category.name_en))
                    }
                }
                @if categories.is_empty() { input type="hidden" name="category" value=(filled.category); }
            }
        }
    }
}

fn kinds(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    let kinds = [
        (Kind::Appeal, said.kind_appeal),
        (Kind::Opinion, said.kind_opinion),
        (Kind::Suggestion, said.kind_suggestion),
    ];
    html! {
        fieldset {
            legend { (said.kind) }
            (beside(&filled.wrong, &["kind"], context.language))
            div.picks {
                @for (kind, word) in kinds {
                    label.chip { input type="radio" name="kind" value=(kind) required checked[filled.kind == Some(kind)]; (word) }
                }
            }
        }
    }
}

fn identities(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    let identities = [
        (Identity::Named, said.named, said.named_means),
        (Identity::Confidential, said.confidential, said.confidential_means),
        (Identity::Anonymous, said.anonymous, said.anonymous_means),
    ];
    html! {
        fieldset {
            legend { (said.identity) }
            (beside(&filled.wrong, &["identity"], context.language))
            div.ids {
                @for (identity, word, means) in identities {
                    label.pick {
                        input type="radio" name="identity" value=(identity) required checked[filled.identity == Some(identity)];
                        span { b { (word) } span.cap { (means) } }
                    }
                }
            }
        }
    }
}

/// Somebody anonymous is not asked; the style sheet takes these fields away then.
fn contact(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    html! {
        div.contact {
            label for="phone" { (said.phone) }
            p.cap #phone-hint { (said.phone_hint) }
            (beside(&filled.wrong, &["contact", "contact.phone"], context.language))
            input #phone name="phone" value=(filled.phone) type="tel" autocomplete="tel" maxlength="30" aria-describedby="phone-hint"
                aria-invalid=[is_wrong(filled, &["contact", "contact.phone"])];
        }
        div.contact {
            label for="mail" { (said.mail) }
            p.cap #mail-hint { (said.mail_hint) }
            (beside(&filled.wrong, &["contact.mail"], context.language))
            input #mail name="mail" value=(filled.mail) type="email" autocomplete="email" maxlength="254" aria-describedby="mail-hint"
                aria-invalid=[is_wrong(filled, &["contact.mail"])];
        }
        div.contact {
            label for="name" { (said.name) }
            p.cap #name-hint { (said.name_hint) }
            (beside(&filled.wrong, &["contact.name"], context.language))
            input #name name="name" value=(filled.name) autocomplete="name" maxlength="40" aria-describedby="name-hint"
                aria-invalid=[is_wrong(filled, &["contact.name"])];
        }
    }
}

fn unit(context: &Context<'_>, said: &Said, filled: &Filled) -> Markup {
    html! {
        div {
            label for="unit" { (said.unit) }
            p.cap #unit-hint { (said.unit_hint) }
            (beside(&filled.wrong, &["unit"], context.language))
            input #unit name="unit" value=(filled.unit) autocomplete="organization" maxlength=(UNIT_CHARS) aria-describedby="unit-hint"
                aria-invalid=[is_wrong(filled, &["unit"])];
        }
    }
}
