//! Who watches the board: one count for all who see the same, told to each when something changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep};

use super::count::count;
use super::told::ToldBoard;
use crate::accounts::Reach;
use crate::app::App;
use crate::error::Error;
use crate::grievance::desk::Names;
use crate::grievance::frame::Frame;
use crate::grievance::store;
use crate::grievance::told::Telling;
use crate::language::Language;

/// The most who listen at once; more are asked to come back.
pub const MOST_LISTENERS: usize = 64;
/// When somebody who found no place may try again, in seconds.
const RETRY_S: u32 = 30;
/// How often the database is asked whether anything changed.
const LOOK: Duration = Duration::from_secs(2);
/// How often it is counted though nothing changed, because time goes on.
const REFRESH: Duration = Duration::from_mins(1);

/// What a board holds, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    /// The districts.
    pub(super) reach: Reach,
    /// Whose own cases besides.
    pub(super) account: Option<String>,
    /// Whether it hangs where anybody sees it.
    pub(super) is_wall: bool,
    /// The language of names.
    pub(super) language: Language,
}

impl Scope {
    /// What tells scopes apart.
    pub(super) fn key(&self) -> String {
        let mut prefixes = self.reach.prefixes.clone();
        prefixes.sort();
        prefixes.dedup();
        // Of everywhere nothing else matters.
        let account = self.account.as_deref().filter(|_| !self.reach.is_everywhere()).unwrap_or_default();
        format!("{} {} {} {account}", prefixes.join(","), self.is_wall, self.language.tag())
    }
}

/// A board as JSON; empty before the first count.
pub(super) type Text = Arc<str>;

/// The boards that somebody watches.
#[derive(Debug, Clone)]
pub struct Boards(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    places: Arc<Semaphore>,
    shown: Mutex<HashMap<String, watch::Sender<Text>>>,
    ended: watch::Sender<bool>,
}

impl Default for Boards {
    fn default() -> Self {
        Self(Arc::new(Inner {
            places: Arc::new(Semaphore::new(MOST_LISTENERS)),
            shown: Mutex::default(),
            ended: watch::channel(false).0,
        }))
    }
}

/// Somebody who listens; who goes away gives his place back.
pub(super) struct Listener {
    board: watch::Receiver<Text>,
    ended: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Listener {
    /// The board when it changed; `None` when the service stops.
    pub(super) async fn next(&mut self) -> Option<Text> {
        tokio::select! {
            biased;
            _ = self.ended.wait_for(|ended| *ended) => None,
            changed = self.board.changed() => changed.ok().map(|()| self.board.borrow_and_update().clone()),
        }
    }
}

impl Boards {
    /// Ends every stream, so that the service can stop.
    pub fn end(&self) {
        self.0.ended.send_replace(true);
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        MOST_LISTENERS - self.0.places.available_permits()
    }

    /// How many boards are counted.
    pub fn watched(&self) -> usize {
        self.shown().len()
    }

    fn shown(&self) -> std::sync::MutexGuard<'_, HashMap<String, watch::Sender<Text>>> {
        self.0.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens to the board of a scope, which is counted from now on if it was not before.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where as many listen as can.
    pub(super) fn listen(&self, app: &App, scope: Scope) -> Result<Listener, Error> {
        let place = self.0.places.clone().try_acquire_owned().map_err(|_| full())?;
        let mut shown = self.shown();
        let board = if let Some(sender) = shown.get(&scope.key()) {
            let mut board = sender.subscribe();
            // Who comes later is told the present at once.
            if !board.borrow().is_empty() {
                board.mark_changed();
            }
            board
        } else {
            let (sender, board) = watch::channel(Text::from(""));
            shown.insert(scope.key(), sender.clone());
            tokio::spawn(keep(app.clone(), scope, sender));
            board
        };
        drop(shown);
        Ok(Listener { board, ended: self.0.ended.subscribe(), _place: place })
    }

    /// Forgets a board that nobody watches any more.
    fn forget(&self, scope: &Scope, sender: &watch::Sender<Text>) -> bool {
        let mut shown = self.shown();
        let is_left = sender.receiver_count() == 0;
        if is_left {
            shown.remove(&scope.key());
        }
        is_left
    }
}

fn full() -> Error {
    Error::Unavailable { retry_s: RETRY_S, reason: format!("{MOST_LISTENERS} boards are watched already") }
}

/// Counts a board whenever something changed, until nobody watches it.
async fn keep(app: App, scope: Scope, sender: watch::Sender<Text>) {
    let mut ended = app.boards.0.ended.subscribe();
    let (mut seen, mut counted) = (None, Instant::now());
    while !*ended.borrow() && !app.boards.forget(&scope, &sender) {
        match store::stamp(&app.db).await {
            Ok(stamp) if seen != Some(stamp) || counted.elapsed() >= REFRESH => {
                match text(&app, &scope).await {
                    Ok(text) => {
                        (seen, counted) = (Some(stamp), Instant::now());
                        sender.send_replace(text);
                    }
                    Err(error) => tracing::warn!(%error, "the board could not be counted"),
                }
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the board could not be followed"),
        }
        tokio::select! {
            _ = ended.wait_for(|ended| *ended) => {}
            () = sender.closed() => {}
            () = sleep(LOOK) => {}
        }
    }
}

async fn text(app: &App, scope: &Scope) -> Result<Text, Error> {
    let told = board(app, scope).await?;
    serde_json::to_string(&told).map(Text::from).map_err(|e| Error::Internal(e.to_string()))
}

/// The board of a scope as it is now.
pub(super) async fn board(app: &App, scope: &Scope) -> Result<ToldBoard, Error> {
    let (frame, names) = (Frame::of(app), Names::load(app).await?);
    let counts = count(app, &frame, scope).await?;
    let t = Telling { names: &names, frame: &frame, language: scope.language };
    Ok(ToldBoard::of(&counts, scope, &t))
}
