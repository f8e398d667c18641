//! The built script and styles, with their hashed names; and a plain style sheet for a server without a build.

use std::collections::BTreeMap;
use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::config::Config;
use crate::error::Error;

/// The style sheet, for when the page has not been built: the files of `web/src/styles/page.css` in its order.
const STYLE: &str = concat!(
    include_str!("../../web/src/styles/tokens.css"),
    include_str!("../../web/src/styles/icons.css"),
    include_str!("../../web/src/styles/parts.css"),
    include_str!("../../web/src/styles/forms.css"),
    include_str!("../../web/src/styles/list.css"),
    include_str!("../../web/src/styles/sheet.css"),
    include_str!("../../web/src/styles/map.css"),
    include_str!("../../web/src/styles/desk.css"),
    include_str!("../../web/src/styles/door.css"),
    include_str!("../../web/src/styles/report.css"),
    include_str!("../../web/src/styles/grievance.css"),
    include_str!("../../web/src/styles/benefits.css"),
);
/// Hides what needs the script, for a browser that runs none or a server that has none.
const NO_SCRIPT: &str = include_str!("../../web/src/styles/no-script.css");
const ICON: &str = include_str!("../../web/public/icon.svg");
/// The same icon for home screens, drawn by `scripts/generate/icons.mjs`.
const PICTURES: [(&str, &[u8]); 4] = [
    ("/assets/icon-192.png", include_bytes!("../../web/public/icon-192.png")),
    ("/assets/icon-512.png", include_bytes!("../../web/public/icon-512.png")),
    ("/assets/icon-maskable-512.png", include_bytes!("../../web/public/icon-maskable-512.png")),
    ("/assets/apple-touch-icon.png", include_bytes!("../../web/public/apple-touch-icon.png")),
];

/// The entry of the page in the build's manifest.
const ENTRY: &str = "src/main.ts";
/// The entry of the style sheet in the build's manifest.
const STYLE_ENTRY: &str = "src/styles/page.css";

/// The same for the page of staff, which is built by a run of its own.
const STAFF_ENTRY: &str = "src/staff/staff.tsx";
/// The entry of its style sheet.
const STAFF_STYLE_ENTRY: &str = "src/staff/styles/staff.css";
/// The same for the page of the grievance centre, which is built with that of staff.
const GRIEVANCES_ENTRY: &str = "src/grievances/grievances.tsx";
/// The entry of its style sheet.
const GRIEVANCES_STYLE_ENTRY: &str = "src/grievances/styles/grievances.css";
/// The same for the desk of benefits.
const BENEFITS_ENTRY: &str = "src/benefits/desk/desk.tsx";
/// The entry of its style sheet.
const BENEFITS_STYLE_ENTRY: &str = "src/benefits/desk/styles/desk.css";
/// The same for the page of planners.
const PLANNER_ENTRY: &str = "src/planner/planner.tsx";
/// The entry of its style sheet.
const PLANNER_STYLE_ENTRY: &str = "src/planner/styles/planner.css";

/// Where a page finds its script and its styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    script: Option<String>,
    style: String,
    staff: Option<Entry>,
    grievances: Option<Entry>,
    benefits: Option<Entry>,
    planner: Option<Entry>,
}

/// A script with its styles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The address of the script.
    pub script: String,
    /// The address of the style sheet.
    pub style: String,
}

/// One file of the manifest that the build writes.
#[derive(Deserialize)]
struct Built {
    file: String,
}

impl Assets {
    /// Reads the manifest of the build in a folder. Without one the pages have plain styles and no script.
    pub fn read(dir: &Path) -> Self {
        let (page, staff) = (manifest(dir, "manifest.json"), manifest(dir, "staff.json"));
        let entry = |script, style| {
            let both = href(&staff, script).zip(href(&staff, style));
            both.map(|(script, style)| Entry { script, style })
        };
        Self {
            script: href(&page, ENTRY),
            style: href(&page, STYLE_ENTRY).unwrap_or_else(|| "/assets/page.css".to_owned()),
            staff: entry(STAFF_ENTRY, STAFF_STYLE_ENTRY),
            grievances: entry(GRIEVANCES_ENTRY, GRIEVANCES_STYLE_ENTRY),
            benefits: entry(BENEFITS_ENTRY, BENEFITS_STYLE_ENTRY),
            planner: entry(PLANNER_ENTRY, PLANNER_STYLE_ENTRY),
        }
    }

    /// The address of the style sheet.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The address of the script, where there is one.
    pub fn script(&self) -> Option<&str> {
        self.script.as_deref()
    }

    /// What staff work with, where it has been built.
    pub fn staff(&self) -> Option<&Entry> {
        self.staff.as_ref()
    }

    /// What the grievance centre works with, where it has been built.
    pub fn grievances(&self) -> Option<&Entry> {
        self.grievances.as_ref()
    }

    /// What benefits are managed with, where it has been built.
    pub fn benefits(&self) -> Option<&Entry> {
        self.benefits.as_ref()
    }

    /// What planners work with, where it has been built.
    pub fn planner(&self) -> Option<&Entry> {
        self.planner.as_ref()
    }
}

/// The files that a run of the build has written, by their sources; none where it has not run.
fn manifest(dir: &Path, name: &str) -> BTreeMap<String, Built> {
    let text = std::fs::read_to_string(dir.join(".vite").join(name)).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn href(files: &BTreeMap<String, Built>, entry: &str) -> Option<String> {
    files.get(entry).map(|built| format!("/assets/{}", built.file))
}

/// Serves `/assets/`: files of the build for good, because their names carry a hash of their content, and
/// compressed beforehand where the client can read that.
pub fn routes<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    let files = ServeDir::new(&config.web.dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let hashed = ServiceBuilder::new()
        .layer(from_fn(named))
        .layer(SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, for_good))
        .service(files);
    // The service worker has no hash in its name, so a browser asks each time whether it is new.
    let worker = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-cache")))
        .service(ServeFile::new(config.web.dir.join("sw.js")).precompressed_br().precompressed_gzip());
    let pictures = PICTURES.into_iter().fold(Router::new(), |router, (path, bytes)| {
        router.route(path, get(move || async move { plain("image/png", bytes) }))
    });
    pictures
        .route_service("/sw.js", worker)
        .route("/assets/page.css", get(|| async { plain("text/css; charset=utf-8", STYLE) }))
        .route("/assets/no-script.css", get(|| async { plain("text/css; charset=utf-8", NO_SCRIPT) }))
        .route("/assets/icon.svg", get(|| async { plain("image/svg+xml", ICON) }))
        .nest_service("/assets", hashed)
}

/// Lets through what a page can name. The manifest of the build, or whatever else begins with a dot, is for the service
/// alone; and no name of a file of the build needs an escape, behind which a dot or a slash could stand.
async fn named(request: Request, next: Next) -> Result<axum::response::Response, Error> {
    let path = request.uri().path();
    if path.contains('%') || path.split('/').any(|part| part.starts_with('.')) {
        return Err(Error::NotFound("path"));
    }
    Ok(next.run(request).await)
}

fn for_good<B>(response: &Response<B>) -> Option<HeaderValue> {
    response.status().is_success().then(|| HeaderValue::from_static("public, max-age=31536000, immutable"))
}

fn plain(kind: &'static str, content: impl IntoResponse) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=3600")], content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_build_the_page_is_plain() {
        let assets = Assets::read(Path::new("no such folder"));
        assert_eq!((assets.style(), assets.script()), ("/assets/page.css", None));
        assert_eq!((assets.staff(), assets.grievances()), (None, None));
        assert_eq!((assets.benefits(), assets.planner()), (None, None));
    }

    #[test]
    fn the_plain_style_sheet_holds_the_files_of_the_built_one() {
        let imports = include_str!("../../web/src/styles/page.css").lines();
        let names: Vec<&str> =
            imports.filter_map(|line| line.strip_prefix("@import \"./")?.strip_suffix("\";")).collect();
        let source = include_str!("assets.rs");
        let included: Vec<&str> = source
            .lines()
            .filter_map(|line| {
                line.trim().strip_prefix("include_str!(\"../../web/src/styles/")?.strip_suffix("\"),")
            })
            .collect();
        assert_eq!(names, included);
    }
}
