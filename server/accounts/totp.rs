//! One-time codes of a phone (RFC 6238, 6 digits, 30 seconds), and recovery codes for a lost one.

use chrono::{DateTime, Utc};
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use totp_rs::{Builder, Secret, Totp};

use crate::error::Error;
use crate::ids::AccountId;
use crate::seal::Seal;
use crate::secrets::{Secrets, random};

/// The bytes of a shared secret: 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// What the seal of shared secrets is for.
const PURPOSE: &str = "totp";
/// The recovery codes of an account.
const RECOVERY_CODES: usize = 10;
/// The random bytes of a recovery code: 120 bits, which no table of hashes lets anybody guess.
const RECOVERY_BYTES: usize = 15;
/// The letters of recovery codes, without those that look alike: Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The shared secret of an account's one-time codes.
#[derive(Clone)]
pub struct SharedSecret([u8; SECRET_BYTES]);

impl SharedSecret {
    /// A new one.
    pub fn new() -> Result<Self, Error> {
        random().map(Self)
    }

    /// The form in which the table keeps it: sealed for its account.
    pub fn seal(&self, secrets: &Secrets, account: AccountId) -> Result<String, Error> {
        Seal::new(secrets, PURPOSE).close(&self.0, &account.to_string())
    }

    /// Opens what [`SharedSecret::seal`] made.
    ///
    /// # Errors
    /// [`Error::Internal`] where it was sealed with another secret of the service, or for another account.
    pub fn open(sealed: &str, secrets: &Secrets, account: AccountId) -> Result<Self, Error> {
        let opened = Seal::new(secrets, PURPOSE).open(sealed, &account.to_string()).ok();
        let other = || Error::Internal(format!("the one-time secret of account {account} has another key"));
        opened.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or_else(other)
    }

    /// The step whose code this is, at an instant, one step of 30 seconds early or late.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>) -> Option<i64> {
        let seconds = now.timestamp().try_into().ok()?;
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        self.totp(None)?.check(&code, seconds)?.try_into().ok()
    }

    /// The secret as a person types it into an app.
    pub fn typed(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// The address that an app reads from a picture.
    pub fn uri(&self, issuer: &str, login: &str) -> Option<String> {
        let issuer: String = issuer.chars().filter(|c| *c != ':').collect();
        self.totp(Some((&issuer, login)))?.to_url().ok()
    }

    fn totp(&self, named: Option<(&str, &str)>) -> Option<Totp> {
        let builder = Builder::new().with_secret(self.0.to_vec()).with_skew(1);
        match named {
            Some((issuer, login)) => builder.with_issuer(Some(issuer)).with_account_name(login).build().ok(),
            None => Some(builder.with_account_name("account").build_noncompliant()),
        }
    }
}

/// A text as a QR code.
pub fn qr_svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    Some(SvgBuilder::default().to_str(&code))
}

/// New recovery codes, such as `3f7k-9q2m-x0vb-61ht-c5wd-8r4e`.
pub fn recovery_codes() -> Result<Vec<String>, Error> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> Result<String, Error> {
    let bits = random::<RECOVERY_BYTES>()?.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let letter = |i: usize| char::from(LETTERS[usize::try_from(bits >> (5 * i) & 31).unwrap_or_default()]);
    let letters: Vec<char> = (0..RECOVERY_BYTES * 8 / 5).map(letter).collect();
    Ok(letters.chunks(4).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// A recovery code as it is compared, however it was typed.
pub fn plain_recovery_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, in six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = SharedSecret(*b"12345678901234567890");
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.step_of(code, at), Some(seconds / 30), "{code}");
            assert_eq!(secret.step_of("000000", at), None);
        }
        let late = DateTime::from_timestamp(59 + 30, 0).unwrap();
        assert_eq!(secret.step_of("287 082", late), Some(1), "one step late, and typed with a gap");
    }

    #[test]
    fn a_sealed_secret_opens_for_its_account_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = crate::config::Config::load(&crate::config::Overrides::default()).unwrap();
        config.storage.data = folder.path().to_owned();
        let secrets = Secrets::open(&config).unwrap();
        let [one, other] = [0, 1].map(|_| AccountId::new(DateTime::UNIX_EPOCH));
        let secret = SharedSecret::new().unwrap();
        let sealed = secret.seal(&secrets, one).unwrap();
        assert_eq!(SharedSecret::open(&sealed, &secrets, one).unwrap().typed(), secret.typed());
        assert!(SharedSecret::open(&sealed, &secrets, other).is_err());
        assert!(SharedSecret::open("00", &secrets, one).is_err());
        assert!(secret.uri("秦皇岛市总工会", "wang").unwrap().starts_with("otpauth://totp/"));
        assert!(qr_svg(&secret.uri("x", "wang").unwrap()).unwrap().starts_with("<svg"));
    }

    #[test]
    fn recovery_codes_differ_and_forgive_typing() {
        let codes = recovery_codes().unwrap();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!((codes.len(), different.len(), codes[0].len()), (10, 10, 29));
        assert_eq!(plain_recovery_code(" 3F7K 9q2m-X0VB61ht c5wd-8R4E"), "3f7k9q2mx0vb61htc5wd8r4e");
    }
}
