//! Making invitations, and taking them up.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{PAGE, Purpose, store};
use crate::accounts::actor::Actor;
use crate::accounts::people::{self, NewAccount};
use crate::accounts::sessions::sign_in::{self, Started};
use crate::accounts::sessions::store as sessions;
use crate::accounts::store::{self as accounts, AccountRow};
use crate::accounts::{Grant, Role, Scope, password};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::city::settings::{self, Settings};
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::AccountId;
use crate::secrets::{hash, hex, random};

/// The random bytes of a link.
const SECRET_BYTES: usize = 24;

/// A link to hand to a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Invitation {
    /// The page and the secret, without the service's address.
    pub link: String,
    /// Until when it is good.
    pub expires: DateTime<FixedOffset>,
}

/// What an invitation is for, for the page that it opens.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = InvitationLook)]
pub struct Looked {
    /// `set_up`, `new` or `reset`.
    #[schema(value_type = String)]
    pub purpose: Purpose,
    /// The login of the account, where there is one.
    pub login: Option<String>,
    /// The name of the person, where there is one.
    pub name: Option<String>,
    /// The city's words so far, at the set-up.
    pub city: Option<Settings>,
}

/// What somebody sends who takes an invitation up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = InvitationRedeem)]
pub struct Redeem {
    /// The secret of the link.
    pub secret: String,
    /// The new password.
    pub password: String,
    /// The login of the first administrator, at the set-up.
    pub login: Option<String>,
    /// The name of the first administrator, at the set-up.
    pub name: Option<String>,
    /// The city's words, at the set-up.
    pub city: Option<Settings>,
}

/// A session that an invitation began.
#[derive(Debug)]
pub struct Redeemed {
    /// Whose.
    pub account: AccountId,
    /// The session.
    pub started: Started,
}

/// Makes an invitation inside a transaction; earlier ones of the account are withdrawn.
pub async fn invite(
    tx: &mut Tx,
    app: &App,
    purpose: Purpose,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Invitation, Error> {
    let secret = hex(&random::<SECRET_BYTES>()?);
    let expires = now + purpose.lasts();
    let id = account.map(|id| id.to_string());
    store::withdraw(tx, id.as_deref().unwrap_or_default(), now.timestamp_millis()).await?;
    store::add(tx, &hash(&secret), purpose.as_str(), id.as_deref(), expires.timestamp_millis()).await?;
    Ok(Invitation { link: format!("{PAGE}#{secret}"), expires: app.config.zone().stamp(expires) })
}

/// The invitation to set the service up, as long as it has no account.
pub async fn begin_set_up(app: &App) -> Result<Option<Invitation>, Error> {
    if accounts::count(&app.db).await? > 0 {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    let invitation = invite(&mut tx, app, Purpose::SetUp, None, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(invitation))
}

/// What an invitation is for.
///
/// # Errors
/// [`Error::NotFound`] where it is unknown, used or over.
pub async fn look(app: &App, secret: &str) -> Result<Looked, Error> {
    let none = || Error::NotFound("invitation");
    let now_ms = app.clock.now().timestamp_millis();
    let row = store::find(&app.db, &hash(secret), now_ms).await?.ok_or_else(none)?;
    let purpose: Purpose = row.purpose.parse().map_err(|_| none())?;
    let account = match &row.account_id {
        Some(id) => Some(accounts::find(&app.db, id).await?.ok_or_else(none)?),
        None => None,
    };
    let city = match purpose {
        Purpose::SetUp => Some(settings::load(&app.db, &app.config).await?.1),
        Purpose::New | Purpose::Reset => None,
    };
    let (login, name) = account.map(|a| (a.login, a.name)).unzip();
    Ok(Looked { purpose, login, name, city })
}

/// Takes an invitation up: sets the password, and begins a session.
///
/// # Errors
/// [`Error::NotFound`] where it is unknown, used or over; [`Error::Refused`] where a field breaks a rule, and
/// then the invitation stays good.
pub async fn redeem(app: &App, given: Redeem, device: Option<&str>) -> Result<Redeemed, Error> {
    let now = app.clock.now();
    let looked = look(app, &given.secret).await?;
    let login = looked.login.clone().or(given.login.clone()).unwrap_or_default();
    let mut near = password::near(app, &login).await?;
    near.extend(given.city.iter().flat_map(|city| [city.union_name.clone(), city.name_zh.clone()]));
    password::check("password", &given.password, near).await?;
    let kept = password::hash(given.password.clone()).await?;
    let mut tx = app.db.begin().await?;
    let taken = store::take(&mut tx, &hash(&given.secret), now.timestamp_millis()).await?;
    let taken = taken.ok_or(Error::NotFound("invitation"))?;
    let account = match taken.account_id {
        Some(id) => set_password(&mut tx, &id, kept, now).await?,
        None => set_up(&mut tx, &given, kept, now).await?,
    };
    let started = sign_in::start(&mut tx, account, device, now).await?;
    sign_in::record_start(&mut tx, account, "invitation", now).await?;
    tx.commit().await?;
    Ok(Redeemed { account, started })
}

async fn set_password(tx: &mut Tx, id: &str, kept: String, now: DateTime<Utc>) -> Result<AccountId, Error> {
    let none = || Error::NotFound("invitation");
    let row = accounts::find_in(tx, id).await?.filter(|a| a.erased_ms.is_none()).ok_or_else(none)?;
    let account = row.account_id()?;
    let row = AccountRow { password: Some(kept), must_change_password: false, ..row };
    accounts::set_credentials(tx, &row, now.timestamp_millis()).await?;
    sessions::end_all(tx, id, "").await?;
    Ok(account)
}

/// The first administrator, and the city's words. Whoever comes second finds them set.
async fn set_up(tx: &mut Tx, given: &Redeem, kept: String, now: DateTime<Utc>) -> Result<AccountId, Error> {
    let (Some(login), Some(name), Some(city)) = (&given.login, &given.name, &given.city) else {
        let wrong = |f: &str| FieldError::new(f, "missing", "必须填写。", "is required");
        return Err(Error::Refused(["login", "name", "city"].map(wrong).to_vec()));
    };
    city.check()?;
    settings::set_up(tx, city).await?;
    let actor = Actor::system();
    let new = NewAccount {
        login: login.clone(),
        name: name.clone(),
        unit: Some(city.union_name.clone()),
        grants: vec![Grant { role: Role::Admin, scope: Scope::everywhere() }],
        stations: Vec::new(),
        password: Some(kept),
    };
    people::check(&new)?;
    let account = people::add(tx, &actor, &new, now).await?;
    let object = Object::new("city", "settings");
    let entry = Entry { action: "city.set_up", object, district: None, detail: json!(city) };
    audit::record(tx, &actor, now, &entry).await?;
    Ok(account)
}
