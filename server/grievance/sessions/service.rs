//! Writing and reading sessions.

use chrono::NaiveDate;
use serde_json::json;

use super::store::{self, Cursor, SessionRow};
use super::wish::SessionWish;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::grievance::acting::ended;
use crate::grievance::model::SessionKind;
use crate::grievance::record::read;
use crate::grievance::settings;
use crate::ids::{Adcode, DepartmentId, SessionId};
use crate::seal::Seal;

/// What minutes are sealed for.
const PURPOSE: &str = "grievance minutes";

/// A session with what was said there.
pub(super) struct Session {
    /// Its row.
    pub(super) row: SessionRow,
    /// What was said.
    pub(super) minutes: Option<String>,
}

impl SessionRow {
    /// Its district.
    pub(super) fn adcode(&self) -> Option<Adcode> {
        self.district.as_deref().and_then(|text| text.parse().ok())
    }

    /// The ids of its departments.
    pub(super) fn department_ids(&self) -> Result<Vec<DepartmentId>, Error> {
        serde_json::from_str(&self.departments).map_err(|e| Error::Internal(format!("a session: {e}")))
    }

    /// What it is.
    pub(super) fn session_kind(&self) -> Result<SessionKind, Error> {
        read(&self.kind)
    }
}

/// Sessions that somebody may see, the latest first, and where the next page begins.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<SessionRow>, Option<Cursor>), Error> {
    let reach = actor.reach(Permission::GrievanceSee);
    let mut rows = store::page(&app.db, &reach, after, limit).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|row| (row.date.clone(), row.id.clone()));
    Ok((rows, next))
}

/// One session, for whoever may see its cases.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is another district's.
pub(super) async fn find(app: &App, actor: &Actor, id: SessionId) -> Result<Session, Error> {
    let row = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("session"))?;
    if !actor.may(Permission::GrievanceSee, row.adcode()) {
        return Err(Error::NotFound("session"));
    }
    let seal = Seal::new(&app.secrets, PURPOSE);
    let open = |sealed: &String| {
        let bytes = seal.open(sealed, &row.id)?;
        String::from_utf8(bytes).map_err(|_| Error::Internal("sealed minutes are no text".to_owned()))
    };
    Ok(Session { minutes: row.minutes.as_ref().map(open).transpose()?, row })
}

/// One session, for whoever may take cases in there.
pub(super) async fn own(app: &App, actor: &Actor, id: SessionId) -> Result<Session, Error> {
    let session = find(app, actor, id).await?;
    actor.must(Permission::GrievanceIntake, session.row.adcode())?;
    Ok(session)
}

/// Adds a session.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Forbidden`] or [`Error::NotFound`] in a district that is
/// not the actor's.
pub(super) async fn add(app: &App, actor: &Actor, wish: SessionWish) -> Result<Session, Error> {
    actor.must(Permission::GrievanceIntake, wish.district.flatten())?;
    let wish = checked(app, wish, true).await?;
    let row = SessionRow {
        id: SessionId::random().to_string(),
        version: 1,
        kind: String::new(),
        date: String::new(),
        leader: String::new(),
        unit: None,
        district: None,
        departments: "[]".to_owned(),
        minutes: None,
        account_id: None,
        changed_ms: 0,
        cases: 0,
    };
    let row = over(app, actor, row, &wish)?;
    let mut tx = app.db.begin().await?;
    let done = async {
        store::add(&mut tx, &row).await?;
        record(app, actor, &mut tx, "grievance.session_add", &row).await
    };
    let done = done.await;
    ended(tx, done).await?;
    find(app, actor, read(&row.id)?).await
}

/// Changes a session that has the version the actor saw.
///
/// # Errors
/// Those of [`add`], and [`Error::Stale`] where somebody was faster.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (id, version): (SessionId, i64),
    wish: SessionWish,
) -> Result<Session, Error> {
    let old = own(app, actor, id).await?.row;
    actor.must(Permission::GrievanceIntake, wish.district.unwrap_or(old.adcode()))?;
    if old.version != version {
        return Err(Error::Stale { version: old.version });
    }
    let wish = checked(app, wish, false).await?;
    let row = over(app, actor, old, &wish)?;
    let mut tx = app.db.begin().await?;
    let done = async {
        if !store::save(&mut tx, &row).await? {
            return Err(Error::Stale { version: version + 1 });
        }
        record(app, actor, &mut tx, "grievance.session_change", &row).await
    };
    let done = done.await;
    ended(tx, done).await?;
    find(app, actor, id).await
}

/// Reads a wish, with what it names looked up.
async fn checked(app: &App, wish: SessionWish, is_new: bool) -> Result<SessionWish, Error> {
    let wish = wish.checked(is_new)?;
    let mut wrong = Vec::new();
    if let Some(Some(district)) = wish.district
        && app.registry.snapshot().city().district(district).is_none()
    {
        wrong.push(FieldError::new("district", "unknown", "没有这个区县。", "there is no such district"));
    }
    let known = settings::departments(&app.db).await?;
    for (i, id) in wish.departments.iter().flatten().enumerate() {
        if !known.iter().any(|row| row.id == id.to_string()) {
            let field = format!("departments[{i}]");
            wrong.push(FieldError::new(field, "unknown", "没有这个部门。", "there is no such department"));
        }
    }
    if wrong.is_empty() { Ok(wish) } else { Err(Error::Refused(wrong)) }
}

/// Lays a wish over a row.
fn over(app: &App, actor: &Actor, row: SessionRow, wish: &SessionWish) -> Result<SessionRow, Error> {
    let minutes = match &wish.minutes {
        Some(Some(said)) => Some(Seal::new(&app.secrets, PURPOSE).close(said.as_bytes(), &row.id)?),
        Some(None) => None,
        None => row.minutes,
    };
    let departments = match &wish.departments {
        Some(ids) => serde_json::to_string(ids).map_err(|e| Error::Internal(e.to_string()))?,
        None => row.departments,
    };
    Ok(SessionRow {
        kind: wish.kind.map_or(row.kind, |kind| kind.to_string()),
        date: wish.date.map_or(row.date, |date: NaiveDate| date.to_string()),
        leader: wish.leader.clone().unwrap_or(row.leader),
        unit: wish.unit.clone().unwrap_or(row.unit),
        district: wish.district.map_or(row.district, |district| district.map(|code| code.to_string())),
        departments,
        minutes,
        account_id: actor.account.map(|id| id.to_string()),
        changed_ms: app.clock.now().timestamp_millis(),
        ..row
    })
}

async fn record(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    action: &'static str,
    row: &SessionRow,
) -> Result<(), Error> {
    let detail = json!({ "kind": row.kind, "date": row.date });
    let object = Object::new("grievance_session", &row.id);
    let entry = Entry { action, object, district: row.adcode(), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
