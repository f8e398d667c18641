//! Categories as staff write them.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::present;
use super::store::{self, CategoryRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::config::MOST_RETAIN_YEARS;
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::grievance::acting::ended;
use crate::grievance::model::Urgency;
use crate::grievance::wish::needed;

/// The most characters of a name.
const NAME_CHARS: usize = 40;
/// The most characters of a code.
pub(super) const CODE_CHARS: usize = 40;
/// The most categories.
const MOST: usize = 100;
/// The last place in the list.
const LAST_PLACE: i64 = 10_000;

/// What is said of a category; of one that is there, what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceCategoryWish)]
#[expect(clippy::option_option, reason = "null takes something away, what is absent stays")]
pub(super) struct CategoryWish {
    /// Of a new one its code, which stays: a-z, 0-9 and `_`.
    #[schema(max_length = 40)]
    code: Option<String>,
    /// Its name in Chinese; a new one needs it.
    #[schema(max_length = 40)]
    name: Option<String>,
    /// Its name in English; a new one needs it.
    #[schema(max_length = 40)]
    name_en: Option<String>,
    /// How soon a case of it is answered unless intake says otherwise; a new one is normal.
    urgency: Option<Urgency>,
    /// Whether no case of it is ever published.
    confidential: Option<bool>,
    /// Whether a case may have it; a new one may be had.
    active: Option<bool>,
    /// Its place in the list, from 1 to 10,000; a new one is the last.
    #[schema(minimum = 1, maximum = 10000)]
    order: Option<i64>,
    /// For so many years, from 1 to 100, a case of it is kept once it has ended; null: as long as the settings say.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 100)]
    retain_years: Option<Option<u32>>,
}

/// A category with all that staff say of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCategorySettings)]
pub(super) struct ToldSettings {
    code: String,
    /// The version that a change is meant for.
    pub(super) version: i64,
    name: String,
    name_en: String,
    /// urgent, prompt, normal or complex.
    urgency: String,
    /// Whether no case of it is ever published.
    confidential: bool,
    /// Whether a case may have it.
    active: bool,
    /// Its place in the list.
    order: i64,
    /// For so many years a case of it is kept once it has ended; null: as long as the settings say.
    #[schema(required)]
    retain_years: Option<i64>,
}

/// Every category.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCategoriesSettings)]
pub(super) struct ToldAll {
    items: Vec<ToldSettings>,
}

impl From<CategoryRow> for ToldSettings {
    fn from(row: CategoryRow) -> Self {
        Self {
            code: row.code,
            version: row.version,
            name: row.name,
            name_en: row.name_en,
            urgency: row.urgency,
            confidential: row.is_confidential,
            active: row.is_active,
            order: row.place,
            retain_years: row.retain_years,
        }
    }
}

/// Every category, those that no case may have any more too, in their order.
pub(super) async fn list(app: &App) -> Result<ToldAll, Error> {
    Ok(ToldAll { items: store::categories(&app.db).await?.into_iter().map(Into::into).collect() })
}

/// Whether a text is a code: a-z, 0-9 and `_`.
pub(super) fn is_code(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=CODE_CHARS).contains(&text.len()) && text.bytes().all(is_plain)
}

/// What is wrong with a code.
pub(super) fn bad_code(field: String) -> FieldError {
    let zh = format!("要写 1 到 {CODE_CHARS} 个小写字母、数字或下划线。");
    FieldError::new(field, "bad_code", zh, format!("must be 1 to {CODE_CHARS} of a-z, 0-9 and _"))
}

impl CategoryWish {
    fn checked(mut self, is_new: bool) -> Result<Self, Error> {
        let mut wrong = Vec::new();
        match &self.code {
            Some(_) if !is_new => {
                let (zh, en) = (
                    "代码不能改；要另一个代码就新建一个类别。",
                    "a code stays; add another category instead",
                );
                wrong.push(FieldError::new("code", "fixed", zh, en));
            }
            code if is_new && !code.as_deref().is_some_and(is_code) => {
                wrong.push(bad_code("code".to_owned()));
            }
            _ => {}
        }
        for (field, name) in [("name", &mut self.name), ("name_en", &mut self.name_en)] {
            if is_new || name.is_some() {
                *name = Some(needed(&mut wrong, field, name.as_deref().unwrap_or_default(), NAME_CHARS));
            }
        }
        if self.order.is_some_and(|place| !(1..=LAST_PLACE).contains(&place)) {
            let zh = format!("要写 1 到 {LAST_PLACE}。");
            wrong.push(FieldError::new("order", "out_of_range", zh, format!("must be 1 to {LAST_PLACE}")));
        }
        if self.retain_years.flatten().is_some_and(|years| !(1..=MOST_RETAIN_YEARS).contains(&years)) {
            let zh = format!("要写 1 到 {MOST_RETAIN_YEARS} 年。");
            let en = format!("must be 1 to {MOST_RETAIN_YEARS} years");
            wrong.push(FieldError::new("retain_years", "out_of_range", zh, en));
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Refused(wrong)) }
    }

    fn over(self, row: CategoryRow) -> CategoryRow {
        CategoryRow {
            name: self.name.unwrap_or(row.name),
            name_en: self.name_en.unwrap_or(row.name_en),
            urgency: self.urgency.map_or(row.urgency, |urgency| urgency.to_string()),
            is_confidential: self.confidential.unwrap_or(row.is_confidential),
            is_active: self.active.unwrap_or(row.is_active),
            place: self.order.unwrap_or(row.place),
            retain_years: self.retain_years.map_or(row.retain_years, |years| years.map(i64::from)),
            code: row.code,
            version: row.version,
        }
    }
}

/// Adds a category.
///
/// # Errors
/// [`Error::Refused`] with each field that is wrong, or where the code is taken.
pub(super) async fn add(app: &App, actor: &Actor, wish: CategoryWish) -> Result<ToldSettings, Error> {
    actor.must_in_city(Permission::GrievanceConfigure)?;
    let wish = wish.checked(true)?;
    let known = store::categories(&app.db).await?;
    if known.len() >= MOST {
        let (zh, en) = (format!("类别最多 {MOST} 个。"), format!("there are at most {MOST} categories"));
        return Err(Error::Refused(vec![FieldError::new("code", "too_many", zh, en)]));
    }
    let last = known.iter().map(|row| row.place).max().unwrap_or(0);
    let row = wish.clone().over(CategoryRow {
        code: wish.code.clone().unwrap_or_default(),
        version: 1,
        name: String::new(),
        name_en: String::new(),
        urgency: Urgency::Normal.to_string(),
        is_confidential: false,
        is_active: true,
        place: (last + 1).min(LAST_PLACE),
        retain_years: None,
    });
    let mut tx = app.db.begin().await?;
    let done = async {
        if !store::add_category(&mut tx, &row).await? {
            let (zh, en) = ("已经有这个代码。", "another category has this code");
            return Err(Error::Refused(vec![FieldError::new("code", "taken", zh, en)]));
        }
        record(app, actor, &mut tx, "grievance.category_add", &row).await
    };
    let done = done.await;
    ended(tx, done).await?;
    Ok(row.into())
}

/// Changes a category that has the version the actor saw.
///
/// # Errors
/// Those of [`add`], [`Error::Stale`] where somebody was faster, and [`Error::Conflict`] where nobody could file
/// anything any more.
pub(super) async fn change(
    app: &App,
    actor: &Actor,
    (code, version): (&str, i64),
    wish: CategoryWish,
) -> Result<ToldSettings, Error> {
    actor.must_in_city(Permission::GrievanceConfigure)?;
    let wish = wish.checked(false)?;
    let mut tx = app.db.begin().await?;
    let done = changed(app, actor, &mut tx, (code, version), wish).await;
    Ok(ended(tx, done).await?.into())
}

async fn changed(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    (code, version): (&str, i64),
    wish: CategoryWish,
) -> Result<CategoryRow, Error> {
    let old = store::category(tx, code).await?.ok_or(Error::NotFound("category"))?;
    if old.version != version {
        return Err(Error::Stale { version: old.version });
    }
    let mut row = wish.over(old);
    if !store::save_category(tx, &row).await? {
        return Err(Error::Stale { version: version + 1 });
    }
    if store::active_categories(tx).await? == 0 {
        let detail = Words::new("至少要留一个启用的类别。", "one category at least must be active");
        return Err(Error::Conflict { code: "last_category", detail });
    }
    record(app, actor, tx, "grievance.category_change", &row).await?;
    row.version += 1;
    Ok(row)
}

async fn record(
    app: &App,
    actor: &Actor,
    tx: &mut Tx,
    action: &'static str,
    row: &CategoryRow,
) -> Result<(), Error> {
    let detail = json!({ "name": row.name, "urgency": row.urgency, "confidential": row.is_confidential,
        "active": row.is_active, "order": row.place, "retain_years": row.retain_years });
    let entry =
        Entry { action, object: Object::new("grievance_category", &row.code), district: None, detail };
    audit::record(tx, actor, app.clock.now(), &entry).await
}
