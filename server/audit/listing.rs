//! Reading the log: which entries are asked for, and how they are shown.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::store::{self, ListedRow};
use crate::accounts::{Permission, Reach, Scope};
use crate::db::Db;
use crate::error::Error;
use crate::ids::AccountId;
use crate::time::Zone;

/// The most entries of a page.
pub(super) const MOST: usize = 200;
/// The most entries that an export of a person has.
pub(super) const MOST_OF_PERSON: usize = 10_000;
/// Entries of a page where nobody says otherwise.
pub(super) const USUAL: usize = 50;
/// The most characters of an action or an object.
pub(super) const MOST_TEXT: usize = 100;

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// By whom.
    pub(super) account: Option<AccountId>,
    /// An action such as `station.publish`, or all of a kind such as `station`.
    pub(super) action: Option<String>,
    /// An object as `kind:id`, a kind, or an id.
    pub(super) object: Option<String>,
    /// The beginning of a district code.
    pub(super) district: Option<Scope>,
    /// From when on.
    pub(super) from: Option<DateTime<FixedOffset>>,
    /// Until before when.
    pub(super) to: Option<DateTime<FixedOffset>>,
    /// How many at most.
    pub(super) limit: usize,
    /// Entries before this one only.
    pub(super) before: Option<i64>,
}

/// A page of the log, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditPage)]
pub(super) struct Page {
    /// The entries.
    items: Vec<Item>,
    /// The cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
    /// The end of the chain.
    head: Head,
}

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(super) struct Item {
    /// Its place in the chain.
    seq: i64,
    /// When it was written.
    at: DateTime<FixedOffset>,
    /// Whose account; `null` for the command line and the service itself.
    by: Option<By>,
    /// How he came: `session`, `token`, `command` or `system`.
    via: String,
    /// What was done.
    action: String,
    /// To what.
    object: Target,
    /// In which district.
    district: Option<String>,
    /// What else is worth knowing.
    detail: Value,
    /// The hash that ties it to the entry before, SHA-256, hexadecimal.
    hash: String,
}

/// Who wrote it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditBy)]
pub(super) struct By {
    /// His account.
    id: String,
    /// His name now; `null` where the account is erased.
    name: Option<String>,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditObject)]
pub(super) struct Target {
    /// What it is, such as `station`.
    kind: String,
    /// Which.
    id: String,
}

/// The end of the chain.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEnd)]
pub(super) struct Head {
    /// The last entry; 0 where there is none.
    seq: i64,
    /// Its hash.
    hash: String,
}

/// A page of what is asked for, as far as the reader's districts go.
pub(super) async fn list(db: &Db, reach: &Reach, wanted: &Wanted, zone: Zone) -> Result<Page, Error> {
    let mut tx = db.begin_reading().await?;
    let end = store::chain(&mut tx).await?;
    let mut rows = store::list(&mut tx, &question(reach, wanted)).await?;
    tx.rollback().await?;
    let more = rows.len() > wanted.limit;
    rows.truncate(wanted.limit);
    let next = rows.last().filter(|_| more).map(|row| row.seq.to_string());
    let head =
        end.map_or_else(|| Head { seq: 0, hash: String::new() }, |end| Head { seq: end.seq, hash: end.hash });
    Ok(Page { items: rows.into_iter().map(|row| item(row, zone)).collect(), next, head })
}

/// What a person wrote, newest first, for whoever asks what is kept of him: the last 10,000 entries.
pub async fn of_person(db: &Db, account: AccountId, zone: Zone) -> Result<Value, Error> {
    let everywhere = Reach { prefixes: vec![String::new()], stations: Vec::new() };
    let wanted = Wanted { account: Some(account), limit: MOST_OF_PERSON, ..Wanted::default() };
    let page = list(db, &everywhere, &wanted, zone).await?;
    serde_json::to_value(page.items).map_err(|e| Error::Internal(e.to_string()))
}

fn question(reach: &Reach, wanted: &Wanted) -> store::Question {
    // Scopes have 2, 4 or 6 digits, so the store looks up these beginnings of a district in one text.
    let scopes = (!reach.is_everywhere()).then(|| format!(",{},", reach.prefixes.join(",")));
    let nowhere = reach.prefixes.iter().any(|p| p.parse::<Scope>().is_ok_and(|scope| scope.covers(None)));
    let (kind, id) = match wanted.object.as_deref().map(|text| text.split_once(':').unwrap_or((text, ""))) {
        Some((kind, id)) => (Some(kind.to_owned()), Some(id.to_owned()).filter(|id| !id.is_empty())),
        None => (None, None),
    };
    store::Question {
        account: wanted.account.map(|id| id.to_string()),
        action: wanted.action.clone(),
        kind,
        id,
        district: wanted.district.as_ref().map(ToString::to_string).filter(|d| !d.is_empty()),
        from_ms: wanted.from.map(|t| t.timestamp_millis()),
        to_ms: wanted.to.map(|t| t.timestamp_millis()),
        before: wanted.before,
        scopes,
        nowhere,
        // One more than asked for tells whether there is a next page.
        limit: i64::try_from(wanted.limit).unwrap_or(i64::MAX).saturating_add(1),
    }
}

fn item(row: ListedRow, zone: Zone) -> Item {
    let ListedRow {
        seq,
        at_ms,
        account_id,
        name,
        via,
        action,
        object_kind,
        object_id,
        district,
        detail,
        hash,
    } = row;
    let detail = serde_json::from_str(&detail).unwrap_or(Value::String(detail));
    let by = account_id.map(|id| By { id, name });
    let object = Target { kind: object_kind, id: object_id };
    Item { seq, at: zone.from_ms(at_ms), by, via, action, object, district, detail, hash }
}

/// What reading the log asks of the reader.
pub(super) const PERMISSION: Permission = Permission::AuditRead;
