//! Signing in: a login, a password, and a one-time code or a recovery code.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{attempts, service, store};
use crate::accounts::actor::{Actor, Via};
use crate::accounts::store::{self as accounts, AccountRow};
use crate::accounts::totp::{SharedSecret, plain_recovery_code};
use crate::accounts::{Grant, password};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::AccountId;
use crate::pace::Purpose;
use crate::secrets::{hash, hex, random};

/// The most characters of each text of a sign-in.
const MAX_CHARS: usize = 300;
/// The random bytes by which a browser is known.
const DEVICE_BYTES: usize = 16;
/// How long a browser is known that nobody signs in from.
const DEVICE_KEPT: TimeDelta = TimeDelta::days(180);

/// What somebody signs in with.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignIn)]
pub struct Credentials {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
    /// The six digits that the phone shows.
    pub totp: Option<String>,
    /// A recovery code, where the phone is lost.
    pub recovery_code: Option<String>,
}

/// A session that has begun.
#[derive(Debug)]
pub struct Started {
    /// Its secret.
    pub session: String,
    /// The secret by which the browser is known from now on, where it was not.
    pub device: Option<String>,
}

/// The second factor that was shown.
enum Second {
    /// The account has none.
    None,
    /// The code of a step of 30 seconds.
    Step(i64),
    /// The hash of a recovery code.
    Recovery(String),
}

/// Starts a session, or says why not. An unknown login looks like a wrong password, and takes as long.
pub async fn sign_in(
    app: &App,
    given: Credentials,
    address: Option<IpAddr>,
    device: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Started, Error> {
    let texts =
        [Some(&given.login), Some(&given.password), given.totp.as_ref(), given.recovery_code.as_ref()];
    if texts.into_iter().flatten().any(|t| t.len() > MAX_CHARS) {
        return Err(Error::Unauthenticated("bad_credentials"));
    }
    app.pace.count(Purpose::SignIn, address, now)?;
    let login = given.login.trim().to_lowercase();
    let account = accounts::by_login(&app.db, &login).await?;
    let subject = subject(app, &login, account.as_ref(), device, now).await?;
    if !has_recovery_code(app, account.as_ref(), &given).await? {
        attempts::count(&app.db, &subject, now).await?;
    }
    let known = account.as_ref().filter(|a| !a.blocked && a.erased_ms.is_none());
    let tried = prove(app, known, &given, (&subject, device), now).await;
    if let Err(Error::Unauthenticated(reason)) = &tried {
        log_failure(account.as_ref(), known.is_some(), reason);
    }
    tried
}

/// Compares what was given with what is known of the account, and begins a session where all of it is right.
async fn prove(
    app: &App,
    known: Option<&AccountRow>,
    given: &Credentials,
    (subject, device): (&str, Option<&str>),
    now: DateTime<Utc>,
) -> Result<Started, Error> {
    let right = password::verify(given.password.clone(), known.and_then(|a| a.password.clone())).await?;
    let account = known.filter(|_| right).ok_or(Error::Unauthenticated("bad_credentials"))?;
    let second = second_factor(app, account, given, now).await?;
    begin(app, account, second, subject, device, now).await
}

/// Tells the operator of a sign-in that failed: whose by the account's id, which is no login, and why.
fn log_failure(account: Option<&AccountRow>, is_let_in: bool, reason: &str) {
    let reason = match account {
        None => "unknown_login",
        Some(_) if !is_let_in => "blocked",
        Some(_) => reason,
    };
    // The right password without the code that comes next is a step on the way.
    if reason != "totp_required" {
        tracing::warn!(account = account.map_or("-", |a| &a.id), reason, "a sign-in failed");
    }
}

/// Whose failures are counted: the known browser's, or all strangers' at this login.
async fn subject(
    app: &App,
    login: &str,
    account: Option<&AccountRow>,
    device: Option<&str>,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    if let (Some(account), Some(device)) = (account, device) {
        let mine = device_hash(device, &account.id);
        let mut tx = app.db.begin().await?;
        let known = store::knows_device(&mut tx, &mine, &account.id, now.timestamp_millis()).await?;
        tx.commit().await?;
        if known {
            return Ok(mine);
        }
    }
    Ok(hash(&format!("login:{login}")))
}

fn device_hash(device: &str, account: &str) -> String {
    hash(&format!("device:{account}:{device}"))
}

async fn has_recovery_code(
    app: &App,
    account: Option<&AccountRow>,
    given: &Credentials,
) -> Result<bool, Error> {
    match (account, &given.recovery_code) {
        (Some(account), Some(code)) => {
            Ok(store::has_code(&app.db, &account.id, &hash(&plain_recovery_code(code))).await?)
        }
        _ => Ok(false),
    }
}

async fn second_factor(
    app: &App,
    account: &AccountRow,
    given: &Credentials,
    now: DateTime<Utc>,
) -> Result<Second, Error> {
    let Some(sealed) = &account.totp_sealed else { return Ok(Second::None) };
    if has_recovery_code(app, Some(account), given).await? {
        let code = given.recovery_code.as_deref().unwrap_or_default();
        return Ok(Second::Recovery(hash(&plain_recovery_code(code))));
    }
    let Some(code) = &given.totp else {
        let wrong = if given.recovery_code.is_some() { "bad_totp" } else { "totp_required" };
        return Err(Error::Unauthenticated(wrong));
    };
    let secret = SharedSecret::open(sealed, &app.secrets, account.account_id()?)?;
    secret.step_of(code, now).map(Second::Step).ok_or(Error::Unauthenticated("bad_totp"))
}

async fn begin(
    app: &App,
    account: &AccountRow,
    second: Second,
    subject: &str,
    device: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Started, Error> {
    let id = account.account_id()?;
    let mut tx = app.db.begin().await?;
    use_up(&mut tx, account, &second).await?;
    store::forgive(&mut tx, subject, (now - attempts::WINDOW).timestamp_millis()).await?;
    let started = start(&mut tx, id, device, now).await?;
    let how = match second {
        Second::None => "password",
        Second::Step(_) => "totp",
        Second::Recovery(_) => "recovery_code",
    };
    record_start(&mut tx, id, how, now).await?;
    tx.commit().await?;
    Ok(started)
}

/// A code is good once: whoever comes second with the same one is refused.
async fn use_up(tx: &mut Tx, account: &AccountRow, second: &Second) -> Result<(), Error> {
    let fresh = match second {
        Second::None => true,
        Second::Step(step) => accounts::use_step(tx, &account.id, *step).await?,
        Second::Recovery(hash) => store::use_code(tx, &account.id, hash).await?,
    };
    if fresh { Ok(()) } else { Err(Error::Unauthenticated("bad_totp")) }
}

/// Starts a session inside a transaction and makes the browser known: by the secret that it shows where that was drawn
/// for this account, by a fresh one otherwise.
pub(in crate::accounts) async fn start(
    tx: &mut Tx,
    id: AccountId,
    device: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Started, Error> {
    let (account, now_ms) = (id.to_string(), now.timestamp_millis());
    let known = match device {
        Some(shown) => store::knows_device(tx, &device_hash(shown, &account), &account, now_ms).await?,
        None => false,
    };
    let fresh = hex(&random::<DEVICE_BYTES>()?);
    let secret = device.filter(|_| known).unwrap_or(&fresh);
    let old_ms = (now - DEVICE_KEPT).timestamp_millis();
    store::remember_device(tx, &device_hash(secret, &account), &account, now_ms, old_ms).await?;
    let session = service::start(tx, id, now).await?;
    accounts::logged_in(tx, &account, now_ms).await?;
    Ok(Started { session, device: (!known).then_some(fresh) })
}

/// Records that a session began, and by which way.
pub(in crate::accounts) async fn record_start(
    tx: &mut Tx,
    id: AccountId,
    how: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let none: [Grant; 0] = [];
    let actor = Actor::person(id, Via::Session, &none, Vec::new());
    let detail = json!({ "how": how });
    let entry = Entry { action: "session.start", object: Object::account(id), district: None, detail };
    audit::record(tx, &actor, now, &entry).await
}
