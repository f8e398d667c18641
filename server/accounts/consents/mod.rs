//! Texts that people agree to, in versions: a new text does not change what was agreed to.

mod store;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::actor::Actor;
use crate::audit::{self, Entry, Object};
use crate::db::{Db, DbError};
use crate::error::{Error, FieldError};
use crate::ids::AccountId;
use crate::time::Zone;

/// The most characters of a text.
const TEXT_CHARS: usize = 10_000;
/// The most characters of a kind.
const KIND_CHARS: usize = 40;

/// What is asked for as long as the city has written nothing of its own: kind, Chinese, English.
const FIRST: [(&str, &str, &str); 1] = [(
    "join",
    "我愿意加入工会。我同意工会为办理入会使用我填写的姓名、电话和单位：只有办理入会的工会干部能看到，\
     不作别的用途，不交给别人；办结后按规定的期限删除。我可以随时要求查看、更正或删除，拨打 12351 即可。",
    "I would like to join the union. I agree that the union uses the name, phone number and workplace that I give \
     for that: only the union's staff who see to it can read them, they are used for nothing else, given to nobody, \
     and erased after the set time once it is settled. I may ask to see, correct or erase them at any time by \
     calling 12351.",
)];

/// One version of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consent {
    /// What the text is for, such as `join_union`.
    pub kind: String,
    /// From 1 on.
    pub version: i64,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Since when it is asked for.
    pub published: DateTime<FixedOffset>,
}

/// A text that is to be asked for from now on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConsent {
    /// What the text is for: a-z and `_`.
    pub kind: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Every version of every text, the newest of each kind first.
pub async fn list(db: &Db, zone: Zone) -> Result<Vec<Consent>, Error> {
    let rows = store::all(db).await?;
    Ok(rows.into_iter().map(|row| row.consent(zone)).collect())
}

/// The newest version of a kind.
pub async fn newest(db: &Db, kind: &str, zone: Zone) -> Result<Option<Consent>, Error> {
    Ok(store::newest(db, kind).await?.map(|row| row.consent(zone)))
}

/// Writes the first version of each text that the service itself asks for, where there is none yet.
pub async fn fill(db: &Db, now: DateTime<Utc>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    for (kind, zh, en) in FIRST {
        store::add_first(&mut tx, kind, zh, en, now.timestamp_millis()).await?;
    }
    Ok(tx.commit().await?)
}

/// Publishes the next version of a text.
pub async fn publish(
    db: &Db,
    actor: &Actor,
    new: NewConsent,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Consent, Error> {
    check(&new)?;
    let mut tx = db.begin().await?;
    let version = store::add(&mut tx, &new, now.timestamp_millis()).await.map_err(taken)?;
    let object = Object::new("consent", &new.kind);
    let detail = json!({ "version": version });
    let entry = Entry { action: "consent.publish", object, district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    let NewConsent { kind, zh, en } = new;
    Ok(Consent { kind, version, zh, en, published: zone.stamp(now) })
}

/// Somebody else published the same version at the same time.
fn taken(error: DbError) -> Error {
    match error {
        DbError::Unique(what) => Error::Unavailable { retry_s: 1, reason: format!("two at once: {what}") },
        other => other.into(),
    }
}

/// A version that somebody agreed to.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// What the text is for.
    pub kind: String,
    /// Which version.
    pub version: i64,
    /// When.
    pub given: DateTime<FixedOffset>,
}

/// What somebody agreed to, oldest first.
pub async fn given(db: &Db, account: AccountId, zone: Zone) -> Result<Vec<Given>, Error> {
    let rows = store::given(db, &account.to_string()).await?;
    let told = |row: store::GivenRow| Given {
        kind: row.kind,
        version: row.version,
        given: zone.from_ms(row.given_ms),
    };
    Ok(rows.into_iter().map(told).collect())
}

fn check(new: &NewConsent) -> Result<(), Error> {
    let mut told = Vec::new();
    let is_kind = |c: char| c.is_ascii_lowercase() || c == '_';
    if new.kind.is_empty() || new.kind.len() > KIND_CHARS || !new.kind.chars().all(is_kind) {
        let zh = "要写小写字母和下划线，如 join_union。";
        told.push(FieldError::new("kind", "bad_kind", zh, "must be a-z and _, such as join_union"));
    }
    for (field, text) in [("zh", &new.zh), ("en", &new.en)] {
        if text.trim().is_empty() || text.chars().count() > TEXT_CHARS {
            let zh = format!("要写 1 到 {TEXT_CHARS} 个字。");
            told.push(FieldError::new(
                field,
                "bad_length",
                zh,
                format!("must have 1 to {TEXT_CHARS} characters"),
            ));
        }
    }
    if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
}
