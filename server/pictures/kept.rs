//! Pictures that were shown lately, in memory up to a number of bytes.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// Pictures by what they show. When they would take more than their room, all are forgotten and it begins anew: what is
/// asked for often is soon there again, and nothing has to be kept in order.
#[derive(Debug)]
pub struct Kept<K> {
    most_bytes: usize,
    held: Mutex<Held<K>>,
}

#[derive(Debug)]
struct Held<K> {
    bytes: usize,
    pictures: HashMap<K, Bytes>,
}

impl<K: Eq + Hash> Kept<K> {
    /// Nothing yet, and room for so many bytes.
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, held: Mutex::new(Held { bytes: 0, pictures: HashMap::new() }) }
    }

    /// The picture of a key, where it is kept.
    pub fn get(&self, key: &K) -> Option<Bytes> {
        self.with(|held| held.pictures.get(key).cloned())
    }

    /// Keeps a picture; one that is larger than the whole room is not kept.
    pub fn insert(&self, key: K, picture: Bytes) {
        if picture.len() > self.most_bytes {
            return;
        }
        self.with(|held| {
            if held.bytes + picture.len() > self.most_bytes {
                held.pictures.clear();
                held.bytes = 0;
            }
            held.bytes += picture.len();
            if let Some(twice) = held.pictures.insert(key, picture) {
                held.bytes -= twice.len();
            }
        });
    }

    fn with<T>(&self, then: impl FnOnce(&mut Held<K>) -> T) -> T {
        then(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_take_no_more_than_their_room() {
        let kept = Kept::new(10);
        let picture = |bytes: usize| Bytes::from(vec![7; bytes]);
        kept.insert("a", picture(4));
        kept.insert("b", picture(6));
        assert_eq!(kept.get(&"a"), Some(picture(4)));
        kept.insert("b", picture(5));
        kept.insert("c", picture(1));
        assert!(kept.get(&"a").is_none(), "forgotten when `b` came anew");
        assert_eq!((kept.get(&"b"), kept.get(&"c")), (Some(picture(5)), Some(picture(1))));
        kept.insert("d", picture(11));
        assert!(kept.get(&"d").is_none() && kept.get(&"c").is_some(), "too large to be kept");
    }
}
