//! The service over HTTP beside a server that answers the same number of bytes without doing anything.

use std::error::Error;
use std::sync::Arc;

use spatial::{Point, Position, TileCoord};

use crate::load::{self, Outcome, Requests, get};
use crate::process::Server;
use crate::report::{Better, Comparison, Fact, Report};
use crate::samples::{Contender, Samples, interleave};
use crate::service::{Service, hello};
use crate::stations::{RARE, places};

/// Starts of both servers, since memory placement differs between them, and rounds in each.
const STARTS: usize = 3;
const ROUNDS: usize = 4;
/// Distinct questions in a round, and tiles drawn or taken from the cache.
const QUESTIONS: usize = 10_000;
const DRAWN: usize = 480;
const KEPT: usize = 4_800;
/// The zoom of the measured tiles.
const ZOOM: u8 = 12;

/// One kind of request, and the ratio to hello that it shall reach with 200,000 stations.
struct Scenario {
    name: &'static str,
    requests: Requests,
    connections: usize,
    goal: Option<f64>,
}

/// Measures a filled service.
pub(crate) fn measure(
    report: &mut Report,
    name: &str,
    stations: &[Point],
    service: &Service,
    core: Option<usize>,
) -> Result<(), Box<dyn Error>> {
    let large = stations.len() >= 200_000;
    for scenario in scenarios(stations) {
        let (mut ours, mut theirs) = (Samples::default(), Samples::default());
        let mut failed = 0;
        for _ in 0..STARTS {
            let server = service.serve()?;
            let first = send(&server, &scenario)?;
            let peer = hello(first.body_bytes / first.answers.max(1), core)?;
            failed += first.failed;
            let (more_ours, more_theirs) = rounds(&server, &peer, &scenario)?;
            ours.extend(more_ours);
            theirs.extend(more_theirs);
        }
        let case = format!("{name} stations, {}, c = {}", scenario.name, scenario.connections);
        if failed > 0 {
            report.missing(format!("{case}: {failed} answers were no success"));
            continue;
        }
        let (peer, goal) = ("axum hello of equal size".to_owned(), scenario.goal.filter(|_| large));
        let unit = "answers/s";
        report.comparison(Comparison { case, unit, better: Better::More, ours, peer, theirs, goal });
    }
    Ok(())
}

/// Start to first answer, and memory held then.
pub(crate) fn starts(
    report: &mut Report,
    name: &str,
    service: &Service,
    goal: &str,
    memory: &str,
) -> Result<(), Box<dyn Error>> {
    let mut seconds = Vec::new();
    let mut mib = Vec::new();
    for _ in 0..5 {
        let server = service.serve()?;
        seconds.push(server.start_s);
        mib.push(server.resident_mib()?);
    }
    let spread = |figures| crate::report::spread(&Samples::new(figures));
    let what = format!("{name} stations: start to first answer, s");
    report.fact(Fact { what, value: spread(seconds), goal: goal.to_owned() });
    let what = format!("{name} stations: resident after the start, MiB");
    report.fact(Fact { what, value: spread(mib), goal: memory.to_owned() });
    Ok(())
}

/// Interleaved rounds against two running servers.
fn rounds(server: &Server, peer: &Server, scenario: &Scenario) -> Result<(Samples, Samples), Box<dyn Error>> {
    let fault = std::cell::Cell::new(None);
    let rate = |to: &Server| match send(to, scenario) {
        Ok(outcome) => outcome.rate(),
        Err(e) => {
            fault.set(Some(e));
            f64::NAN
        }
    };
    let mut contenders: [Contender<'_>; 2] = [Box::new(|| rate(server)), Box::new(|| rate(peer))];
    let mut samples = interleave(ROUNDS, &mut contenders).into_iter();
    drop(contenders);
    match fault.take() {
        Some(e) => Err(e.into()),
        None => Ok((samples.next().unwrap_or_default(), samples.next().unwrap_or_default())),
    }
}

fn send(to: &Server, scenario: &Scenario) -> std::io::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(load::run(to.address, &scenario.requests, scenario.connections))
}

fn scenarios(stations: &[Point]) -> Vec<Scenario> {
    let questions = places(stations, QUESTIONS, 5);
    let nearest = nearest(&questions, "");
    let filtered = nearest_open(&questions);
    let tiles: Vec<TileCoord> =
        questions.iter().filter_map(|at| TileCoord::containing(*at, ZOOM)).take(KEPT).collect();
    let (drawn, kept) = (drawn(&tiles), kept(&tiles));
    let scenario = |name, requests: &Requests, connections, goal| {
        let requests = requests.clone();
        Scenario { name, requests, connections, goal }
    };
    vec![
        scenario("nearest", &nearest, 16, Some(0.85)),
        scenario("nearest", &nearest, 64, Some(0.80)),
        scenario("nearest, open now and rare facility", &filtered, 16, Some(0.75)),
        scenario("nearest, open now and rare facility", &filtered, 64, Some(0.75)),
        scenario("z12 tile drawn anew, gzip", &drawn, 16, None),
        scenario("z12 tile drawn before, gzip", &kept, 16, None),
    ]
}

fn nearest(questions: &[Position], filter: &str) -> Requests {
    let path =
        |at: &Position| format!("/api/v1/stations/nearest?lat={:.6}&lon={:.6}{filter}", at.lat(), at.lon());
    Arc::new(questions.iter().map(|at| get(&path(at), false)).collect())
}

fn nearest_open(questions: &[Position]) -> Requests {
    nearest(questions, &format!("&open=now&facility={RARE}"))
}

fn kept(tiles: &[TileCoord]) -> Requests {
    let path = |t: &TileCoord| format!("/tiles/stations/{}/{}/{}.mvt", t.z(), t.x(), t.y());
    Arc::new(tiles.iter().map(|t| get(&path(t), true)).collect())
}

/// Each request asks for another instant than the one before, and the service keeps tiles of one only.
fn drawn(tiles: &[TileCoord]) -> Requests {
    let path = |(t, hour): (&TileCoord, usize)| {
        let at = format!("2026-11-24T{hour:02}:30:00%2B08:00");
        get(&format!("/tiles/stations/{}/{}/{}.mvt?at={at}", t.z(), t.x(), t.y()), true)
    };
    Arc::new(tiles.iter().take(DRAWN).zip((6..22).cycle()).map(path).collect())
}
