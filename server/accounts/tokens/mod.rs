//! Tokens: keys of programs, which may do a part of what their person may, within a scope, until a day.

pub(in crate::accounts) mod store;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use self::store::TokenRow;
use super::actor::Actor;
use super::people::{check_count, check_name};
use super::role::{Permission, Scope};
use crate::audit::{self, Entry, Object};
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError};
use crate::ids::{AccountId, TokenId};
use crate::secrets::{hash, hex, random};
use crate::time::Zone;

/// The random bytes of a token.
const SECRET_BYTES: usize = 32;
/// How every token begins, so that one that leaked is recognised.
const PREFIX: &str = "yizhan_";
/// The longest life of a token.
const LONGEST: TimeDelta = TimeDelta::days(400);
/// The most tokens of an account.
const MOST: usize = 50;

/// A token that is asked for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TokenAsked)]
pub struct Asked {
    /// What it is for, in the person's own words.
    pub name: String,
    /// What the program may do.
    #[schema(value_type = Vec<String>)]
    pub permissions: Vec<Permission>,
    /// In which districts: the beginning of their codes.
    #[schema(value_type = String)]
    pub scope: Scope,
    /// Until when.
    pub expires: DateTime<FixedOffset>,
    /// The own password, where the sign-in was more than 15 minutes ago.
    pub password: Option<String>,
}

/// A token as it is listed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Token {
    /// Its id.
    #[schema(value_type = String)]
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// What the program may do.
    #[schema(value_type = Vec<String>)]
    pub permissions: Vec<Permission>,
    /// In which districts.
    pub scope: String,
    /// When it was made.
    pub created: DateTime<FixedOffset>,
    /// Until when it is good.
    pub expires: DateTime<FixedOffset>,
    /// When it was last used, to the minute.
    pub last_used: Option<DateTime<FixedOffset>>,
    /// The token itself, in the answer that made it and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl TokenRow {
    fn token(self, zone: Zone) -> Result<Token, Error> {
        let wrong = |e: String| Error::Internal(format!("token {}: {e}", self.id));
        Ok(Token {
            id: self.id.parse().map_err(|e: uuid::Error| wrong(e.to_string()))?,
            permissions: serde_json::from_str(&self.permissions).map_err(|e| wrong(e.to_string()))?,
            name: self.name,
            scope: self.scope,
            created: zone.from_ms(self.created_ms),
            expires: zone.from_ms(self.expires_ms),
            last_used: self.last_used_ms.map(|ms| zone.from_ms(ms)),
            token: None,
        })
    }
}

/// The tokens of an account, oldest first.
pub async fn list(db: &Db, account: AccountId, zone: Zone) -> Result<Vec<Token>, Error> {
    store::of(db, &account.to_string()).await?.into_iter().map(|row| row.token(zone)).collect()
}

/// Makes a token of the actor's own account.
///
/// # Errors
/// [`Error::Refused`] where it asks for more than its person may, or lasts too long.
pub async fn make(
    db: &Db,
    actor: &Actor,
    asked: &Asked,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Token, Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    make_for(db, actor, account, actor, asked, zone, now).await
}

/// Makes a token of an account whose rights are `owner`'s.
pub async fn make_for(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    owner: &Actor,
    asked: &Asked,
    zone: Zone,
    now: DateTime<Utc>,
) -> Result<Token, Error> {
    let had = store::of(db, &account.to_string()).await?.len();
    check(owner, asked, had, now)?;
    let secret = format!("{PREFIX}{}", hex(&random::<SECRET_BYTES>()?));
    let id = TokenId::new(now);
    let row = TokenRow {
        id: id.to_string(),
        account_id: account.to_string(),
        name: asked.name.trim().to_owned(),
        hash: hash(&secret),
        permissions: json!(asked.permissions).to_string(),
        scope: asked.scope.to_string(),
        created_ms: now.timestamp_millis(),
        expires_ms: asked.expires.timestamp_millis(),
        last_used_ms: None,
    };
    let mut tx = db.begin().await?;
    store::add(&mut tx, &row).await?;
    let detail = json!({ "account": account, "permissions": asked.permissions, "scope": asked.scope });
    let entry = Entry { action: "token.make", object: Object::token(id), district: None, detail };
    audit::record(&mut tx, actor, now, &entry).await?;
    tx.commit().await?;
    Ok(Token { token: Some(secret), ..row.token(zone)? })
}

fn check(owner: &Actor, asked: &Asked, had: usize, now: DateTime<Utc>) -> Result<(), Error> {
    let mut told: Vec<FieldError> = check_name("name", &asked.name).into_iter().collect();
    told.extend(check_count("permissions", asked.permissions.len()));
    if had >= MOST {
        let zh = format!("一个账号最多 {MOST} 个令牌，请先撤销不用的。");
        told.push(FieldError::new(
            "name",
            "too_many",
            zh,
            format!("an account has at most {MOST}; withdraw some"),
        ));
    }
    let limited = owner.limited(&asked.permissions, &asked.scope);
    for (i, permission) in asked.permissions.iter().enumerate() {
        if !limited.may_anywhere(*permission) {
            let zh = "您自己在这个范围里没有这个权限，不能交给程序。";
            let en = "you have no such permission in this scope yourself";
            told.push(FieldError::new(format!("permissions[{i}]"), "not_yours", zh, en));
        }
    }
    if asked.permissions.is_empty() {
        told.push(FieldError::new("permissions", "missing", "至少选一项权限。", "name at least one"));
    }
    if asked.expires <= now || asked.expires > now + LONGEST {
        let zh = format!("要在今后 {} 天之内。", LONGEST.num_days());
        let en = format!("must be within the next {} days", LONGEST.num_days());
        told.push(FieldError::new("expires", "out_of_range", zh, en));
    }
    if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
}

/// Withdraws a token of the actor's own account.
pub async fn withdraw(db: &Db, actor: &Actor, id: TokenId, now: DateTime<Utc>) -> Result<(), Error> {
    let account = actor.account.ok_or(Error::Forbidden)?;
    let mut tx = db.begin().await?;
    if !store::withdraw(&mut tx, &id.to_string(), &account.to_string()).await? {
        return Err(Error::NotFound("token"));
    }
    record_withdrawn(&mut tx, actor, &[id.to_string()], now).await?;
    tx.commit().await?;
    Ok(())
}

/// Records that tokens were withdrawn.
pub(in crate::accounts) async fn record_withdrawn(
    tx: &mut Tx,
    actor: &Actor,
    ids: &[String],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for id in ids {
        let object = Object::new("token", id);
        let entry = Entry { action: "token.withdraw", object, district: None, detail: json!({}) };
        audit::record(tx, actor, now, &entry).await?;
    }
    Ok(())
}
