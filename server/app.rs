//! What every request can reach: built once, cheap to clone.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;

use crate::accounts::consents;
use crate::benefits;
use crate::city;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::grievance;
use crate::http::assets::Assets;
use crate::imports;
use crate::keyring::KeyRing;
use crate::map_pictures::MapPictures;
use crate::pace::Pace;
use crate::planning;
use crate::ratings;
use crate::secrets::{Secrets, make_folder};
use crate::stations::photo::ShownPhotos;
use crate::stations::tiles::TileCache;
use crate::stations::{self, Ground, Registry};
use crate::time::Clock;

/// The running service. Every layer of every request clones it, so it is one pointer.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the service consists of.
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// The stations.
    pub registry: Arc<Registry>,
    assets: Assets,
    /// Tiles that were drawn for the present revision.
    pub tiles: TileCache,
    /// Photos that were shown lately.
    pub photos: ShownPhotos,
    /// Pictures of the map around stations.
    pub maps: MapPictures,
    /// The secret from which keys are derived.
    pub secrets: Secrets,
    /// The keys that wrap those of cases.
    pub keys: KeyRing,
    /// What is known in memory of lists on their way into the registry.
    pub imports: imports::Shared,
    /// The offers of merchants as the public sees them.
    pub offers: benefits::Shelf,
    /// The boards of cases that somebody watches.
    pub boards: grievance::Boards,
    /// Layers of demand and of service points, for planners.
    pub planning: planning::Shared,
    /// How often each address did what anybody may do.
    pub pace: Pace,
    /// The present.
    pub clock: Clock,
    /// The counters.
    pub metrics: PrometheusHandle,
}

impl App {
    /// Opens the database, fills it where it is new, and loads the registry.
    pub async fn open(config: Config, metrics: PrometheusHandle) -> Result<Self, Error> {
        let clock = config.clock().map_err(|e| Error::Internal(e.to_string()))?;
        let db = open_db(&config).await?;
        stations::service::fill_search(&db).await?;
        imports::recover(&db, clock.now()).await?;
        consents::fill(&db, clock.now()).await?;
        grievance::settings::fill(&db).await?;
        let ground = ground(&db, &config).await?;
        let registry = Arc::new(Registry::open(db.clone(), ground, clock).await?);
        let (assets, tiles) = (Assets::read(&config.web.dir), TileCache::default());
        let photos = ShownPhotos::default();
        let maps = MapPictures::open(&config, registry.snapshot().ground().city.clone()).await;
        let (secrets, keys, pace) = (Secrets::open(&config)?, KeyRing::open(&config)?, Pace::default());
        let missing = grievance::custody::missing_keys(&db, &keys).await?;
        if !missing.is_empty() {
            tracing::error!(
                ?missing,
                "the key ring lacks keys, without which grievances cannot be read; put them back"
            );
        }
        Ok(Self(Arc::new(Parts {
            config,
            db,
            registry,
            assets,
            tiles,
            photos,
            maps,
            secrets,
            keys,
            imports: imports::Shared::default(),
            offers: benefits::Shelf::default(),
            boards: grievance::Boards::default(),
            planning: planning::Shared::default(),
            pace,
            clock,
            metrics,
        })))
    }
}

impl App {
    /// The year whose notice on holidays somebody should load.
    pub fn awaited_calendar(&self) -> Option<i32> {
        let today = self.config.zone().local(self.clock.now()).date();
        self.registry.snapshot().city().calendar.awaited(today)
    }

    /// Where a page finds its script and styles: as at the start, or as they are now for whoever edits them.
    pub fn assets(&self) -> Cow<'_, Assets> {
        let web = &self.config.web;
        if web.watch { Cow::Owned(Assets::read(&web.dir)) } else { Cow::Borrowed(&self.assets) }
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// Opens the database of the settings, with the data folder made where it is missing.
pub async fn open_db(config: &Config) -> Result<Db, Error> {
    make_folder(&config.storage.data)?;
    let db = Db::open(&config.database_url()).await?;
    city::fill(&db).await?;
    ratings::service::fill(&db, config.clock().map_err(|e| Error::Internal(e.to_string()))?.now()).await?;
    Ok(db)
}

/// The standing facts around the stations.
pub async fn ground(db: &Db, config: &Config) -> Result<Ground, Error> {
    Ok(Ground { city: Arc::new(city::load(db).await?), zone: config.zone(), walk: config.walk })
}
