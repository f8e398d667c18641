//! Lists of notices and regimes, as far as the reader may see them.

use chrono::{DateTime, Utc};

mod store;

use self::store::Wanted;
pub(super) use self::store::{ListedNotice, ListedRegime};
use super::service::{own_scopes, sees};
use super::told::{Notices, Regimes, Told, ToldRegime, broken};
use crate::accounts::{Actor, Permission, Reach, Scope};
use crate::db::Db;
use crate::error::Error;
use crate::ids::{Adcode, NoticeId, RegimeId, StationId};
use crate::stations::snapshot::{Entry, Snapshot};

/// The most items of a page.
pub(super) const MAX_PAGE: usize = 200;
/// Rows are read in parts of this size.
const PART: i64 = 200;
/// After so many parts a page ends, however few of their rows the reader may see; the next one goes on.
const PARTS: usize = 10;

/// Which notices or regimes, by their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// In force.
    Current,
    /// Yet to begin.
    Coming,
    /// Over or withdrawn.
    Past,
    /// All of them.
    All,
}

impl When {
    /// Every choice.
    pub(super) const ALL: [Self; 4] = [Self::Current, Self::Coming, Self::Past, Self::All];

    /// The word of the parameter `when`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Coming => "coming",
            Self::Past => "past",
            Self::All => "all",
        }
    }
}

impl std::str::FromStr for When {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|when| when.as_str() == word).ok_or(())
    }
}

/// What is asked of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Query {
    /// Only this station's own notices.
    pub(super) station: Option<StationId>,
    /// Only notices for stations of this district.
    pub(super) district: Option<Adcode>,
    /// By time.
    pub(super) when: When,
    /// At most how many.
    pub(super) limit: usize,
    /// Only those made before this one.
    pub(super) before: Option<uuid::Uuid>,
}

/// Who reads, from what, and when.
pub(super) struct Reader<'a> {
    /// The database.
    pub(super) db: &'a Db,
    /// The stations.
    pub(super) snapshot: &'a Snapshot,
    /// The present.
    pub(super) now: DateTime<Utc>,
    reach: Reach,
    own: Vec<Scope>,
}

impl<'a> Reader<'a> {
    /// Somebody who reads.
    pub(super) fn new(db: &'a Db, snapshot: &'a Snapshot, actor: &Actor, now: DateTime<Utc>) -> Self {
        let reach = actor.reach(Permission::StationSee);
        Self { db, snapshot, now, reach, own: own_scopes(actor, Permission::StationSee) }
    }

    /// A page of notices, the newest first.
    pub(super) async fn notices(&self, query: &Query) -> Result<Notices, Error> {
        let mut items: Vec<Told> = Vec::new();
        let station = query.station.map(|id| id.to_string()).unwrap_or_default();
        let mut before = query.before.map(|id| id.to_string()).unwrap_or_default();
        for _ in 0..PARTS {
            let wanted = self.wanted("", &before, &station, query.when);
            let rows = store::notices(self.db, wanted).await?;
            let is_last = rows.len() < usize::try_from(PART).unwrap_or_default();
            for row in rows {
                let covered = row.covered(self.snapshot);
                if items.len() == query.limit {
                    return Ok(Notices { next: next(&before)?, items });
                }
                before.clone_from(&row.id);
                if self.may_see(&row, &covered) && concerns(&row, &covered, query.district) {
                    items.push(row.told(self.snapshot, &covered, self.now)?);
                }
            }
            if is_last {
                return Ok(Notices { items, next: None });
            }
        }
        Ok(Notices { next: next(&before)?, items })
    }

    /// A page of regimes, the newest first.
    pub(super) async fn regimes(&self, query: &Query) -> Result<Regimes, Error> {
        let before = query.before.map(|id| id.to_string()).unwrap_or_default();
        let rows = store::regimes(self.db, self.wanted("", &before, "", query.when)).await?;
        let is_all = rows.len() < usize::try_from(PART).unwrap_or_default();
        let mut seen = rows.into_iter().filter(|row| sees(&self.own, &row.scopes())).peekable();
        let mut items = Vec::new();
        while items.len() < query.limit
            && let Some(row) = seen.next()
        {
            items.push(row.told(self.snapshot, self.now)?);
        }
        let next = items.last().map(|r: &ToldRegime| r.id).filter(|_| seen.peek().is_some() || !is_all);
        Ok(Regimes { items, next })
    }

    /// One notice, for whoever has just written it.
    pub(super) async fn notice(&self, id: NoticeId) -> Result<Told, Error> {
        let id = id.to_string();
        let mut rows = store::notices(self.db, self.wanted(&id, "", "", When::All)).await?;
        let row = rows.pop().ok_or_else(|| broken("notice", &id))?;
        let covered = row.covered(self.snapshot);
        row.told(self.snapshot, &covered, self.now)
    }

    /// One regime, for whoever has just written it.
    pub(super) async fn regime(&self, id: RegimeId) -> Result<ToldRegime, Error> {
        let id = id.to_string();
        let mut rows = store::regimes(self.db, self.wanted(&id, "", "", When::All)).await?;
        rows.pop().ok_or_else(|| broken("regime", &id))?.told(self.snapshot, self.now)
    }

    fn wanted<'q>(&self, id: &'q str, before: &'q str, station: &'q str, when: When) -> Wanted<'q> {
        let now_ms = self.now.timestamp_millis();
        Wanted { id, before, station, when: when.as_str(), now_ms, limit: PART }
    }

    fn may_see(&self, row: &ListedNotice, covered: &[&Entry]) -> bool {
        if let Some((id, district)) = row.station() {
            return self.reach.covers(id, district);
        }
        let is_own = |e: &&Entry| self.reach.stations.contains(&e.station.id);
        row.region().is_some_and(|region| sees(&self.own, region.reach())) || covered.iter().any(is_own)
    }
}

fn concerns(row: &ListedNotice, covered: &[&Entry], wanted: Option<Adcode>) -> bool {
    let Some(wanted) = wanted else { return true };
    row.station().is_some_and(|(_, district)| district == Some(wanted))
        || covered.iter().any(|e| e.station.facts.district == Some(wanted))
}

fn next(id: &str) -> Result<Option<NoticeId>, Error> {
    id.parse().map(Some).map_err(|_| broken("notice", id))
}

/// How many notices are in force that somebody may see, those of an area included; [`MAX_PAGE`] stands for more.
pub(in crate::stations) async fn in_force(
    db: &Db,
    snapshot: &Snapshot,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let query = Query { station: None, district: None, when: When::Current, limit: MAX_PAGE, before: None };
    Ok(Reader::new(db, snapshot, actor, now).notices(&query).await?.items.len())
}
