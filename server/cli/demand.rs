//! `yizhan demand`: layers of where how many people work.

use super::layers::{self, refused};
use super::{Failure, Outcome, say};
use crate::accounts::Actor;
use crate::app::App;
use crate::language::Language;
use crate::planning::demand::{self, Imported, Options, bring, remove};

/// What `demand` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Bring a layer in, in place of the one of its code
    Import(Import),
    /// List the layers, or what stands in for one
    List,
    /// Take a layer away
    Remove {
        /// The layer's code
        code: String,
    },
}

/// What `demand import` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    #[command(flatten)]
    common: layers::Arguments,
    /// The layer's code
    #[arg(long, default_value = "default", value_name = "CODE")]
    layer: String,
    /// How the data was made
    #[arg(long)]
    note: Option<String>,
    /// What people do whose row says nothing
    #[arg(long)]
    trade: Option<String>,
}

pub(super) async fn run(app: App, command: Command) -> Result<Outcome, Failure> {
    let outcome = match command {
        Command::Import(import) => bring_in(&app, import).await,
        Command::List => list(&app).await,
        Command::Remove { code } => {
            remove(&app, &Actor::command(), &code, None).await.map_or_else(refused, |()| Ok(Outcome::Done))
        }
    };
    app.db.close().await;
    outcome
}

async fn bring_in(app: &App, import: Import) -> Result<Outcome, Failure> {
    let Import { common, layer, note, trade } = import;
    let language = common.language();
    let options = Options {
        code: Some(layer),
        name: common.name.clone(),
        source: common.source.clone(),
        licence: common.licence.clone(),
        as_of: common.as_of.clone(),
        note,
        crs: Some(common.crs.to_string()),
        trade,
        mapping: common.mapping(),
        profile: None,
        dry_run: common.dry_run,
    };
    let done = match common.sheet(app, true).await? {
        Ok(sheet) => bring(app, &Actor::command(), sheet, &options, language).await,
        Err(error) => Err(error),
    };
    common.tell(done, |told| summary(told, language))
}

fn summary(told: &Imported, language: Language) -> String {
    let Imported { layer, rows, points, people, outside, .. } = told;
    let done = match (told.dry_run, language) {
        (true, Language::ZhCn) => "（试算，没有写入）",
        (true, Language::En) => " (nothing was written)",
        (false, _) => "",
    };
    language.of(
        format!("{}：{rows} 行，{points} 个点，{people} 人；{outside} 个点在本市之外{done}", layer.code),
        format!(
            "{}: {rows} rows, {points} points, {people} people; {outside} points outside the city{done}",
            layer.code
        ),
    )
}

async fn list(app: &App) -> Result<Outcome, Failure> {
    let language = super::import::terminal_language();
    for layer in demand::service::list(app, &Actor::command(), language).await? {
        let people = layer.people.round();
        say(&format!(
            "{}\t{}\t{} points\t{people} people\t{}",
            layer.code, layer.name, layer.points, layer.source
        ));
    }
    Ok(Outcome::Done)
}
