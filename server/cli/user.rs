//! `yizhan user`, `yizhan token` and `yizhan person`: accounts from the command line.

use std::io::{IsTerminal, Read};

use clap::Subcommand;

use super::import::terminal_language;
use super::{Failure, Outcome, say, say_refused};
use crate::accounts::administration;
use crate::accounts::invitations::{self, Purpose};
use crate::accounts::people::{self, NewAccount};
use crate::accounts::{Actor, Grant, Permission, Role, Scope, password, service, tokens};
use crate::app::App;
use crate::benefits::members::{self, MemberTold};
use crate::error::Error;
use crate::grievance::custody;
use crate::ids::{AccountId, StationId};
use crate::joins;

/// The most bytes that are read as a password.
const PASSWORD_BYTES: u64 = 1_024;

/// `yizhan user …`
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add an account; its password is read from standard input, or else a link to set it is printed
    Add(Add),
    /// Print a link by which a person sets a new password; ends his sessions and one-time codes
    Reset {
        /// What the person signs in with
        login: String,
    },
    /// List the accounts
    List,
}

/// What `user add` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// What the person signs in with
    #[arg(long)]
    login: String,
    /// The person's name [default: the login]
    #[arg(long)]
    name: Option<String>,
    /// The union or office that he works for
    #[arg(long)]
    unit: Option<String>,
    /// admin, city, district, grassroots, keeper, inspector, auditor or planner
    #[arg(long)]
    role: Role,
    /// Where the role holds: the beginning of district codes, such as 1303 or 130302
    #[arg(long, default_value = "")]
    district: Scope,
    /// A station that a keeper keeps; may be given several times
    #[arg(long, value_name = "ID")]
    station: Vec<StationId>,
}

/// `yizhan token …`
#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a program's token for an account, and print it
    Add(AddToken),
}

/// What `token add` takes.
#[derive(Debug, clap::Args)]
pub(super) struct AddToken {
    /// Whose token it is
    #[arg(long)]
    login: String,
    /// What it is for
    #[arg(long)]
    name: String,
    /// What the program may do, parted by commas, such as station_see,station_export
    #[arg(long, value_delimiter = ',', required = true)]
    permission: Vec<Permission>,
    /// Where: the beginning of district codes
    #[arg(long, default_value = "")]
    district: Scope,
    /// For how many days it is good
    #[arg(long, default_value_t = 90)]
    days: u16,
}

/// `yizhan person …`
#[derive(Debug, Subcommand)]
pub(super) enum PersonCommand {
    /// Print everything that is kept of a person
    Export(Whose),
    /// Erase a person: name, login and every way in, or what was given under a phone number or a mail address
    Erase(Whose),
}

/// Whom a command is about.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(super) struct Whose {
    /// What a person of the staff signs in with
    login: Option<String>,
    /// The number that somebody gave who wants to join the union, or with a grievance; a member's
    #[arg(long)]
    phone: Option<String>,
    /// The mail address that somebody gave with a grievance
    #[arg(long)]
    mail: Option<String>,
}

impl Whose {
    /// The number or the mail address.
    fn contact(&self) -> Option<&str> {
        self.phone.as_deref().or(self.mail.as_deref())
    }
}

pub(super) async fn user(app: App, command: UserCommand) -> Result<Outcome, Failure> {
    let done = match command {
        UserCommand::Add(add) => add_user(&app, add).await,
        UserCommand::Reset { login } => {
            let id = by_login(&app, &login).await?;
            let invitation = administration::reset(&app, &Actor::command(), id).await?;
            say(&linked(&app, &invitation));
            Ok(())
        }
        UserCommand::List => {
            for a in administration::list(&app, &Actor::command()).await? {
                let grants: Vec<_> = a.grants.iter().map(|g| format!("{}:{}", g.role, g.scope)).collect();
                let blocked = if a.blocked { "  blocked" } else { "" };
                say(&format!("{}  {}  {}{blocked}", a.login, a.name, grants.join(" ")));
            }
            Ok(())
        }
    };
    ended(done)
}

async fn add_user(app: &App, add: Add) -> Result<(), Error> {
    let Add { login, name, unit, role, district, station } = add;
    let given = read_password()?;
    if let Some(given) = &given {
        let near = password::near(app, &login).await?;
        password::check("password", given, near).await?;
    }
    let kept = match given {
        Some(given) => Some(password::hash(given).await?),
        None => None,
    };
    let name = name.unwrap_or_else(|| login.clone());
    let grants = vec![Grant { role, scope: district }];
    let invites = kept.is_none();
    let new = NewAccount { login, name, unit, grants, stations: station, password: kept };
    people::check(&new)?;
    let id = people::register(&app.db, &Actor::command(), &new, app.clock.now()).await?;
    if invites {
        let mut tx = app.db.begin().await?;
        let invitation = invitations::invite(&mut tx, app, Purpose::New, Some(id), app.clock.now()).await?;
        tx.commit().await?;
        say(&linked(app, &invitation));
    }
    say(&format!("{} {}", new.login.to_lowercase(), id));
    Ok(())
}

/// A password on standard input; none where a person sits at the terminal, or nothing comes.
fn read_password() -> Result<Option<String>, Error> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    input
        .by_ref()
        .take(PASSWORD_BYTES)
        .read_to_string(&mut text)
        .map_err(|e| Error::Internal(e.to_string()))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()).filter(|t| !t.is_empty()))
}

fn linked(app: &App, invitation: &invitations::Invitation) -> String {
    format!("{}  (until {})", absolute(app, &invitation.link), invitation.expires)
}

/// A link with the service's address, as far as the settings know it.
pub(super) fn absolute(app: &App, link: &str) -> String {
    let server = &app.config.server;
    match server.public_url.trim_end_matches('/') {
        "" => format!("http://{}{link}", server.listen),
        own => format!("{own}{link}"),
    }
}

pub(super) async fn token(app: App, command: TokenCommand) -> Result<Outcome, Failure> {
    let TokenCommand::Add(add) = command;
    let id = by_login(&app, &add.login).await?;
    ended(add_token(&app, id, add).await)
}

async fn add_token(app: &App, id: AccountId, add: AddToken) -> Result<(), Error> {
    let owner = service::actor(&app.db, id).await?;
    let (zone, now) = (app.config.zone(), app.clock.now());
    let expires = zone.stamp(now + chrono::TimeDelta::days(i64::from(add.days)));
    let asked = tokens::Asked {
        name: add.name,
        permissions: add.permission,
        scope: add.district,
        expires,
        password: None,
    };
    let made = tokens::make_for(&app.db, &Actor::command(), id, &owner, &asked, zone, now).await?;
    say(made.token.as_deref().unwrap_or_default());
    Ok(())
}

pub(super) async fn person(app: App, command: PersonCommand) -> Result<Outcome, Failure> {
    let actor = Actor::command();
    let (PersonCommand::Export(whose) | PersonCommand::Erase(whose)) = &command;
    match (whose.contact(), &command) {
        (Some(given), PersonCommand::Export(_)) => {
            let kept = of_contact(&app, &actor, given).await?;
            say(&serde_json::to_string_pretty(&kept).unwrap_or_default());
            Ok(Outcome::Done)
        }
        (Some(given), PersonCommand::Erase(_)) => erase_contact(&app, &actor, given).await,
        (None, _) => of_staff(&app, &actor, command).await,
    }
}

async fn erase_contact(app: &App, actor: &Actor, given: &str) -> Result<Outcome, Failure> {
    let kept = of_contact(app, actor, given).await?;
    if kept.member.is_some() && members::erase_phone(app, actor, given).await? {
        say("会员 member");
    }
    for join in kept.joins {
        joins::service::erase(app, actor, join.id).await?;
        say(&join.number);
    }
    let (erased, open) = custody::erase_contact(app, actor, given).await?;
    for number in &erased {
        say(number);
    }
    for number in &open {
        say(&format!(
            "{number} 还没办结，没有销毁；办结后再来。 is still open and was not erased; close it first"
        ));
    }
    Ok(if open.is_empty() { Outcome::Done } else { Outcome::Refused })
}

async fn of_staff(app: &App, actor: &Actor, command: PersonCommand) -> Result<Outcome, Failure> {
    match command {
        PersonCommand::Export(whose) => {
            let id = by_login(app, &whose.login.unwrap_or_default()).await?;
            let kept = administration::export(app, actor, id).await?;
            say(&serde_json::to_string_pretty(&kept).unwrap_or_default());
            Ok(Outcome::Done)
        }
        PersonCommand::Erase(whose) => {
            let id = by_login(app, &whose.login.unwrap_or_default()).await?;
            ended(administration::erase(app, actor, id, "command line").await)
        }
    }
}

/// What is kept under a phone number or a mail address.
#[derive(serde::Serialize)]
struct Kept {
    member: Option<MemberTold>,
    joins: Vec<joins::Told>,
    grievances: Vec<serde_json::Value>,
}

async fn of_contact(app: &App, actor: &Actor, given: &str) -> Result<Kept, Failure> {
    let wrong = |_| Failure::Usage(format!("{given:?} is neither a phone number nor a mail address"));
    let found = custody::of_contact(app, actor, given, terminal_language()).await;
    let grievances = match found {
        Err(error @ Error::NotFound(_)) => return Err(wrong(error)),
        found => found?,
    };
    let joins = match joins::service::of_phone(app, actor, given).await {
        // The union takes shorter numbers for a case than for joining, and mail addresses as well.
        Err(Error::NotFound(_)) => Vec::new(),
        found => found?,
    };
    let member = match members::of_phone(app, actor, given).await {
        Err(Error::NotFound(_)) => None,
        found => found?,
    };
    if member.is_none() && joins.is_empty() && grievances.is_empty() {
        return Err(Failure::Usage(format!("nothing is kept under {given:?}")));
    }
    Ok(Kept { member, joins, grievances })
}

async fn by_login(app: &App, login: &str) -> Result<AccountId, Failure> {
    let found = service::by_login(&app.db, login).await?;
    found.ok_or_else(|| Failure::Usage(format!("there is no account {login:?}; see `yizhan user list`")))
}

/// A refused input ends with status 1 and each field with its remedy.
fn ended(done: Result<(), Error>) -> Result<Outcome, Failure> {
    match done {
        Ok(()) => Ok(Outcome::Done),
        Err(Error::Refused(fields) | Error::Malformed(fields)) => Ok(say_refused(&fields)),
        Err(Error::Conflict { detail, .. }) => {
            say(&format!("{} {}", detail.zh, detail.en));
            Ok(Outcome::Refused)
        }
        Err(error) => Err(error.into()),
    }
}
