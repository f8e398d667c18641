//! The description of the inbox.

use utoipa::openapi::path::Operation;

use super::routes::{MAX_PAGE, Notifications, PAGE, ReadTo, Unread};
use super::settings::{Settings, Wish};
use crate::http::openapi::parts::{
    answer, body, flag, header_named, parameter_named, query, segment, staff, taking, text, whole,
};

const TAG: &str = "notifications";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// `GET /api/v1/notifications`
pub(super) fn list() -> Operation {
    let ok = answer("A page of the own inbox, the newest first, and how many were not read.")
        .content(JSON, body::<Notifications>())
        .header_ref("Link", header_named("Link"));
    let told = "A notice says what happened to which number and by which day; the words of a case stand in no \
        notice. It is kept for a year.";
    let limit = whole(1).maximum(Some(MAX_PAGE)).default(Some(PAGE.into()));
    staff("listNotifications", TAG, "The own inbox", "200", ok)
        .description(Some(told))
        .parameter_ref(parameter_named("Accept-Language"))
        .parameter(query("unread", "Only what was not read.", flag(), true))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/notifications/{id}/read`
pub(super) fn read() -> Operation {
    let ok = answer("It is read.");
    staff("readNotification", TAG, "Mark a notice as read", "204", ok)
        .parameter(segment("id", "The notice's id.", text(), EXAMPLE_ID))
        .into()
}

/// `POST /api/v1/notifications/read`
pub(super) fn read_to() -> Operation {
    let ok = answer("How many are left.").content(JSON, body::<Unread>());
    taking::<ReadTo>(staff("readNotifications", TAG, "Mark everything up to a notice as read", "200", ok))
        .into()
}

/// `GET /api/v1/notifications/settings`
pub(super) fn find() -> Operation {
    let ok = answer("What is set, and the channels that there are.").content(JSON, body::<Settings>());
    staff("findNotificationSettings", TAG, "Where one is told besides the inbox", "200", ok).into()
}

/// `PUT /api/v1/notifications/settings`
pub(super) fn set() -> Operation {
    let ok = answer("What is set now.").content(JSON, body::<Settings>());
    let told =
        "Replaces what was set. The addresses are sealed; what could not be delivered before is forgotten.";
    let operation =
        staff("setNotificationSettings", TAG, "Say where one is told besides the inbox", "200", ok);
    taking::<Wish>(operation.description(Some(told))).into()
}
