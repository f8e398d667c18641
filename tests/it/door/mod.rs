//! What happens at the door: its card, its keeper, its visitors.

mod card;
mod changes;
mod keeper;
mod visitor;

use serde_json::Value;
use yizhan::stations::model::Station;

use crate::harness::Town;
use crate::staff::Staff;

/// Hours that a keeper proposed and that wait.
pub(crate) struct Hours {
    pub(crate) id: Value,
    pub(crate) version: Value,
}

/// Lets the keeper of a station propose hours.
pub(crate) async fn proposed(t: &Town, root: &Staff, station: &Station) -> Hours {
    let phone = t.phone(&t.link(root, station).await, station).await;
    phone.press(&[("do", "hours"), ("text", "周一至周五 8:30-17:30"), ("sure", "1")]).await;
    let waiting = t.get("/api/v1/proposals").by(root).json().await;
    Hours { id: waiting["items"][0]["id"].clone(), version: waiting["items"][0]["version"].clone() }
}
