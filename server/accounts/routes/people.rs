//! Other people's accounts, for administrators; the roles; the city's own words.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::describe::{created, id, nothing, ok};
use crate::accounts::administration::{self, Account, AccountAsked, AccountChange, Invited};
use crate::accounts::invitations::Invitation;
use crate::accounts::{Actor, Permission, Policy, Role};
use crate::app::App;
use crate::audit::{self, Entry, Object};
use crate::city::settings::{self, Change, Settings};
use crate::error::Error;
use crate::http::body::Body;
use crate::http::openapi::{Documented, parts};
use crate::http::params::Params;
use crate::http::version::{IfMatch, private, versioned};
use crate::ids::AccountId;

/// How many accounts a page of the list has, and may have.
const LIMIT: (usize, usize) = (50, 200);

pub(super) fn routes() -> Documented {
    let manage = Policy::Needs(Permission::AccountManage);
    let see = Policy::Needs(Permission::AccountSee);
    let add = parts::taking::<AccountAsked>(created::<Invited>("addAccount", "Add an account"));
    let change = ok::<Account>("changeAccount", "Change an account").parameter(id());
    let change = parts::conditional(parts::taking::<AccountChange>(change));
    let reset = created::<InvitationOnly>("resetAccount", "Give a person a new start").parameter(id());
    let erase = nothing("erasePerson", "Erase a person").parameter(id());
    let export = ok::<Account>("exportPerson", "Everything that is kept of a person").parameter(id());
    let city =
        parts::conditional(parts::taking::<Change>(ok::<Settings>("changeCity", "Change the city's words")));
    Documented::default()
        .get("/api/v1/accounts", see, list, describe_list())
        .post("/api/v1/accounts", manage, add_account, add)
        .get("/api/v1/accounts/{id}", see, find, ok::<Account>("account", "An account").parameter(id()))
        .patch("/api/v1/accounts/{id}", manage, change_account, change)
        .post("/api/v1/accounts/{id}/reset", manage, reset_account, reset)
        .post(
            "/api/v1/accounts/{id}/erase",
            Policy::Needs(Permission::PersonErase),
            erase_person,
            parts::taking::<Reason>(erase),
        )
        .get("/api/v1/accounts/{id}/export", manage, export_person, export)
        .get("/api/v1/roles", Policy::SignedIn, roles, ok::<Roles>("roles", "Every role"))
        .get("/api/v1/city", Policy::SignedIn, city_settings, ok::<Settings>("city", "The city's words"))
        .patch("/api/v1/city", Policy::Needs(Permission::CitySetUp), change_city, city)
        .schema::<Account>()
        .schema::<AccountAsked>()
        .schema::<AccountChange>()
        .schema::<Accounts>()
        .schema::<Invited>()
        .schema::<InvitationOnly>()
        .schema::<Reason>()
        .schema::<Roles>()
        .schema::<Settings>()
        .schema::<Change>()
}

fn describe_list() -> utoipa::openapi::path::OperationBuilder {
    let text = |name: &str, what: &str, example: &str| parts::query(name, what, parts::text(), example);
    ok::<Accounts>("accounts", "Accounts")
        .parameter(text("q", "A part of login, name or unit.", "wang"))
        .parameter(text("role", "A role.", "district"))
        .parameter(text("district", "A district in which something is granted.", "130302"))
        .parameter(text("blocked", "Whether they may not sign in.", "true"))
        .parameter(parts::query("limit", "How many at most.", parts::whole(1), 50))
        .parameter(text("cursor", "The login after which the page begins.", "wang.fang"))
}

/// A page of accounts.
#[derive(Debug, Serialize, ToSchema)]
struct Accounts {
    /// By login.
    items: Vec<Account>,
    /// Where the next page begins, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A link for a person.
#[derive(Debug, Serialize, ToSchema)]
struct InvitationOnly {
    /// The link.
    invitation: Invitation,
}

/// Why something is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// In a few words.
    reason: String,
}

/// Every role.
#[derive(Debug, Serialize, ToSchema)]
struct Roles {
    /// From the widest to the narrowest.
    items: Vec<RoleTold>,
}

/// A role with its words and what it may do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Role)]
struct RoleTold {
    /// Its code.
    code: &'static str,
    /// In Chinese.
    zh: String,
    /// In English.
    en: String,
    /// What it may do.
    #[schema(value_type = Vec<String>)]
    permissions: &'static [Permission],
}

/// `GET /api/v1/accounts`
async fn list(State(app): State<App>, actor: Actor, mut params: Params) -> Result<Response, Error> {
    let known = || Role::ALL.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(", ");
    let (words, role) = (params.text("q"), params.code::<Role>("role", known));
    let (district, cursor) = (params.text("district"), params.text("cursor"));
    let blocked: Option<bool> = params.value("blocked", "要写 true 或 false。", "must be true or false");
    let limit = params.limit(LIMIT.0, LIMIT.1);
    params.finish()?;
    let words = words.unwrap_or_default().to_lowercase();
    let has_words = |a: &Account| {
        let texts = [Some(&a.login), Some(&a.name), a.unit.as_ref()];
        texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&words))
    };
    let granted = |a: &Account| {
        a.grants.iter().any(|g| {
            role.is_none_or(|r| g.role == r)
                && district.as_deref().is_none_or(|d| d.starts_with(g.scope.as_str()))
        })
    };
    let all = administration::list(&app, &actor).await?.into_iter();
    let after = all.skip_while(|a| cursor.as_ref().is_some_and(|c| a.login <= *c));
    let mut found = after.filter(|a| blocked.is_none_or(|b| a.blocked == b) && has_words(a));
    let unfiltered = role.is_none() && district.is_none();
    let items: Vec<_> = found.by_ref().filter(|a| unfiltered || granted(a)).take(limit).collect();
    let next = found.next().and(items.last()).map(|a| a.login.clone());
    Ok(private(Accounts { items, next }))
}

/// `POST /api/v1/accounts`
async fn add_account(
    State(app): State<App>,
    actor: Actor,
    Body(asked): Body<AccountAsked>,
) -> Result<Response, Error> {
    let invited = administration::add(&app, &actor, asked).await?;
    Ok((StatusCode::CREATED, private(invited)).into_response())
}

/// `GET /api/v1/accounts/{id}`
async fn find(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response, Error> {
    let account = administration::find(&app, &actor, parse(&id)?).await?;
    Ok(versioned(account.version, account))
}

/// `PATCH /api/v1/accounts/{id}`
async fn change_account(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    Body(change): Body<AccountChange>,
) -> Result<Response, Error> {
    let account = administration::change(&app, &actor, parse(&id)?, version, change).await?;
    Ok(versioned(account.version, account))
}

/// `POST /api/v1/accounts/{id}/reset`
async fn reset_account(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let invitation = administration::reset(&app, &actor, parse(&id)?).await?;
    Ok((StatusCode::CREATED, private(InvitationOnly { invitation })).into_response())
}

/// `POST /api/v1/accounts/{id}/erase`
async fn erase_person(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Body(Reason { reason }): Body<Reason>,
) -> Result<StatusCode, Error> {
    administration::erase(&app, &actor, parse(&id)?, &reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/v1/accounts/{id}/export`
async fn export_person(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    Ok(private(administration::export(&app, &actor, parse(&id)?).await?))
}

fn parse(id: &str) -> Result<AccountId, Error> {
    id.parse().map_err(|_| Error::NotFound("account"))
}

/// `GET /api/v1/roles`
async fn roles(_: Actor) -> Response {
    let told = |role: &Role| {
        let words = role.words();
        RoleTold { code: role.as_str(), zh: words.zh, en: words.en, permissions: role.permissions() }
    };
    private(Roles { items: Role::ALL.iter().map(told).collect() })
}

/// `GET /api/v1/city`
async fn city_settings(State(app): State<App>, _: Actor) -> Result<Response, Error> {
    let (version, settings) = settings::load(&app.db, &app.config).await?;
    Ok(versioned(version, settings))
}

/// `PATCH /api/v1/city`
async fn change_city(
    State(app): State<App>,
    actor: Actor,
    IfMatch(version): IfMatch,
    Body(change): Body<Change>,
) -> Result<Response, Error> {
    actor.must_in_city(Permission::CitySetUp)?;
    let (_, old) = settings::load(&app.db, &app.config).await?;
    let new = old.with(change);
    new.check()?;
    let mut tx = app.db.begin().await?;
    let version = settings::change(&mut tx, version, &new).await?;
    let (object, detail) = (Object::new("city", "settings"), json!(new));
    let entry = Entry { action: "city.change", object, district: None, detail };
    audit::record(&mut tx, &actor, app.clock.now(), &entry).await?;
    tx.commit().await?;
    Ok(versioned(version, new))
}
