//! `yizhan export`: the registry as a file.

use std::io::Write;
use std::path::PathBuf;

use form_urlencoded::Serializer;
use spatial::Datum;

use super::import::{language, terminal_language};
use super::{Failure, Outcome};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::error::Error;
use crate::http::params::Params;
use crate::language::Language;
use crate::stations::export::{Export, Format};
use crate::stations::listing::{self, StaffFilter};

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// xlsx, csv, geojson, geojsonseq, or the package of a map: amap, baidu, tencent
    #[arg(long)]
    format: Format,
    /// The coordinate system of positions: wgs84, gcj02 or bd09 [default: wgs84, or the map's own]
    #[arg(long, value_name = "SYSTEM")]
    crs: Option<Datum>,
    /// Where to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only these statuses, parted by commas, such as open,suspended
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Only districts whose code begins so
    #[arg(long, value_name = "ADCODE")]
    district: Option<String>,
    /// Only stations that are found by these words
    #[arg(long, value_name = "WORDS")]
    q: Option<String>,
    /// The language of headings: zh or en [default: by LANG, else zh]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
}

pub(super) async fn run(app: App, arguments: Arguments) -> Result<Outcome, Failure> {
    let Arguments { format, crs, out, status, district, q, lang } = arguments;
    if let (Some(own), Some(given)) = (format.own_crs(), crs)
        && own != given
    {
        return Err(Failure::Usage(format!("{format} works in {}; leave --crs out", own.as_str())));
    }
    let asked = [("status", status), ("district", district), ("q", q)];
    let asked = asked.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let query = Serializer::new(String::new()).extend_pairs(asked).finish();
    let filter = filter(&query).map_err(|error| Failure::Usage(told(&error)))?;
    let (snapshot, now, actor) = (app.registry.snapshot(), app.clock.now(), Actor::command());
    let (permission, city) = (Permission::StationExport, snapshot.city());
    let stations = listing::service::all(&app.db, &actor, permission, &filter, &snapshot, now).await?;
    let crs = format.own_crs().or(crs).unwrap_or(Datum::Wgs84);
    let language = lang.unwrap_or_else(terminal_language);
    let bytes = Export { format, crs, language, city }.write(&stations)?;
    match out {
        Some(file) => std::fs::write(file, bytes)?,
        None => std::io::stdout().lock().write_all(&bytes)?,
    }
    app.db.close().await;
    Ok(Outcome::Done)
}

fn filter(query: &str) -> Result<StaffFilter, Error> {
    let mut params = Params::parse(query)?;
    let filter = listing::filter_parameters(&mut params);
    params.finish()?;
    Ok(filter)
}

/// What is wrong with the filter, in words.
fn told(error: &Error) -> String {
    match error {
        Error::Malformed(errors) => {
            let said = errors.iter().map(|e| format!("--{}: {}", e.field, e.detail.en));
            said.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
