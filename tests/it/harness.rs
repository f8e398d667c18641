//! A town to test: the whole service over a fresh database of either engine, with a clock that stands still.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use yizhan::app::App;
use yizhan::config::{Config, Overrides};
use yizhan::db::Db;
use yizhan::http::router;

/// The present of every town that is not told another: a Tuesday morning in the heating season.
pub(crate) const NOW: &str = "2026-11-24T10:00:00+08:00";

/// Makes two tests of each story, `name::sqlite` and `name::postgres`.
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($town:ident: Town) $story:block)*) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($town: Town) $story

            #[tokio::test]
            async fn sqlite() {
                $crate::harness::on_sqlite(story).await;
            }

            #[tokio::test]
            async fn postgres() {
                $crate::harness::on_postgres(module_path!(), story).await;
            }
        }
    )*};
}

/// The service under test. Clones share everything.
#[derive(Clone)]
pub(crate) struct Town {
    pub(crate) app: App,
    /// Where this town's metrics go, for whoever installs it.
    pub(crate) recorder: Arc<PrometheusRecorder>,
    pub(crate) router: Router,
}

impl Town {
    /// The service over a data folder and a database, by default the SQLite file in it.
    pub(crate) async fn open(data: &Path, database_url: Option<String>) -> Self {
        let overrides = Overrides { data: Some(data.to_owned()), database_url, ..Overrides::default() };
        let mut config = Config::load(&overrides).expect("the settings of a test");
        NOW.clone_into(&mut config.clock.fixed);
        // Pages are told apart from the build by having none.
        config.web.dir = data.join("no build");
        // The program of a test reads no files.
        config.import.reader = env!("CARGO_BIN_EXE_yizhan").into();
        Self::with(config).await
    }

    async fn with(config: Config) -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let app = App::open(config, recorder.handle()).await.expect("the service opens");
        Self { router: router(app.clone()), app, recorder: Arc::new(recorder) }
    }

    /// The same database behind another process of the service, whose clock stands at `now`.
    pub(crate) async fn at(&self, now: &str) -> Self {
        self.reopened(|config| now.clone_into(&mut config.clock.fixed)).await
    }

    /// The same database behind another process of the service with other settings.
    pub(crate) async fn reopened(&self, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = self.app.config.clone();
        change(&mut config);
        Self::with(config).await
    }

    /// Whether the database is PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        self.app.db.engine() == "postgres"
    }
}

/// Tells a story over a file of its own.
pub(crate) async fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Town) -> F) {
    let data = tempfile::tempdir().expect("a folder");
    story(Town::open(data.path(), None).await).await;
}

/// Tells a story over a database of its own in the cluster that `YIZHAN_TEST_POSTGRES` names.
pub(crate) async fn on_postgres<F: Future<Output = ()>>(name: &str, story: impl FnOnce(Town) -> F) {
    let told = async |url| {
        let data = tempfile::tempdir().expect("a folder");
        story(Town::open(data.path(), Some(url)).await).await;
    };
    let Ok(admin) = std::env::var("YIZHAN_TEST_POSTGRES") else { return skip(name) };
    let template = template(&admin).await;
    on_copy_of(&admin, &template, told).await;
}

/// Does something with a database of its own that has no tables yet; `None` where no cluster is named.
pub(crate) async fn on_blank_postgres<F: Future>(told: impl FnOnce(String) -> F) -> Option<F::Output> {
    let admin = std::env::var("YIZHAN_TEST_POSTGRES").ok()?;
    Some(on_copy_of(&admin, "template1", told).await)
}

async fn on_copy_of<F: Future>(admin: &str, template: &str, told: impl FnOnce(String) -> F) -> F::Output {
    let database = format!("yizhan_test_{}", uuid::Uuid::new_v4().simple());
    command(admin, format!("CREATE DATABASE {database} TEMPLATE {template}")).await;
    let done = told(database_of(admin, &database)).await;
    command(admin, format!("DROP DATABASE {database} WITH (FORCE)")).await;
    done
}

/// The database with the service's tables that others are copied from, which is faster than to make them each time. The
/// first test of a cluster makes it while the others wait; other migrations have another.
async fn template(admin: &str) -> String {
    let name = format!("yizhan_template_{}", fingerprint());
    let mut keeper = PgConnection::connect(admin).await.expect("the test cluster answers");
    sqlx::query("SELECT pg_advisory_lock(1)").execute(&mut keeper).await.expect("a turn");
    let known = "SELECT count(*) FROM pg_database WHERE datname = $1";
    let known: i64 = sqlx::query_scalar(known).bind(&name).fetch_one(&mut keeper).await.expect("a count");
    if known == 0 {
        let making = format!("{name}_making");
        command(admin, format!("DROP DATABASE IF EXISTS {making}")).await;
        command(admin, format!("CREATE DATABASE {making}")).await;
        match Db::open(&database_of(admin, &making)).await.expect("the tables") {
            Db::Postgres(pool) => pool.close().await,
            Db::Sqlite { .. } => unreachable!("it is PostgreSQL's"),
        }
        command(admin, format!("ALTER DATABASE {making} RENAME TO {name}")).await;
    }
    keeper.close().await.expect("the turn ends");
    name
}

/// Which migrations there are, in 16 digits.
fn fingerprint() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("server/migrations");
    let listed =
        ["", "postgres"].map(|part| std::fs::read_dir(folder.join(part)).expect("a folder of migrations"));
    let mut files: Vec<_> = listed.into_iter().flatten().map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut digest = Sha256::new();
    for file in files.into_iter().filter(|file| file.is_file()) {
        digest.update(std::fs::read(file).expect("a migration"));
    }
    digest.finalize().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Says aloud that half a test was not run; the test harness would swallow what `println!` prints.
pub(crate) fn skip(name: &str) {
    let wanted = std::env::var_os("YIZHAN_NO_SKIP").is_none();
    assert!(wanted, "YIZHAN_NO_SKIP is set, but YIZHAN_TEST_POSTGRES names no cluster");
    let mut line = String::new();
    let _ = writeln!(line, "skipped: {name}::postgres (YIZHAN_TEST_POSTGRES names no cluster)");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Says aloud that a test was not run because something that is not part of the project is not here.
pub(crate) fn not_here(what: &str) {
    let _ = std::io::stderr().write_all(format!("skipped: {what} is not here\n").as_bytes());
}

async fn command(admin: &str, sql: String) {
    let mut connection = PgConnection::connect(admin).await.expect("the test cluster answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test cluster obeys");
    connection.close().await.expect("the connection ends");
}

/// The URL of another database of the same cluster.
fn database_of(admin: &str, database: &str) -> String {
    let (address, options) = admin.split_once('?').unwrap_or((admin, ""));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database");
    format!("{server}/{database}?{options}")
}
