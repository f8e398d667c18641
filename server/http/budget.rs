//! One budget of memory for the large bodies of all requests together.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use futures_util::StreamExt;
use futures_util::stream::unfold;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::drain;
use crate::error::Error;

/// So much of a body takes nothing from the budget: the number of connections bounds it.
const FREE_BYTES: usize = 64 << 10;
/// When somebody for whom nothing was left shall come again, in seconds.
const RETRY_S: u32 = 5;

/// What is left for large bodies, in KiB.
#[derive(Debug, Clone)]
pub struct Budget(Arc<Semaphore>);

/// What one body has taken; it comes back when the last who holds it is gone. Whoever answers the request holds it
/// until then.
#[derive(Debug, Clone)]
pub struct Share(Arc<Mutex<Taken>>);

#[derive(Debug)]
struct Taken {
    budget: Arc<Semaphore>,
    arrived_bytes: usize,
    permit: Option<OwnedSemaphorePermit>,
    is_refused: bool,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new((bytes >> 10).min(Semaphore::MAX_PERMITS))))
    }

    /// The share of a body of which nothing has arrived yet.
    pub fn share(&self) -> Share {
        let budget = self.0.clone();
        Share(Arc::new(Mutex::new(Taken { budget, arrived_bytes: 0, permit: None, is_refused: false })))
    }
}

impl Share {
    /// The share that a request brings.
    pub fn of(request: &Request) -> Option<Self> {
        request.extensions().get().cloned()
    }

    /// Takes for each part of a body as it arrives: who announces much and sends little takes little from others.
    /// A body for which nothing is left ends in an error.
    pub fn metered(&self, body: Body) -> Body {
        let share = self.clone();
        let part = move |parts: Option<BodyDataStream>| {
            let share = share.clone();
            async move {
                let mut parts = parts?;
                let part = parts.next().await?;
                if part.as_ref().is_ok_and(|bytes| !share.take(bytes.len())) {
                    drain(Body::from_stream(parts)).await;
                    return Some((Err(axum::Error::new("nothing is left for this body")), None));
                }
                Some((part, Some(parts)))
            }
        };
        Body::from_stream(unfold(Some(body.into_data_stream()), part))
    }

    /// Why the request is refused, where nothing was left for its body.
    pub fn refusal(&self) -> Option<Error> {
        let reason = "too many large bodies at once".to_owned();
        self.with(|taken| taken.is_refused.then_some(Error::Unavailable { retry_s: RETRY_S, reason }))
    }

    /// Counts bytes that arrived; whether there was room for them.
    fn take(&self, bytes: usize) -> bool {
        self.with(|taken| {
            taken.arrived_bytes += bytes;
            let wanted = taken.arrived_bytes.saturating_sub(FREE_BYTES).div_ceil(1 << 10);
            let more = wanted - taken.permit.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            match (taken.budget.clone().try_acquire_many_owned(more), &mut taken.permit) {
                (Ok(fresh), Some(permit)) => permit.merge(fresh),
                (Ok(fresh), none) => *none = Some(fresh),
                (Err(_), _) => taken.is_refused = true,
            }
            !taken.is_refused
        })
    }

    fn with<T>(&self, then: impl FnOnce(&mut Taken) -> T) -> T {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_arrived_is_taken_and_comes_back_with_the_last_who_holds_it() {
        let budget = Budget::new(100 << 10);
        let (one, other) = (budget.share(), budget.share());
        assert!(one.take(FREE_BYTES) && other.take(FREE_BYTES), "so much is free");
        assert!(one.take(60 << 10) && other.take(40 << 10));
        assert!(!other.take(1) && other.refusal().is_some(), "nothing is left");
        let small = budget.share();
        assert!(small.take(FREE_BYTES) && small.refusal().is_none(), "small bodies need nothing");
        let also = one.clone();
        drop(one);
        assert!(!budget.share().take(FREE_BYTES + 1), "whoever answers holds it still");
        drop(also);
        assert!(budget.share().take(FREE_BYTES + (60 << 10)), "it is back");
    }

    #[tokio::test]
    async fn a_body_is_read_as_it_came_or_ends_in_an_error() {
        let budget = Budget::new(1 << 10);
        let read = async |bytes: usize| {
            let share = budget.share();
            let whole = axum::body::to_bytes(share.metered(Body::from(vec![7; bytes])), usize::MAX).await;
            (whole.ok().map(|read| read.len()), share.refusal().is_some())
        };
        assert_eq!(read(FREE_BYTES + 1_024).await, (Some(FREE_BYTES + 1_024), false));
        assert_eq!(read(FREE_BYTES + 1_025).await, (None, true));
    }
}
