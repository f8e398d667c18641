//! What was said on both sides, and what the reporter can say or do now.

use maud::{Markup, html};

use super::super::context::Context;
use super::super::icon;
use super::TRACK;
use super::case::{Shown, when};
use super::fields::TYPES;
use super::words::Said;
use crate::grievance::model::{Identity, MOST_ATTACHMENTS, TEXT_CHARS};
use crate::grievance::workflow::Action;
use crate::grievance::{ToldFile, ToldMessage};
use crate::http::limits::FORM_FILES_BYTES;

/// What was written when it was filed.
pub(super) fn wrote(said: &Said, shown: &Shown<'_>) -> Markup {
    html! {
        section.track {
            h2 { (said.wrote) }
            @match &shown.case.text {
                Some(text) => div.reply { p { (text) } },
                None => p { (said.erased) },
            }
            (files(said, shown, &shown.case.attachments))
        }
    }
}

/// What the union asks, while it waits for the answer; the form to answer it follows at once.
pub(super) fn question(context: &Context<'_>, said: &Said, shown: &Shown<'_>) -> Markup {
    let is_asked = may(shown, Action::Inform);
    let asked = shown.case.messages.iter().rev().find(|message| message.action == Action::Ask.as_str());
    html! {
        @if is_asked {
            section.track.asked {
                h2 { (said.inform) }
                @if let Some(asked) = asked { (message(context, said, shown, asked)) }
                (write(context, said, shown, Action::Inform))
            }
        }
    }
}

/// Every message, the first first.
pub(super) fn messages(context: &Context<'_>, said: &Said, shown: &Shown<'_>) -> Markup {
    html! {
        section.track {
            h2 { (said.said) }
            @if shown.case.messages.is_empty() { p.cap { (said.said_none) } }
            @for told in &shown.case.messages { (message(context, said, shown, told)) }
        }
    }
}

fn message(context: &Context<'_>, said: &Said, shown: &Shown<'_>, told: &ToldMessage) -> Markup {
    let is_own = told.from == "reporter";
    let from = if is_own { said.said_you } else { said.said_staff };
    html! {
        div.message.own-words[is_own] {
            p.cap { b { (from) } " · " (when(context, &told.at)) }
            div.reply { p { (told.text) } }
            (files(said, shown, &told.attachments))
        }
    }
}

/// Files to take down, each by a form, because number and receipt stand in no address.
fn files(said: &Said, shown: &Shown<'_>, files: &[ToldFile]) -> Markup {
    html! {
        @for file in files {
            form.file method="post" action=(TRACK) {
                (lead(shown))
                button.btn.quiet name="file" value=(file.id) { (icon::icon("copy")) (told(said, file)) }
            }
        }
    }
}

fn told(said: &Said, file: &ToldFile) -> String {
    let what = if file.r#type == "application/pdf" { said.file_pdf } else { said.file_photo };
    let size = format!("{} KB", (file.bytes.max(1) - 1) / 1024 + 1);
    said.download.fill(&[("what", &what), ("size", &size)])
}

/// What leads back to the case.
fn lead(shown: &Shown<'_>) -> Markup {
    html! {
        input type="hidden" name="number" value=(shown.case.number);
        input type="hidden" name="receipt" value=(shown.sent.receipt);
    }
}

fn may(shown: &Shown<'_>, action: Action) -> bool {
    shown.case.allowed.contains(&action.as_str())
}

/// Everything that can be done but answering a question.
pub(super) fn forms(context: &Context<'_>, said: &Said, shown: &Shown<'_>, identity: Identity) -> Markup {
    html! {
        @if may(shown, Action::Message) && !may(shown, Action::Inform) {
            section.track {
                h2 { (said.message) }
                p.cap { (said.message_means) @if identity == Identity::Anonymous { " " (said.message_day) } }
                (write(context, said, shown, Action::Message))
            }
        }
        (deeds(context, said, shown))
    }
}

fn write(context: &Context<'_>, said: &Said, shown: &Shown<'_>, action: Action) -> Markup {
    let typed = typed(shown, action);
    let hint = said.files_hint.fill(&[("n", &MOST_ATTACHMENTS), ("mb", &(FORM_FILES_BYTES >> 20))]);
    html! {
        form.ask method="post" action=(context.asked.page_href(TRACK)) enctype="multipart/form-data" {
            (lead(shown))
            input type="hidden" name="do" value=(action);
            input type="hidden" name="key" value=(shown.key) autocomplete="off";
            div {
                label for="text" { (said.own_words) }
                textarea #text name="text" rows="3" maxlength=(TEXT_CHARS) required { "\n" (typed) }
            }
            div {
                label for="file" { (said.files) }
                p.cap #file-hint { (hint) }
                input #file type="file" name="file" multiple accept=(TYPES) aria-describedby="file-hint";
            }
            @if !typed.is_empty() { @for file in &shown.sent.files { input type="hidden" name="attachment" value=(file); } }
            @if action == Action::Inform { p.cap { (said.inform_means) } }
            button.btn.wide { (said.message_send) }
        }
    }
}

/// What was typed for an action that was not done.
fn typed<'a>(shown: &'a Shown<'_>, action: Action) -> &'a str {
    let is_same = shown.sent.action == Some(action) && !shown.has_done;
    if is_same { &shown.sent.text } else { "" }
}

/// Withdrawing, reopening, appealing: what each means, and what it needs.
fn deeds(context: &Context<'_>, said: &Said, shown: &Shown<'_>) -> Markup {
    let days = super::promise::rules().map_or(0, |rules| rules.reopen_days);
    let deeds = [
        (Action::Reopen, said.reopen, said.reopen_means.with(days), said.reopen_send),
        (Action::Appeal, said.appeal, said.appeal_means.to_owned(), said.appeal_send),
        (Action::Withdraw, said.withdraw, said.withdraw_means.to_owned(), said.withdraw_send),
    ];
    let open = deeds.into_iter().filter(|(action, ..)| may(shown, *action));
    html! {
        div.deeds {
            @for (action, title, means, button) in open {
                @let is_free = action == Action::Withdraw;
                @let typed = typed(shown, action);
                details open[!typed.is_empty()] {
                    summary { (title) }
                    p { (means) }
                    form.ask method="post" action=(context.asked.page_href(TRACK)) {
                        (lead(shown))
                        input type="hidden" name="do" value=(action);
                        div {
                            label for={ "why-" (action) } { @if is_free { (said.why_maybe) } @else { (said.why) } }
                            textarea id={ "why-" (action) } name="text" rows="2" maxlength=(TEXT_CHARS) required[!is_free] { "\n" (typed) }
                        }
                        button.btn.quiet.wide { (button) }
                    }
                }
            }
        }
    }
}
