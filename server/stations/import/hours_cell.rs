//! Opening hours of a cell: the grammar, or free text that is read into it where its meaning is certain.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::calendar::Calendar;
use crate::stations::hours::{Assumption, FreeText, Hours, parse_free_text};

/// So many different texts are remembered: registries repeat a few, and reading one takes some time.
const REMEMBERED: usize = 4_096;

/// What a cell of opening hours says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoursCell {
    /// Hours in the grammar.
    Certain {
        /// The hours.
        grammar: String,
        /// Whether holidays were assumed to be off.
        holidays_assumed_off: bool,
    },
    /// No certain meaning.
    Uncertain,
}

/// Reads cells, each text once.
#[derive(Debug, Default)]
pub struct HoursReader {
    known: RefCell<HashMap<String, HoursCell>>,
}

impl HoursReader {
    /// What a text says.
    pub fn read(&self, text: &str) -> HoursCell {
        if let Some(known) = self.known.borrow().get(text) {
            return known.clone();
        }
        let cell = read(text);
        let mut known = self.known.borrow_mut();
        if known.len() < REMEMBERED {
            known.insert(text.to_owned(), cell.clone());
        }
        cell
    }
}

fn read(text: &str) -> HoursCell {
    if Hours::parse(text, &Calendar::default()).is_ok() {
        return HoursCell::Certain { grammar: text.to_owned(), holidays_assumed_off: false };
    }
    match parse_free_text(text) {
        FreeText::Certain { grammar, assumptions } => HoursCell::Certain {
            grammar,
            holidays_assumed_off: assumptions.contains(&Assumption::HolidaysAssumedOff),
        },
        FreeText::Uncertain => HoursCell::Uncertain,
    }
}
