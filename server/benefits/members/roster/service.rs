//! Lists of members: sent, looked at, committed, given up.

use serde_json::{Value, json};

use super::columns::{self, Column};
use super::person;
use super::plan::{Defaults, Plan, plan};
use super::store::{self, RosterRow};
use super::told::{Counts, Options, State, Told};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::benefits::members::service::{knows, taken};
use crate::benefits::members::store::{self as members, PART};
use crate::benefits::members::wish::UNION_CHARS;
use crate::benefits::wrong::Wrong;
use crate::db::Tx;
use crate::error::{Error, Words};
use crate::http::form::SentFile;
use crate::ids::{Adcode, RosterId};
use crate::imports::reader;
use crate::language::Language;
use crate::seal::Seal;
use crate::secrets::{hex, unhex};
use crate::stations::import::Sheet;

/// What sheets are sealed for.
const PURPOSE: &str = "member roster";
/// The most rows of a list.
const ROWS: usize = 50_000;
/// The most problems that are told.
const PROBLEMS: usize = 1_000;
/// The most characters of a file's name that are kept.
const FILE_CHARS: usize = 120;

/// Who looks at a list, and in which language.
pub(super) struct Reader {
    pub(super) actor: Actor,
    pub(super) language: Language,
}

fn broken(id: &str, what: impl std::fmt::Display) -> Error {
    Error::Internal(format!("roster {id}: {what}"))
}

/// Keeps a list and says what it comes to.
///
/// # Errors
/// [`Error::Refused`] where the file cannot be read or has too many rows, or the options are wrong.
pub(super) async fn send(
    app: &App,
    reader: &Reader,
    file: &SentFile,
    options: &Options,
) -> Result<Told, Error> {
    check(app, options)?;
    if options.district.is_some() {
        reader.actor.must(Permission::MemberManage, options.district)?;
    }
    let sheet = reader::read(app, &file.bytes).await?;
    let mut wrong = Wrong::default();
    if sheet.rows.len() > ROWS {
        wrong.add(
            "file",
            "too_many",
            format!("一次最多 {ROWS} 行。"),
            format!("at most {ROWS} rows at once"),
        );
    }
    wrong.or(())?;
    let now = app.clock.now();
    let id = RosterId::new(now).to_string();
    let sealed = Seal::new(&app.secrets, PURPOSE).close_file(&reader::packed(&sheet)?, &id)?;
    let row = RosterRow {
        version: 1,
        state: State::Waiting.to_string(),
        file_name: file.name.chars().filter(|c| !c.is_control()).take(FILE_CHARS).collect(),
        account_id: reader.actor.account.map(|id| id.to_string()),
        district: options.district.map(|code| code.to_string()),
        made_ms: now.timestamp_millis(),
        options: serde_json::to_string(options).map_err(|e| broken(&id, e))?,
        sheet: Some(hex(&sealed)),
        outcome: None,
        id,
    };
    let mut tx = app.db.begin().await?;
    store::add(&mut tx, &row).await?;
    let detail = json!({ "rows": sheet.rows.len() });
    audit::record(&mut tx, &reader.actor, now, &entry("member_import.send", &row, detail)).await?;
    tx.commit().await?;
    tell(app, reader, &row).await
}

fn check(app: &App, options: &Options) -> Result<(), Error> {
    let mut wrong = Wrong::default();
    wrong.optional("union", options.union.as_deref(), UNION_CHARS);
    if options.district.is_some_and(|code| !knows(app, code)) {
        let (zh, en) = ("要写本市的六位区划代码。", "must be six digits of a district here");
        wrong.add("district", "unknown_district", zh, en);
    }
    let mut fields: Vec<_> = options.mapping.values().flatten().collect();
    fields.sort_unstable();
    if fields.windows(2).any(|two| two[0] == two[1]) {
        let (zh, en) = ("两列不能对应同一项。", "two columns cannot say the same");
        wrong.add("mapping", "twice", zh, en);
    }
    wrong.or(())
}

fn district_of(row: &RosterRow) -> Option<Adcode> {
    row.district.as_deref().and_then(|code| code.parse().ok())
}

fn entry(action: &'static str, row: &RosterRow, detail: Value) -> Entry {
    Entry { action, object: Object::new("member_import", &row.id), district: district_of(row), detail }
}

/// A list that somebody sent himself, or that is for his district.
async fn reached(app: &App, actor: &Actor, id: RosterId) -> Result<RosterRow, Error> {
    let row = store::find(&app.db, &id.to_string()).await?.ok_or(Error::NotFound("import"))?;
    let is_own = actor.account.is_some_and(|id| row.account_id == Some(id.to_string()));
    let may_see = is_own || actor.may(Permission::MemberManage, district_of(&row));
    if may_see && row.state != State::Dropped.as_str() { Ok(row) } else { Err(Error::NotFound("import")) }
}

/// One list with what it comes to now.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or it is somebody else's.
pub(super) async fn find(app: &App, reader: &Reader, id: RosterId) -> Result<Told, Error> {
    tell(app, reader, &reached(app, &reader.actor, id).await?).await
}

async fn tell(app: &App, reader: &Reader, row: &RosterRow) -> Result<Told, Error> {
    if row.sheet.is_none() {
        let counts = row.outcome.as_deref().map(serde_json::from_str).transpose();
        let counts = counts.map_err(|e| broken(&row.id, e))?.ok_or_else(|| broken(&row.id, "no outcome"))?;
        return told(row, counts, Vec::new(), Vec::new());
    }
    let (sheet, options) = opened(app, row)?;
    let columns = columns::map(&sheet.header.headings, &options.mapping);
    let mut tx = app.db.begin_reading().await?;
    let plan = planned(app, &mut tx, &reader.actor, &options, (&columns, &sheet)).await?;
    tx.rollback().await?;
    let heading = |field| columns.iter().find(|c| c.field == Some(field)).map(|c| c.column.clone());
    let problems = plan.problems.iter().take(PROBLEMS);
    let problems = problems.map(|p| p.told(p.field.and_then(heading), reader.language)).collect();
    told(row, counts(&sheet, &plan), problems, columns)
}

fn told(
    row: &RosterRow,
    counts: Counts,
    problems: Vec<super::problem::ProblemTold>,
    mapping: Vec<Column>,
) -> Result<Told, Error> {
    Ok(Told {
        id: row.id.parse().map_err(|e| broken(&row.id, e))?,
        version: row.version,
        state: row.state.parse().map_err(|e| broken(&row.id, e))?,
        file_name: row.file_name.clone(),
        counts,
        problems,
        mapping,
    })
}

fn counts(sheet: &Sheet, plan: &Plan) -> Counts {
    Counts {
        rows: sheet.rows.len(),
        added: plan.added.len(),
        changed: plan.changed.len(),
        unchanged: plan.unchanged,
        left_out: plan.left_out,
    }
}

fn opened(app: &App, row: &RosterRow) -> Result<(Sheet, Options), Error> {
    let sealed = row.sheet.as_deref().and_then(unhex).ok_or_else(|| broken(&row.id, "no sheet"))?;
    let packed = Seal::new(&app.secrets, PURPOSE).open_file(&sealed, &row.id)?;
    let options = serde_json::from_str(&row.options).map_err(|e| broken(&row.id, e))?;
    Ok((reader::unpacked(&packed)?, options))
}

async fn planned(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    options: &Options,
    (columns, sheet): (&[Column], &Sheet),
) -> Result<Plan, Error> {
    let city = app.registry.snapshot().ground().city.clone();
    let people = sheet.rows.iter().map(|row| person::read(app, &city, columns, row)).collect();
    let defaults = Defaults { union_name: options.union.clone(), district: options.district };
    plan(app, tx, actor, &defaults, people).await
}

/// Writes a list: every row without an error, in one transaction. What each does is decided with the roster locked.
///
/// # Errors
/// [`Error::Conflict`] where it was committed already, or somebody enrolled one of its members this instant;
/// [`Error::Stale`] where it is another version.
pub(super) async fn commit(app: &App, reader: &Reader, id: RosterId, version: i64) -> Result<Told, Error> {
    let row = waiting(reached(app, &reader.actor, id).await?, version)?;
    let (sheet, options) = opened(app, &row)?;
    let columns = columns::map(&sheet.header.headings, &options.mapping);
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::lock(&mut tx).await?;
    let plan = planned(app, &mut tx, &reader.actor, &options, (&columns, &sheet)).await?;
    for part in plan.added.chunks(PART) {
        members::add(&mut tx, part).await.map_err(taken)?;
    }
    for member in &plan.changed {
        if !members::change(&mut tx, member, member.version).await.map_err(taken)? {
            return Err(raced());
        }
    }
    let counts = counts(&sheet, &plan);
    let outcome = serde_json::to_string(&counts).map_err(|e| broken(&row.id, e))?;
    end(&mut tx, &row, State::Committed, now.timestamp_millis(), Some(&outcome)).await?;
    let detail = json!({ "added": counts.added, "changed": counts.changed, "left_out": counts.left_out });
    audit::record(&mut tx, &reader.actor, now, &entry("member_import.commit", &row, detail)).await?;
    tx.commit().await?;
    find(app, reader, id).await
}

fn raced() -> Error {
    let zh = "名单里的会员刚被别人改过，请再试一次。";
    let detail = Words::new(zh, "Somebody changed one of the members this instant; try again.");
    Error::Conflict { code: "changed_meanwhile", detail }
}

fn waiting(row: RosterRow, version: i64) -> Result<RosterRow, Error> {
    if row.state != State::Waiting.as_str() {
        let detail = Words::new("这份名单已经写入。", "The list is written already.");
        return Err(Error::Conflict { code: "wrong_state", detail });
    }
    if row.version == version { Ok(row) } else { Err(Error::Stale { version: row.version }) }
}

async fn end(
    tx: &mut Tx,
    row: &RosterRow,
    state: State,
    now_ms: i64,
    outcome: Option<&str>,
) -> Result<(), Error> {
    let is_ended = store::end(tx, (&row.id, row.version), state.as_str(), now_ms, outcome).await?;
    if is_ended { Ok(()) } else { Err(Error::Stale { version: row.version + 1 }) }
}

/// Gives a list up and forgets what it said.
///
/// # Errors
/// As [`commit`].
pub(super) async fn discard(app: &App, actor: &Actor, id: RosterId, version: i64) -> Result<(), Error> {
    let row = waiting(reached(app, actor, id).await?, version)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    end(&mut tx, &row, State::Dropped, now.timestamp_millis(), None).await?;
    audit::record(&mut tx, actor, now, &entry("member_import.drop", &row, Value::Null)).await?;
    Ok(tx.commit().await?)
}
