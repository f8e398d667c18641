//! People of the union who are signed in, made without the ceremony of an invitation.

use yizhan::accounts::people::{self, NewAccount};
use yizhan::accounts::sessions::service;
use yizhan::accounts::{Actor, Grant, Role};
use yizhan::ids::{AccountId, StationId};

use crate::harness::Town;

/// Somebody with a session.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    /// His account.
    pub(crate) id: AccountId,
    /// The secret of his session.
    pub(crate) session: String,
}

impl Town {
    /// Somebody with a role in the districts whose code begins so.
    pub(crate) async fn staff(&self, login: &str, role: Role, scope: &str) -> Staff {
        let scope = scope.parse().expect("a scope");
        self.person(login, vec![Grant { role, scope }], Vec::new()).await
    }

    /// The keeper of some stations.
    pub(crate) async fn keeper(&self, login: &str, stations: &[StationId]) -> Staff {
        let scope = "".parse().expect("a scope");
        self.person(login, vec![Grant { role: Role::Keeper, scope }], stations.to_vec()).await
    }

    /// Somebody with any rights.
    pub(crate) async fn person(&self, login: &str, grants: Vec<Grant>, stations: Vec<StationId>) -> Staff {
        let (login, name) = (login.to_owned(), login.to_owned());
        let new = NewAccount { login, name, unit: None, grants, stations, password: None };
        let (db, now) = (&self.app.db, self.app.clock.now());
        let id = people::register(db, &Actor::command(), &new, now).await.expect("registered");
        let mut tx = db.begin().await.expect("a transaction");
        let session = service::start(&mut tx, id, now).await.expect("a session");
        tx.commit().await.expect("committed");
        Staff { id, session }
    }
}
