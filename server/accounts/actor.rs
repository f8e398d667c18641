//! Who acts, and what he may do: decided once per request, asked by every service.

use std::sync::Arc;

use super::role::{Grant, Permission, Role, Scope};
use crate::code::codes;
use crate::error::Error;
use crate::ids::{AccountId, Adcode, ClerkId, MemberId, StationId};
use crate::repeats::Key;

codes! {
    /// How somebody reached the service.
    Via {
        Session = "session", Token = "token", Command = "command", System = "system",
        Public = "public", KeeperLink = "keeper_link", Phone = "phone",
    }
}

/// Somebody who acts: a person, a program for a person, the operator, or the service itself.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Whose account; none for the operator at the command line and for the service itself.
    pub account: Option<AccountId>,
    /// How he came.
    pub via: Via,
    /// The key of the request that he makes, where it has one.
    pub request: Option<Key>,
    /// The member whose phone it is.
    pub member: Option<MemberId>,
    /// The merchant's clerk whose phone it is.
    pub clerk: Option<ClerkId>,
    rights: Arc<[Right]>,
    /// The stations that are his as a keeper.
    stations: Arc<[StationId]>,
}

/// One permission and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Right {
    permission: Permission,
    place: Place,
}

/// Where a right holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// In districts.
    Districts(Scope),
    /// At the keeper's own stations.
    OwnStations,
}

/// What somebody reaches with a permission, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Beginnings of district codes; an empty one is everywhere, none at all is no district.
    pub prefixes: Vec<String>,
    /// Stations besides, as their keeper.
    pub stations: Vec<StationId>,
}

impl Actor {
    /// A person, by what is granted to him.
    pub fn person(account: AccountId, via: Via, grants: &[Grant], stations: Vec<StationId>) -> Self {
        let rights = grants.iter().flat_map(rights_of).collect();
        Self { account: Some(account), rights, stations: stations.into(), ..Self::nobody(via) }
    }

    /// The operator at the command line, who holds the machine and may do everything.
    pub fn command() -> Self {
        Self::of_the_service(Via::Command)
    }

    /// The service itself, by its own schedule.
    pub fn system() -> Self {
        Self::of_the_service(Via::System)
    }

    /// Somebody who is not signed in: a worker, a visitor.
    pub fn stranger() -> Self {
        Self::nobody(Via::Public)
    }

    /// Whoever holds a phone that signed in with a one-time code: a member, a merchant's clerk, or both.
    pub fn by_phone(member: Option<MemberId>, clerk: Option<ClerkId>) -> Self {
        Self { member, clerk, ..Self::nobody(Via::Phone) }
    }

    /// Under whose name the keys of his requests are kept: nobody's are shared by all who are not signed in.
    pub fn owner(&self) -> String {
        let (account, member, clerk) = (self.account, self.member, self.clerk);
        let account = account.map(|id| id.to_string());
        let phone = || member.map(|id| id.to_string()).or_else(|| clerk.map(|id| id.to_string()));
        account.or_else(phone).unwrap_or_default()
    }

    fn nobody(via: Via) -> Self {
        Self {
            account: None,
            via,
            request: None,
            member: None,
            clerk: None,
            rights: Arc::default(),
            stations: Arc::default(),
        }
    }

    /// Whoever holds a station's own link: a keeper at that station, without an account.
    pub fn by_link(station: StationId) -> Self {
        let own = |p: &Permission| Right { permission: *p, place: Place::OwnStations };
        let rights = Role::Keeper.permissions().iter().map(own).collect();
        Self { rights, stations: [station].into(), ..Self::nobody(Via::KeeperLink) }
    }

    fn of_the_service(via: Via) -> Self {
        let everywhere =
            |p: &Permission| Right { permission: *p, place: Place::Districts(Scope::everywhere()) };
        let rights = Permission::ALL.iter().map(everywhere).collect();
        Self { rights, ..Self::nobody(via) }
    }

    /// A program with a part of this person's rights: the permissions named, within a scope.
    #[must_use]
    pub fn limited(&self, permissions: &[Permission], scope: &Scope) -> Self {
        let within = |right: &Right| {
            let place = match &right.place {
                Place::Districts(own) => own.narrowed(scope).map(Place::Districts),
                // Which district a keeper's station is in is not known here, so a narrow token leaves it out.
                Place::OwnStations => (*scope == Scope::everywhere()).then_some(Place::OwnStations),
            };
            place.map(|place| Right { permission: right.permission, place })
        };
        let kept = self.rights.iter().filter(|r| permissions.contains(&r.permission));
        Self { via: Via::Token, rights: kept.filter_map(within).collect(), ..self.clone() }
    }

    /// Whether he has a permission anywhere at all.
    pub fn may_anywhere(&self, permission: Permission) -> bool {
        self.rights.iter().any(|r| r.permission == permission)
    }

    /// Whether he may do something in every district of a scope.
    pub fn may_scope(&self, permission: Permission, scope: &Scope) -> bool {
        self.scopes(permission).any(|own| own.contains(scope))
    }

    /// The stations that he keeps.
    pub fn own_stations(&self) -> &[StationId] {
        &self.stations
    }

    /// Whether he may do something in a district.
    pub fn may(&self, permission: Permission, district: Option<Adcode>) -> bool {
        self.scopes(permission).any(|scope| scope.covers(district))
    }

    /// Whether he may do something at a station of a district.
    pub fn may_station(&self, permission: Permission, station: StationId, district: Option<Adcode>) -> bool {
        let own = Right { permission, place: Place::OwnStations };
        self.may(permission, district) || (self.stations.contains(&station) && self.rights.contains(&own))
    }

    /// Refuses what he may not do in a district.
    ///
    /// # Errors
    /// [`Error::NotFound`] where he may not even see what is there, [`Error::Forbidden`] where he may see it.
    pub fn must(&self, permission: Permission, district: Option<Adcode>) -> Result<(), Error> {
        self.refuse_unless(self.may(permission, district), self.may(Permission::StationSee, district))
    }

    /// Refuses what he may do in a district at most, where it concerns the whole city.
    pub fn must_in_city(&self, permission: Permission) -> Result<(), Error> {
        if self.may(permission, None) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Refuses what he may not do at a station of a district, in the same way.
    pub fn must_station(
        &self,
        permission: Permission,
        station: StationId,
        district: Option<Adcode>,
    ) -> Result<(), Error> {
        let may = |permission| self.may_station(permission, station, district);
        self.refuse_unless(may(permission), may(Permission::StationSee))
    }

    #[expect(clippy::unused_self, reason = "it reads as what the actor is told")]
    fn refuse_unless(&self, may_do: bool, may_see: bool) -> Result<(), Error> {
        match (may_do, may_see) {
            (true, _) => Ok(()),
            (false, true) => Err(Error::Forbidden),
            (false, false) => Err(Error::NotFound("object")),
        }
    }

    /// What he reaches with a permission.
    pub fn reach(&self, permission: Permission) -> Reach {
        let prefixes = self.scopes(permission).map(|s| s.as_str().to_owned()).collect();
        let own = Right { permission, place: Place::OwnStations };
        let stations = if self.rights.contains(&own) { self.stations.to_vec() } else { Vec::new() };
        Reach { prefixes, stations }
    }

    fn scopes(&self, permission: Permission) -> impl Iterator<Item = &Scope> {
        self.rights.iter().filter(move |r| r.permission == permission).filter_map(|r| match &r.place {
            Place::Districts(scope) => Some(scope),
            Place::OwnStations => None,
        })
    }
}

fn rights_of(grant: &Grant) -> impl Iterator<Item = Right> {
    let place =
        if grant.role.is_of_stations() { Place::OwnStations } else { Place::Districts(grant.scope.clone()) };
    grant.role.permissions().iter().map(move |p| Right { permission: *p, place: place.clone() })
}

impl Reach {
    /// Whether it is everything.
    pub fn is_everywhere(&self) -> bool {
        self.prefixes.iter().any(String::is_empty)
    }

    /// Whether a station of a district is reached.
    pub fn covers(&self, station: StationId, district: Option<Adcode>) -> bool {
        self.has_district(district) || self.stations.contains(&station)
    }

    /// Whether what is in a district is reached; what is in none belongs to whoever has the whole city.
    pub fn has_district(&self, district: Option<Adcode>) -> bool {
        let covered = |prefix: &String| prefix.parse::<Scope>().is_ok_and(|scope| scope.covers(district));
        self.prefixes.iter().any(covered)
    }
}

#[cfg(test)]
mod tests {
    use super::super::role::Role;
    use super::*;

    fn grant(role: Role, scope: &str) -> Grant {
        Grant { role, scope: scope.parse().unwrap() }
    }

    fn person(grants: &[Grant], stations: Vec<StationId>) -> Actor {
        Actor::person(AccountId::new(chrono::DateTime::UNIX_EPOCH), Via::Session, grants, stations)
    }

    #[test]
    fn another_district_is_not_there_and_another_verb_is_forbidden() {
        let clerk = person(&[grant(Role::District, "130302")], Vec::new());
        let (own, other) = ("130302".parse().ok(), "130304".parse().ok());
        assert!(clerk.must(Permission::StationCheck, own).is_ok());
        assert!(matches!(clerk.must(Permission::StationPublish, own), Err(Error::Forbidden)));
        assert!(matches!(clerk.must(Permission::StationCheck, other), Err(Error::NotFound(_))));
        assert!(matches!(clerk.must(Permission::StationCheck, None), Err(Error::NotFound(_))));
    }

    #[test]
    fn a_keeper_acts_at_his_own_stations_only() {
        let id = StationId::new(chrono::DateTime::UNIX_EPOCH);
        let other = StationId::new(chrono::DateTime::UNIX_EPOCH);
        let keeper = person(&[grant(Role::Keeper, "")], vec![id]);
        let district = "130302".parse().ok();
        assert!(keeper.must_station(Permission::FacilityState, id, district).is_ok());
        assert!(matches!(keeper.must_station(Permission::StationDraft, id, district), Err(Error::Forbidden)));
        let strange = keeper.must_station(Permission::FacilityState, other, district);
        assert!(matches!(strange, Err(Error::NotFound(_))));
        assert_eq!(keeper.reach(Permission::StationSee).stations, [id]);
        assert!(keeper.reach(Permission::StationSee).prefixes.is_empty());
    }

    #[test]
    fn a_program_has_no_more_than_both_its_token_and_its_person() {
        let clerk = person(&[grant(Role::District, "130302"), grant(Role::Planner, "1303")], Vec::new());
        let asked = [Permission::StationExport, Permission::StationPublish];
        let program = clerk.limited(&asked, &"1303".parse().unwrap());
        let (own, other) = ("130302".parse().ok(), "130304".parse().ok());
        assert!(program.may(Permission::StationExport, other));
        assert!(!program.may(Permission::StationPublish, own), "its person may not");
        assert!(!program.may(Permission::StationSee, own), "its token does not name it");
        let narrow = clerk.limited(&asked, &"130304".parse().unwrap());
        assert!(narrow.may(Permission::StationExport, other) && !narrow.may(Permission::StationExport, own));
    }
}
