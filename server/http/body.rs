//! The body of a request as JSON, with errors that name the field.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::{Error, FieldError};

/// A JSON body, read into a type that refuses unknown fields.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMedia);
        }
        let limit = app.config.limits.body_bytes;
        // The body is bounded already, so whatever fails here is its size or a client that went away.
        let bytes = to_bytes(request.into_body(), limit).await.map_err(|_| Error::TooLarge { limit })?;
        read(&bytes).map(Self)
    }
}

/// Reads JSON; the error names the field by its path, such as `facilities[2].code`.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|e| refused(&e))?;
    json.end().map_err(|_| wrong("body", "unreadable", "结尾多出了内容。", "there is more after the end"))?;
    Ok(value)
}

fn refused(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let path = error.path().to_string();
    let field = if path == "." { "body" } else { &path };
    let said = error.inner().to_string();
    // The parser's own words say what it expected; where in the text it stood is of no use to a reader.
    let said = said.split(" at line ").next().unwrap_or_default();
    if said.starts_with("unknown field") {
        let zh = format!("没有这个字段：{said}");
        return wrong(field, "unknown_field", &zh, said);
    }
    if let Some(missing) = said.strip_prefix("missing field ") {
        let name = missing.trim_matches('`');
        let field = if field == "body" { name.to_owned() } else { format!("{field}.{name}") };
        return wrong(&field, "missing", "必须填写。", "is required");
    }
    let zh = format!("这里读不懂：{said}");
    wrong(field, "unreadable", &zh, said)
}

fn wrong(field: &str, code: &'static str, zh: &str, en: &str) -> Error {
    FieldError::new(cut(field), code, cut(zh), cut(en)).into()
}

/// A client's own words, cut short and without control characters.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shelf {
        #[expect(dead_code, reason = "only read")]
        books: Vec<Book>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Book {
        #[expect(dead_code, reason = "only read")]
        pages: u32,
    }

    #[test]
    fn an_error_names_its_field() {
        for (text, field, code) in [
            (r#"{"books":[{"pages":1},{"pages":"x"}]}"#, "books[1].pages", "unreadable"),
            (r#"{"books":[{"leaves":1}]}"#, "books[0].leaves", "unknown_field"),
            (r#"{"books":[{}]}"#, "books[0].pages", "missing"),
            (r"{}", "books", "missing"),
            ("[", "body", "unreadable"),
            ("", "body", "unreadable"),
            (r#"{"books":[]} x"#, "body", "unreadable"),
        ] {
            let Err(Error::Malformed(fields)) = read::<Shelf>(text.as_bytes()) else { panic!("{text}") };
            assert_eq!((fields[0].field.as_str(), fields[0].code), (field, code), "{text}");
        }
    }
}
