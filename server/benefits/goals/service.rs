//! Writing and reading goals and reported savings. Each change is one transaction with its audit entry.

use serde_json::json;

use super::actual;
use super::store::{self, GoalRow, SavingRow};
use super::told::{ToldGoal, ToldSaving};
use super::wish::{GoalChange, GoalWish, SavingWish};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::model::Measure;
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::ids::{Adcode, GoalId, ReportedSavingId};
use crate::language::Language;

/// Every goal with what was reached.
pub(super) async fn goals(app: &App, language: Language) -> Result<Vec<ToldGoal>, Error> {
    let mut told = Vec::new();
    for row in store::goals(&app.db).await? {
        told.push(tell(app, row, language).await?);
    }
    Ok(told)
}

async fn tell(app: &App, row: GoalRow, language: Language) -> Result<ToldGoal, Error> {
    let measure: Measure =
        row.measure.parse().map_err(|_| Error::Internal(format!("goal {}: measure", row.id)))?;
    let actual = actual::of(app, &row, measure).await?;
    Ok(ToldGoal::of(row, measure, actual, language))
}

async fn find_goal(app: &App, id: &str, language: Language) -> Result<ToldGoal, Error> {
    let rows = store::goals(&app.db).await?;
    let row = rows.into_iter().find(|row| row.id == id).ok_or(Error::NotFound("goal"))?;
    tell(app, row, language).await
}

/// Sets a goal, for the whole city.
///
/// # Errors
/// [`Error::Conflict`] where the project has one of this measure, [`Error::Refused`] where it breaks a rule.
pub(super) async fn set(
    app: &App,
    actor: &Actor,
    wish: GoalWish,
    language: Language,
) -> Result<ToldGoal, Error> {
    actor.must_in_city(Permission::BenefitManage)?;
    let row = wish.row(GoalId::new(app.clock.now()).to_string())?;
    let mut tx = app.db.begin().await?;
    if !store::add_goal(&mut tx, &row).await? {
        return Err(exists("这个项目已经有这项目标。", "The project has a goal of this measure."));
    }
    record(app, tx, actor, "goal.set", ("benefit_goal", &row.id), None).await?;
    find_goal(app, &row.id, language).await
}

fn exists(zh: &str, en: &str) -> Error {
    Error::Conflict { code: "exists", detail: Words::new(zh, en) }
}

/// Changes a goal.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (id, version): (GoalId, i64),
    change: GoalChange,
    language: Language,
) -> Result<ToldGoal, Error> {
    actor.must_in_city(Permission::BenefitManage)?;
    let mut tx = app.db.begin().await?;
    let found = store::goal(&mut tx, &id.to_string()).await?.ok_or(Error::NotFound("goal"))?;
    let present = found.version;
    let row = change.over(found, version)?;
    if !store::change_goal(&mut tx, &row).await? {
        return Err(Error::Stale { version: present });
    }
    record(app, tx, actor, "goal.change", ("benefit_goal", &row.id), None).await?;
    find_goal(app, &row.id, language).await
}

/// Takes a goal away.
pub(super) async fn remove(app: &App, actor: &Actor, id: GoalId, version: i64) -> Result<(), Error> {
    actor.must_in_city(Permission::BenefitManage)?;
    let (mut tx, id) = (app.db.begin().await?, id.to_string());
    let row = store::goal(&mut tx, &id).await?.ok_or(Error::NotFound("goal"))?;
    if !store::drop_goal(&mut tx, &id, version).await? {
        return Err(Error::Stale { version: row.version });
    }
    record(app, tx, actor, "goal.remove", ("benefit_goal", &id), None).await
}

/// What was reported, as far as somebody may see it.
pub(super) async fn savings(app: &App, actor: &Actor) -> Result<Vec<ToldSaving>, Error> {
    let rows = store::savings(&app.db).await?.into_iter();
    let may = |row: &SavingRow| actor.may(Permission::BenefitFigures, district_of(row));
    Ok(rows.filter(may).map(ToldSaving::from).collect())
}

fn district_of(row: &SavingRow) -> Option<Adcode> {
    row.district.as_deref().and_then(|code| code.parse().ok())
}

/// Writes what somebody reports, new where nothing has this id, or else in place of what was there.
///
/// # Errors
/// [`Error::ConditionMissing`] where there is something and no version is named, [`Error::Stale`] where it is
/// another one, [`Error::Conflict`] where the source has reported the month, [`Error::NotFound`] where it is another
/// district's.
pub(super) async fn report(
    app: &App,
    actor: &Actor,
    id: ReportedSavingId,
    version: Option<i64>,
    wish: SavingWish,
) -> Result<ToldSaving, Error> {
    let (id, district) = (id.to_string(), wish.district);
    let row = wish.row(id.clone(), version.unwrap_or(1))?;
    must(actor, district)?;
    let mut tx = app.db.begin().await?;
    let month = || exists("这个来源已经报过这个月。", "This source has reported the month.");
    match store::saving(&mut tx, &id).await? {
        None if !store::add_saving(&mut tx, &row).await? => return Err(month()),
        None => {}
        Some(found) => {
            must(actor, district_of(&found))?;
            if found.version != version.ok_or(Error::ConditionMissing)? {
                return Err(Error::Stale { version: found.version });
            }
            if !store::change_saving(&mut tx, &row).await? {
                return Err(month());
            }
        }
    }
    let written = store::saving(&mut tx, &id).await?.ok_or(Error::NotFound("reported_saving"))?;
    record(app, tx, actor, "saving.report", ("reported_saving", &id), district).await?;
    Ok(written.into())
}

/// Takes back what somebody reported.
pub(super) async fn withdraw(
    app: &App,
    actor: &Actor,
    id: ReportedSavingId,
    version: i64,
) -> Result<(), Error> {
    let (mut tx, id) = (app.db.begin().await?, id.to_string());
    let row = store::saving(&mut tx, &id).await?.ok_or(Error::NotFound("reported_saving"))?;
    let district = district_of(&row);
    must(actor, district)?;
    if !store::drop_saving(&mut tx, &id, version).await? {
        return Err(Error::Stale { version: row.version });
    }
    record(app, tx, actor, "saving.withdraw", ("reported_saving", &id), district).await
}

fn must(actor: &Actor, district: Option<Adcode>) -> Result<(), Error> {
    if actor.may(Permission::BenefitManage, district) {
        Ok(())
    } else {
        Err(Error::NotFound("reported_saving"))
    }
}

/// Records what was done, and commits.
async fn record(
    app: &App,
    mut tx: Tx,
    actor: &Actor,
    action: &'static str,
    (kind, id): (&'static str, &str),
    district: Option<Adcode>,
) -> Result<(), Error> {
    let entry = Entry { action, object: Object::new(kind, id), district, detail: json!(null) };
    audit::record(&mut tx, actor, app.clock.now(), &entry).await?;
    Ok(tx.commit().await?)
}
