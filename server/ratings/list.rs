//! The list of stations by their stars.

use std::collections::{BTreeMap, HashMap};

use super::model::Verdict;
use super::store::{self, GivenRow};
use super::told::{Rated, Ratings, percent};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::city::search;
use crate::error::Error;
use crate::http::params::Params;
use crate::stations::listing::{StaffFilter, service as listing};
use crate::stations::model::{Station, Status};
use crate::stations::query::MAX_SEARCH;

/// Asks for a page.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Districts whose code begins so.
    pub(super) district: Option<String>,
    /// Words of the name, folded.
    pub(super) words: Vec<String>,
    /// So many stars; any where there is none.
    pub(super) stars: Vec<i64>,
    /// Those that fail this clause.
    pub(super) clause: Option<String>,
    pub(super) limit: usize,
    /// So many were on the pages before.
    pub(super) skip: usize,
}

/// A page of what somebody may see.
pub(super) async fn page(app: &App, actor: &Actor, query: &Query) -> Result<Ratings, Error> {
    let (snapshot, now) = (app.registry.snapshot(), app.clock.now());
    let filter = StaffFilter {
        statuses: vec![Status::Open, Status::Suspended],
        district: query.district.clone(),
        words: query.words.clone(),
        ..StaffFilter::default()
    };
    let see = Permission::StationSee;
    let stations = listing::all(&app.db, actor, see, &filter, &snapshot, now).await?;
    let mut given: HashMap<String, GivenRow> =
        store::latest(&app.db).await?.into_iter().map(|row| (row.station_id.clone(), row)).collect();
    let mut rated = Vec::with_capacity(stations.len());
    for station in stations {
        let row = given.remove(&station.id.to_string());
        rated.push(one(station, row, snapshot.zone())?);
    }
    if let Some(clause) = &query.clause {
        rated.retain(|r| r.failed.contains(clause));
    }
    let counts = counts(&rated);
    rated.retain(|r| query.stars.is_empty() || r.stars.is_some_and(|stars| query.stars.contains(&stars)));
    rated.sort_by(|a, b| {
        let key = |r: &Rated| (r.stars.unwrap_or(-1), r.score.unwrap_or(-1.0));
        let (a_key, b_key) = (key(a), key(b));
        a_key.0.cmp(&b_key.0).then(a_key.1.total_cmp(&b_key.1)).then(a.id.cmp(&b.id))
    });
    let next = query.skip + query.limit;
    let next = (rated.len() > next).then(|| next.to_string());
    let items = rated.into_iter().skip(query.skip).take(query.limit).collect();
    let rules_version = store::rules(&app.db, 1).await?.first().map_or(0, |row| row.version);
    Ok(Ratings { items, next, counts, rules_version })
}

fn one(station: Station, row: Option<GivenRow>, zone: crate::time::Zone) -> Result<Rated, Error> {
    let outcomes = row.as_ref().map(GivenRow::outcomes).transpose()?.unwrap_or_default();
    let failed = outcomes.into_iter().filter(|o| o.verdict == Verdict::Failed).map(|o| o.clause.code);
    Ok(Rated {
        id: station.id,
        name: station.facts.name,
        code: station.facts.code,
        district: station.facts.district,
        failed: failed.collect(),
        stars: row.as_ref().map(|r| r.stars),
        score: row.as_ref().map(|r| percent(r.score)),
        rules_version: row.as_ref().map(|r| r.rules_version),
        at: row.map(|r| zone.from_ms(r.at_ms)),
    })
}

fn counts(rated: &[Rated]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = (0..=5).map(|stars| (stars.to_string(), 0)).collect();
    counts.insert("none".to_owned(), 0);
    for r in rated {
        let key = r.stars.map_or_else(|| "none".to_owned(), |stars| stars.to_string());
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// The words of the parameter `q`, folded.
pub(super) fn words(params: &mut Params) -> Vec<String> {
    let text = params.text("q").unwrap_or_default();
    if text.chars().count() > MAX_SEARCH {
        let zh = format!("最多 {MAX_SEARCH} 个字。");
        params.refuse("q", "too_long", zh, format!("at most {MAX_SEARCH} characters"));
        return Vec::new();
    }
    search::words(&text.replace('\0', " "))
}
