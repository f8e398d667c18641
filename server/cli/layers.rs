//! What commands that bring layers for planners have in common.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;
use spatial::Datum;

use super::import::{language, limits, terminal_language};
use super::{Failure, Outcome, need_file, say, say_refused};
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::imports::reader;
use crate::language::Language;
use crate::stations::import::{Sheet, child, read_in_child, this_program};

/// What every such command takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file: xlsx, csv (UTF-8 or GB18030) or GeoJSON
    pub(super) file: PathBuf,
    /// The coordinate system of its positions: wgs84, gcj02 or bd09
    #[arg(long, default_value = "wgs84", value_name = "SYSTEM")]
    pub(super) crs: Datum,
    /// Its name
    #[arg(long)]
    pub(super) name: Option<String>,
    /// Who made the data
    #[arg(long)]
    pub(super) source: Option<String>,
    /// Under which licence it may be used
    #[arg(long)]
    pub(super) licence: Option<String>,
    /// Of what time the data is, such as 2025-06
    #[arg(long, value_name = "TIME")]
    pub(super) as_of: Option<String>,
    /// A column that feeds a field; may be given often
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapped)]
    map: Vec<(String, String)>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
    /// The language of the report: zh or en [default: by LANG, else zh]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
}

/// One `--map`; the last `=` counts, a heading may have others.
fn mapped(text: &str) -> Result<(String, String), String> {
    let parts = text.rsplit_once('=').map(|(column, field)| (column.trim(), field.trim()));
    let parts = parts.filter(|(column, field)| !column.is_empty() && !field.is_empty());
    let (column, field) = parts.ok_or_else(|| format!("{text:?} is not written as \"column=field\""))?;
    Ok((column.to_owned(), field.to_owned()))
}

impl Arguments {
    pub(super) fn language(&self) -> Language {
        self.lang.unwrap_or_else(terminal_language)
    }

    /// What columns say.
    pub(super) fn mapping(&self) -> BTreeMap<String, Option<String>> {
        self.map.iter().map(|(column, field)| (column.clone(), Some(field.clone()))).collect()
    }

    /// The file as a sheet, or the error that it is answered with.
    pub(super) async fn sheet(&self, app: &App, areas: bool) -> Result<Result<Sheet, Error>, Failure> {
        need_file(&self.file)?;
        let read = read(app, &self.file, areas).await;
        match read {
            Err(Error::Internal(text)) => Err(Failure::Fault(text)),
            read => Ok(read),
        }
    }

    /// Says what came of it: the report, or each thing that is wrong.
    pub(super) fn tell<T: Serialize>(
        &self,
        done: Result<T, Error>,
        summary: impl FnOnce(&T) -> String,
    ) -> Result<Outcome, Failure> {
        match done {
            Ok(told) if self.json => {
                say(&serde_json::to_string(&told).map_err(|e| Failure::Fault(e.to_string()))?);
                Ok(Outcome::Done)
            }
            Ok(told) => {
                say(&summary(&told));
                Ok(Outcome::Done)
            }
            Err(Error::Refused(errors) | Error::Malformed(errors)) if self.json => {
                say(&json!({ "errors": self.errors(&errors) }).to_string());
                Ok(Outcome::Refused)
            }
            Err(error) => refused(error),
        }
    }

    fn errors(&self, errors: &[FieldError]) -> Vec<serde_json::Value> {
        let language = self.language();
        let told =
            |e: &FieldError| json!({ "field": e.field, "code": e.code, "detail": e.detail.of(language) });
        errors.iter().map(told).collect()
    }
}

async fn read(app: &App, file: &Path, areas: bool) -> Result<Sheet, Error> {
    let limits = child::Limits { areas, ..limits(app.config.limits) };
    let program = this_program().map_err(reader::refused)?;
    read_in_child(&program, file, &limits, &|_| {}).await.map_err(reader::refused)
}

/// What a refusal ends with.
pub(super) fn refused(error: Error) -> Result<Outcome, Failure> {
    match error {
        Error::Refused(errors) | Error::Malformed(errors) => Ok(say_refused(&errors)),
        Error::NotFound(_) => {
            say("没有这个图层。 There is no such layer.");
            Ok(Outcome::Refused)
        }
        error => Err(error.into()),
    }
}
