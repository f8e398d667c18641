//! The OGC API: resources, pages, places, filters, and the tools that people read it with.

mod filters;
mod pages;
mod places;
mod resources;
mod tools;

use serde_json::Value;

use crate::client::{Ask, HOST, text};
use crate::harness::Town;

/// The collection.
const STATIONS: &str = "/ogc/collections/stations";

impl Town {
    /// Asks for features.
    fn items(&self) -> Ask<'_> {
        self.get(format!("{STATIONS}/items"))
    }

    /// Asks for features and follows their link `next` to the end.
    async fn items_of_all_pages(&self, query: &[(&str, &str)]) -> Vec<Value> {
        let ask = query.iter().fold(self.items(), |ask, (name, value)| ask.with(name, value));
        let (mut features, mut page) = (Vec::new(), ask.json().await);
        loop {
            let found = page["features"].as_array().expect("features").clone();
            assert_eq!(page["numberReturned"], found.len());
            features.extend(found);
            let Some(next) = link(&page, "next") else { return features };
            page = self.get(local(&next)).json().await;
        }
    }
}

/// The address of a link of an answer.
fn link(answer: &Value, relation: &str) -> Option<String> {
    let found = answer["links"].as_array()?.iter().find(|link| link["rel"] == relation)?;
    Some(text(&found["href"]))
}

/// The path and query of an absolute address of this service.
fn local(address: &str) -> String {
    let path = address.strip_prefix(&format!("http://{HOST}"));
    path.unwrap_or_else(|| panic!("{address} is not an absolute address of the service")).to_owned()
}

/// The ids of features.
fn ids(features: &[Value]) -> Vec<String> {
    features.iter().map(|feature| text(&feature["id"])).collect()
}
