//! Linking a case to what it leads to, and looking what became of that.

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::store::{self, LinkRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::grievance::acting::{ended, erased};
use crate::grievance::desk::{is_his, reached};
use crate::grievance::model::LinkKind;
use crate::grievance::record::read;
use crate::grievance::sealed::CaseKey;
use crate::grievance::store::GrievanceRow;
use crate::grievance::wish::{line, needed};
use crate::ids::{GrievanceId, StationId};
use crate::reports;
use crate::stations::life::since::{Since, since};

/// The most characters of a reference, and of a note.
const OBJECT_CHARS: usize = 60;
const NOTE_CHARS: usize = 200;
/// The most links of a case.
const MOST: i64 = 50;

/// A link that is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceLinkWish)]
pub(super) struct LinkWish {
    /// What it leads to.
    pub(super) kind: LinkKind,
    /// A station's id, a report's number, or the reference of an activity, benefit or delivery.
    #[schema(min_length = 1, max_length = 60)]
    pub(super) object: String,
    /// What it is for, for staff.
    #[schema(max_length = 200)]
    pub(super) note: Option<String>,
}

/// What a link leads to, as it is now.
#[derive(Debug)]
pub(in super::super) enum Became {
    /// A station, and since when it was changed; `None`: it is gone.
    Station(Option<Since>),
    /// A report: its state, and what staff found.
    Report(Option<reports::service::Outcome>),
    /// Something that this service does not follow.
    Elsewhere,
}

/// A link with what became of it.
#[derive(Debug)]
pub(in super::super) struct Linked {
    /// Its kind.
    pub(super) kind: LinkKind,
    /// What it names.
    pub(super) object: String,
    /// What staff noted.
    pub(super) note: Option<String>,
    /// Who made it.
    pub(super) account_id: Option<String>,
    /// When.
    pub(super) at_ms: i64,
    /// What became of it.
    pub(super) became: Became,
    /// Whether anybody may see what it leads to.
    pub(super) is_public: bool,
}

/// The links of a case, with what became of each.
pub(in super::super) async fn of_case(
    app: &App,
    case: &str,
    key: Option<&CaseKey>,
) -> Result<Vec<Linked>, Error> {
    let mut links = Vec::new();
    for row in store::links(&app.db, case).await? {
        links.push(linked(app, row, key).await?);
    }
    Ok(links)
}

async fn linked(app: &App, row: LinkRow, key: Option<&CaseKey>) -> Result<Linked, Error> {
    let kind: LinkKind = read(&row.kind)?;
    let mut is_public = kind == LinkKind::Report;
    let became = match kind {
        LinkKind::Station => {
            let id: StationId = read(&row.object)?;
            is_public = app.registry.snapshot().has(id);
            Became::Station(since(&app.db, id, row.at_ms).await?)
        }
        LinkKind::Report => Became::Report(reports::service::outcome(&app.db, &row.object).await?),
        LinkKind::Activity | LinkKind::Benefit | LinkKind::Delivery => Became::Elsewhere,
    };
    let note = match key {
        Some(key) => key.open_some(row.note.as_deref(), &place(kind, &row.object))?,
        None => None,
    };
    Ok(Linked {
        kind,
        object: row.object,
        note,
        account_id: row.account_id,
        at_ms: row.at_ms,
        became,
        is_public,
    })
}

/// Where a note stands, for its seal.
fn place(kind: LinkKind, object: &str) -> String {
    format!("link {kind} {object}")
}

/// A case that somebody may link: who takes cases of its district in, supervises them, or handles this one.
async fn own(
    app: &App,
    actor: &Actor,
    (id, version): (GrievanceId, i64),
) -> Result<(GrievanceRow, CaseKey), Error> {
    let (row, case, _) = reached(app, actor, id).await?;
    let desks = [Permission::GrievanceIntake, Permission::GrievanceSupervise];
    if !is_his(actor, &case) && !desks.into_iter().any(|permission| actor.may(permission, row.adcode())) {
        return Err(Error::Forbidden);
    }
    if row.version != version {
        return Err(Error::Stale { version: row.version });
    }
    let key = row.key(&app.keys)?.ok_or_else(erased)?;
    Ok((row, key))
}

impl LinkWish {
    /// Reads it, with what it names looked up.
    async fn checked(mut self, app: &App) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        self.object = needed(&mut wrong, "object", &self.object, OBJECT_CHARS);
        self.note = line(&mut wrong, "note", self.note.as_deref(), NOTE_CHARS);
        if wrong.is_empty() && self.kind == LinkKind::Station {
            let id: Option<StationId> = self.object.parse().ok();
            let found = match id {
                Some(id) => since(&app.db, id, 0).await?,
                None => None,
            };
            match id.filter(|_| found.is_some()) {
                Some(id) => self.object = id.to_string(),
                None => {
                    wrong.push(unknown("没有这处驿站，请填驿站的 id。", "there is no station with this id"));
                }
            }
        }
        if wrong.is_empty() && self.kind == LinkKind::Report {
            self.object = crate::receipts::plain_number(&self.object);
            if reports::service::outcome(&app.db, &self.object).await?.is_none() {
                wrong.push(unknown("没有这个反馈编号。", "there is no report with this number"));
            }
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }
}

fn unknown(zh: &str, en: &str) -> FieldError {
    FieldError::new("object", "unknown", zh, en)
}

/// Links a case that has the version the actor saw. A link that is there already stays as it is.
///
/// # Errors
/// [`Error::NotFound`] where the case is not his to see, [`Error::Forbidden`] where he has no part in it,
/// [`Error::Stale`] where somebody was faster, [`Error::Refused`] with each field that is wrong.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    case: (GrievanceId, i64),
    wish: LinkWish,
) -> Result<(), Error> {
    let (row, key) = own(app, actor, case).await?;
    let wish = wish.checked(app).await?;
    let note =
        wish.note.as_deref().map(|note| key.close(note, &place(wish.kind, &wish.object))).transpose()?;
    let link = LinkRow {
        grievance_id: row.id.clone(),
        kind: wish.kind.to_string(),
        object: wish.object,
        note,
        account_id: actor.account.map(|id| id.to_string()),
        at_ms: app.clock.now().timestamp_millis(),
    };
    let mut tx = app.db.begin().await?;
    let done = async {
        if store::count(&mut tx, &row.id).await? >= MOST {
            let (zh, en) =
                (format!("一件诉求最多关联 {MOST} 项。"), format!("a case has at most {MOST} links"));
            return Err(Error::Refused(vec![FieldError::new("object", "too_many", zh, en)]));
        }
        store::add(&mut tx, &link).await?;
        record(app, actor, &mut tx, &row, "grievance.link", (&link.kind, &link.object)).await
    };
    let done = done.await;
    ended(tx, done).await
}

/// Removes a link of a case that has the version the actor saw.
///
/// # Errors
/// Those of [`add`], and [`Error::NotFound`] where the case has no such link.
pub(super) async fn remove(
    app: &App,
    actor: &Actor,
    case: (GrievanceId, i64),
    (kind, object): (LinkKind, &str),
) -> Result<(), Error> {
    let (row, _) = own(app, actor, case).await?;
    let mut tx = app.db.begin().await?;
    let done = async {
        if !store::remove(&mut tx, &row.id, kind.as_str(), object).await? {
            return Err(Error::NotFound("link"));
        }
        record(app, actor, &mut tx, &row, "grievance.unlink", (kind.as_str(), object)).await
    };
    let done = done.await;
    ended(tx, done).await
}

async fn record(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    row: &GrievanceRow,
    action: &'static str,
    (kind, object): (&str, &str),
) -> Result<(), Error> {
    if !store::touch(tx, &row.id, row.version).await? {
        return Err(Error::Stale { version: row.version + 1 });
    }
    let detail = json!({ "number": row.number, "kind": kind, "object": object });
    let entry = Entry { action, object: Object::new("grievance", &row.id), district: row.adcode(), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
