//! `yizhan import`: a clerk's file into the registry, all or nothing.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use spatial::Datum;

use super::{Failure, Outcome, need_file, say};
use crate::app::{ground, open_db};
use crate::config::{Config, Limits};
use crate::db::Db;
use crate::error::Error;
use crate::ids::Adcode;
use crate::language::Language;
use crate::stations::Ground;
use crate::stations::import::{
    Context, Everything, Field, Options, Plan, ReadError, Report, Sheet, child, parse_map, plan,
    read_in_child, this_program, workbook,
};
use crate::stations::service::{self, Registered};

/// What `import` takes.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "the switches of a command")]
pub(super) struct Arguments {
    /// The list: xlsx, csv (UTF-8 or GB18030) or GeoJSON
    file: PathBuf,
    /// The coordinate system of its positions: wgs84, gcj02 or bd09
    #[arg(long, default_value = "wgs84", value_name = "SYSTEM")]
    crs: Datum,
    /// A column that feeds a field; may be given often, and one column may feed several fields
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_map)]
    map: Vec<(String, Field)>,
    /// The district of rows that name none, by its six-digit code
    #[arg(long, value_name = "ADCODE")]
    district: Option<Adcode>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Make the stations public at once
    #[arg(long)]
    publish: bool,
    /// Import although the positions look like another coordinate system
    #[arg(long)]
    confirm_crs: bool,
    /// Write the sheet back as a workbook with its problems marked
    #[arg(long, value_name = "FILE.xlsx")]
    report: Option<PathBuf>,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
    /// The language of the report: zh or en [default: by LANG, else zh]
    #[arg(long, value_name = "LANGUAGE", value_parser = language)]
    lang: Option<Language>,
}

/// The language of `--lang`.
pub(super) fn language(text: &str) -> Result<Language, String> {
    match text {
        "zh" | "zh-CN" => Ok(Language::ZhCn),
        "en" => Ok(Language::En),
        _ => Err("must be zh or en".to_owned()),
    }
}

/// The language of the terminal, where it is English; Chinese otherwise.
pub(super) fn terminal_language() -> Language {
    let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")).unwrap_or_default();
    if locale.starts_with("en") { Language::En } else { Language::ZhCn }
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Result<Outcome, Failure> {
    let language = arguments.lang.unwrap_or_else(terminal_language);
    need_file(&arguments.file)?;
    let sheet = match read(config, &arguments, language).await {
        Ok(sheet) => sheet,
        Err(error) => return refused(&error, &arguments, language),
    };
    let db = open_db(config).await?;
    let outcome = bring_in(config, &db, &sheet, arguments, language).await;
    db.close().await;
    outcome
}

async fn read(config: &Config, arguments: &Arguments, language: Language) -> Result<Sheet, ReadError> {
    let bar = bar(language.of("读取", "reading"), None);
    let progress = |rows: usize| bar.set_position(rows as u64);
    let sheet = read_in_child(&this_program()?, &arguments.file, &limits(config.limits), &progress).await;
    bar.finish_and_clear();
    sheet
}

/// What the reader of a file may use.
pub(super) fn limits(limits: Limits) -> child::Limits {
    child::Limits {
        file_bytes: limits.import_bytes,
        cells: limits.import_cells,
        memory_bytes: limits.import_memory_bytes,
        time_s: limits.import_time_s,
        areas: false,
    }
}

/// A file that could not be read at all.
fn refused(error: &ReadError, arguments: &Arguments, language: Language) -> Result<Outcome, Failure> {
    let words = error.words();
    if error.is_fault() {
        return Err(Failure::Fault(words.of(language).to_owned()));
    }
    if arguments.json {
        let problem = serde_json::json!({"code": error.code(), "detail": words.of(language)});
        say(&problem.to_string());
    } else {
        say(words.of(language));
    }
    Ok(Outcome::Refused)
}

async fn bring_in(
    config: &Config,
    db: &Db,
    sheet: &Sheet,
    arguments: Arguments,
    language: Language,
) -> Result<Outcome, Failure> {
    let ground = ground(db, config).await?;
    let registered = service::registered(db, ground.zone).await?;
    let Arguments { crs, map, district, publish, dry_run, json, confirm_crs, report: back, .. } = arguments;
    let options = Options { crs, map, district, language, ..Options::default() };
    let plan = planned(sheet, &options, &ground, &registered);
    if let Some(path) = back {
        let bytes = workbook(sheet, &plan, language)?;
        std::fs::write(&path, bytes).map_err(|e| Failure::Fault(format!("{}: {e}", path.display())))?;
    }
    let Plan { report, actions, .. } = plan;
    let is_doubtful = report.crs.doubtful && !confirm_crs;
    if !report.is_refused() && !is_doubtful && !dry_run {
        let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
        let bar = bar(language.of("写入", "writing"), Some(actions.len()));
        let progress = |done: usize| bar.set_position(done as u64);
        service::carry_out(db, &registered, actions, publish, now, &progress).await?;
        bar.finish_and_clear();
    }
    tell(&report, is_doubtful, dry_run, json, language)
}

fn planned(sheet: &Sheet, options: &Options, ground: &Ground, registered: &Registered) -> Plan {
    let bar = bar(options.language.of("检查", "checking"), Some(sheet.rows.len()));
    let city = &ground.city;
    let context = Context {
        vocabularies: &city.vocabularies,
        districts: &city.districts,
        stations: &registered.stations,
        rights: &Everything,
    };
    let plan = plan(sheet, options, &context, &|done, _| bar.set_position(done as u64));
    bar.finish_and_clear();
    plan
}

fn tell(
    report: &Report,
    is_doubtful: bool,
    dry_run: bool,
    json: bool,
    language: Language,
) -> Result<Outcome, Failure> {
    if json {
        say(&serde_json::to_string(report).map_err(|e| Failure::Fault(e.to_string()))?);
    } else {
        say(report.text(language).trim_end());
        if is_doubtful {
            say(language.of(
                "坐标系可疑，没有导入任何内容。请改用 --crs，或者用 --confirm-crs 确认。",
                "The coordinate system is doubtful, so nothing is imported. Use --crs, or confirm it with --confirm-crs.",
            ));
        }
        if dry_run {
            say(language.of("这是预演，什么都没有写入。", "This was a dry run; nothing was written."));
        }
    }
    Ok(if report.is_refused() || is_doubtful { Outcome::Refused } else { Outcome::Done })
}

/// A progress bar on a terminal; nothing is drawn anywhere else.
fn bar(what: &'static str, rows: Option<usize>) -> ProgressBar {
    let bar = rows.map_or_else(ProgressBar::no_length, |n| ProgressBar::new(n as u64));
    let template = if rows.is_some() { "{msg} {wide_bar} {pos}/{len}" } else { "{msg} {spinner} {pos}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_message(what)
}
