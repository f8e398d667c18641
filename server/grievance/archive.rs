//! The archive of the night: cases that ended, whose reporter can no longer come back to them.

use chrono::TimeDelta;

use super::acting::{Acting, Found, ended};
use super::frame::Frame;
use super::store;
use super::words::Words;
use super::workflow::{Action, Deed, Doer};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::Tx;
use crate::error::Error;

/// Cases that are looked up at once.
const BATCH: i64 = 200;

/// Archives every case that was closed, declined or withdrawn longer ago than its reporter may reopen it, and that is
/// not supervised.
///
/// # Errors
/// Those of the database; what was archived before stays.
pub async fn old(app: &App) -> Result<(), Error> {
    let frame = Frame::of(app);
    let days = TimeDelta::days(frame.rules.reopen_days.into());
    let before_ms = frame.midnight(frame.today() - days).timestamp_millis();
    let mut after = String::new();
    loop {
        let ids = store::over(&app.db, before_ms, &after, BATCH).await?;
        let Some(last) = ids.last() else { return Ok(()) };
        after.clone_from(last);
        for id in &ids {
            let mut tx = app.db.begin().await?;
            let done = one(app, &mut tx, &frame, id).await;
            match ended(tx, done).await {
                // Somebody was faster, and it is not over any more.
                Ok(()) | Err(Error::NotAllowed { .. } | Error::Stale { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

async fn one(app: &App, tx: &mut Tx, frame: &Frame, id: &str) -> Result<(), Error> {
    let (found, at) = (Found::of(app, tx, id).await?, frame.moment(None));
    let (actor, deed) = (Actor::system(), Deed::of(Action::Archive));
    let acting =
        Acting { app, actor: &actor, doer: &Doer::Service, frame, at: &at, deed: &deed, sent_key: None };
    acting.carry_out(tx, found, &Words::said(None, Vec::new())).await
}
