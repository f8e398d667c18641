//! What a phone's home screen is told of this service: its name, its icons, where it begins.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::asked::Asked;
use super::reply::Client;
use super::words::words;
use crate::app::App;
use crate::city::settings::{self, Settings};
use crate::language::Language;

/// `GET /manifest.webmanifest` (W3C Web Application Manifest), in the language that its address names.
pub(super) async fn manifest(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response {
    let language = Client::read(&headers, &Asked::read(&pairs), false).language;
    // Without the database the home screen has the name of the configuration, not an error.
    let settings = settings::load(&app.db, &app.config).await;
    let city = settings.map_or_else(|_| Settings::of_config(&app.config), |(_, settings)| settings);
    let city = language.of(&city.name_zh, &city.name_en);
    let headers = [
        (CONTENT_TYPE, "application/manifest+json"),
        (CACHE_CONTROL, "public, max-age=3600"),
        (VARY, "Accept-Language, Cookie"),
    ];
    (headers, described(language, city).to_string()).into_response()
}

fn described(language: Language, city: &str) -> Value {
    let words = words(language);
    let name = language.of(format!("{city}{}", words.product), format!("{city} {}", words.product));
    let icon = |size: &str, file: &str, purpose: &str| json!({"src": format!("/assets/{file}"), "sizes": size, "type": "image/png", "purpose": purpose});
    json!({
        "id": "/",
        "name": name,
        "short_name": words.product,
        "description": words.description,
        "lang": language.tag(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#FFFFFF",
        "background_color": "#FFFFFF",
        "icons": [
            icon("192x192", "icon-192.png", "any"),
            icon("512x512", "icon-512.png", "any"),
            icon("512x512", "icon-maskable-512.png", "maskable"),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_screen_names_the_city() {
        let zh = described(Language::ZhCn, "秦皇岛");
        assert_eq!(
            (&zh["name"], &zh["short_name"], &zh["lang"]),
            (&json!("秦皇岛驿站"), &json!("驿站"), &json!("zh-CN"))
        );
        let en = described(Language::En, "Qinhuangdao");
        assert!(en["name"].as_str().is_some_and(|name| name.starts_with("Qinhuangdao ")), "{en}");
    }
}
