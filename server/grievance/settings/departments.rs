//! Departments: where they are, who leads them, who works in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::store::{self, DepartmentRow};
use super::{people, present};
use crate::accounts::{Actor, Permission, service};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::{DbError, Tx};
use crate::error::{Error, FieldError, Words};
use crate::grievance::acting::ended;
use crate::grievance::told::Named;
use crate::grievance::wish::needed;
use crate::ids::{AccountId, Adcode, DepartmentId};

/// The most characters of a name.
const NAME_CHARS: usize = 60;
/// The most people of a department.
const MOST_MEMBERS: usize = 200;

/// What is said of a department; of one that is there, what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DepartmentWish)]
#[expect(clippy::option_option, reason = "null takes something away, what is absent stays")]
pub(super) struct DepartmentWish {
    /// Its name, which no other has; a new one needs it.
    #[schema(max_length = 60)]
    name: Option<String>,
    /// Its district; null: the city union's own.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    district: Option<Option<Adcode>>,
    /// Whom a case goes to that was returned twice: an account that may handle cases.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    leader: Option<Option<AccountId>>,
    /// Who works there: accounts that may handle cases, at most 200.
    #[schema(value_type = Option<Vec<String>>, max_items = 200)]
    members: Option<Vec<AccountId>>,
    /// Whether it takes cases; a new one does.
    active: Option<bool>,
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Department)]
pub(super) struct ToldDepartment {
    id: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    name: String,
    /// Its district; null: the city union's own.
    #[schema(required)]
    district: Option<String>,
    /// Whom a case goes to that was returned twice.
    #[schema(required)]
    leader: Option<Named>,
    /// Who works there, by name.
    members: Vec<Named>,
    /// Whether it takes cases.
    active: bool,
}

/// Every department.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Departments)]
pub(super) struct ToldDepartments {
    items: Vec<ToldDepartment>,
}

/// Whether somebody has to do with cases at all.
fn has_a_part(actor: &Actor) -> bool {
    let mut own = Permission::ALL.iter().filter(|permission| permission.as_str().starts_with("grievance_"));
    own.any(|permission| actor.may_anywhere(*permission))
}

/// The departments with their people, for whoever has to do with cases; for others none.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<ToldDepartments, Error> {
    let items = if has_a_part(actor) { all(app).await? } else { Vec::new() };
    Ok(ToldDepartments { items })
}

async fn all(app: &App) -> Result<Vec<ToldDepartment>, Error> {
    let names: BTreeMap<String, String> = people(&app.db).await?.into_iter().collect();
    let mut members: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    let named = |id: &str| Named::new(id, names.get(id).map_or(id, String::as_str));
    for (department, account) in store::members(&app.db).await? {
        members.entry(department).or_default().push(named(&account));
    }
    let told = |row: DepartmentRow| {
        let mut members = members.remove(&row.id).unwrap_or_default();
        members.sort_by(|a, b| a.name().cmp(b.name()));
        ToldDepartment {
            leader: row.leader_id.as_deref().map(named),
            members,
            id: row.id,
            version: row.version,
            name: row.name,
            district: row.district,
            active: row.is_active,
        }
    };
    Ok(store::departments(&app.db).await?.into_iter().map(told).collect())
}

async fn told(app: &App, id: &str) -> Result<ToldDepartment, Error> {
    all(app).await?.into_iter().find(|one| one.id == id).ok_or(Error::NotFound("department"))
}

impl DepartmentWish {
    /// Reads it. People are looked up: each must be able to handle cases.
    async fn checked(mut self, app: &App, is_new: bool) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        if is_new || self.name.is_some() {
            self.name = Some(needed(&mut wrong, "name", &self.name.unwrap_or_default(), NAME_CHARS));
        }
        if let Some(Some(district)) = self.district
            && app.registry.snapshot().city().district(district).is_none()
        {
            wrong.push(FieldError::new("district", "unknown", "没有这个区县。", "there is no such district"));
        }
        if let Some(Some(leader)) = self.leader
            && !can_handle(app, leader).await?
        {
            wrong.push(cannot_handle("leader".to_owned()));
        }
        if self.members.as_ref().is_some_and(|members| members.len() > MOST_MEMBERS) {
            let zh = format!("一个部门最多 {MOST_MEMBERS} 人。");
            return Err(FieldError::new("members", "too_many", zh, format!("at most {MOST_MEMBERS}")).into());
        }
        for (i, member) in self.members.iter().flatten().enumerate() {
            if !can_handle(app, *member).await? {
                wrong.push(cannot_handle(format!("members[{i}]")));
            }
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }

    /// The members, each once.
    fn member_ids(&self) -> Option<Vec<String>> {
        let mut ids: Vec<String> = self.members.as_ref()?.iter().map(ToString::to_string).collect();
        ids.sort();
        ids.dedup();
        Some(ids)
    }

    /// Lays it over a row.
    fn over(&self, row: DepartmentRow) -> DepartmentRow {
        DepartmentRow {
            name: self.name.clone().unwrap_or(row.name),
            district: self.district.map_or(row.district, |district| district.map(|code| code.to_string())),
            leader_id: self.leader.map_or(row.leader_id, |leader| leader.map(|id| id.to_string())),
            is_active: self.active.unwrap_or(row.is_active),
            ..row
        }
    }
}

async fn can_handle(app: &App, account: AccountId) -> Result<bool, Error> {
    service::is_able(&app.db, account, Permission::GrievanceHandle).await
}

fn cannot_handle(field: String) -> FieldError {
    let (zh, en) = (
        "这个账号不能承办诉求：先给他承办人的角色。",
        "this account may not handle cases; grant it a role that may",
    );
    FieldError::new(field, "cannot_handle", zh, en)
}

fn adcode(row: &DepartmentRow) -> Option<Adcode> {
    row.district.as_deref().and_then(|text| text.parse().ok())
}

fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(_) => {
            let (zh, en) =
                ("已经有同名的部门，请换一个名称。", "another department has this name; choose another");
            Error::Refused(vec![FieldError::new("name", "taken", zh, en)])
        }
        other => other.into(),
    }
}

/// Adds a department.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, [`Error::Forbidden`] or [`Error::NotFound`] in a district that is
/// not the actor's.
pub(super) async fn add(app: &App, actor: &Actor, wish: DepartmentWish) -> Result<ToldDepartment, Error> {
    actor.must(Permission::GrievanceConfigure, wish.district.flatten())?;
    let wish = wish.checked(app, true).await?;
    let row = wish.over(DepartmentRow {
        id: DepartmentId::random().to_string(),
        version: 1,
        name: String::new(),
        district: None,
        leader_id: None,
        is_active: true,
    });
    let mut tx = app.db.begin().await?;
    let done = async {
        store::add_department(&mut tx, &row).await.map_err(taken)?;
        store::set_members(&mut tx, &row.id, &wish.member_ids().unwrap_or_default()).await?;
        record(app, actor, &mut tx, "department.add", &row).await
    };
    let done = done.await;
    ended(tx, done).await?;
    told(app, &row.id).await
}

/// Changes a department that has the version the actor saw.
///
/// # Errors
/// Those of [`add`], [`Error::Stale`] where somebody was faster, and [`Error::Conflict`] where it shall take no cases
/// and has open ones.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (id, version): (DepartmentId, i64),
    wish: DepartmentWish,
) -> Result<ToldDepartment, Error> {
    let id = id.to_string();
    let mut tx = app.db.begin().await?;
    let old = store::department(&mut tx, &id).await?;
    tx.rollback().await?;
    let old = old.ok_or(Error::NotFound("department"))?;
    actor.must(Permission::GrievanceConfigure, adcode(&old))?;
    actor.must(Permission::GrievanceConfigure, wish.district.unwrap_or(adcode(&old)))?;
    if old.version != version {
        return Err(Error::Stale { version: old.version });
    }
    let wish = wish.checked(app, false).await?;
    let row = wish.over(old);
    let mut tx = app.db.begin().await?;
    let done = async {
        if !row.is_active {
            must_have_no_cases(&mut tx, &id).await?;
        }
        if !store::save_department(&mut tx, &row).await.map_err(taken)? {
            return Err(Error::Stale { version: version + 1 });
        }
        if let Some(members) = wish.member_ids() {
            store::set_members(&mut tx, &id, &members).await?;
        }
        record(app, actor, &mut tx, "department.change", &row).await
    };
    let done = done.await;
    ended(tx, done).await?;
    told(app, &id).await
}

async fn must_have_no_cases(tx: &mut Tx, id: &str) -> Result<(), Error> {
    let open = store::open_cases(tx, id).await?;
    if open == 0 {
        return Ok(());
    }
    let detail = Words::new(
        format!("这个部门还有 {open} 件没办结的诉求，先办结或改派再停用。"),
        format!("it has {open} open cases; finish them or dispatch them elsewhere first"),
    );
    Err(Error::Conflict { code: "open_cases", detail })
}

async fn record(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    action: &'static str,
    row: &DepartmentRow,
) -> Result<(), Error> {
    let detail = json!({ "name": row.name, "leader": row.leader_id, "active": row.is_active });
    let entry = Entry { action, object: Object::new("department", &row.id), district: adcode(row), detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
