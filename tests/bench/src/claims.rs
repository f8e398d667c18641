//! Claims of vouchers beside the bare statement that takes one from the stock, on the same engine and its own table.
//!
//! Both run in process over the service's own pools, so that only the work of the database and the service is compared:
//! a claim through the whole router, and `BEGIN`, one conditional `UPDATE`, `COMMIT`.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sqlx::AssertSqlSafe;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tower::ServiceExt;
use yizhan::app::App;
use yizhan::config::{Config, Overrides};
use yizhan::db::Db;
use yizhan::http::router;
use yizhan::ids::{CampaignId, MemberId};
use yizhan::secrets::hash;

use crate::clock::Wall;
use crate::report::{Better, Comparison, Report};
use crate::samples::{Contender, interleave};

/// Clients at the same time.
const CLIENTS: usize = 16;
/// Claims of a round.
const CLAIMS: usize = 800;
/// Rounds; an odd number has a median that was measured.
const ROUNDS: usize = 7;
/// Vouchers that are never used up.
const STOCK: usize = 1_000_000;

/// Measures claims on an engine: the SQLite file in `data`, or the database of `url`.
pub(crate) fn measure(
    report: &mut Report,
    data: &std::path::Path,
    url: Option<String>,
) -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let contest = runtime.block_on(Contest::new(data, url))?;
    let mut contenders: [Contender<'_>; 2] = [
        Box::new(|| contest.per_second(&runtime, Contest::claim)),
        Box::new(|| contest.per_second(&runtime, Contest::bare)),
    ];
    let [ours, theirs] = interleave(ROUNDS, &mut contenders).try_into().map_err(|_| "two contenders")?;
    drop(contenders);
    report.comparison(Comparison {
        case: format!("claims on {}, c = {CLIENTS}", contest.app.db.engine()),
        unit: "claims/s",
        better: Better::More,
        ours,
        peer: "the bare conditional UPDATE".to_owned(),
        theirs,
        goal: Some(0.5),
    });
    Ok(())
}

/// One service, and members that have not claimed yet.
struct Contest {
    app: App,
    router: Router,
    campaign: String,
    members: Vec<String>,
    /// How many of them have.
    used: AtomicUsize,
}

impl Contest {
    async fn new(data: &std::path::Path, url: Option<String>) -> Result<Arc<Self>, Box<dyn Error>> {
        let overrides = Overrides { data: Some(data.to_owned()), database_url: url, ..Overrides::default() };
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let app = App::open(Config::load(&overrides)?, recorder.handle()).await?;
        let now = app.clock.now();
        let campaign = CampaignId::new(now).to_string();
        let members: Vec<String> = (0..CLAIMS * ROUNDS * 2).map(|_| MemberId::new(now).to_string()).collect();
        let contest = Self { router: router(app.clone()), app, campaign, members, used: AtomicUsize::new(0) };
        contest.fill().await?;
        Ok(Arc::new(contest))
    }

    /// Members who are signed in, a campaign that lasts, and a table like its stock.
    async fn fill(&self) -> Result<(), Box<dyn Error>> {
        let (campaign, now) = (&self.campaign, self.app.clock.now().timestamp_millis());
        let far = now + 86_400_000;
        run(&self.app.db, format!("INSERT INTO campaign (id, version, name, rule, category, state, mode, opens_ms,
            closes_ms, valid_until_ms, face_fen, union_fen, min_spend_fen, is_partial, limit_total, eligibility,
            weight_never_won, created_ms) VALUES ('{campaign}', 1, 'x', 'x', 'food', 'running', 'first_come', 0, {far},
            {far}, 2000, 1500, 0, FALSE, 1, '{{}}', 1, 0)")).await?;
        let stock = format!("VALUES ('{campaign}', {STOCK}, 0, {budget}, 0)", budget = STOCK * 1_500);
        run(
            &self.app.db,
            format!("INSERT INTO campaign_stock (campaign_id, stock, issued, budget_fen, spent_fen) {stock}"),
        )
        .await?;
        run(
            &self.app.db,
            "CREATE TABLE bare_stock (id BIGINT PRIMARY KEY, stock BIGINT NOT NULL, issued BIGINT NOT NULL)"
                .to_owned(),
        )
        .await?;
        run(&self.app.db, format!("INSERT INTO bare_stock VALUES (1, {STOCK}, 0)")).await?;
        for part in self.members.chunks(500) {
            let member = |id: &String| format!("('{id}', 1, 'phone {id}', 'x', '130302', 'active', 0)");
            let phone = |id: &String| format!("('{}', 'phone {id}', {now}, {now}, {far})", hash(id));
            let rows = |row: &dyn Fn(&String) -> String| part.iter().map(row).collect::<Vec<_>>().join(", ");
            run(&self.app.db, format!("INSERT INTO member (id, version, phone_hash, union_name, district, state, created_ms) VALUES {}", rows(&member))).await?;
            run(&self.app.db, format!("INSERT INTO phone_session (secret_hash, phone_hash, started_ms, seen_ms, expires_ms) VALUES {}", rows(&phone))).await?;
        }
        Ok(())
    }

    /// How many pieces of work are done in a second by all clients together.
    fn per_second<F>(self: &Arc<Self>, runtime: &Runtime, work: fn(Arc<Self>, usize) -> F) -> f64
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let begin = self.used.fetch_add(CLAIMS, Ordering::Relaxed);
        let next = Arc::new(AtomicUsize::new(0));
        let wall = Wall::now();
        runtime.block_on(async {
            let mut clients = JoinSet::new();
            for _ in 0..CLIENTS {
                let (contest, next) = (self.clone(), next.clone());
                clients.spawn(async move {
                    while let turn = next.fetch_add(1, Ordering::Relaxed)
                        && turn < CLAIMS
                    {
                        work(contest.clone(), begin + turn).await;
                    }
                });
            }
            clients.join_all().await;
        });
        f64::from(u32::try_from(CLAIMS).unwrap_or(u32::MAX)) / wall.seconds()
    }

    /// One claim of a member who has none.
    async fn claim(self: Arc<Self>, turn: usize) {
        let member = &self.members[turn % self.members.len()];
        let request = Request::post(format!("/api/v1/campaigns/{}/claims", self.campaign))
            .header("host", "localhost")
            .header("cookie", format!("yizhan_phone={member}"))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json")
            .header("idempotency-key", format!("claim-{turn}"));
        let request = request.body(Body::from("{}")).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("the router never fails");
        assert_eq!(answer.status(), StatusCode::CREATED, "a claim");
    }

    /// The statement that a claim cannot do without, in a transaction of its own.
    async fn bare(self: Arc<Self>, _turn: usize) {
        const TAKE: &str = "UPDATE bare_stock SET issued = issued + 1 WHERE id = 1 AND issued < stock";
        let mut tx = self.app.db.begin().await.expect("a transaction");
        let taken =
            yizhan::in_tx!(&mut tx, c => sqlx::query(TAKE).execute(c).await.map(|d| d.rows_affected()));
        assert_eq!(taken.expect("taken"), 1);
        tx.commit().await.expect("committed");
    }
}

async fn run(db: &Db, statement: String) -> Result<(), Box<dyn Error>> {
    let mut tx = db.begin().await?;
    yizhan::in_tx!(&mut tx, c => sqlx::query(AssertSqlSafe(statement.clone())).execute(c).await.map(drop))?;
    Ok(tx.commit().await?)
}
