//! Names and numbers of people: sealed for whoever may read them, hashed with a key for whoever finds one.

use crate::error::Error;
use crate::joins::digits_of;
use crate::seal::Seal;
use crate::secrets::Secrets;

/// What names and numbers are sealed for.
const PURPOSE: &str = "benefits person";
/// How many digits of a number are told to whoever looks at a list.
const END: usize = 4;

/// Seals a name or number for the row that it belongs to.
pub(super) fn close(secrets: &Secrets, text: &str, owner: &str) -> Result<String, Error> {
    Seal::new(secrets, PURPOSE).close(text.as_bytes(), owner)
}

/// Opens what [`close`] sealed.
///
/// # Errors
/// [`Error::Internal`] where it was sealed with another secret or for another row.
pub(super) fn open(secrets: &Secrets, sealed: &str, owner: &str) -> Result<String, Error> {
    let bytes = Seal::new(secrets, PURPOSE).open(sealed, owner)?;
    String::from_utf8(bytes).map_err(|e| Error::Internal(format!("what is sealed for {owner}: {e}")))
}

/// The last characters of a number.
pub(super) fn end_of(number: &str) -> String {
    let from = number.chars().count().saturating_sub(END);
    number.chars().skip(from).collect()
}

/// What a name is found by.
pub(super) fn name_hash(secrets: &Secrets, name: &str) -> String {
    secrets.keyed("name", name)
}

/// A phone number: its digits, and what it is found by.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Phone {
    /// The digits, without the code of China.
    pub(super) digits: String,
    /// Its keyed hash.
    pub(super) hash: String,
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(…)")
    }
}

impl Phone {
    /// The number however it was typed; `None` where it is none.
    pub(super) fn read(secrets: &Secrets, typed: &str) -> Option<Self> {
        let digits = digits_of(typed)?;
        let hash = secrets.keyed("phone", &digits);
        Some(Self { digits, hash })
    }

    /// Its last four digits.
    pub(super) fn end(&self) -> String {
        end_of(&self.digits)
    }
}
