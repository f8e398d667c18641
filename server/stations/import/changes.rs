//! What a row changes of the station it is about: fields that the row does not state stay as they are.

use std::collections::BTreeSet;

use serde::Serialize;

use spatial::Position;

use super::field::{Field, FieldSet};
use crate::language::Language;
use crate::stations::model::{Facility, Facts, is_near};
use crate::vocabulary::{Coded, Vocabularies};

/// So many other names of a station are kept; the row of a list that has more is not lost, its name is.
const MOST_ALIASES: usize = 50;

/// A station that a list puts less far from where it is registered has not moved, in metres.
///
/// Six decimals of a degree are rounded by up to 0.08 m and five by up to 0.79 m, in whichever coordinate system they
/// are written; no receiver and no click on a map is as exact as a metre, and no door moves by less.
const MOVED_M: f64 = 1.0;

/// Whether a list means the place where a station is registered.
pub(super) fn is_unmoved(registered: Position, stated: Position) -> bool {
    registered.geodesic_m(stated) < MOVED_M
}

/// One field that an update changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// What is registered, in words; absent where there is nothing.
    pub old: Option<String>,
    /// What the row states, in words; absent where it states that there is nothing.
    pub new: Option<String>,
}

/// The facts of a station after a row was applied to it.
pub(super) fn merge(registered: &Facts, stated: FieldSet, facts: &Facts) -> Facts {
    let mut merged = registered.clone();
    for field in Field::ALL.iter().copied().filter(|field| stated.contains(*field)) {
        take(&mut merged, facts, field);
    }
    merged.district = merged.district.or(facts.district);
    merged
}

/// The facts of a station after a row was merged into it: what is registered counts, the row fills what is not.
pub(super) fn fill(registered: &Facts, stated: FieldSet, facts: &Facts) -> Facts {
    let mut filled = registered.clone();
    for field in
        Field::ALL.iter().copied().filter(|field| stated.contains(*field) && is_unsaid(registered, *field))
    {
        take(&mut filled, facts, field);
    }
    filled.district = filled.district.or(facts.district);
    filled
}

/// Takes from a later row what the first row of a station does not say, and returns what both say together.
pub(super) fn fold(first: &mut Facts, stated: FieldSet, later: &Facts, also: FieldSet) -> FieldSet {
    let mut both = stated;
    for field in Field::ALL.iter().copied().filter(|field| also.contains(*field)) {
        if is_unsaid(first, field) {
            take(first, later, field);
        }
        both.insert(field);
    }
    both
}

/// Another name of a station, where it is no name of it yet.
pub(super) fn call(facts: &mut Facts, name: &str) {
    let is_known = facts.name == name || facts.aliases.iter().any(|alias| alias == name);
    if !is_known && facts.aliases.len() < MOST_ALIASES {
        facts.aliases.push(name.to_owned());
    }
}

/// Whether facts say nothing of a field. Every station has a name and a position.
fn is_unsaid(facts: &Facts, field: Field) -> bool {
    match field {
        Field::Name | Field::Lat | Field::Lon => false,
        Field::Code => facts.code.is_none(),
        Field::Signboard => facts.signboard.is_none(),
        Field::Aliases => facts.aliases.is_empty(),
        Field::District => facts.district.is_none(),
        Field::Address => facts.address.is_none(),
        Field::Build => facts.build.is_none(),
        Field::Partner => facts.partner.is_none(),
        Field::Host => facts.host.is_none(),
        Field::Form => facts.form.is_none(),
        Field::Hours => facts.hours.is_none() && facts.hours_text.is_none(),
        Field::Facilities => facts.facilities.is_empty() && facts.other_facilities.is_empty(),
        Field::Access => facts.access.is_empty(),
        Field::Phone => facts.phone.is_none(),
        Field::OpenedOn => facts.opened_on.is_none(),
        Field::Capacity => facts.capacity.is_none(),
        Field::AreaM2 => facts.area_m2.is_none(),
        Field::Trades => facts.trades.is_empty(),
        Field::Notes => facts.notes.is_none(),
        Field::KeeperName => facts.keeper_name.is_none(),
        Field::KeeperPhone => facts.keeper_phone.is_none(),
    }
}

/// Takes one field of a row. A lost code is never taken: a row without one is matched by name and place.
fn take(to: &mut Facts, from: &Facts, field: Field) {
    match field {
        Field::Code => to.code = from.code.clone().or(to.code.take()),
        Field::Name => to.name.clone_from(&from.name),
        Field::Signboard => to.signboard.clone_from(&from.signboard),
        Field::Aliases => to.aliases.clone_from(&from.aliases),
        Field::District => to.district = from.district,
        Field::Address => to.address.clone_from(&from.address),
        Field::Lat | Field::Lon => take_position(to, from),
        Field::Build => to.build = from.build,
        Field::Partner => to.partner.clone_from(&from.partner),
        Field::Host => to.host = from.host,
        Field::Form => to.form = from.form,
        Field::Hours => {
            to.hours.clone_from(&from.hours);
            to.hours_text.clone_from(&from.hours_text);
        }
        Field::Facilities => take_facilities(to, from),
        Field::Access => take_codes(&mut to.access, &from.access),
        Field::Phone => to.phone.clone_from(&from.phone),
        Field::OpenedOn => to.opened_on = from.opened_on,
        Field::Capacity => to.capacity = from.capacity,
        Field::AreaM2 => to.area_m2 = from.area_m2,
        Field::Trades => take_codes(&mut to.trades, &from.trades),
        Field::Notes => to.notes.clone_from(&from.notes),
        Field::KeeperName => to.keeper_name.clone_from(&from.keeper_name),
        Field::KeeperPhone => to.keeper_phone.clone_from(&from.keeper_phone),
    }
}

/// A list of codes has no order: the registered one stays where both say the same.
fn take_codes<C: Copy + Ord>(to: &mut Vec<C>, from: &[C]) {
    let sorted = |codes: &[C]| codes.iter().copied().collect::<BTreeSet<_>>();
    if sorted(to) != sorted(from) {
        to.clear();
        to.extend_from_slice(from);
    }
}

fn take_position(to: &mut Facts, from: &Facts) {
    if !is_unmoved(to.position, from.position) {
        to.position = from.position;
        to.crs = from.crs;
        // A door that the station moved away from is not its door.
        to.entrance = to.entrance.take().filter(|e| is_near(e.position, to.position));
    }
}

/// A list of words says what there is; what else is known of a facility stays.
fn take_facilities(to: &mut Facts, from: &Facts) {
    let known = std::mem::take(&mut to.facilities);
    let with_details = |new: &Facility| match known.iter().find(|old| old.code == new.code) {
        Some(old) => Facility { count: new.count.or(old.count), ..old.clone() },
        None => new.clone(),
    };
    to.facilities = from.facilities.iter().map(with_details).collect();
    // The order says nothing: the registered one stays, and what is new comes after it.
    let place = |f: &Facility| known.iter().position(|old| old.code == f.code).unwrap_or(known.len());
    to.facilities.sort_by_key(place);
    to.other_facilities.clone_from(&from.other_facilities);
}

/// The fields in which two statements of facts differ, in words.
pub(super) fn changes(old: &Facts, new: &Facts, words: &Vocabularies, language: Language) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let shown = |facts, field| shown(facts, field, words, language);
    let change = |field: &Field| Change { field: *field, old: shown(old, *field), new: shown(new, *field) };
    Field::ALL.iter().map(change).filter(|change| change.old != change.new).collect()
}

/// A field as people read it; none where it is empty.
fn shown(facts: &Facts, field: Field, words: &Vocabularies, language: Language) -> Option<String> {
    let text = match field {
        Field::Code => facts.code.clone()?,
        Field::Name => facts.name.clone(),
        Field::Signboard => facts.signboard.clone()?,
        Field::Aliases => facts.aliases.join(language.of("、", ", ")),
        Field::District => facts.district?.to_string(),
        Field::Address => facts.address.clone()?,
        Field::Lat => format!("{:.7}", facts.position.lat()),
        Field::Lon => format!("{:.7}", facts.position.lon()),
        Field::Build => words.word(facts.build?, language).to_owned(),
        Field::Partner => facts.partner.clone()?,
        Field::Host => words.word(facts.host?, language).to_owned(),
        Field::Form => words.word(facts.form?, language).to_owned(),
        Field::Hours => facts.hours.clone().or(facts.hours_text.clone())?,
        Field::Facilities => shown_facilities(facts, words, language),
        Field::Access => shown_codes(&facts.access, words, language),
        Field::Phone => facts.phone.clone()?,
        Field::OpenedOn => facts.opened_on?.to_string(),
        Field::Capacity => facts.capacity?.to_string(),
        Field::AreaM2 => facts.area_m2?.to_string(),
        Field::Trades => shown_codes(&facts.trades, words, language),
        Field::Notes => facts.notes.clone()?,
        Field::KeeperName => facts.keeper_name.clone()?,
        Field::KeeperPhone => facts.keeper_phone.clone()?,
    };
    (!text.is_empty()).then_some(text)
}

fn shown_codes<C: Coded>(codes: &[C], words: &Vocabularies, language: Language) -> String {
    codes.iter().map(|code| words.word(*code, language)).collect::<Vec<_>>().join(language.of("、", ", "))
}

fn shown_facilities(facts: &Facts, words: &Vocabularies, language: Language) -> String {
    let one = |facility: &Facility| match facility.count {
        Some(count) => format!("{} ×{count}", words.word(facility.code, language)),
        None => words.word(facility.code, language).to_owned(),
    };
    let others = facts.other_facilities.iter().cloned();
    facts.facilities.iter().map(one).chain(others).collect::<Vec<_>>().join(language.of("、", ", "))
}
