//! Coverage: a nation's people against its stations at one instant, and a city's week; rstar and PostGIS beside it.

use std::error::Error;

use rstar::RTree;
use rstar::primitives::GeomWithData;
use sqlx::{Connection, PgConnection, Row};
use tokio::runtime::Builder;
use yizhan::accounts::{Actor, Permission};
use yizhan::app::App;
use yizhan::config::{Config, Overrides};
use yizhan::planning::count::count;
use yizhan::planning::demand::{Demand, DemandPoint, Layer, Profiles};
use yizhan::planning::people::{People, Whom};
use yizhan::planning::period::{Hours, Season, When};
use yizhan::planning::targets::Targets;
use yizhan::stations::demo;
use yizhan::stations::query::Filter;

use spatial::Position;

use crate::clock::thread_cpu;
use crate::random::Random;
use crate::report::{Better, Comparison, Fact, Report};
use crate::samples::{Contender, Samples, interleave};

/// A nation: its stations, its people, and how far they go, in metres.
const STATIONS: usize = 200_000;
const PEOPLE: usize = 1_000_000;
const WITHIN_M: f64 = 500.0;
/// PostGIS is asked for every so many of them.
const SHARE: usize = 10;
/// People of a city whose week is counted.
const CITY_PEOPLE: usize = 10_000;
/// Rounds; an odd number has a median that was measured.
const ROUNDS: usize = 5;
const CITIES: usize = 340;
/// How far a city reaches, in degrees; most of it is near its middle.
const CITY_DEG: f64 = 0.25;

/// Measures both, and PostGIS where `postgres` names an empty database that has it.
pub(crate) fn measure(report: &mut Report, postgres: Option<String>) -> Result<(), Box<dyn Error>> {
    nation(report, postgres)?;
    city(report)
}

/// The middle figure of some rounds of processor seconds of this thread.
fn seconds(mut work: impl FnMut()) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let begin = thread_cpu();
        work();
        (thread_cpu() - begin).as_secs_f64()
    });
    Samples::new(rounds.collect()).median()
}

fn nation(report: &mut Report, postgres: Option<String>) -> Result<(), Box<dyn Error>> {
    let stations = scattered(STATIONS, 1);
    let demand = demand(&scattered(PEOPLE, 2));
    let few = Demand { points: demand.points.iter().step_by(SHARE).copied().collect(), ..demand.clone() };
    let hours =
        When::At("2026-11-25T13:00:00+08:00".parse()?).hours(yizhan::time::Zone("Asia/Shanghai".parse()?));
    let targets = usable(&stations);
    let taken = seconds(|| drop(counted(&demand, &targets, &hours)));
    report.fact(Fact {
        what: format!("coverage of {PEOPLE} people by {STATIONS} stations within {WITHIN_M} m, one core, s"),
        value: format!("{taken:.2}"),
        goal: "< 3 s".to_owned(),
    });
    let tree =
        RTree::bulk_load(stations.iter().map(|at| GeomWithData::new(at.ecef(), ())).collect::<Vec<_>>());
    let (ours, theirs) = (counted(&few, &targets, &hours), by_tree(&few, &tree));
    assert!((ours - theirs).abs() < 0.5, "rstar counts {theirs}, we count {ours}");
    compare(report, "rstar, three dimensions", &few, &targets, &hours, &mut |few| drop(by_tree(few, &tree)));
    let Some(url) = postgres else {
        report.missing("coverage by PostGIS: no server was named".to_owned());
        return Ok(());
    };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let Some(mut postgis) = runtime.block_on(filled(&url, &stations, &few))? else {
        report.missing("coverage by PostGIS: it is not installed".to_owned());
        return Ok(());
    };
    let theirs = runtime.block_on(by_postgis(&mut postgis))?;
    assert!((ours - theirs).abs() < 0.5, "PostGIS counts {theirs}, we count {ours}");
    compare(report, "PostGIS", &few, &targets, &hours, &mut |_| {
        runtime.block_on(by_postgis(&mut postgis)).map(drop).unwrap_or_default();
    });
    Ok(())
}

/// Lets us and a peer count the same, by the wall: a database works elsewhere than on this thread.
fn compare(
    report: &mut Report,
    peer: &str,
    few: &Demand,
    targets: &Targets,
    hours: &Hours,
    theirs: &mut dyn FnMut(&Demand),
) {
    let points = f64::from(u32::try_from(few.points.len()).unwrap_or(u32::MAX));
    let mut contenders: [Contender<'_>; 2] = [
        Box::new(|| per_second(points, || drop(counted(few, targets, hours)))),
        Box::new(|| per_second(points, || theirs(few))),
    ];
    let mut samples = interleave(3, &mut contenders).into_iter();
    let (ours, of_peer) = (samples.next().unwrap_or_default(), samples.next().unwrap_or_default());
    drop(contenders);
    report.comparison(Comparison {
        case: format!("covered people, {} points × {STATIONS} stations, identical count", few.points.len()),
        unit: "points/s",
        better: Better::More,
        ours,
        peer: peer.to_owned(),
        theirs: of_peer,
        goal: (peer == "PostGIS").then_some(50.0),
    });
}

fn per_second(points: f64, work: impl FnOnce()) -> f64 {
    let wall = crate::clock::Wall::now();
    work();
    points / wall.seconds()
}

/// The hours of a week of the demonstration's stations, with their hours worked out anew each time.
fn city(report: &mut Report) -> Result<(), Box<dyn Error>> {
    let data = tempfile::tempdir()?;
    let overrides = Overrides { data: Some(data.path().to_owned()), ..Overrides::default() };
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let app = runtime.block_on(async {
        let app = App::open(Config::load(&overrides)?, recorder.handle()).await?;
        demo::load(&app.db, app.config.zone(), app.clock.now()).await?;
        app.registry.catch_up().await?;
        Ok::<_, Box<dyn Error>>(app)
    })?;
    let snapshot = app.registry.snapshot();
    let places: Vec<Position> = snapshot.entries().map(|entry| entry.position()).collect();
    let mut random = Random::new(3);
    let near = |_| moved(*random.pick(&places), &mut random, 0.02);
    let demand = demand(&(0..CITY_PEOPLE).map(near).collect::<Vec<_>>());
    let today = app.config.zone().local(app.clock.now()).date();
    let hours = When::Days(Season::week_of(today)).hours(app.config.zone());
    let taken = seconds(|| {
        let targets = Targets::new(hours.len()).and_stations(&snapshot, &Filter::default(), &hours);
        drop(counted(&demand, &targets, &hours));
    });
    report.fact(Fact {
        what: format!("a week's 168 hours, {} stations × {CITY_PEOPLE} points, one core, s", places.len()),
        value: format!("{taken:.3}"),
        goal: "< 1 s".to_owned(),
    });
    Ok(())
}

fn counted(demand: &Demand, targets: &Targets, hours: &Hours) -> f64 {
    let everybody = Actor::command().reach(Permission::CoverageSee);
    let people = People::chosen(demand, &Whom::default(), &everybody);
    count(&people, targets, hours, WITHIN_M).all.once
}

fn usable(stations: &[Position]) -> Targets {
    let mut targets = Targets::new(1);
    stations.iter().for_each(|at| targets.add(*at, [true]));
    targets
}

fn by_tree(demand: &Demand, tree: &RTree<GeomWithData<[f64; 3], ()>>) -> f64 {
    let near = |point: &&DemandPoint| {
        tree.locate_within_distance(point.position.ecef(), WITHIN_M * WITHIN_M).next().is_some()
    };
    demand.points.iter().filter(near).map(|point| point.people).sum()
}

/// A database with the stations and these people in two indexed tables; `None` where it has no PostGIS.
async fn filled(url: &str, stations: &[Position], few: &Demand) -> Result<Option<PgConnection>, sqlx::Error> {
    let mut to = PgConnection::connect(url).await?;
    if sqlx::query("CREATE EXTENSION IF NOT EXISTS postgis").execute(&mut to).await.is_err() {
        return Ok(None);
    }
    sqlx::query("CREATE TABLE bench_station (at geography NOT NULL)").execute(&mut to).await?;
    sqlx::query("CREATE TABLE bench_people (at geography NOT NULL, people FLOAT8 NOT NULL)")
        .execute(&mut to)
        .await?;
    let lon = |at: &[Position]| at.iter().map(|p| p.lon()).collect::<Vec<_>>();
    let lat = |at: &[Position]| at.iter().map(|p| p.lat()).collect::<Vec<_>>();
    let places: Vec<Position> = few.points.iter().map(|point| point.position).collect();
    let people: Vec<f64> = few.points.iter().map(|point| point.people).collect();
    sqlx::query(
        "INSERT INTO bench_station SELECT ST_Point(lon, lat)::geography FROM unnest($1::FLOAT8[], $2::FLOAT8[]) AS p (lon, lat)",
    )
    .bind(lon(stations))
    .bind(lat(stations))
    .execute(&mut to)
    .await?;
    sqlx::query(
        "INSERT INTO bench_people SELECT ST_Point(lon, lat)::geography, people
         FROM unnest($1::FLOAT8[], $2::FLOAT8[], $3::FLOAT8[]) AS p (lon, lat, people)",
    )
    .bind(lon(&places))
    .bind(lat(&places))
    .bind(people)
    .execute(&mut to)
    .await?;
    sqlx::query("CREATE INDEX ON bench_station USING gist (at)").execute(&mut to).await?;
    sqlx::query("ANALYZE bench_station").execute(&mut to).await?;
    sqlx::query("SET max_parallel_workers_per_gather = 0").execute(&mut to).await?;
    Ok(Some(to))
}

async fn by_postgis(connection: &mut PgConnection) -> Result<f64, sqlx::Error> {
    const COVERED: &str = "SELECT COALESCE(SUM(people), 0)::FLOAT8 FROM bench_people p
        WHERE EXISTS (SELECT 1 FROM bench_station s WHERE ST_DWithin(s.at, p.at, 500))";
    sqlx::query(COVERED).fetch_one(connection).await.map(|row| row.get(0))
}

/// Places in cities: dense in their middles, thin at their edges.
fn scattered(count: usize, seed: u64) -> Vec<Position> {
    // The cities are the same for stations and people.
    let mut random = Random::new(0);
    let centre = |_| Position::new(random.between(100.0, 122.0), random.between(22.0, 45.0)).ok();
    let cities: Vec<Position> = (0..CITIES).filter_map(centre).collect();
    let mut random = Random::new(seed);
    let one = |_| {
        let city = *random.pick(&cities);
        let reach = CITY_DEG * random.between(0.0, 1.0).powi(2);
        moved(city, &mut random, reach)
    };
    (0..count).map(one).collect()
}

fn moved(from: Position, random: &mut Random, degrees: f64) -> Position {
    let (dx, dy) = (random.between(-degrees, degrees), random.between(-degrees, degrees));
    Position::new(from.lon() + dx, from.lat() + dy).unwrap_or(from)
}

/// A layer with from 1 to 7 people at each place.
fn demand(places: &[Position]) -> Demand {
    let people = |number: usize| f64::from(u32::try_from(number % 7 + 1).unwrap_or(1));
    let point = |(number, position): (usize, &Position)| DemandPoint {
        position: *position,
        people: people(number),
        trade: None,
        district: None,
    };
    let points: Vec<DemandPoint> = places.iter().enumerate().map(point).collect();
    let said = String::new;
    let layer = Layer {
        code: "bench".to_owned(),
        name: said(),
        source: said(),
        licence: said(),
        as_of: said(),
        note: said(),
        stand_in: false,
        version: 1,
        points: points.len(),
        people: points.iter().map(|point| point.people).sum(),
        trades: Vec::new(),
        by_hour: false,
    };
    Demand { layer, points, profiles: Profiles::default() }
}
