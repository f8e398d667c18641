//! Layers in memory, as they were asked for lately.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many are kept: a layer of a million points takes 40 MB.
const KEPT: usize = 4;

/// Values by a key, the one that was asked for last first.
#[derive(Debug)]
pub(in crate::planning) struct Kept<K, V> {
    known: Mutex<Vec<(K, Arc<V>)>>,
    /// Held while one is read, so that many who ask for it at once read it once.
    pub(in crate::planning) reading: tokio::sync::Mutex<()>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { known: Mutex::default(), reading: tokio::sync::Mutex::default() }
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    fn locked(&self) -> MutexGuard<'_, Vec<(K, Arc<V>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value of a key, where it is still there.
    pub(in crate::planning) fn find(&self, key: &K) -> Option<Arc<V>> {
        let mut known = self.locked();
        let at = known.iter().position(|(other, _)| other == key)?;
        known[..=at].rotate_right(1);
        Some(Arc::clone(&known[0].1))
    }

    /// Keeps a value in place of others that `is_replaced` says it of, and of the one that was asked for longest ago.
    pub(in crate::planning) fn keep(&self, key: K, value: V, is_replaced: impl Fn(&K) -> bool) -> Arc<V> {
        let value = Arc::new(value);
        let mut known = self.locked();
        known.retain(|(other, _)| !is_replaced(other));
        known.truncate(KEPT - 1);
        known.insert(0, (key, Arc::clone(&value)));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_longest_ago_goes_first() {
        let kept: Kept<(u8, u8), u8> = Kept::default();
        let keep = |code, version| drop(kept.keep((code, version), code, |(other, _)| *other == code));
        for code in 0..4 {
            keep(code, 1);
        }
        assert_eq!(kept.find(&(0, 1)).as_deref(), Some(&0));
        keep(4, 1);
        assert_eq!(kept.find(&(1, 1)), None, "it was asked for longest ago");
        assert!([0, 2, 3, 4].iter().all(|code| kept.find(&(*code, 1)).is_some()));
        keep(3, 2);
        assert_eq!((kept.find(&(3, 1)), kept.find(&(3, 2)).as_deref()), (None, Some(&3)));
        assert!([0, 2, 4].iter().all(|code| kept.find(&(*code, 1)).is_some()));
    }
}
