//! Short sentences that set a scene: stations, notices, the demonstration registry.

use chrono::{DateTime, FixedOffset};
use spatial::{Area, Datum, Position};
use yizhan::accounts::Actor;
use yizhan::ids::{NoticeId, RegimeId, StationId};
use yizhan::stations::hours::Season;
use yizhan::stations::model::{Access, Facility, FacilityCode, Facts, Host, Station, Status, Working};
use yizhan::stations::notices::model::{Announcement, Extension, Kind, Subject};
use yizhan::stations::notices::region::Region;
use yizhan::stations::notices::service as notices;
use yizhan::stations::service;
use yizhan::stations::state::Effect;
use yizhan::stations::{Snapshot, demo};

use crate::harness::Town;

/// A place in the middle of the city.
pub(crate) const CENTRE: (f64, f64) = (119.6, 39.93);

/// An instant.
pub(crate) fn instant(text: &str) -> DateTime<FixedOffset> {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// A place.
pub(crate) fn place((lon, lat): (f64, f64)) -> Position {
    Position::new(lon, lat).expect("a place")
}

/// A rectangle around a place, within the districts whose codes begin so.
pub(crate) fn around((lon, lat): (f64, f64), degrees: f64, reach: &[&str]) -> Subject {
    let rectangle = geo::Rect::new((lon - degrees, lat - degrees), (lon + degrees, lat + degrees));
    let area = Area::new(rectangle.to_polygon().into());
    Subject::Region(Region::new(area, reach.iter().map(|r| r.parse().expect("a scope")).collect()))
}

/// A station that is being described.
pub(crate) struct Draft<'t> {
    town: &'t Town,
    pub(crate) facts: Facts,
}

/// Facts of which only the name and the place are known.
pub(crate) fn facts(name: &str) -> Facts {
    Facts {
        code: None,
        name: name.to_owned(),
        signboard: None,
        aliases: Vec::new(),
        district: None,
        address: None,
        position: place(CENTRE),
        crs: Datum::Wgs84,
        entrance: None,
        build: None,
        partner: None,
        host: None,
        form: None,
        hours: None,
        hours_text: None,
        facilities: Vec::new(),
        other_facilities: Vec::new(),
        access: Vec::new(),
        no_phone: None,
        phone: None,
        opened_on: None,
        capacity: None,
        area_m2: None,
        trades: Vec::new(),
        notes: None,
        keeper_name: None,
        keeper_phone: None,
    }
}

impl Town {
    /// Begins a station in the middle of the city that never closes.
    pub(crate) fn station(&self, name: &str) -> Draft<'_> {
        Draft { town: self, facts: facts(name) }.hours("24/7")
    }

    /// Stores a station, changed or new, and lets the registry follow.
    pub(crate) async fn put(&self, station: &Station) {
        let now = self.app.clock.now();
        service::put_all(&self.app.db, std::slice::from_ref(station), now).await.expect("stored");
        self.follow().await;
    }

    /// Lets the registry catch up with the database.
    pub(crate) async fn follow(&self) {
        self.app.registry.catch_up().await.expect("the registry follows");
    }

    /// Loads the demonstration registry.
    pub(crate) async fn demonstrate(&self) {
        let (zone, now) = (self.app.config.zone(), self.app.clock.now());
        demo::load(&self.app.db, zone, now).await.expect("the demonstration loads");
        self.follow().await;
    }

    /// Announces that a station is closed from one instant to another, or for good.
    pub(crate) async fn close(&self, station: StationId, from: &str, to: Option<&str>) {
        self.announce(station, Effect::Closed, from, to).await;
    }

    /// Announces anything.
    pub(crate) async fn announce(&self, station: StationId, effect: Effect, from: &str, to: Option<&str>) {
        self.announced(Subject::Station(station), None, effect, from, to).await;
    }

    /// Announces anything of one facility.
    pub(crate) async fn announce_facility(
        &self,
        station: StationId,
        facility: FacilityCode,
        effect: Effect,
        from: &str,
        to: Option<&str>,
    ) {
        self.announced(Subject::Station(station), Some(facility), effect, from, to).await;
    }

    /// Announces anything for a subject.
    pub(crate) async fn announced(
        &self,
        subject: Subject,
        facility: Option<FacilityCode>,
        effect: Effect,
        from: &str,
        to: Option<&str>,
    ) -> NoticeId {
        let (from, to, reason) = (instant(from), to.map(instant), "设备检修".to_owned());
        let notice = Announcement { subject, facility, effect, from, to, reason };
        let (db, now) = (&self.app.db, self.app.clock.now());
        let written = notices::announce(db, &Actor::command(), &notice, now).await.expect("announced");
        self.follow().await;
        written.id
    }

    /// Begins extended hours in districts whose codes begin so.
    pub(crate) async fn extend(
        &self,
        kind: Kind,
        districts: &[&str],
        hours: &str,
        from: &str,
        to: Option<&str>,
    ) -> RegimeId {
        let districts = districts.iter().map(|d| d.parse().expect("a scope")).collect();
        let (from, to, reason) = (instant(from), to.map(instant), "高温延长开放".to_owned());
        let regime = Extension { kind, districts, hours: hours.to_owned(), facility: None, from, to, reason };
        let (db, now) = (&self.app.db, self.app.clock.now());
        let written = notices::begin(db, &Actor::command(), &regime, now).await.expect("begun");
        self.follow().await;
        written.id
    }

    /// The snapshot in use.
    pub(crate) fn snapshot(&self) -> std::sync::Arc<Snapshot> {
        self.app.registry.snapshot()
    }
}

impl Draft<'_> {
    /// Where it stands.
    pub(crate) fn at(mut self, lon: f64, lat: f64) -> Self {
        self.facts.position = place((lon, lat));
        self
    }

    /// When it is open, in the grammar.
    pub(crate) fn hours(mut self, grammar: &str) -> Self {
        self.facts.hours = Some(grammar.to_owned());
        self
    }

    /// Hours that nobody is certain of.
    pub(crate) fn uncertain(mut self, words: &str) -> Self {
        self.facts.hours = None;
        self.facts.hours_text = Some(words.to_owned());
        self
    }

    /// Who houses it.
    pub(crate) fn host(mut self, host: Host) -> Self {
        self.facts.host = Some(host);
        self
    }

    /// In which district.
    pub(crate) fn district(mut self, adcode: &str) -> Self {
        self.facts.district = Some(adcode.parse().expect("a district code"));
        self
    }

    /// Its official number.
    pub(crate) fn code(mut self, code: &str) -> Self {
        self.facts.code = Some(code.to_owned());
        self
    }

    /// A way in.
    pub(crate) fn access(mut self, access: Access) -> Self {
        self.facts.access.push(access);
        self
    }

    /// Any other fact.
    pub(crate) fn fact(mut self, state: impl FnOnce(&mut Facts)) -> Self {
        state(&mut self.facts);
        self
    }

    /// Something it offers, in working order.
    pub(crate) fn facility(self, code: FacilityCode) -> Self {
        self.offering(Facility::plain(code))
    }

    /// Something it has that is broken.
    pub(crate) fn broken(self, code: FacilityCode) -> Self {
        self.offering(Facility { working: Working::Broken, ..Facility::plain(code) })
    }

    /// Something it offers in a part of the year, such as `((11, 15), (3, 15))`.
    pub(crate) fn seasonal(self, code: FacilityCode, from: (u32, u32), to: (u32, u32)) -> Self {
        let season = Some(Season::new(from, to).expect("a season"));
        self.offering(Facility { season, ..Facility::plain(code) })
    }

    /// Something it offers in hours of its own.
    pub(crate) fn timed(self, code: FacilityCode, hours: &str) -> Self {
        self.offering(Facility { hours: Some(hours.to_owned()), ..Facility::plain(code) })
    }

    fn offering(mut self, facility: Facility) -> Self {
        self.facts.facilities.push(facility);
        self
    }

    /// Stores it as open to the public.
    pub(crate) async fn open(self) -> Station {
        self.store(Status::Open).await
    }

    /// Stores it with any status.
    pub(crate) async fn store(self, status: Status) -> Station {
        let station = service::register(self.facts, status, self.town.app.clock.now());
        self.town.put(&station).await;
        station
    }
}

/// Places spread evenly over the city and its surroundings (the R2 sequence of M. Roberts, 2018).
pub(crate) fn scattered(count: u32) -> impl Iterator<Item = (f64, f64)> {
    let spread = |i: u32, step: f64, from: f64, to: f64| from + (f64::from(i) * step).fract() * (to - from);
    (1..=count).map(move |i| {
        let lon = spread(i, 0.754_877_666_246_693, 118.6, 119.9);
        let lat = spread(i, 0.569_840_290_998_053, 39.5, 40.6);
        (lon, lat)
    })
}
