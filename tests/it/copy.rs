//! A client that holds an offline copy and answers from it by the rule of the contract.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::agree::{Told, is_open};
use crate::arrange::instant;
use crate::client::text;
use crate::harness::Town;

/// The offline copy of a district.
pub(crate) struct Copy(pub(crate) Value);

impl Copy {
    /// Asks for the copy of a district from an instant on.
    pub(crate) async fn ask(town: &Town, district: &str, at: DateTime<FixedOffset>) -> Self {
        let path = format!("/api/v1/offline/{district}.json");
        Self(town.get(path).with("at", at.to_rfc3339()).json().await)
    }

    /// Its stations.
    pub(crate) fn stations(&self) -> &[Value] {
        self.0["stations"].as_array().expect("stations")
    }

    /// What the copy says of every station at an instant.
    pub(crate) fn told(&self, at: DateTime<FixedOffset>) -> BTreeMap<String, Told> {
        let at = at.to_rfc3339();
        self.stations().iter().map(|station| (text(&station["id"]), told(station, &at))).collect()
    }

    /// What the copy says of one station at an instant.
    pub(crate) fn told_of(&self, id: &str, at: DateTime<FixedOffset>) -> Told {
        let station = self.stations().iter().find(|s| s["id"] == id).expect("a station of the copy");
        told(station, &at.to_rfc3339())
    }

    /// The instants at which anything changes.
    pub(crate) fn turns(&self) -> impl Iterator<Item = DateTime<FixedOffset>> {
        let facilities = self.stations().iter().flat_map(|s| listed(&s["facilities"]));
        let all = self.stations().iter().chain(facilities).flat_map(|x| listed(&x["transitions"]));
        all.map(|transition| instant(&text(&transition["from"])))
    }
}

fn listed(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// The last transition that has begun. All instants are whole seconds with the city's offset, so their texts are
/// in the order of time.
fn holding<'t>(transitions: &'t Value, at: &str) -> &'t Value {
    let begun = |t: &&Value| t["from"].as_str().expect("an instant") <= at;
    listed(transitions).iter().rfind(begun).expect("the copy does not speak of what was before it")
}

fn told(station: &Value, at: &str) -> Told {
    let now = holding(&station["transitions"], at);
    let state = text(&now["state"]);
    let facilities = listed(&station["facilities"]).iter().map(|f| facility(f, is_open(&state), at));
    Told {
        provisional: now["provisional"].clone(),
        times: ["state_until", "opens_at", "closes_at"].map(|key| now[key].clone()),
        facilities: facilities.collect(),
        notice: now.get("notice").cloned(),
        state,
    }
}

/// A facility as the other answers describe it.
fn facility(facility: &Value, station_open: bool, at: &str) -> Value {
    let now = holding(&facility["transitions"], at);
    let open = station_open && now["usable"] == true;
    let mut told = facility.as_object().expect("a facility").clone();
    told.remove("transitions");
    told.insert("in_season".to_owned(), now["in_season"].clone());
    told.insert("open".to_owned(), json!(open));
    if let Some(notice) = now.get("notice") {
        told.insert("notice".to_owned(), notice.clone());
    }
    if let Some(until) = now.get("until").filter(|_| open) {
        told.insert("until".to_owned(), until.clone());
    }
    Value::Object(told)
}
