//! `yizhan backup` and `yizhan restore`: the whole database into a folder, and out of it.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::import::terminal_language;
use super::{Failure, Outcome, say};
use crate::audit::{Signer, Told, Witness, verify};
use crate::backup::{self, Failed, Restored, Saved};
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Words, chain};
use crate::language::Language;
use crate::secrets::{FILE, Secrets, make_folder};

/// What `backup` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Save {
    /// The folder to make; it must not exist, or be empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
}

/// What `restore` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The folder that `backup` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
}

/// The report of a restore, with what the check of the audit log found.
#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    restored: Restored,
    audit: Told,
}

pub(super) async fn save(config: &Config, arguments: &Save) -> Result<Outcome, Failure> {
    let language = terminal_language();
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    let witness = Witness::of(&config.storage.data);
    if let Some(file) = missing(&config.database_url()) {
        let zh = format!("没有数据库 {file}；请用 --data 或 --database-url 指明。");
        let en = format!("there is no database {file}; name it by --data or --database-url");
        return refuse(Failed::Refused(Words::new(zh, en)), arguments.json, language);
    }
    // The tables stay as they are: a backup before an upgrade must not be the upgrade.
    let db = Db::attach(&config.database_url()).await.map_err(Error::from)?;
    let bar = bar();
    let progress = |table: &str, rows: u64| tell(&bar, table, rows);
    let saved = backup::save(&db, &witness, &arguments.folder, config.zone().stamp(now), &progress).await;
    bar.finish_and_clear();
    db.close().await;
    match saved {
        Ok(saved) if arguments.json => print(&saved),
        Ok(saved) => Ok(tell_saved(&saved, language)),
        Err(failed) => refuse(failed, arguments.json, language),
    }
}

/// The SQLite file of the settings, where it is not there.
fn missing(database_url: &str) -> Option<&str> {
    let file = database_url.strip_prefix("sqlite:")?.trim_start_matches("//");
    (!Path::new(file).is_file()).then_some(file)
}

fn tell_saved(saved: &Saved, language: Language) -> Outcome {
    let (folder, rows, tables) = (saved.folder.display(), saved.manifest.rows(), saved.manifest.tables.len());
    let bytes = saved.bytes;
    say(language.of(
        &format!("已备份到 {folder}：{tables} 张表，{rows} 行，{bytes} 字节"),
        &format!("saved into {folder}: {tables} tables, {rows} rows, {bytes} bytes"),
    ));
    say(language.of(
        &format!("密钥不在备份里：请另外保管数据目录中的 {FILE}（或设置 secrets.key），没有它，登录验证码和审计签名无法延续。"),
        &format!(
            "the secret is not in it: keep {FILE} of the data folder (or the setting secrets.key) elsewhere; \
             without it one-time codes and the signatures of the audit log do not live on"
        ),
    ));
    Outcome::Done
}

pub(super) async fn restore(config: &Config, arguments: &Restore) -> Result<Outcome, Failure> {
    let language = terminal_language();
    make_folder(&config.storage.data)?;
    let signer = Signer::new(&Secrets::open(config)?);
    let db = Db::connect(&config.database_url()).await.map_err(Error::from)?;
    let outcome = match fill(config, &db, &arguments.folder, &signer, language).await {
        Ok(report) => told(&report, arguments.json, language),
        Err(failed) => refuse(failed, arguments.json, language),
    };
    db.close().await;
    outcome
}

async fn fill(
    config: &Config,
    db: &Db,
    from: &Path,
    signer: &Signer,
    language: Language,
) -> Result<Report, Failed> {
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    let witness = Witness::of(&config.storage.data);
    let bar = bar();
    let progress = |table: &str, rows: u64| tell(&bar, table, rows);
    let restored = backup::restore(db, &witness, from, now, &progress).await;
    bar.finish_and_clear();
    let restored = restored?;
    let audit = Told::new(verify(db, signer, &witness).await?, config.zone(), language);
    Ok(Report { restored, audit })
}

/// Tells what was restored. Faults of the audit log end with status 1, though everything is there.
fn told(report: &Report, json: bool, language: Language) -> Result<Outcome, Failure> {
    let Report { restored, audit } = report;
    if json {
        print(report)?;
    } else {
        let (at, rows) = (restored.manifest.at.format("%Y-%m-%d %H:%M:%S"), restored.rows);
        say(language.of(
            &format!("已恢复到 {at}：{rows} 行；所有人需要重新登录"),
            &format!("restored as of {at}: {rows} rows; everybody signs in again"),
        ));
        if let Some(aside) = &restored.set_aside {
            let aside = aside.display();
            say(language.of(
                &format!("原来的审计见证文件移到 {aside}"),
                &format!("the witness file that was there is now {aside}"),
            ));
        }
        audit.lines(language).iter().for_each(|line| say(line));
    }
    Ok(if audit.is_ok() { Outcome::Done } else { Outcome::Refused })
}

fn refuse(failed: Failed, json: bool, language: Language) -> Result<Outcome, Failure> {
    let words = match failed {
        Failed::Refused(words) => words,
        Failed::Broken(error) => return Err(Failure::Fault(chain(&error))),
    };
    if json {
        say(&serde_json::json!({ "code": "refused", "detail": words.of(language) }).to_string());
    } else {
        say(words.of(language));
    }
    Ok(Outcome::Refused)
}

fn print(report: &impl Serialize) -> Result<Outcome, Failure> {
    say(&serde_json::to_string(report).map_err(|e| Failure::Fault(e.to_string()))?);
    Ok(Outcome::Done)
}

/// A line on a terminal that says which table is under way; nothing is drawn anywhere else.
fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {spinner} {pos}");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn tell(bar: &ProgressBar, table: &str, rows: u64) {
    bar.set_message(table.to_owned());
    bar.set_position(rows);
}
