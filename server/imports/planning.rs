//! From a sheet and what people say of it to a plan, with the rights of whoever asks.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::memory;
use super::model::{Blocker, Import, Wishes};
use super::reader::unpacked;
use super::shared::{PlanKey, Shared};
use super::store;
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::city::City;
use crate::db::Db;
use crate::error::Error;
use crate::ids::{Adcode, StationId};
use crate::language::Language;
use crate::stations::import::{Context, Field, Options, Pair, Plan, Reason, Rights, Sheet, plan};
use crate::stations::life::transitions::editor;
use crate::stations::model::{Facts, Station, Status};
use crate::stations::service::{self as stations, Registered};

/// A plan with everything that it was made of.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) plan: Plan,
    /// The sheet as it came.
    pub(super) sheet: Arc<Sheet>,
    /// The sheet with every corrected cell in place.
    pub(super) corrected: Sheet,
    pub(super) registered: Registered,
    places: HashMap<StationId, usize>,
    /// The numbers that stations have or rows state.
    pub(super) taken: HashSet<String>,
    rights: Clerk,
}

impl Planned {
    /// A registered station, where whoever asked may know of it.
    pub(super) fn seen(&self, id: StationId) -> Option<&Station> {
        let station = &self.registered.stations[*self.places.get(&id)?];
        (station.is_public() || self.rights.sees(station)).then_some(station)
    }

    /// Whether a row is about a registered station by its own number.
    pub(super) fn is_registered_row(&self, row: u32) -> bool {
        let planned = self.plan.rows.iter().find(|r| r.number == row);
        let code = |id: StationId| self.registered.stations[self.places[&id]].facts.code.as_deref();
        let own = planned.and_then(|r| r.station).and_then(code);
        let stated = self.corrected.rows.iter().find(|r| r.number == row).and_then(|r| {
            let column = self.plan.mapping.column(Field::Code)?;
            r.cells.get(column).map(String::as_str)
        });
        own.is_some() && own == stated.map(str::trim)
    }
}

/// What a person may see and write by an import.
#[derive(Debug, Clone)]
pub(super) struct Clerk {
    actor: Actor,
    publish: bool,
}

impl Clerk {
    fn may(&self, permission: Permission, district: Option<Adcode>) -> bool {
        self.actor.may(permission, district)
    }
}

impl Rights for Clerk {
    fn sees(&self, station: &Station) -> bool {
        self.actor.may_station(Permission::StationSee, station.id, station.facts.district)
    }

    fn may_create(&self, district: Option<Adcode>) -> bool {
        self.may(Permission::StationImport, district)
            && self.may(Permission::StationDraft, district)
            && (!self.publish || self.may(Permission::StationPublish, district))
    }

    fn may_update(&self, station: &Station, facts: &Facts) -> bool {
        let (from, to) = (station.facts.district, facts.district);
        let is_published = self.publish && is_on_its_way(station.status);
        if *facts == station.facts && !is_published {
            return true;
        }
        let Some(needed) = editor(station.status) else { return false };
        let may = |permission| self.may(permission, from) && self.may(permission, to);
        may(Permission::StationImport) && may(needed) && (!is_published || may(Permission::StationPublish))
    }
}

fn is_on_its_way(status: Status) -> bool {
    matches!(status, Status::Draft | Status::Submitted | Status::Checked)
}

/// Whoever looks at an import, and in which language.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    pub(super) actor: Actor,
    pub(super) language: Language,
}

/// The plan of an import as the registry is now; one that was made before serves where nothing has changed since.
pub(super) async fn planned(app: &App, reader: &Reader, import: &Import) -> Result<Arc<Planned>, Error> {
    let city = app.registry.snapshot().ground().city.clone();
    let key = PlanKey {
        import: import.id,
        version: import.version,
        registry: stations::stamp(&app.db).await?,
        language: reader.language,
        account: reader.actor.account,
        city: Arc::as_ptr(&city) as usize,
    };
    if let Some(plan) = app.imports.plan(&key) {
        return Ok(plan);
    }
    let planned = Arc::new(fresh(app, reader, import, city).await?);
    // Where somebody wrote between the stamp and the reading, the key is the registry's that was read.
    let registry = planned.registered.stamp();
    Shared::keep(&app.imports, PlanKey { registry, ..key }, planned.clone());
    Ok(planned)
}

async fn fresh(app: &App, reader: &Reader, import: &Import, city: Arc<City>) -> Result<Planned, Error> {
    let zone = app.registry.snapshot().zone();
    let sheet = sheet(&app.db, import).await?;
    let registered = stations::registered(&app.db, zone).await?;
    let options = options(&app.db, import, reader.language).await?;
    let rights = Clerk { actor: reader.actor.clone(), publish: import.wishes.publish };
    let made = tokio::task::spawn_blocking(move || {
        let context = Context {
            vocabularies: &city.vocabularies,
            districts: &city.districts,
            stations: &registered.stations,
            rights: &rights,
        };
        let plan = plan(&sheet, &options, &context, &|_, _| {});
        let corrected = options.corrections.applied(&sheet).into_owned();
        let places = registered.stations.iter().enumerate().map(|(i, s)| (s.id, i)).collect();
        let taken = taken(&plan, &corrected, &registered);
        Planned { plan, sheet: Arc::new(sheet), corrected, registered, places, taken, rights }
    });
    Ok(made.await?)
}

async fn sheet(db: &Db, import: &Import) -> Result<Sheet, Error> {
    let kept = store::sheet(db, &import.id.to_string()).await?.ok_or(Error::NotFound("import"))?;
    unpacked(&kept)
}

async fn options(db: &Db, import: &Import, language: Language) -> Result<Options, Error> {
    let Wishes { crs, columns, .. } = &import.wishes;
    Ok(Options {
        crs: *crs,
        map: Vec::new(),
        district: import.district,
        language,
        columns: columns.clone(),
        remembered: memory::columns(db).await?,
        corrections: import.corrections.clone(),
        known: memory::known(db).await?,
    })
}

fn taken(plan: &Plan, corrected: &Sheet, registered: &Registered) -> HashSet<String> {
    let column = plan.mapping.column(Field::Code);
    let stated =
        corrected.rows.iter().filter_map(|row| row.cells.get(column?)).map(|text| text.trim().to_owned());
    registered.stations.iter().filter_map(|s| s.facts.code.clone()).chain(stated).collect()
}

impl Planned {
    /// What stands in the way of a commit.
    pub(super) fn blockers(&self, import: &Import, language: Language) -> Vec<Blocker> {
        let mut blockers = Vec::new();
        let mut block =
            |code, zh: String, en: String| blockers.push(Blocker { code, detail: language.of(zh, en) });
        let report = &self.plan.report;
        if report.errors > 0 {
            let n = report.errors;
            block(
                "errors",
                format!("还有 {n} 处错误，请改正，或者跳过那些行。"),
                format!("{n} errors are left; mend them, or leave the rows out"),
            );
        }
        let beyond = report.problems.iter().filter(|p| p.code == "out_of_reach").count();
        if beyond > 0 {
            block(
                "out_of_reach",
                format!("有 {beyond} 行超出您的权限。"),
                format!("{beyond} rows are beyond your rights"),
            );
        }
        if report.crs.doubtful && !import.wishes.crs_confirmed {
            let (declared, best) = (report.crs.declared, report.crs.best);
            block(
                "crs_doubtful",
                format!("坐标系可疑：声明为 {declared}，数据更像 {best}。请改选、改正那些行，或者确认。"),
                format!(
                    "the coordinate system is doubtful: declared {declared}, it looks like {best}; choose, mend the rows, or confirm"
                ),
            );
        }
        let open = self.undecided();
        if open > 0 {
            block(
                "duplicates_undecided",
                format!("还有 {open} 对可能重复的没有决定。"),
                format!("{open} pairs that may be one station are undecided"),
            );
        }
        blockers
    }

    /// How many pairs wait for a decision; a number that two rows have is an error anyway.
    fn undecided(&self) -> usize {
        let is_open = |p: &&Pair| p.decision.is_none() && p.reason != Reason::Code;
        self.plan.pairs.iter().filter(is_open).count()
    }
}
