//! The description of cases.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};
use utoipa::openapi::{Content, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::asked::PAGE;
use super::model::{
    Channel, Clearance, Grade, Identity, Kind, LinkKind, Outcome, SessionKind, State, Urgency,
};
use super::routes::RevealWish;
use super::told::{ReceiptKey, ToldCategories, ToldContact, ToldFiled, ToldPage, ToldTracked, ToldWhole};
use super::wish::{ActWish, FileWish, KeyWish, MessageWish, ReporterWish, Wish};
use super::workflow::Action;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, flag, header_named, one_of, query, refusing, segment, staff, taking, text,
    whole,
};

const TAG: &str = "grievances";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";

/// Describes closed vocabularies.
macro_rules! described {
    ($($type:ty as $name:literal: $description:literal;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                one_of(<$type>::ALL.iter().map(|c| c.as_str())).description(Some($description)).into()
            }
        }
        impl ToSchema for $type {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

described! {
    Channel as "GrievanceChannel": "The way by which a case came in.";
    Kind as "GrievanceKind": "What somebody wants.";
    Identity as "GrievanceIdentity": "Who learns who the reporter is.";
    Urgency as "GrievanceUrgency": "How soon a case is to be answered.";
    Outcome as "GrievanceOutcome": "What an answer comes to.";
    Grade as "GrievanceGrade": "How content a reporter is.";
    SessionKind as "GrievanceSessionKind": "What a session is.";
    LinkKind as "GrievanceLinkKind": "What a case leads to.";
    State as "GrievanceState": "Where a case stands.";
    Action as "GrievanceStepName": "What can be done with a case.";
}

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Wish>()
        .schema::<KeyWish>()
        .schema::<MessageWish>()
        .schema::<ReporterWish>()
        .schema::<FileWish>()
        .schema::<ActWish>()
        .schema::<RevealWish>()
        .schema::<ToldCategories>()
        .schema::<ToldFiled>()
        .schema::<ToldTracked>()
        .schema::<ToldPage>()
        .schema::<ToldWhole>()
        .schema::<ToldContact>()
        .schema::<ReceiptKey>()
        .schema::<State>()
}

/// `GET /api/v1/grievances/categories`
pub(super) fn categories() -> Operation {
    let ok = answer("What a case may be about.").content(JSON, body::<ToldCategories>());
    staff("listGrievanceCategories", TAG, "What a grievance may be about", "200", ok).into()
}

fn filing(id: &str, summary: &str, told: &str) -> Operation {
    let ok = answer("Taken in. The same request again is told the same.").content(JSON, body::<ToldFiled>());
    let operation = staff(id, TAG, summary, "201", ok).description(Some(told)).parameter(key());
    refusing(taking::<Wish>(operation), &["429"]).into()
}

/// `POST /api/v1/grievances`
pub(super) fn file() -> Operation {
    let told = "For anybody. Of an anonymous case neither account, address nor device is kept, and no time finer than \
                the day; numbers are given in order. `Idempotency-Key` is required: a request that is sent again with \
                it is the same case.";
    filing("fileGrievance", "Tell the union of something", told)
}

/// `POST /api/v1/grievances/entries`
pub(super) fn enter() -> Operation {
    let told = "For somebody who telephones, comes by or has no phone. Who entered it is kept.";
    filing("enterGrievance", "Enter a grievance for somebody else", told)
}

/// The key of a request, which is needed here.
pub(super) fn key() -> Parameter {
    let mut key = query(
        "Idempotency-Key",
        "What the request is known by: the same when it is sent again.",
        text(),
        "a1",
    );
    key.parameter_in = utoipa::openapi::path::ParameterIn::Header;
    key.required = utoipa::openapi::Required::True;
    key
}

fn followed(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("The case as it is now.").content(JSON, body::<ToldTracked>());
    let told = "A number and a receipt that do not belong together are a 404 after the same time.";
    refusing(staff(id, TAG, summary, status, ok).description(Some(told)), &["429"])
}

/// `POST /api/v1/grievances/track`
pub(super) fn track() -> Operation {
    taking::<KeyWish>(followed("trackGrievance", "Follow a grievance", "200")).into()
}

/// `POST /api/v1/grievances/track/messages`
pub(super) fn message() -> Operation {
    let operation = followed("sendGrievanceMessage", "Write about one's grievance", "201").parameter(key());
    taking::<MessageWish>(operation).into()
}

/// `POST /api/v1/grievances/track/actions`
pub(super) fn reporter_acts() -> Operation {
    let operation = followed("actOnOwnGrievance", "Withdraw, reopen or appeal", "200");
    refusing(taking::<ReporterWish>(operation), &["403"]).into()
}

fn file_answer() -> utoipa::openapi::ResponseBuilder {
    let bytes = || Content::new(Some(text().content_media_type("application/octet-stream")));
    answer("The file, as a download.").content("image/jpeg", bytes()).content("application/pdf", bytes())
}

/// `POST /api/v1/grievances/track/attachments`
pub(super) fn own_file() -> Operation {
    let operation = staff("findOwnGrievanceFile", TAG, "A file of one's grievance", "200", file_answer());
    refusing(taking::<FileWish>(operation), &["429"]).into()
}

/// `GET /api/v1/grievances/receipt-key`
pub(super) fn receipt_key() -> Operation {
    let ok = answer("The public key.").content(JSON, body::<ReceiptKey>());
    staff("findGrievanceReceiptKey", TAG, "The key with which anybody checks receipts", "200", ok).into()
}

/// `GET /api/v1/grievances`
pub(super) fn list() -> Operation {
    let ok = answer("A page of what the caller may see, those due first.")
        .content(JSON, body::<ToldPage>())
        .header_ref("Link", header_named("Link"));
    staff("listGrievances", TAG, "The queue of grievances", "200", ok).parameters(Some(filters())).into()
}

/// The questions that queue, ledger and figures are asked alike.
pub(super) fn filters() -> Vec<Parameter> {
    let mut filters = narrowing();
    filters.extend(paging("1771977600000.0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b"));
    filters
}

/// How much of it, and from where on.
pub(super) fn paging(cursor: &str) -> [Parameter; 2] {
    [
        query("limit", "The most items; more is cut to the most.", limit(), 50),
        query("cursor", "Where the page begins, as `next` said.", text(), cursor),
    ]
}

/// Which cases.
pub(super) fn narrowing() -> Vec<Parameter> {
    let state = one_of(State::ALL.iter().map(|c| c.as_str()));
    let channel = one_of(Channel::ALL.iter().map(|c| c.as_str()));
    let kind = one_of(Kind::ALL.iter().map(|c| c.as_str()));
    let urgency = one_of(Urgency::ALL.iter().map(|c| c.as_str()));
    let clearance = one_of(Clearance::ALL.iter().map(|c| c.as_str()));
    vec![
        query("state", "In one state.", state, "submitted"),
        query("open", "Only those that are not over.", flag(), true),
        query("channel", "By one channel.", channel, "web"),
        query("kind", "Of one kind.", kind, "appeal"),
        query("urgency", "Of one urgency.", urgency, "normal"),
        query("category", "Of one category.", text(), "wages"),
        query(
            "district",
            "Districts whose code begins so: six digits, or the first two or four.",
            text(),
            "130304",
        ),
        query("department", "Led by one department.", text(), EXAMPLE_ID),
        query("handler", "Handled by one account, or by the caller (`me`).", text(), "me"),
        query("session", "Of one session.", text(), EXAMPLE_ID),
        query("waiting_for", "Only those in which the caller has the next move (`me`).", text(), "me"),
        query("overdue", "Only those whose answer or next step is late.", flag(), true),
        query("due_today", "Only those whose answer or next step is due today.", flag(), true),
        query("supervised", "Only those that are supervised.", flag(), true),
        query("publication", "Only those that can be published, or are.", clearance, "ready"),
        query("number", "Whose number contains this.", text(), "0001"),
        query("from", "That came in on this day or later.", text(), "2026-01-01"),
        query("to", "That came in on this day or earlier.", text(), "2026-12-31"),
    ]
}

fn limit() -> utoipa::openapi::schema::ObjectBuilder {
    whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()))
}

/// An operation that answers with a case.
pub(super) fn one(name: &str, summary: &str) -> OperationBuilder {
    let ok = answer("The case as it is now.")
        .content(JSON, body::<ToldWhole>())
        .header_ref("ETag", header_named("ETag"));
    staff(name, TAG, summary, "200", ok).parameter(id())
}

fn id() -> Parameter {
    segment("id", "The case's id.", text(), EXAMPLE_ID)
}

/// `GET /api/v1/grievances/{id}`
pub(super) fn find() -> Operation {
    one("findGrievance", "One grievance with all that belongs to it").into()
}

/// `POST /api/v1/grievances/{id}/actions`
pub(super) fn act() -> Operation {
    let told = "Which steps can be taken, the case says in `allowed`. Any other is a 409 where nobody can take it now \
                and a 403 where others can, each with what can be done instead.";
    let operation = one("actOnGrievance", "Take a step with a grievance").description(Some(told));
    let operation = operation.response("204", answer("Done; the case is no longer the caller's to see."));
    taking::<ActWish>(conditional(operation)).into()
}

/// `POST /api/v1/grievances/{id}/contact`
pub(super) fn contact() -> Operation {
    let ok = answer("How the reporter can be reached.").content(JSON, body::<ToldContact>());
    let told =
        "Who opened it and why stands in the audit log. Of a confidential case custodians open it alone.";
    let operation = staff("revealGrievanceContact", TAG, "Open the contact of a grievance", "200", ok);
    taking::<RevealWish>(operation.description(Some(told)).parameter(id())).into()
}

/// `GET /api/v1/grievances/{id}/attachments/{file}`
pub(super) fn attachment() -> Operation {
    staff("findGrievanceFile", TAG, "A file of a grievance", "200", file_answer())
        .parameter(id())
        .parameter(segment("file", "The file's id.", text(), EXAMPLE_ID))
        .into()
}
