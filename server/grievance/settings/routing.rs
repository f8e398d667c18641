//! Rules that say which department a case is proposed to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::store::{self, RouteRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Db;
use crate::error::{Error, FieldError};
use crate::grievance::acting::ended;
use crate::grievance::told::Named;
use crate::ids::{Adcode, DepartmentId};

/// The most rules.
const MOST: usize = 1_000;

/// The rules, all of them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceRoutingWish)]
pub(super) struct RoutingWish {
    /// At most 1,000, each for another category and district.
    #[schema(max_items = 1000)]
    items: Vec<RuleWish>,
}

/// One rule.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceRuleWish)]
pub(super) struct RuleWish {
    /// For cases of this category; absent: of each.
    #[schema(max_length = 40)]
    category: Option<String>,
    /// For cases of this district; absent: of each, and of none.
    #[schema(value_type = Option<String>)]
    district: Option<Adcode>,
    /// The department, which takes cases.
    #[schema(value_type = String, format = Uuid)]
    department: DepartmentId,
}

/// The rules as they are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRouting)]
pub(super) struct ToldRouting {
    items: Vec<ToldRule>,
}

/// One rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRule)]
struct ToldRule {
    /// Null: each category.
    #[schema(required)]
    category: Option<String>,
    /// Null: each district.
    #[schema(required)]
    district: Option<String>,
    department: Named,
}

/// A department that a case is proposed to, by id and name.
pub(in super::super) type Proposed = (String, String);

/// The department that the most specific rule proposes for a case: one for its category and district, else for its
/// category, else for its district, else for every case. Departments that take no cases are passed over.
pub(in super::super) async fn proposed(
    db: &Db,
    category: &str,
    district: Option<&str>,
) -> Result<Option<Proposed>, Error> {
    Ok(store::proposed(db, category, district.unwrap_or_default()).await?)
}

/// The rules.
pub(super) async fn list(app: &App, actor: &Actor) -> Result<ToldRouting, Error> {
    actor.must_in_city(Permission::GrievanceConfigure)?;
    told(app).await
}

async fn told(app: &App) -> Result<ToldRouting, Error> {
    let departments = store::departments(&app.db).await?;
    let named = |id: &str| {
        let found = departments.iter().find(|row| row.id == id);
        Named::new(id, found.map_or(id, |row| row.name.as_str()))
    };
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let rule = |row: RouteRow| ToldRule {
        department: named(&row.department_id),
        category: some(row.category),
        district: some(row.district),
    };
    Ok(ToldRouting { items: store::routes(&app.db).await?.into_iter().map(rule).collect() })
}

/// Replaces the rules.
///
/// # Errors
/// [`Error::Refused`] with each rule that is wrong.
pub(super) async fn replace(app: &App, actor: &Actor, wish: RoutingWish) -> Result<ToldRouting, Error> {
    actor.must_in_city(Permission::GrievanceConfigure)?;
    let rows = checked(app, wish).await?;
    let mut tx = app.db.begin().await?;
    let done = async {
        store::set_routes(&mut tx, &rows).await?;
        let object = Object::new("grievance_routing", "all");
        let entry = Entry {
            action: "grievance.routing",
            object,
            district: None,
            detail: json!({ "rules": rows.len() }),
        };
        audit::record(&mut tx, actor, app.clock.now(), &entry).await
    };
    let done = done.await;
    ended(tx, done).await?;
    told(app).await
}

async fn checked(app: &App, wish: RoutingWish) -> Result<Vec<RouteRow>, Error> {
    if wish.items.len() > MOST {
        let (zh, en) = (format!("最多 {MOST} 条。"), format!("at most {MOST}"));
        return Err(FieldError::new("items", "too_many", zh, en).into());
    }
    let categories: BTreeSet<String> =
        store::categories(&app.db).await?.into_iter().map(|row| row.code).collect();
    let departments = store::departments(&app.db).await?.into_iter().filter(|row| row.is_active);
    let departments: BTreeSet<String> = departments.map(|row| row.id).collect();
    let snapshot = app.registry.snapshot();
    let (mut wrong, mut seen, mut rows) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (i, rule) in wish.items.into_iter().enumerate() {
        let mut refuse = |field: &str, code: &'static str, zh: &str, en: &str| {
            wrong.push(FieldError::new(format!("items[{i}].{field}"), code, zh, en));
        };
        let (category, department) = (rule.category.unwrap_or_default(), rule.department.to_string());
        if !category.is_empty() && !categories.contains(&category) {
            refuse("category", "unknown", "没有这个类别。", "there is no such category");
        }
        if rule.district.is_some_and(|district| snapshot.city().district(district).is_none()) {
            refuse("district", "unknown", "没有这个区县。", "there is no such district");
        }
        if !departments.contains(&department) {
            refuse(
                "department",
                "unknown",
                "没有这个部门，或部门已停用。",
                "there is no such department, or it takes no cases",
            );
        }
        let district = rule.district.map(|code| code.to_string()).unwrap_or_default();
        if !seen.insert((category.clone(), district.clone())) {
            refuse(
                "category",
                "twice",
                "同一类别和区县已有一条规则，请删去一条。",
                "another rule is for the same; remove one",
            );
        }
        rows.push(RouteRow { category, district, department_id: department });
    }
    if wrong.is_empty() { Ok(rows) } else { Err(Error::Refused(wrong)) }
}
