//! Where an inspector or a planner works: the registry's desk, and how his transactions end.

use crate::accounts::Actor;
use crate::app::App;
use crate::city::settings;
use crate::db::Tx;
use crate::error::Error;
use crate::stations::life::desk::Desk;

/// Where somebody works, as of now.
pub async fn desk(app: &App, actor: Actor) -> Result<Desk, Error> {
    let snapshot = app.registry.snapshot();
    Ok(Desk {
        db: app.db.clone(),
        actor,
        now: app.clock.now(),
        zone: snapshot.zone(),
        city: snapshot.ground().city.clone(),
        approval: settings::load(&app.db, &app.config).await?.1.approval,
    })
}

/// Commits what was done, or undoes it. After a fault of the database the connection is not used again.
pub(super) async fn settled<T>(tx: Tx, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Ok(_) => tx.commit().await?,
        Err(Error::Internal(_) | Error::Unavailable { .. }) => drop(tx),
        Err(_) => tx.rollback().await?,
    }
    done
}
