//! Number, receipt and the signature that anybody can check.
//!
//! The receipt is computed from the key of the request and the id of the case, so that a request that comes again is
//! told the same one, while the database holds its Argon2id hash only (with a key that is in no database).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::ids::GrievanceId;
use crate::secrets::{Secrets, hex};

/// Digits of a receipt: 66 bits.
pub const DIGITS: usize = 20;
/// Receipts are below this.
const RANGE: u128 = 10_u128.pow(20);
const RECEIPT: &str = "grievance receipts";
const FILING: &str = "grievance filing";
const SIGNING: &str = "grievance receipt signature";

/// HMAC-SHA-256 over the parts, each with its length before it; it is the first half of HKDF (RFC 5869, 2.2).
fn mac(secrets: &Secrets, purpose: &str, parts: &[&str]) -> [u8; 32] {
    let told = |part: &&str| [&(part.len() as u64).to_be_bytes(), part.as_bytes()].concat();
    let message: Vec<u8> = parts.iter().flat_map(told).collect();
    Hkdf::<Sha256>::extract(Some(&secrets.derive(purpose)), &message).0.into()
}

/// The receipt of a case that was filed with a key: 20 digits.
pub(super) fn receipt(secrets: &Secrets, key: &str, id: GrievanceId) -> String {
    let bytes = mac(secrets, RECEIPT, &[key, &id.to_string()]);
    let number = bytes.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    // 128 bits over 66: no digit is more likely than another by more than 2^-61.
    format!("{:0width$}", number % RANGE, width = DIGITS)
}

/// A receipt as people read it: groups of four digits.
pub fn grouped(receipt: &str) -> String {
    let chars: Vec<char> = receipt.chars().collect();
    chars.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// How the database knows the key of a request, or its body, without holding it.
pub(super) fn keyed(secrets: &Secrets, what: &str, text: &str) -> String {
    hex(&mac(secrets, FILING, &[what, text]))
}

/// The number of a case: the year, and its place in it.
pub(super) fn number(year: i32, place: i64) -> String {
    format!("{year}-{place:06}")
}

/// What a receipt is signed for: that a case of this number was received on this day. It tells neither who nor what.
pub fn statement(number: &str, day: NaiveDate) -> String {
    format!("yizhan grievance {number} received {day}")
}

fn signer(secrets: &Secrets) -> SigningKey {
    SigningKey::from_bytes(&secrets.derive(SIGNING))
}

/// Signs the statement of a receipt (Ed25519), in base64 for addresses.
pub fn signature(secrets: &Secrets, number: &str, day: NaiveDate) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(signer(secrets).sign(statement(number, day).as_bytes()).to_bytes())
}

/// Whether a signature is of this number and day.
pub fn is_signed(secrets: &Secrets, number: &str, day: NaiveDate, signature: &str) -> bool {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(signature).ok();
    let signature = bytes.and_then(|bytes| Signature::from_slice(&bytes).ok());
    let key = signer(secrets).verifying_key();
    signature.is_some_and(|signature| key.verify(statement(number, day).as_bytes(), &signature).is_ok())
}

/// The key with which anybody checks signatures, in base64 for addresses.
pub fn public_key(secrets: &Secrets) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(signer(secrets).verifying_key().as_bytes())
}

/// A number or receipt as it is kept, however it was typed.
pub(super) fn digits(given: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    given.chars().take(100).map(narrow).filter(char::is_ascii_digit).collect()
}

/// A number as it is kept, however it was typed; something that is none as nothing.
pub(super) fn plain_number(given: &str) -> String {
    let digits = digits(given);
    match digits.split_at_checked(4) {
        Some((year, place)) if !place.is_empty() => format!("{year}-{place:0>6}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::read(&"0b".repeat(32), "test").unwrap()
    }

    #[test]
    fn a_receipt_follows_from_key_and_case() {
        let (secrets, id) = (secrets(), GrievanceId::random());
        let one = receipt(&secrets, "key", id);
        assert_eq!(one.len(), DIGITS);
        assert!(one.bytes().all(|b| b.is_ascii_digit()));
        assert_eq!(one, receipt(&secrets, "key", id));
        assert_ne!(one, receipt(&secrets, "other", id));
        assert_ne!(one, receipt(&secrets, "key", GrievanceId::random()));
        assert_eq!(digits(&grouped(&one)), one);
        let wide: String = one.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        assert_eq!(digits(&wide), one);
    }

    #[test]
    fn a_signature_is_of_one_number_and_day() {
        let (secrets, day) = (secrets(), NaiveDate::from_ymd_opt(2026, 2, 13).unwrap());
        let signed = signature(&secrets, "2026-000132", day);
        assert!(is_signed(&secrets, "2026-000132", day, &signed));
        assert!(!is_signed(&secrets, "2026-000133", day, &signed));
        assert!(!is_signed(&secrets, "2026-000132", day.succ_opt().unwrap(), &signed));
        assert!(!is_signed(&secrets, "2026-000132", day, "nonsense"));
    }

    #[test]
    fn numbers_however_they_are_typed() {
        assert_eq!(number(2026, 132), "2026-000132");
        for typed in ["2026-000132", " 2026 000132", "２０２６－１３２", "2026132"] {
            assert_eq!(plain_number(typed), "2026-000132", "{typed}");
        }
        assert_eq!(plain_number("2026"), "");
        assert_eq!(plain_number("x"), "");
    }
}
