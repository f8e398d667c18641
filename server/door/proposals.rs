//! Hours that keepers propose: written in their own words, decided by staff.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::keeper::Keeper;
use super::store::{self, ProposalRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::calendar::Calendar;
use crate::code::codes;
use crate::error::{Error, FieldError, Words};
use crate::ids::{Adcode, ProposalId, StationId};
use crate::stations::hours::{FreeText, Hours, parse_free_text};
use crate::stations::life::desk::{Desk, Done};
use crate::stations::life::patch::remark;
use crate::time::Zone;

/// The most characters of proposed hours and of an answer.
pub const TEXT_CHARS: usize = 200;
/// Rows are read in parts of this size, and at most so many parts for one page.
const PART: i64 = 200;
const PARTS: usize = 10;
/// Taking a proposal over is tried so often while others write to its station.
const TRIES: usize = 5;

codes! {
    /// What became of a proposal: its hours are the station's, staff said no, or a newer one came.
    Outcome { Taken = "taken", Refused = "refused", Replaced = "replaced" }
}

/// A proposal of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Which.
    pub id: ProposalId,
    /// Its version.
    pub version: i64,
    /// For which station.
    pub station: StationId,
    /// What the station is called.
    pub station_name: String,
    /// Its official number.
    pub station_code: Option<String>,
    /// Its district.
    pub district: Option<Adcode>,
    /// Its hours at present, in the grammar, or else as somebody wrote them.
    pub present: Option<String>,
    /// What the keeper wrote.
    pub text: String,
    /// What that comes to in the grammar, where it is certain.
    pub hours: Option<String>,
    /// When.
    pub created: DateTime<FixedOffset>,
    /// What became of it; none while it waits.
    pub outcome: Option<Outcome>,
    /// What staff said.
    pub answer: Option<String>,
    /// When they did.
    pub ended: Option<DateTime<FixedOffset>>,
}

/// What a text of hours comes to, where that is certain.
pub fn understood(text: &str, calendar: &Calendar) -> Option<Hours> {
    let FreeText::Certain { grammar, .. } = parse_free_text(text) else { return None };
    Hours::parse(&grammar, calendar).ok()
}

/// A text of hours within its bounds.
///
/// # Errors
/// [`Error::Refused`] where it is empty or too long.
pub fn checked(text: Option<&str>) -> Result<String, Error> {
    let missing = || {
        let (zh, en) = ("请写新的开放时间，例如“周一至周五 8:30-17:30”。", "write the new hours");
        Error::Refused(vec![FieldError::new("text", "missing", zh, en)])
    };
    remark("text", text, TEXT_CHARS)?.ok_or_else(missing)
}

impl Keeper {
    /// Proposes hours in his own words; one that waits already is replaced.
    pub async fn propose(&self, text: &str) -> Result<(), Error> {
        let text = checked(Some(text))?;
        let station = self.find().await?;
        self.desk.actor.must_station(Permission::StationConfirm, self.station, station.facts.district)?;
        let hours = understood(&text, &self.desk.city.calendar).map(|hours| hours.to_string());
        let (id, now) = (ProposalId::new(self.desk.now), self.desk.now);
        let (own, now_ms) = (self.station.to_string(), now.timestamp_millis());
        let mut tx = self.app.db.begin().await?;
        store::replace_proposals(&mut tx, &own, now_ms).await?;
        store::add_proposal(&mut tx, &id.to_string(), &own, &text, hours.as_deref(), now_ms).await?;
        let detail = json!({ "proposal": id, "hours": hours });
        let (object, district) = (Object::station(self.station), station.facts.district);
        let entry = Entry { action: "hours.propose", object, district, detail };
        audit::record(&mut tx, &self.desk.actor, now, &entry).await?;
        Ok(tx.commit().await?)
    }

    /// His last proposal.
    pub async fn last_proposal(&self) -> Result<Option<Proposal>, Error> {
        let row = store::last_proposal(&self.app.db, &self.station.to_string()).await?;
        row.map(|row| row.proposal(self.desk.zone)).transpose()
    }
}

/// A page of proposals that somebody may see, the newest first, and where the next one begins.
pub async fn list(
    app: &App,
    actor: &Actor,
    waiting: bool,
    before: Option<ProposalId>,
    limit: usize,
) -> Result<(Vec<Proposal>, Option<ProposalId>), Error> {
    let (reach, zone) = (actor.reach(Permission::StationSee), app.config.zone());
    let mut items: Vec<Proposal> = Vec::new();
    let mut before = before;
    for _ in 0..PARTS {
        let from = before.map(|id| id.to_string()).unwrap_or_default();
        let rows = store::proposals(&app.db, waiting, &from, PART).await?;
        let is_last = rows.len() < usize::try_from(PART).unwrap_or_default();
        for row in rows {
            if items.len() == limit {
                return Ok((items, before));
            }
            let proposal = row.proposal(zone)?;
            before = Some(proposal.id);
            if reach.covers(proposal.station, proposal.district) {
                items.push(proposal);
            }
        }
        if is_last {
            return Ok((items, None));
        }
    }
    Ok((items, before))
}

/// One proposal that somebody may decide on.
async fn decidable(app: &App, actor: &Actor, id: ProposalId, version: i64) -> Result<Proposal, Error> {
    let proposal = find(app, actor, id).await?;
    actor.must_station(Permission::StationCheck, proposal.station, proposal.district)?;
    if proposal.version != version {
        return Err(Error::Stale { version: proposal.version });
    }
    if proposal.outcome.is_some() {
        let detail = Words::new("这条已经处理过了。", "It is decided already.");
        return Err(Error::Conflict { code: "over", detail });
    }
    Ok(proposal)
}

/// One proposal that somebody may see.
pub async fn find(app: &App, actor: &Actor, id: ProposalId) -> Result<Proposal, Error> {
    let row = store::find_proposal(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("proposal"))?;
    let proposal = row.proposal(app.config.zone())?;
    actor.must_station(Permission::StationSee, proposal.station, proposal.district)?;
    Ok(proposal)
}

/// Makes the proposed hours the station's, or others that staff made of them.
pub async fn take(
    app: &App,
    actor: &Actor,
    id: ProposalId,
    version: i64,
    hours: Option<&str>,
    answer: Option<&str>,
) -> Result<Proposal, Error> {
    let proposal = decidable(app, actor, id, version).await?;
    let answer = remark("answer", answer, TEXT_CHARS)?;
    let hours = hours.map(str::to_owned).or_else(|| proposal.hours.clone()).ok_or_else(|| {
        let zh = "站长写的时间没有读懂，请写成确定的时间再采用。";
        Error::Refused(vec![FieldError::new(
            "hours",
            "missing",
            zh,
            "the text is not certain; say the hours",
        )])
    })?;
    let done = put(app, actor, proposal.station, &hours).await?;
    if let Some(revision) = done.revision {
        app.registry.after_writing(revision).await;
    }
    end(app, actor, &proposal, Outcome::Taken, answer.as_deref()).await
}

async fn put(app: &App, actor: &Actor, station: StationId, hours: &str) -> Result<Done, Error> {
    let desk = Desk::of(app, actor.clone()).await?;
    let body =
        Map::from_iter([("hours".to_owned(), Value::from(hours)), ("hours_text".to_owned(), Value::Null)]);
    let mut tries = 1;
    loop {
        let version = desk.find(station).await?.version;
        match desk
            .patch(station, version, &body, Some("采用站长报的开放时间 · hours proposed by the keeper"))
            .await
        {
            Err(Error::Stale { .. }) if tries < TRIES => tries += 1,
            other => return other,
        }
    }
}

/// Says no, and why.
pub async fn refuse(
    app: &App,
    actor: &Actor,
    id: ProposalId,
    version: i64,
    answer: &str,
) -> Result<Proposal, Error> {
    let proposal = decidable(app, actor, id, version).await?;
    let answer = remark("answer", Some(answer), TEXT_CHARS)?.ok_or_else(|| {
        let (zh, en) = ("请写一句原因，站长会看到。", "say why; the keeper reads it");
        Error::Refused(vec![FieldError::new("answer", "missing", zh, en)])
    })?;
    end(app, actor, &proposal, Outcome::Refused, Some(&answer)).await
}

async fn end(
    app: &App,
    actor: &Actor,
    proposal: &Proposal,
    outcome: Outcome,
    answer: Option<&str>,
) -> Result<Proposal, Error> {
    let now = app.clock.now();
    let (id, account) = (proposal.id.to_string(), actor.account.map(|id| id.to_string()));
    let mut tx = app.db.begin().await?;
    let named = (id.as_str(), proposal.version);
    let is_mine =
        store::end_proposal(&mut tx, named, outcome.as_str(), answer, account, now.timestamp_millis())
            .await?;
    if !is_mine {
        tx.rollback().await?;
        return Err(Error::Stale { version: proposal.version + 1 });
    }
    let action = if outcome == Outcome::Taken { "hours.take" } else { "hours.refuse" };
    let detail = json!({ "proposal": proposal.id });
    let (object, district) = (Object::station(proposal.station), proposal.district);
    audit::record(&mut tx, actor, now, &Entry { action, object, district, detail }).await?;
    tx.commit().await?;
    find(app, actor, proposal.id).await
}

impl ProposalRow {
    fn proposal(self, zone: Zone) -> Result<Proposal, Error> {
        let wrong = |what: &str| Error::Internal(format!("proposal {}: {what}", self.id));
        Ok(Proposal {
            id: self.id.parse().map_err(|_| wrong("no id"))?,
            version: self.version,
            station: self.station_id.parse().map_err(|_| wrong("no station"))?,
            outcome: self.outcome.as_deref().map(str::parse).transpose().map_err(|_| wrong("outcome"))?,
            station_name: self.station_name,
            station_code: self.station_code,
            district: self.district.as_deref().and_then(|d| d.parse().ok()),
            present: self.present.or(self.present_text),
            text: self.text,
            hours: self.hours,
            created: zone.from_ms(self.created_ms),
            answer: self.answer,
            ended: self.ended_ms.map(|ms| zone.from_ms(ms)),
        })
    }
}
