//! The closed list of subjects that intake sets, for analysis.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::categories::{bad_code, is_code};
use super::store::{self, SubjectRow};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::{Error, FieldError, Words};
use crate::grievance::acting::ended;
use crate::stations::life::patch::remark;

/// The most subjects.
const MOST: usize = 500;
/// The most characters of a name.
const NAME_CHARS: usize = 60;
/// The most characters of a theme's measures.
const MEASURES_CHARS: usize = 2_000;

/// A subject, as it is told and as it is written.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceSubject)]
pub(super) struct Subject {
    /// Its code: a-z, 0-9 and `_`.
    #[schema(max_length = 40)]
    code: String,
    /// Its name.
    #[schema(max_length = 60)]
    name: String,
    /// Whether it is a theme with measures of its own.
    #[serde(default)]
    theme: bool,
    /// What is done about the theme.
    #[schema(max_length = 2000)]
    measures: Option<String>,
    /// Whether intake may set it.
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// The list, all of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceSubjects)]
pub(super) struct Subjects {
    /// At most 500.
    #[schema(max_items = 500)]
    items: Vec<Subject>,
}

/// The list.
pub(super) async fn list(app: &App) -> Result<Subjects, Error> {
    let told = |row: SubjectRow| Subject {
        code: row.code,
        name: row.name,
        theme: row.is_theme,
        measures: row.measures,
        active: row.is_active,
    };
    Ok(Subjects { items: store::subjects(&app.db).await?.into_iter().map(told).collect() })
}

/// Whether intake may set a subject.
pub(in super::super) async fn is_subject(tx: &mut Tx, code: &str) -> Result<bool, Error> {
    Ok(store::subjects_in(tx).await?.iter().any(|row| row.code == code && row.is_active))
}

/// Replaces the list. A subject that a case has stays in it; it may be made inactive.
///
/// # Errors
/// [`Error::Refused`] with each subject that is wrong, and [`Error::Conflict`] where one is missing that a case has.
pub(super) async fn replace(app: &App, actor: &Actor, wish: Subjects) -> Result<Subjects, Error> {
    actor.must_in_city(Permission::GrievanceConfigure)?;
    let rows = checked(wish)?;
    let mut tx = app.db.begin().await?;
    let done = async {
        let kept: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        for old in store::subjects_in(&mut tx).await? {
            if !kept.contains(old.code.as_str()) && store::uses(&mut tx, &old.code).await? > 0 {
                return Err(in_use(&old));
            }
        }
        store::set_subjects(&mut tx, &rows).await?;
        let object = Object::new("grievance_subjects", "all");
        let detail = json!({ "subjects": rows.len() });
        let entry = Entry { action: "grievance.subjects", object, district: None, detail };
        audit::record(&mut tx, actor, app.clock.now(), &entry).await
    };
    let done = done.await;
    ended(tx, done).await?;
    list(app).await
}

fn in_use(subject: &SubjectRow) -> Error {
    let SubjectRow { code, name, .. } = subject;
    let detail = Words::new(
        format!("已有诉求用着“{name}”，不能删，可以停用。"),
        format!("cases have the subject {code}; it cannot be removed, only made inactive"),
    );
    Error::Conflict { code: "subject_used", detail }
}

fn checked(wish: Subjects) -> Result<Vec<SubjectRow>, Error> {
    if wish.items.len() > MOST {
        let (zh, en) = (format!("最多 {MOST} 个。"), format!("at most {MOST}"));
        return Err(FieldError::new("items", "too_many", zh, en).into());
    }
    let (mut wrong, mut seen, mut rows) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (i, subject) in wish.items.into_iter().enumerate() {
        let at = |field: &str| format!("items[{i}].{field}");
        if !is_code(&subject.code) {
            wrong.push(bad_code(at("code")));
        } else if !seen.insert(subject.code.clone()) {
            wrong.push(FieldError::new(
                at("code"),
                "twice",
                "这个代码出现了两次。",
                "the code is there twice",
            ));
        }
        let name = text(&mut wrong, &at("name"), Some(&subject.name), NAME_CHARS);
        let measures = text(&mut wrong, &at("measures"), subject.measures.as_deref(), MEASURES_CHARS);
        if name.is_none() && !wrong.iter().any(|error| error.field == at("name")) {
            wrong.push(FieldError::new(at("name"), "missing", "必须填写。", "is required"));
        }
        rows.push(SubjectRow {
            code: subject.code,
            name: name.unwrap_or_default(),
            is_theme: subject.theme,
            measures,
            is_active: subject.active,
        });
    }
    if wrong.is_empty() { Ok(rows) } else { Err(Error::Refused(wrong)) }
}

/// A text of one of several items.
fn text(wrong: &mut Vec<FieldError>, field: &str, given: Option<&str>, most: usize) -> Option<String> {
    match remark("items", given, most) {
        Ok(text) => text,
        Err(Error::Refused(errors)) => {
            wrong.extend(errors.into_iter().map(|error| FieldError { field: field.to_owned(), ..error }));
            None
        }
        Err(_) => None,
    }
}
