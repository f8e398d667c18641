//! Planning: layers that planners bring, and what they are told of them.

mod commands;
mod demand;
mod demand_files;
mod demand_kept;
mod service_points;

use axum::body::Body;
use serde_json::Value;

use crate::client::{Reply, text};
use crate::harness::Town;
use crate::imports::{FORM, form};
use crate::staff::Staff;

/// A good file of demand: two points in 海港区, one in 北戴河区.
pub(crate) const PEOPLE: &str =
    "lon,lat,weight,trade\n119.60,39.93,120,courier\n119.55,39.94,80,外卖员\n119.48,39.83,50,\n";
/// A good file of service points.
pub(crate) const HALLS: &str = "名称,经度,纬度,地址,电话,开放时间\n\
    社保大厅,119.60,39.93,文化路1号,0335-1234567,周一至周五 8:30-17:00\n\
    便民窗口,119.48,39.83,,,看天气\n";

impl Town {
    /// Sends a file with its options to an address.
    pub(crate) async fn send_layer(&self, path: &str, by: &Staff, file: &[u8], options: &Value) -> Reply {
        let ask = self.post(path).by(by).header("content-type", FORM).header("accept-language", "en");
        ask.body(Body::from(form("layer", file, options))).send().await
    }

    /// Brings a layer of demand that is taken.
    pub(crate) async fn demand(&self, by: &Staff, file: &[u8], options: &Value) -> Value {
        let reply = self.send_layer("/api/v1/demand", by, file, options).await;
        assert!(reply.status.is_success(), "{}", reply.text());
        reply.json()
    }

    /// Brings a layer of service points that is taken.
    pub(crate) async fn halls(&self, by: &Staff, file: &[u8], options: &Value) -> Value {
        let reply = self.send_layer("/api/v1/service-points", by, file, options).await;
        assert!(reply.status.is_success(), "{}", reply.text());
        reply.json()
    }

    /// What is wrong with a file of demand: each field with its code.
    async fn refused_demand(&self, by: &Staff, file: &[u8], options: &Value) -> Vec<(String, String)> {
        refusals(&self.send_layer("/api/v1/demand", by, file, options).await)
    }

    /// The layers of demand that somebody is told of.
    async fn demands(&self, by: &Staff) -> Vec<Value> {
        self.get("/api/v1/demand").by(by).json().await["items"].as_array().expect("layers").clone()
    }
}

/// The fields of a 422 with their codes.
fn refusals(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!(reply.status, 422, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/problem+json");
    let errors = reply.json()["errors"].as_array().expect("errors").clone();
    assert!(errors.iter().all(|e| !text(&e["detail"]).is_empty()));
    errors.iter().map(|e| (text(&e["field"]), text(&e["code"]))).collect()
}

/// One refusal of the whole file.
fn of_file(code: &str) -> Vec<(String, String)> {
    vec![("file".to_owned(), code.to_owned())]
}
