//! What a list comes to, weighed against the members that are known.

use std::collections::{HashMap, HashSet};

use super::columns::Field;
use super::person::Person;
use super::problem::{Code, Problem};
use crate::accounts::{Actor, Permission};
use crate::app::App;
use crate::benefits::members::service::{blank, call, district_of, identify};
use crate::benefits::members::store::{self as members, Known, MemberRow, PART};
use crate::benefits::model::MemberState;
use crate::benefits::person::close;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::Adcode;

/// What holds for each row of a list that says nothing else.
#[derive(Debug, Clone, Default)]
pub(super) struct Defaults {
    pub(super) union_name: Option<String>,
    pub(super) district: Option<Adcode>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Becomes {
    /// A new member.
    Added,
    /// A known one changes.
    Changed,
    /// A known one, who is as the row says.
    Unchanged,
    /// Nothing: the row has an error.
    LeftOut,
}

/// What a list comes to.
#[derive(Default)]
pub(super) struct Plan {
    /// Members to add.
    pub(super) added: Vec<MemberRow>,
    /// Members as they become, with the version that they have.
    pub(super) changed: Vec<MemberRow>,
    pub(super) unchanged: usize,
    pub(super) left_out: usize,
    pub(super) problems: Vec<Problem>,
}

/// The members that a list may speak of, by what they are known by.
#[derive(Default)]
struct KnownMembers {
    by_id: HashMap<String, MemberRow>,
    identities: HashMap<String, String>,
    numbers: HashMap<String, String>,
    phones: HashMap<String, String>,
}

impl KnownMembers {
    async fn load(tx: &mut Tx, people: &[(Person, Vec<Problem>)]) -> Result<Self, Error> {
        let mut known = Self::default();
        for part in people.chunks(PART) {
            let people = || part.iter().map(|(person, _)| person);
            let numbers: Vec<&str> = people().filter_map(|p| p.number.as_deref()).collect();
            let identities: Vec<&str> = people().filter_map(|p| p.id_hash.as_deref()).collect();
            let phones: Vec<&str> = people().filter_map(|p| Some(p.phone.as_ref()?.hash.as_str())).collect();
            for (by, values) in
                [(Known::Number, numbers), (Known::Identity, identities), (Known::Phone, phones)]
            {
                for row in members::known(tx, by, &values).await? {
                    known.add(row);
                }
            }
        }
        Ok(known)
    }

    fn add(&mut self, row: MemberRow) {
        let keys = [
            (&mut self.identities, &row.id_hash),
            (&mut self.numbers, &row.number),
            (&mut self.phones, &row.phone_hash),
        ];
        for (to, key) in keys {
            if let Some(key) = key {
                to.insert(key.clone(), row.id.clone());
            }
        }
        self.by_id.insert(row.id.clone(), row);
    }

    /// Whom a row speaks of: by his identity, else by his number, else by his phone.
    ///
    /// # Errors
    /// The field that another member has.
    fn whom(&self, person: &Person) -> Result<Option<&MemberRow>, Field> {
        let of = |map: &HashMap<String, String>, key: Option<&str>| {
            key.and_then(|key| map.get(key)).and_then(|id| self.by_id.get(id))
        };
        let phone = person.phone.as_ref().map(|phone| phone.hash.as_str());
        let found = [
            (Field::IdNumber, of(&self.identities, person.id_hash.as_deref())),
            (Field::Number, of(&self.numbers, person.number.as_deref())),
            (Field::Phone, of(&self.phones, phone)),
        ];
        let Some((_, meant)) = found.iter().find_map(|(field, row)| Some((field, (*row)?))) else {
            return Ok(None);
        };
        if let Some((field, _)) = found.iter().find(|(_, row)| row.is_some_and(|row| row.id != meant.id)) {
            return Err(*field);
        }
        // The same number and another identity: the number passed to somebody else.
        let is_other = |own: &Option<String>, said: &Option<String>| {
            own.as_ref().zip(said.as_ref()).is_some_and(|(own, said)| own != said)
        };
        if is_other(&meant.id_hash, &person.id_hash) {
            let by_number = found[1].1.is_some();
            return Err(if by_number { Field::Number } else { Field::Phone });
        }
        Ok(Some(meant))
    }
}

/// Weighs the rows of a list.
pub(super) async fn plan(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    defaults: &Defaults,
    people: Vec<(Person, Vec<Problem>)>,
) -> Result<Plan, Error> {
    let known = KnownMembers::load(tx, &people).await?;
    let (mut plan, mut seen) = (Plan::default(), HashSet::new());
    for (person, mut problems) in people {
        let becomes = if problems.iter().any(Problem::is_error) {
            Becomes::LeftOut
        } else {
            match weigh(app, actor, defaults, &known, &mut seen, &person) {
                Ok((before, row)) => plan.take(before, row?),
                Err(found) => {
                    problems.extend(found);
                    Becomes::LeftOut
                }
            }
        };
        match becomes {
            Becomes::Unchanged => plan.unchanged += 1,
            Becomes::LeftOut => plan.left_out += 1,
            Becomes::Added | Becomes::Changed => {}
        }
        plan.problems.append(&mut problems);
    }
    Ok(plan)
}

impl Plan {
    fn take(&mut self, before: Option<&MemberRow>, row: MemberRow) -> Becomes {
        match before {
            None => {
                self.added.push(row);
                Becomes::Added
            }
            Some(before) if *before == row => Becomes::Unchanged,
            Some(_) => {
                self.changed.push(row);
                Becomes::Changed
            }
        }
    }
}

/// A member before and after a row, or why the row is left out.
type Weighed<'a> = Result<(Option<&'a MemberRow>, Result<MemberRow, Error>), Vec<Problem>>;

fn weigh<'a>(
    app: &App,
    actor: &Actor,
    defaults: &Defaults,
    known: &'a KnownMembers,
    seen: &mut HashSet<String>,
    person: &Person,
) -> Weighed<'a> {
    let wrong = |field: Option<Field>, code| vec![Problem::new(person.row, field, code)];
    let before = known.whom(person).map_err(|field| wrong(Some(field), Code::Taken))?;
    let phone = person.phone.as_ref().map(|phone| format!("phone {}", phone.hash));
    let keys = [
        person.id_hash.as_ref().map(|hash| format!("identity {hash}")),
        person.number.as_ref().map(|number| format!("number {number}")),
        phone,
        before.map(|row| format!("member {}", row.id)),
    ];
    let is_new = keys.into_iter().flatten().all(|key| seen.insert(key));
    if !is_new {
        return Err(wrong(None, Code::Twice));
    }
    let may = |district| actor.may(Permission::MemberManage, district);
    if before.is_some_and(|row| !may(district_of(row))) {
        return Err(wrong(None, Code::NotYours));
    }
    let district = person.district.or(defaults.district).map(|code| code.to_string());
    let union_name = person.union_name.clone().or_else(|| defaults.union_name.clone());
    if before.is_none() {
        let needed = [
            (Field::Name, person.name.is_some()),
            (Field::Union, union_name.is_some()),
            (Field::District, district.is_some()),
        ];
        let missing = needed.iter().filter(|(_, is_there)| !is_there);
        let missing: Vec<_> =
            missing.map(|(field, _)| Problem::new(person.row, *field, Code::Missing)).collect();
        if !missing.is_empty() {
            return Err(missing);
        }
    }
    let mut row = before.cloned().unwrap_or_else(|| blank(app.clock.now()));
    row.district = district.unwrap_or(row.district);
    row.union_name = union_name.unwrap_or(row.union_name);
    if !may(district_of(&row)) {
        return Err(wrong(Some(Field::District), Code::NotYours));
    }
    let laid = lay(app, &mut row, person);
    Ok((before, laid.map(|()| row)))
}

/// Lays what a row says over a member; what is the same stays as it is sealed.
fn lay(app: &App, row: &mut MemberRow, person: &Person) -> Result<(), Error> {
    if let Some(name) = person.name.as_ref().filter(|_| row.name_hash != person.name_hash) {
        row.name = Some(close(&app.secrets, name, &row.id)?);
        row.name_hash.clone_from(&person.name_hash);
    }
    if let Some(phone) = person.phone.as_ref().filter(|phone| row.phone_hash.as_ref() != Some(&phone.hash)) {
        call(app, row, Some(phone))?;
    }
    if let Some(number) = &person.identity {
        identify(app, row, Some(number));
    }
    if person.number.is_some() {
        row.number.clone_from(&person.number);
    }
    if let Some(trade) = person.trade {
        row.trade = Some(trade.to_string());
    }
    if let Some(day) = person.joined_on {
        row.joined_on = Some(day.to_string());
    }
    (row.state, row.left_ms) = (MemberState::Active.to_string(), None);
    Ok(())
}
