//! The command line: what each command takes, and which exit status it ends with.

mod audit;
mod backup;
mod calendar;
mod demand;
mod demo;
mod districts;
mod draw;
mod export;
mod import;
mod keys;
mod layers;
mod photo;
mod serve;
mod service_points;
mod tls;
mod user;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::app::App;
use crate::city;
use crate::config::{Config, Overrides};
use crate::error::{Error, FieldError, chain};
use crate::log;
use crate::stations::import::child::{self, ReadSheet};

/// Rest stations for people who work outdoors.
#[derive(Debug, Parser)]
#[command(name = "yizhan", version, about, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Command,
}

/// Flags that every command takes.
#[derive(Debug, clap::Args)]
struct Everywhere {
    /// A TOML file of settings; see server/config.default.toml for all of them
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where the default database is kept [default: ./var]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// postgres://… or sqlite:FILE [default: an SQLite file in the data folder]
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service until it is told to stop
    Serve(serve::Arguments),
    /// Load the demonstration registry, or remove it
    Demo(demo::Arguments),
    /// Bring a list of stations into the registry
    Import(import::Arguments),
    /// Write the registry into a file
    Export(export::Arguments),
    /// Load the State Council's days off of a year
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// Replace the districts, for another city
    #[command(subcommand)]
    Districts(districts::Command),
    /// Import, list or remove layers of demand: where how many people work
    #[command(subcommand)]
    Demand(demand::Command),
    /// Import, list or remove layers of service points beside stations
    #[command(subcommand)]
    ServicePoints(service_points::Command),
    /// Add, list or remove pictures of a station's door
    #[command(subcommand)]
    Photo(photo::Command),
    /// Add, list or reset the accounts of staff
    #[command(subcommand)]
    User(user::UserCommand),
    /// Make tokens of programs
    #[command(subcommand)]
    Token(user::TokenCommand),
    /// Everything that is kept of a person: print or erase it
    #[command(subcommand)]
    Person(user::PersonCommand),
    /// Check the audit log
    #[command(subcommand)]
    Audit(audit::Command),
    /// Recompute the draw of a campaign
    #[command(subcommand)]
    Draw(draw::Command),
    /// Add keys to the ring of grievances, wrap with the newest, take out old ones
    #[command(subcommand)]
    Keys(keys::Command),
    /// Save the whole database into a new folder, while the service goes on
    Backup(backup::Save),
    /// Fill an empty database from a folder that `backup` wrote
    Restore(backup::Restore),
    /// Print the settings in force, and whether they work: the database, the certificate
    CheckConfig,
    /// Read a file for an import, in a process that limits itself
    #[command(hide = true)]
    ReadSheet(ReadSheet),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done: status 0.
    Done,
    /// The input was refused: status 1.
    Refused,
}

/// A command that could not be carried out.
#[derive(Debug)]
enum Failure {
    /// It was called wrongly: status 2.
    Usage(String),
    /// The system failed: status 3.
    Fault(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Fault(chain(&error))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Reads the command line, runs the command and gives its exit status.
pub fn main() -> ExitCode {
    // clap itself ends with status 2 and a text that names what is wrong.
    match run(Arguments::parse()) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(Failure::Usage(text)) => ended(&text, 2),
        Err(Failure::Fault(text)) => ended(&text, 3),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to its user")]
fn ended(text: &str, status: u8) -> ExitCode {
    eprintln!("yizhan: {text}");
    ExitCode::from(status)
}

fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    // The child that reads a sheet must be limited before it does anything else.
    if let Command::ReadSheet(read) = &arguments.command {
        child::run(read, std::io::stdout())?;
        return Ok(Outcome::Done);
    }
    if let Command::Draw(command) = &arguments.command {
        return draw::run(command);
    }
    let config = settings(&arguments)?;
    log::start(&config.log).map_err(Failure::Usage)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(_) => serve::run(config).await,
            Command::Demo(command) => demo::run(&config, &command).await,
            Command::Import(command) => import::run(&config, command).await,
            Command::Export(command) => export::run(open(config).await?, command).await,
            Command::Calendar(command) => calendar::run(&config, &command).await,
            Command::Districts(command) => districts::run(&config, &command).await,
            Command::Demand(command) => demand::run(open(config).await?, command).await,
            Command::ServicePoints(command) => service_points::run(open(config).await?, command).await,
            Command::Photo(command) => photo::run(&config, &command).await,
            Command::User(command) => user::user(open(config).await?, command).await,
            Command::Token(command) => user::token(open(config).await?, command).await,
            Command::Person(command) => user::person(open(config).await?, command).await,
            Command::Audit(command) => audit::run(&config, &command).await,
            Command::Keys(command) => keys::run(&config, &command).await,
            Command::Backup(command) => backup::save(&config, &command).await,
            Command::Restore(command) => backup::restore(&config, &command).await,
            Command::CheckConfig => check_config(&config).await,
            Command::Draw(_) | Command::ReadSheet(_) => Ok(Outcome::Done),
        }
    })
}

/// The whole service without its listeners, for commands that do what staff do.
async fn open(config: Config) -> Result<App, Failure> {
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    Ok(App::open(config, metrics).await?)
}

fn settings(arguments: &Arguments) -> Result<Config, Failure> {
    let Everywhere { config, data, database_url } = &arguments.everywhere;
    let (listen, admin_listen) = match &arguments.command {
        Command::Serve(serve) => (serve.listen.clone(), serve.admin_listen.clone()),
        _ => (None, None),
    };
    let (file, data, database_url) = (config.clone(), data.clone(), database_url.clone());
    let overrides = Overrides { file, data, database_url, listen, admin_listen };
    Config::load(&overrides).map_err(|e| Failure::Usage(e.to_string()))
}

async fn check_config(config: &Config) -> Result<Outcome, Failure> {
    tls::certificate(&config.server)?;
    let db = crate::app::open_db(config).await?;
    db.ping().await.map_err(Error::from)?;
    let text = serde_json::to_string_pretty(config).map_err(|e| Failure::Fault(e.to_string()))?;
    say(&text);
    say(&format!("database: {} answers", db.engine()));
    for warning in serve::warnings(config) {
        say(&format!("warning: {warning}"));
    }
    let now = config.clock().map_err(|e| Error::Internal(e.to_string()))?.now();
    if let Some(year) = city::load(&db).await?.calendar.awaited(config.zone().local(now).date()) {
        say(&format!("calendar: {year} is not loaded; load it with: yizhan calendar import FILE"));
    }
    db.close().await;
    Ok(Outcome::Done)
}

/// Refuses a call that names no file.
fn need_file(file: &Path) -> Result<(), Failure> {
    if file.is_file() { Ok(()) } else { Err(Failure::Usage(format!("there is no file {}", file.display()))) }
}

/// Prints what is wrong with an input, a line for each field with its remedy.
fn say_refused(fields: &[FieldError]) -> Outcome {
    for field in fields {
        say(&format!("{}: {} {}", field.field, field.detail.zh, field.detail.en));
    }
    Outcome::Refused
}

/// Prints a line of a command's result.
#[expect(clippy::print_stdout, reason = "the command line speaks to its user")]
fn say(text: &str) {
    println!("{text}");
}
