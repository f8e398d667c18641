//! `yizhan service-points`: layers of halls and counters beside stations.

use super::layers::{self, refused};
use super::{Failure, Outcome, say};
use crate::accounts::Actor;
use crate::app::App;
use crate::language::Language;
use crate::planning::service_points::{Imported, Options, bring, remove, service};

/// What `service-points` does.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Bring a layer in, in place of the one of its code
    Import(Import),
    /// List the layers
    List,
    /// Take a layer away
    Remove {
        /// The layer's code
        code: String,
    },
}

/// What `service-points import` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    #[command(flatten)]
    common: layers::Arguments,
    /// The layer's code
    #[arg(long, value_name = "CODE")]
    layer: String,
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

async fn bring_in(app: &App, Import { common, layer }: Import) -> Result<Outcome, Failure> {
    let language = common.language();
    let options = Options {
        code: layer,
        name: common.name.clone(),
        source: common.source.clone(),
        licence: common.licence.clone(),
        as_of: common.as_of.clone(),
        crs: Some(common.crs.to_string()),
        mapping: common.mapping(),
        dry_run: common.dry_run,
    };
    let done = match common.sheet(app, false).await? {
        Ok(sheet) => bring(app, &Actor::command(), sheet, &options, language).await,
        Err(error) => Err(error),
    };
    common.tell(done, |told| summary(told, language))
}

fn summary(told: &Imported, language: Language) -> String {
    let Imported { layer, rows, points, uncertain, outside, .. } = told;
    let done = match (told.dry_run, language) {
        (true, Language::ZhCn) => "（试算，没有写入）",
        (true, Language::En) => " (nothing was written)",
        (false, _) => "",
    };
    language.of(
        format!("{}：{rows} 行，{points} 个点；{uncertain} 个时间读不准，{outside} 个点在本市之外{done}", layer.code),
        format!("{}: {rows} rows, {points} points; {uncertain} with uncertain hours, {outside} outside the city{done}", layer.code),
    )
}

async fn list(app: &App) -> Result<Outcome, Failure> {
    for layer in service::list(app).await? {
        say(&format!("{}\t{}\t{} points\t{}", layer.code, layer.name, layer.points, layer.source));
    }
    Ok(Outcome::Done)
}
