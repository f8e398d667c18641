//! What the grievance centre is set up with: departments, categories, rules of routing, subjects.

mod categories;
mod departments;
mod openapi;
mod routes;
mod routing;
mod store;
mod subjects;

use serde::{Deserialize, Deserializer};

use super::model::Urgency;
use super::record::read;
use crate::db::{Db, Tx};
use crate::error::Error;
use crate::ids::{AccountId, DepartmentId};

pub(super) use routes::routes;
pub(super) use routing::{Proposed, proposed};
pub(super) use store::{CategoryRow, DepartmentRow};
pub(super) use subjects::is_subject;

/// Tells null from absent.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// What a case may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// How soon a case of it is answered unless intake says otherwise.
    pub urgency: Urgency,
    /// Whether no case of it is ever published.
    pub is_confidential: bool,
}

/// The categories of a new database, in their order: code, names and urgency.
const BUILT_IN: [(&str, &str, &str, Urgency); 9] = [
    ("wages", "工资", "Wages", Urgency::Normal),
    ("injury", "工伤社保", "Injury and insurance", Urgency::Normal),
    ("rest", "休息吃饭", "Rest and meals", Urgency::Normal),
    ("allowance", "冷热津贴", "Heat and cold allowance", Urgency::Normal),
    ("contract", "合同", "Contract", Urgency::Normal),
    ("safety", "安全", "Safety at work", Urgency::Urgent),
    ("station", "驿站", "Rest station", Urgency::Normal),
    ("hardship", "生活困难", "Hardship", Urgency::Prompt),
    ("other", "说不清", "Not sure", Urgency::Normal),
];

/// Gives a database without categories those that the program brings; who has changed them keeps his own.
pub async fn fill(db: &Db) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    if store::has_categories(&mut tx).await? {
        return Ok(tx.rollback().await?);
    }
    for (place, (code, name, name_en, urgency)) in (1_i64..).zip(BUILT_IN) {
        let row = CategoryRow {
            code: code.to_owned(),
            version: 1,
            name: name.to_owned(),
            name_en: name_en.to_owned(),
            urgency: urgency.to_string(),
            is_confidential: false,
            is_active: true,
            place,
            retain_years: None,
        };
        store::add_category(&mut tx, &row).await?;
    }
    Ok(tx.commit().await?)
}

fn category_of(row: CategoryRow) -> Result<Category, Error> {
    Ok(Category {
        urgency: read(&row.urgency)?,
        code: row.code,
        name: row.name,
        name_en: row.name_en,
        is_confidential: row.is_confidential,
    })
}

/// The categories that a case may have, in their order.
pub async fn categories(db: &Db) -> Result<Vec<Category>, Error> {
    let rows = store::categories(db).await?;
    rows.into_iter().filter(|row| row.is_active).map(category_of).collect()
}

/// Every category that a case has or had.
pub async fn all_categories(db: &Db) -> Result<Vec<Category>, Error> {
    store::categories(db).await?.into_iter().map(category_of).collect()
}

/// A category that a case may have.
pub async fn category(db: &Db, code: &str) -> Result<Option<Category>, Error> {
    Ok(categories(db).await?.into_iter().find(|category| category.code == code))
}

/// For how many years a case of a category is kept, where that says so.
pub(super) async fn retain_years(db: &Db, code: &str) -> Result<Option<u32>, Error> {
    let row = store::categories(db).await?.into_iter().find(|row| row.code == code);
    Ok(row.and_then(|row| row.retain_years).and_then(|years| years.try_into().ok()))
}

/// The departments, in the order of their names.
pub(super) async fn departments(db: &Db) -> Result<Vec<DepartmentRow>, Error> {
    Ok(store::departments(db).await?)
}

/// The leader of a department, to whom a case goes that was returned twice.
pub async fn leader(tx: &mut Tx, department: DepartmentId) -> Result<Option<AccountId>, Error> {
    let leader = store::leader(tx, &department.to_string()).await?.flatten();
    leader.as_deref().map(read).transpose()
}

/// Whether somebody works in a department that takes cases.
pub async fn is_member(tx: &mut Tx, department: DepartmentId, account: AccountId) -> Result<bool, Error> {
    Ok(store::is_member(tx, &department.to_string(), &account.to_string()).await?)
}

/// The names of staff, by account.
pub async fn people(db: &Db) -> Result<Vec<(String, String)>, Error> {
    Ok(store::people(db).await?)
}
