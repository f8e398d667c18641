//! Where somebody stands is answered and forgotten: no log, metric, table or error keeps it.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

use axum::body::Body;
use axum::http::Method;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::prelude::*;

use crate::harness::Town;
use crate::tables::dump;

/// A position whose digits appear nowhere else, and the beginnings under which it might hide.
const LAT: &str = "39.9183746";
const LON: &str = "119.6029518";
const TRACES: [&str; 4] = ["39.918374", "119.602951", "9183746", "6029518"];

thread_local! {
    /// What this thread logs, while somebody listens. A story and all it starts run on one thread.
    static HEARD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Writes into what is heard.
struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        HEARD.with_borrow_mut(|heard| heard.get_or_insert_default().write(bytes))
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Hears everything that is logged from now on. The subscriber is the process's only one, because one of
/// a single thread would miss events that another thread was the first to reach.
pub(crate) fn listen() {
    static SUBSCRIBER: Once = Once::new();
    SUBSCRIBER.call_once(|| {
        let awake = dynamic_filter_fn(|_, _| HEARD.with_borrow(Option::is_some));
        let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(|| Ear).with_filter(awake);
        tracing_subscriber::registry().with(lines).init();
    });
    HEARD.set(Some(Vec::new()));
}

/// Ends the listening and gives what was heard.
pub(crate) fn heard() -> String {
    String::from_utf8(HEARD.take().unwrap_or_default()).expect("a log is text")
}

/// Requests that carry the position in every way that is answered, refused or unknown.
fn addresses() -> Vec<String> {
    let nearest = format!("/api/v1/stations/nearest?lat={LAT}&lon={LON}");
    vec![
        nearest.clone(),
        format!("{nearest}&crs=gcj02&facility=water&open=now"),
        format!("{nearest}&limit=0"),
        format!("{nearest}&{LAT}=1"),
        format!("/api/v1/stations/nearest?lat=9{LAT}&lon={LON}"),
        format!("/api/v1/stations?bbox={LON},{LAT},120,40"),
        format!("/api/v1/stations?q={LON}"),
        format!("/api/v1/stations?limit=1&bbox=119,39,120,{LAT}"),
        format!("/api/v1/stations/{LAT},{LON}"),
        format!("/{LAT}/{LON}"),
        format!("/tiles/stations/{LAT}/{LON}/0.mvt"),
        format!("/?lat={LAT}&lon={LON}"),
        format!("/?lat={LAT}&lon=9{LON}"),
        format!("/stations/x?lat={LAT}&lon={LON}"),
    ]
}

fn keeps_nothing(text: &str, what: &str) {
    for trace in TRACES {
        let line = text.lines().find(|line| line.contains(trace));
        assert_eq!(line, None, "{what} holds {trace}");
    }
}

both_engines! {
    async fn a_position_leaves_no_trace(t: Town) {
        listen();
        let measuring = metrics::set_default_local_recorder(&*t.recorder);
        t.station("站一").open().await;
        t.station("站二").open().await;
        for address in addresses() {
            t.get(&address).send().await;
            t.get(&address).header("referer", format!("http://town.test{address}")).send().await;
        }
        t.nearest(119.0, 39.0).header("x-position", format!("{LAT},{LON}")).send().await;
        t.ask(Method::POST, addresses()[0].clone()).body(Body::from(format!("{{\"lat\": {LAT}, \"lon\": {LON}}}"))).send().await;
        drop(measuring);

        let log = heard();
        assert!(log.contains("/api/v1/stations/nearest") && log.contains("request"), "the log is read: {log}");
        keeps_nothing(&log, "the log");
        let metrics = t.app.metrics.render();
        assert!(metrics.contains("yizhan_requests_total{route=\"/api/v1/stations/nearest\""), "{metrics}");
        keeps_nothing(&metrics, "a metric");
        let dump = dump(&t.app.db).await;
        assert!(dump["station"].iter().any(|row| row.contains("119.6 | 39.93")), "the tables are read");
        keeps_nothing(&format!("{dump:?}"), "a table");
    }

    async fn an_error_repeats_no_position(t: Town) {
        for address in addresses().into_iter().filter(|a| !a.contains("limit=1&") && !a.starts_with("/?") && !a.starts_with("/stations")) {
            let reply = t.get(&address).send().await;
            // The name of an unknown parameter is said back, because its sender must find it.
            if !address.contains(&format!("&{LAT}=1")) {
                keeps_nothing(&reply.text(), &address);
            }
            for (name, value) in &reply.headers {
                keeps_nothing(&String::from_utf8_lossy(value.as_bytes()), name.as_str());
            }
        }
    }
}
