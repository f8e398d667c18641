//! Pictures of the map: twenty at once, with the engine, without it and with one that hangs; and those of many cards.

use std::error::Error;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use metrics_exporter_prometheus::PrometheusBuilder;
use spatial::Position;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use yizhan::app::App;
use yizhan::config::{Config, Overrides};
use yizhan::stations::snapshot::Entry;

use crate::clock::Wall;
use crate::load::{self, Requests, get};
use crate::process::Server;
use crate::report::{Better, Comparison, Fact, Report};
use crate::samples::{Contender, interleave};
use crate::service::Service;

/// Requests at once, and what each may take at most, in seconds.
const AT_ONCE: usize = 20;
const GOAL_S: &str = "< 2 s";
/// Rounds, each of pictures that nobody asked for before.
const ROUNDS: usize = 5;
/// Cards of the largest file that is printed at once.
const MOST_CARDS: usize = 500;
/// Pixels of a picture's side.
const SIZE: usize = 512;
/// A program that never answers.
const HANGING: &str = "#!/bin/sh\nexec sleep 600\n";

/// Measures a release build, with `poster` the engine where it was built.
pub(crate) fn measure(
    report: &mut Report,
    yizhan: &Path,
    poster: Option<&Path>,
) -> Result<(), Box<dyn Error>> {
    let service = Service::new(yizhan, None)?;
    service.command(&["demo"])?;
    let (runtime, folder) = (Runtime::new()?, tempfile::tempdir()?);
    let app = runtime.block_on(open(&service))?;
    let paths: Vec<String> = app.registry.snapshot().entries().map(|entry| path(entry)).collect();
    let own = service.serve()?;
    at_once(report, "drawn by the service", &own, &paths)?;
    at_once(report, "with an engine that hangs", &with_engine(&service, &hanging(&folder)?)?, &paths)?;
    match poster {
        None => report.missing("the engine: build it by `cargo build --release -p poster`".to_owned()),
        Some(program) => {
            let engine = with_engine(&service, program)?;
            at_once(report, "drawn by the engine", &engine, &paths)?;
            in_turn(report, &engine, &own, &paths)?;
        }
    }
    cards(report, &runtime, &app);
    Ok(())
}

/// The service's own parts, over the same data.
async fn open(service: &Service) -> Result<App, Box<dyn Error>> {
    let overrides = Overrides { data: Some(service.data().to_owned()), ..Overrides::default() };
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    Ok(App::open(Config::load(&overrides)?, metrics).await?)
}

fn with_engine(service: &Service, program: &Path) -> io::Result<Server> {
    service.serve_with(&[("YIZHAN__POSTER__PROGRAM", program.as_os_str())])
}

fn hanging(folder: &TempDir) -> std::io::Result<PathBuf> {
    let file = folder.path().join("engine");
    fs::write(&file, HANGING)?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    Ok(file)
}

fn path(entry: &Entry) -> String {
    format!("/api/v1/stations/{}/map.png", entry.station.id)
}

/// Questions for as many pictures as paths; each round's have one pixel more, so that none is kept from before.
fn requests(paths: &[String], round: usize) -> Requests {
    let size = SIZE + round;
    Arc::new(paths.iter().take(AT_ONCE).map(|path| get(&format!("{path}?size={size}"), false)).collect())
}

/// How long the last of twenty waits, in the slowest of some rounds; the first round includes the engine's start.
fn at_once(report: &mut Report, how: &str, server: &Server, paths: &[String]) -> io::Result<()> {
    let runtime = Runtime::new()?;
    let (mut slowest, mut refused) = (0.0_f64, 0);
    for round in 0..ROUNDS {
        let outcome = runtime.block_on(load::run(server.address, &requests(paths, round), AT_ONCE))?;
        slowest = slowest.max(outcome.seconds);
        refused += outcome.failed;
    }
    report.fact(Fact {
        what: format!("{AT_ONCE} map pictures of {SIZE} px at once, {how}: the last, s ({refused} refused)"),
        value: format!("{slowest:.2}"),
        goal: GOAL_S.to_owned(),
    });
    Ok(())
}

/// One picture after the other, by the engine and by the service itself.
fn in_turn(report: &mut Report, engine: &Server, own: &Server, paths: &[String]) -> io::Result<()> {
    let runtime = Runtime::new()?;
    let rate = |server: &Server, round: &mut usize| {
        *round += 1;
        let asked = requests(paths, ROUNDS + *round);
        runtime.block_on(load::run(server.address, &asked, 1)).map_or(f64::NAN, |outcome| outcome.rate())
    };
    let (mut first, mut second) = (0, 0);
    let ours: Contender<'_> = Box::new(|| rate(engine, &mut first));
    let theirs: Contender<'_> = Box::new(|| rate(own, &mut second));
    let mut samples = interleave(ROUNDS, &mut [ours, theirs]).into_iter();
    report.comparison(Comparison {
        case: format!("map pictures of {SIZE} px by the engine, one after the other"),
        unit: "pictures/s",
        better: Better::More,
        ours: samples.next().unwrap_or_default(),
        peer: "the service itself".to_owned(),
        theirs: samples.next().unwrap_or_default(),
        goal: None,
    });
    Ok(())
}

/// The maps of the most cards of one file, without the text around them.
fn cards(report: &mut Report, runtime: &Runtime, app: &App) {
    let snapshot = app.registry.snapshot();
    let stations: Vec<Position> = snapshot.entries().map(|entry| entry.position()).collect();
    let positions: Vec<Position> = stations.iter().copied().cycle().take(MOST_CARDS).collect();
    let begin = Wall::now();
    let drawn = runtime.block_on(app.maps.for_paper(&positions)).iter().flatten().count();
    report.fact(Fact {
        what: format!("maps of {drawn} door cards of {MOST_CARDS}, s"),
        value: format!("{:.1}", begin.seconds()),
        goal: "< 30 s, the time of a request".to_owned(),
    });
}
