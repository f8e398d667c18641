//! Forms as pages send them: short texts, and files where the form is multipart (RFC 7578).

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

use crate::app::App;
use crate::error::{Error, FieldError};

/// The most fields of a form, files among them.
pub const FIELDS: usize = 64;
/// The most bytes of a text, and of all of a form without files.
pub const TEXT_BYTES: usize = 64 << 10;

/// What a form says. The size of the whole is bounded before by `limits::body`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    texts: Vec<(String, String)>,
    files: Vec<(String, SentFile)>,
}

/// A file as somebody sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// The name that it had there; nothing but a label.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Form {
    /// A field's text without the space around it; `None` where it is missing or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.texts.iter().find(|(field, _)| field == name);
        found.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    }

    /// Every text of a field that may be given several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.trim())
    }

    /// Every file of a field, as far as one was chosen.
    pub fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a SentFile> {
        self.files
            .iter()
            .filter(move |(field, file)| field == name && !file.bytes.is_empty())
            .map(|(_, file)| file)
    }

    /// A file; `None` where none was chosen.
    pub fn file(&self, name: &str) -> Option<&SentFile> {
        self.files.iter().find(|(field, file)| field == name && !file.bytes.is_empty()).map(|(_, file)| file)
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;
    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, app).await.map_err(|_| unreadable())?;
            return Self::of_parts(parts).await;
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            let bytes = axum::body::to_bytes(request.into_body(), TEXT_BYTES).await;
            return Self::of_text(&bytes.map_err(|_| Error::TooLarge { limit: TEXT_BYTES })?);
        }
        Err(Error::UnsupportedMedia)
    }
}

impl Form {
    fn of_text(bytes: &[u8]) -> Result<Self, Error> {
        let mut form = Self::default();
        for (name, text) in form_urlencoded::parse(bytes) {
            form.bounded()?;
            form.texts.push((name.into_owned(), text.into_owned()));
        }
        Ok(form)
    }

    async fn of_parts(mut parts: Multipart) -> Result<Self, Error> {
        let mut form = Self::default();
        while let Some(field) = parts.next_field().await.map_err(|e| cut(&e))? {
            form.bounded()?;
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(label) => {
                    let bytes = field.bytes().await.map_err(|e| cut(&e))?.to_vec();
                    form.files.push((name, SentFile { name: label, bytes }));
                }
                None => form.texts.push((name, text_of(field).await?)),
            }
        }
        Ok(form)
    }

    fn bounded(&self) -> Result<(), Error> {
        if self.texts.len() + self.files.len() < FIELDS {
            return Ok(());
        }
        let (zh, en) = (format!("表单最多 {FIELDS} 项。"), format!("a form has at most {FIELDS} fields"));
        Err(FieldError::new("body", "too_many", zh, en).into())
    }
}

async fn text_of(field: Field<'_>) -> Result<String, Error> {
    let bytes = field.bytes().await.map_err(|e| cut(&e))?;
    if bytes.len() > TEXT_BYTES {
        return Err(Error::TooLarge { limit: TEXT_BYTES });
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())
}

/// A form that breaks off, because it is too large or because whoever sent it went away.
fn cut(error: &MultipartError) -> Error {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: TEXT_BYTES },
        _ => unreadable(),
    }
}

fn unreadable() -> Error {
    let (zh, en) =
        ("表单不完整或读不懂，请再交一次。", "the form is incomplete or unreadable; send it again");
    FieldError::new("body", "unreadable", zh, en).into()
}
