//! A client of the town: asks its router and reads its answers.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use yizhan::http::proxy::Peer;

use crate::harness::Town;
use crate::staff::Staff;

/// The host under which the town is asked.
pub(crate) const HOST: &str = "town.test";

/// A question that is being put together.
pub(crate) struct Ask<'t> {
    town: &'t Town,
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
    body: Body,
    peer: Option<Peer>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Town {
    /// Asks for a path, which may hold a query already.
    pub(crate) fn get(&self, path: impl Into<String>) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    /// Asks with any verb.
    pub(crate) fn ask(&self, method: Method, path: impl Into<String>) -> Ask<'_> {
        let (query, headers, body) = (Vec::new(), Vec::new(), Body::empty());
        Ask { town: self, method, path: path.into(), query, headers, body, peer: None }
    }

    /// Sends something new.
    pub(crate) fn post(&self, path: impl Into<String>) -> Ask<'_> {
        self.ask(Method::POST, path)
    }

    /// Asks for the stations nearest to a place.
    pub(crate) fn nearest(&self, lon: f64, lat: f64) -> Ask<'_> {
        self.get("/api/v1/stations/nearest").with("lon", lon).with("lat", lat)
    }

    /// Asks for the list.
    pub(crate) fn list(&self) -> Ask<'_> {
        self.get("/api/v1/stations")
    }
}

impl Ask<'_> {
    /// Adds a parameter, percent-encoded.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts read better without a reference")]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Asks as somebody who is signed in, from the service's own page.
    pub(crate) fn by(self, staff: &Staff) -> Self {
        self.header("cookie", format!("yizhan_session={}", staff.session))
            .header("sec-fetch-site", "same-origin")
    }

    /// Asks from an address; without one nothing is counted by address.
    pub(crate) fn from(mut self, address: [u8; 4]) -> Self {
        self.peer = Some(Peer { address: (address, 40_000).into(), is_tls: false });
        self
    }

    /// Says which version a change is meant for.
    pub(crate) fn on(self, version: &Value) -> Self {
        self.header("if-match", format!("\"v{version}\""))
    }

    /// Gives the request a JSON body.
    #[expect(clippy::needless_pass_by_value, reason = "a body is written where it is sent")]
    pub(crate) fn sending(self, body: Value) -> Self {
        self.header("content-type", "application/json").body(Body::from(body.to_string()))
    }

    /// Gives the request a body.
    pub(crate) fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// The address with its query.
    fn uri(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
        format!("{}{}{query}", self.path, if self.path.contains('?') { '&' } else { '?' })
    }

    /// Sends it.
    pub(crate) async fn send(self) -> Reply {
        let mut request = Request::builder().method(self.method.clone()).uri(self.uri()).header("host", HOST);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(peer) = self.peer {
            request = request.extension(peer);
        }
        let request = request.body(self.body).expect("a request");
        let response = self.town.router.clone().oneshot(request).await.expect("the router never fails");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Sends it and expects JSON with status 200.
    pub(crate) async fn json(self) -> Value {
        let uri = self.uri();
        let reply = self.send().await;
        assert_eq!(reply.status, StatusCode::OK, "{uri}: {}", reply.text());
        reply.json()
    }

    /// Sends it and gives the features of the collection.
    pub(crate) async fn features(self) -> Vec<Value> {
        self.json().await["features"].as_array().expect("features").clone()
    }

    /// Sends it and gives the names of the stations.
    pub(crate) async fn names(self) -> Vec<String> {
        self.features().await.iter().map(|f| text(&f["properties"]["name"])).collect()
    }

    /// Sends it and gives the ids of the stations.
    pub(crate) async fn ids(self) -> Vec<String> {
        self.features().await.iter().map(|f| text(&f["properties"]["id"])).collect()
    }

    /// Sends it and follows `Link: rel="next"` to the end: the features of each page.
    pub(crate) async fn pages(self) -> Vec<Vec<Value>> {
        let town = self.town;
        let mut pages = Vec::new();
        let mut next = Some(self.uri());
        while let Some(uri) = next {
            let reply = town.get(&uri).send().await;
            assert_eq!(reply.status, StatusCode::OK, "{uri}: {}", reply.text());
            pages.push(reply.json()["features"].as_array().expect("features").clone());
            next = reply.next_page();
        }
        pages
    }

    /// Sends it and gives every feature of every page.
    pub(crate) async fn all(self) -> Vec<Value> {
        self.pages().await.into_iter().flatten().collect()
    }
}

impl Reply {
    /// A header's text; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().expect("a text"))
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The path and query of the next page. Its link is absolute.
    pub(crate) fn next_page(&self) -> Option<String> {
        let link = self.headers.get("link")?.to_str().expect("a link");
        let address =
            link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"").expect("a link to the next page");
        let path = address.strip_prefix(&format!("http://{HOST}")).expect("an absolute address");
        Some(path.to_owned())
    }
}

/// A JSON string as it is.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
