//! What an operator does about people, and about another city, with the built program.

use std::io::Write as _;
use std::process::Stdio;

use axum::http::StatusCode;
use serde_json::json;

use crate::client::text;
use crate::harness::Town;
use crate::program::{Run, ended, program};

const PASSWORD: &str = "kettle-harbour-seven";

impl Town {
    /// Runs a command that reads standard input.
    async fn program_told(&self, told: &'static str, arguments: &[&str]) -> Run {
        let config = &self.app.config;
        let mut command = program(&config.storage.data, &config.database_url());
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let run = tokio::task::spawn_blocking(move || {
            let mut child = command.spawn().expect("the program runs");
            child.stdin.take().expect("its input").write_all(told.as_bytes()).expect("told");
            let out = child.wait_with_output().expect("it ends");
            let said = if out.stdout.is_empty() { out.stderr } else { out.stdout };
            Run { status: out.status.code(), said: String::from_utf8(said).expect("UTF-8") }
        });
        run.await.expect("a task")
    }

    async fn quiet(&self, arguments: &[&str]) -> Run {
        let config = &self.app.config;
        let mut command = program(&config.storage.data, &config.database_url());
        command.args(arguments).stdin(Stdio::null());
        ended(command).await
    }
}

both_engines! {
    async fn the_operator_adds_people_and_programs(t: Town) {
        let add = ["user", "add", "--login", "wang", "--name", "王芳", "--role", "district", "--district", "130302"];
        let weak = t.program_told("password", &add).await;
        assert_eq!(weak.status, Some(1), "{}", weak.said);
        assert!(weak.said.starts_with("password:"), "{}", weak.said);
        let added = t.program_told("kettle-harbour-seven\n", &add).await;
        assert_eq!(added.status, Some(0), "{}", added.said);
        let twice = t.program_told("kettle-harbour-seven\n", &add).await;
        assert_eq!(twice.status, Some(1), "{}", twice.said);
        assert_eq!(t.program_told("", &["user", "add", "--login", "x", "--role", "king"]).await.status, Some(2));
        let credentials = json!({ "login": "wang", "password": PASSWORD });
        let signed = t.post("/api/v1/session").sending(credentials.clone()).json().await;
        assert_eq!(signed["grants"], json!([{ "role": "district", "scope": "130302" }]));

        let beyond = ["token", "add", "--login", "wang", "--name", "报表", "--permission", "station_publish"];
        assert_eq!(t.quiet(&beyond).await.status, Some(1), "a program gets no more than its person has");
        let token = ["token", "add", "--login", "wang", "--name", "报表", "--permission", "station_see", "--district", "130302"];
        let made = t.quiet(&token).await;
        assert_eq!(made.status, Some(0), "{}", made.said);
        let bearer = format!("Bearer {}", made.said.trim());
        assert_eq!(t.get("/api/v1/registry").header("authorization", &bearer).send().await.status, StatusCode::OK);

        let reset = t.quiet(&["user", "reset", "wang"]).await;
        assert_eq!(reset.status, Some(0), "{}", reset.said);
        let secret = reset.said.split_once('#').expect("a link").1.split_whitespace().next().expect("a secret");
        assert_eq!(t.post("/api/v1/session").sending(credentials).send().await.status, StatusCode::UNAUTHORIZED);
        let redeem = json!({ "secret": secret, "password": "seven-kettles-harbour" });
        let back = t.post("/api/v1/invitations/redeem").sending(redeem).send().await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.text());

        let list = t.quiet(&["user", "list"]).await;
        assert!(list.said.contains("wang  王芳  district:130302"), "{}", list.said);
        assert_eq!(t.quiet(&["person", "export", "nobody"]).await.status, Some(2));
        let kept = t.quiet(&["person", "export", "wang"]).await;
        assert!(kept.said.contains("王芳"), "{}", kept.said);
        let last = t.quiet(&["person", "erase", "wang"]).await;
        assert_eq!(last.status, Some(1), "nobody could manage accounts: {}", last.said);
        assert_eq!(t.program_told("kettle-harbour-seven", &["user", "add", "--login", "root", "--role", "admin"]).await.status, Some(0));
        assert_eq!(t.quiet(&["person", "erase", "wang"]).await.status, Some(0));
        assert!(!crate::tables::everything(&t.app.db).await.contains("王芳"));
    }

    async fn another_city_brings_its_districts(t: Town) {
        let second = t.at(crate::harness::NOW).await;
        let square = |adcode: &str, west: f64| {
            let ring = json!([[west, 34.0], [west + 0.5, 34.0], [west + 0.5, 34.5], [west, 34.5], [west, 34.0]]);
            json!({ "type": "Feature", "properties": { "adcode": adcode, "name": format!("区{adcode}") },
                "geometry": { "type": "Polygon", "coordinates": [ring] } })
        };
        let file = |name: &str, features: serde_json::Value| {
            let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
            t.file(name, text).to_str().expect("a path").to_owned()
        };
        let bad = file("bad.geojson", json!([square("610423", 108.5), square("610423", 109.0), square("61", 109.5)]));
        let refused = t.program(["districts", "import", &bad]).await;
        assert_eq!(refused.status, Some(1), "{}", refused.said);
        assert!(refused.said.contains("features[1].adcode") && refused.said.contains("features[2].adcode"), "{}", refused.said);
        assert_eq!(t.get("/api/v1/stations").with("district", "130302").send().await.status, StatusCode::OK);
        let good = file("good.geojson", json!([square("610423", 108.5), square("610424", 109.0)]));
        let done = t.program(["districts", "import", &good]).await;
        assert_eq!(done.status, Some(0), "{}", done.said);
        second.follow().await;
        for town in [&t, &second] {
            let codes: Vec<_> = town.snapshot().city().districts.iter().map(|d| d.adcode.to_string()).collect();
            assert_eq!(codes, ["610423", "610424"], "every server follows");
        }
        let admin = t.staff("admin", yizhan::accounts::Role::Admin, "").await;
        let session = t.get("/api/v1/session").by(&admin).json().await;
        assert_eq!(text(&session["districts"][0]["name"]), "区610423");
    }
}
