//! Yizhan measured against its peers on one machine: figures are ratios of interleaved rounds.

mod answer;
mod claims;
mod clock;
mod coverage;
mod facts;
mod hello;
mod http;
mod index;
mod load;
mod maps;
mod peers;
mod process;
mod random;
mod report;
mod samples;
mod service;
mod stations;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;

use crate::report::{Fact, Report};
use crate::service::Service;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
enum Arguments {
    /// Measure everything and write the tables
    Run(Run),
    /// Measure claims of vouchers alone, and write their table to standard output
    Claims(Database),
    /// Measure coverage alone, and write its table to standard output
    Coverage(Database),
    /// Measure pictures of the map alone, and write their table to standard output
    Maps(Programs),
    /// Serve one answer to everything; the other commands start it as a peer
    Hello(hello::Arguments),
}

#[derive(Debug, clap::Args)]
struct Run {
    /// The release build of the service
    #[arg(long)]
    yizhan: PathBuf,
    /// A registry written by scripts/generate/registry.py
    #[arg(long)]
    registry: PathBuf,
    /// Where the tables go
    #[arg(long)]
    out: PathBuf,
    /// The commit that is measured
    #[arg(long)]
    commit: String,
    /// The processor that the servers run on
    #[arg(long)]
    server_core: Option<usize>,
    /// An empty database of a durable PostgreSQL server; without it claims are measured on SQLite alone
    #[arg(long)]
    postgres: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Database {
    /// An empty database of a durable PostgreSQL server
    #[arg(long)]
    postgres: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Programs {
    /// The release build of the service
    #[arg(long)]
    yizhan: PathBuf,
    /// The release build of the engine
    #[arg(long)]
    poster: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse() {
        Arguments::Hello(arguments) => hello::run(&arguments),
        Arguments::Run(run) => measure(&run),
        Arguments::Claims(database) => alone(|report| measure_claims(report, database.postgres)),
        Arguments::Coverage(database) => alone(|report| coverage::measure(report, database.postgres)),
        Arguments::Maps(programs) => {
            alone(|report| maps::measure(report, &programs.yizhan, programs.poster.as_deref()))
        }
    }
}

/// One part, written to the terminal.
fn alone(measure: impl FnOnce(&mut Report) -> Result<(), Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let mut report = Report::default();
    measure(&mut report)?;
    say(&report.markdown());
    Ok(())
}

fn measure(run: &Run) -> Result<(), Box<dyn Error>> {
    let (mut report, load) = (Report::default(), facts::load_average());
    let (small, large) = (stations::demonstration()?, stations::registry(&run.registry)?);
    let large_name = facts::thousands(large.len());
    say("index in process");
    index::measure(&mut report, &small.len().to_string(), &small);
    index::measure(&mut report, &large_name, &large);

    say("over HTTP with the demonstration");
    let service = Service::new(&run.yizhan, run.server_core)?;
    service.command(&["demo"])?;
    let name = small.len().to_string();
    http::starts(&mut report, &name, &service, "≤ 1 s", "≤ 60 MiB")?;
    http::measure(&mut report, &name, &small, &service, run.server_core)?;

    say("over HTTP with the large registry");
    let service = Service::new(&run.yizhan, run.server_core)?;
    let file = run.registry.to_string_lossy();
    match service.command(&["import", &file, "--crs", "wgs84", "--publish"]) {
        Err(why) => report.missing(format!("{large_name} stations over HTTP: the import failed: {why}")),
        Ok(seconds) => {
            let what = format!("{large_name} stations: import of the CSV file, s");
            report.fact(Fact { what, value: format!("{seconds:.1}"), goal: String::new() });
            http::starts(&mut report, &large_name, &service, "≤ 5 s", "")?;
            http::measure(&mut report, &large_name, &large, &service, run.server_core)?;
        }
    }
    say("claims of vouchers");
    measure_claims(&mut report, run.postgres.clone())?;
    say("coverage");
    coverage::measure(&mut report, run.postgres.clone())?;
    let text = facts::page(&run.commit, run.server_core.is_some(), &load, &report);
    let old = std::fs::read_to_string(&run.out).unwrap_or_default();
    std::fs::write(&run.out, format!("{text}{}", facts::of_the_page(&old)))?;
    say(&text);
    Ok(())
}

/// Claims on SQLite, and on PostgreSQL where there is one.
fn measure_claims(report: &mut Report, postgres: Option<String>) -> Result<(), Box<dyn Error>> {
    let data = tempfile::tempdir()?;
    claims::measure(report, data.path(), None)?;
    match postgres {
        None => report.missing("claims on PostgreSQL: no server was named".to_owned()),
        Some(url) => claims::measure(report, tempfile::tempdir()?.path(), Some(url))?,
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a benchmark is read at the terminal")]
fn say(text: &str) {
    println!("{text}");
}
