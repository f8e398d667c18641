//! Numbers and receipts for people without an account: by both together somebody follows what he sent.
//!
//! A number names the day and is no secret. The receipt is one, and is kept only as an Argon2id hash with a key that
//! is in no database and no backup, so that whoever has a copy of the tables cannot try receipts.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::NaiveDate;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::secrets::{KEY_BYTES, Secrets, random};

/// Digits and capitals that nobody takes for another when they are read out or written down: no 0 O, 1 I L, U V.
const SIGNS: &[u8; 29] = b"23456789ABCDEFGHJKMNPQRSTWXYZ";
/// Signs of a receipt, 4.86 bits each: 58 bits.
const RECEIPT_SIGNS: usize = 12;
/// A receipt is written in groups of so many signs.
const GROUP: usize = 4;
/// Signs of a number after the day; a number that is taken is drawn anew.
const NUMBER_SIGNS: usize = 5;
/// Memory in KiB, passes and lanes (OWASP Password Storage Cheat Sheet).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many are computed at once: each takes its memory and a core.
const AT_ONCE: usize = 4;
/// What the key is derived for.
const PURPOSE: &str = "receipts";

/// What somebody is given, and what is kept of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// The number, such as `R261124-7KMQ3`.
    pub number: String,
    /// The receipt, such as `7KMQ-3XWB-9TDA`, which is shown once.
    pub receipt: String,
    /// The hash that is kept.
    pub hash: String,
}

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// Draws a number of a day, beginning with a letter for what it is of, and a receipt.
///
/// # Errors
/// [`Error::Internal`] where the operating system gives no random bytes.
pub async fn issue(secrets: &Secrets, letter: char, day: NaiveDate) -> Result<Issued, Error> {
    let number = number(letter, day)?;
    let plain = drawn(RECEIPT_SIGNS)?;
    let parts: Vec<&str> = (0..RECEIPT_SIGNS).step_by(GROUP).map(|at| &plain[at..at + GROUP]).collect();
    let receipt = parts.join("-");
    let (key, salt) = (secrets.derive(PURPOSE), random::<16>()?);
    let hash = computed(move || hashed(&key, &plain, salt)).await??;
    Ok(Issued { number, receipt, hash })
}

/// Draws a number alone, for what nobody follows.
///
/// # Errors
/// [`Error::Internal`] where the operating system gives no random bytes.
pub fn number(letter: char, day: NaiveDate) -> Result<String, Error> {
    Ok(format!("{letter}{}-{}", day.format("%y%m%d"), drawn(NUMBER_SIGNS)?))
}

/// What is kept of a receipt that was made elsewhere.
///
/// # Errors
/// [`Error::Internal`] where it cannot be computed.
pub async fn hash(secrets: &Secrets, receipt: &str) -> Result<String, Error> {
    let (key, given, salt) = (secrets.derive(PURPOSE), receipt.to_owned(), random::<16>()?);
    computed(move || hashed(&key, &given, salt)).await?
}

/// Whether a receipt is exactly the one of a hash. Without a hash it takes as long and is wrong.
///
/// # Errors
/// [`Error::Internal`] where it cannot be computed.
pub async fn is_of(secrets: &Secrets, given: String, hash: Option<String>) -> Result<bool, Error> {
    let key = secrets.derive(PURPOSE);
    computed(move || verified(&key, &given, hash)).await?
}

fn verified(key: &[u8; KEY_BYTES], given: &str, hash: Option<String>) -> Result<bool, Error> {
    match hash {
        Some(hash) => Ok(hasher(key)?.verify_password(given.as_bytes(), hash.as_str()).is_ok()),
        // The same work for nothing, so that the time does not tell which numbers exist.
        None => hashed(key, given, [7; 16]).map(|_| false),
    }
}

/// Whether a receipt, however it was typed, is the one of a hash. Without a hash it takes as long and is wrong.
///
/// # Errors
/// [`Error::Internal`] where it cannot be computed.
pub async fn check(secrets: &Secrets, given: &str, hash: Option<String>) -> Result<bool, Error> {
    is_of(secrets, plain(given), hash).await
}

/// A number as it is kept: capitals, without blanks, however it was typed.
pub fn plain_number(given: &str) -> String {
    let text: String = given.chars().map(narrow).filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    text.to_ascii_uppercase()
}

/// A receipt without what people put between its signs.
fn plain(given: &str) -> String {
    let signs = given.chars().map(narrow).filter(char::is_ascii_alphanumeric);
    signs.take(RECEIPT_SIGNS + 1).map(|c| c.to_ascii_uppercase()).collect()
}

/// A sign of a Chinese keyboard's full width as the ordinary one.
fn narrow(c: char) -> char {
    let code = u32::from(c);
    if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0).unwrap_or(c) } else { c }
}

/// Signs of which each is as likely as any other: bytes that would favour some are thrown away.
fn drawn(signs: usize) -> Result<String, Error> {
    let fair = u8::try_from(256 / SIGNS.len() * SIGNS.len()).unwrap_or(u8::MAX);
    let mut text = String::with_capacity(signs);
    while text.len() < signs {
        let bytes = random::<32>()?.into_iter().filter(|byte| *byte < fair);
        let sign = |byte: u8| char::from(SIGNS[usize::from(byte) % SIGNS.len()]);
        text.extend(bytes.take(signs - text.len()).map(sign));
    }
    Ok(text)
}

fn hasher(key: &[u8; KEY_BYTES]) -> Result<Argon2<'_>, Error> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(fault)?;
    Argon2::new_with_secret(key, Algorithm::Argon2id, Version::V0x13, params).map_err(fault)
}

fn hashed(key: &[u8; KEY_BYTES], receipt: &str, salt: [u8; 16]) -> Result<String, Error> {
    let hash = hasher(key)?.hash_password_with_salt(receipt.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("argon2: {error}"))
}

async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _room = ROOM.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    Ok(tokio::task::spawn_blocking(work).await?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn secrets() -> Secrets {
        Secrets::read(&"0b".repeat(KEY_BYTES), "test").unwrap()
    }

    #[tokio::test]
    async fn a_receipt_is_known_however_it_is_typed_and_only_with_the_key() {
        let (secrets, day) = (secrets(), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
        let issued = issue(&secrets, 'R', day).await.unwrap();
        assert!(issued.number.starts_with("R261124-") && issued.number.len() == 13, "{}", issued.number);
        assert_eq!(issued.receipt.len(), 14);
        assert!(issued.hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", issued.hash);
        let bare = issued.receipt.replace('-', "").to_lowercase();
        let wide: String = bare.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        for typed in [&issued.receipt, &bare, &format!(" {bare} "), &wide] {
            assert!(check(&secrets, typed, Some(issued.hash.clone())).await.unwrap(), "{typed}");
        }
        for wrong in ["", "2345-6789-ABCD", &bare[1..], &format!("{bare}2")] {
            assert!(!check(&secrets, wrong, Some(issued.hash.clone())).await.unwrap(), "{wrong}");
        }
        assert!(!check(&secrets, "", None).await.unwrap(), "nobody's receipt is never right");
        let other = Secrets::read(&"0c".repeat(KEY_BYTES), "test").unwrap();
        assert!(!check(&other, &issued.receipt, Some(issued.hash)).await.unwrap(), "the key belongs to it");
    }

    #[test]
    fn what_is_drawn_uses_every_sign_and_no_confusable_one() {
        let text: String = (0..400).map(|_| drawn(RECEIPT_SIGNS).unwrap()).collect();
        let seen: BTreeSet<u8> = text.bytes().collect();
        assert_eq!(seen, SIGNS.iter().copied().collect(), "4,800 draws of 29 signs");
        assert!(!"01OILUV".bytes().any(|b| SIGNS.contains(&b)));
        assert_eq!(plain_number(" r261124－7kmq3 "), "R261124-7KMQ3");
    }
}
