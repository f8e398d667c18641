//! How to get in, as a worker would say it to another.

use super::words::Words;
use crate::stations::feature::Properties;
use crate::stations::model::Access;

/// The shortest useful sentence for a list, with its icon: the easiest way in first.
pub(super) fn short(words: &'static Words, station: &Properties<'_>) -> (&'static str, &'static str) {
    match easiest(station.access) {
        Some(access) => (super::icon::of_access(access), sentence(words, access, station.no_phone)),
        None if station.no_phone == Some(true) => ("nophone", words.no_phone),
        None if station.phone.is_some() => ("call", words.call_first),
        None => ("info", words.way_in_unknown),
    }
}

/// The sentence of one way in.
pub(super) fn sentence(words: &'static Words, access: Access, no_phone: Option<bool>) -> &'static str {
    match access {
        Access::OpenDoor if no_phone == Some(true) => words.open_door_no_phone,
        Access::OpenDoor => words.open_door,
        Access::Ring => words.ring,
        Access::Scan => words.scan,
        Access::App => words.app,
        Access::Face => words.face,
        Access::Key => words.key,
        Access::MemberOnly => words.member_only,
    }
}

/// A limit to members is no way in, so it is named only where nothing else is.
fn easiest(access: &[Access]) -> Option<Access> {
    access.iter().copied().min()
}
