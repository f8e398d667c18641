//! Passwords: which are good enough, and how they are kept (Argon2id, OWASP Password Storage Cheat Sheet).

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, FieldError};
use crate::secrets::random;

/// The fewest characters of a password.
pub const MIN_CHARS: usize = 10;
/// The most bytes of a password.
pub const MAX_BYTES: usize = 256;
/// The fewest different characters of a password.
const MIN_DIFFERENT: usize = 5;
/// Memory in KiB, passes and lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many are computed at once: each takes its memory and a core.
const AT_ONCE: usize = 4;
/// Parts of passwords that everybody tries first. Such a part with a few characters around it is no password.
const COMMON: [&str; 24] = [
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertz", "1qaz2wsx", "asdfgh", "zxcvbn",
    "abc123", "admin", "letmein", "welcome", "iloveyou", "woaini", "yizhan", "gonghui", "mima", "12345",
    "54321", "11111", "66666", "88888", "00000",
];
/// How many characters besides a common part are too few.
const FEW_BESIDES: usize = 6;

/// Refuses a password that others would guess.
pub fn check(password: &str, login: &str) -> Result<(), FieldError> {
    let wrong = |code, zh: &str, en: &str| Err(FieldError::new("password", code, zh, en));
    let chars = password.chars().count();
    if chars < MIN_CHARS || password.len() > MAX_BYTES {
        return wrong(
            "bad_length",
            "密码要 10 个字符以上，256 字节以内。",
            "must have 10 characters or more, at most 256 bytes",
        );
    }
    let lower = password.to_lowercase();
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    let names_login = !login.is_empty() && lower.contains(&login.to_lowercase());
    let is_common = COMMON.iter().any(|part| lower.contains(part) && chars - part.len() < FEW_BESIDES);
    if names_login || is_common || different.len() < MIN_DIFFERENT {
        return wrong(
            "easily_guessed",
            "这个密码太容易被猜到。试试几个不相干的词连在一起。",
            "others would guess it; try a few unrelated words in a row",
        );
    }
    Ok(())
}

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);
/// What a password is compared with where there is no account, so that the answer takes as long.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hashed("no account has this password", [7; 16]).unwrap_or_default());

fn hashed(password: &str, salt: [u8; 16]) -> Result<String, Error> {
    let hash = hasher().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|h| h.to_string()).map_err(|e| Error::Internal(format!("argon2: {e}")))
}

/// The hash of a password, as the table keeps it.
pub async fn hash(password: String) -> Result<String, Error> {
    let salt = random()?;
    computed(move || hashed(&password, salt)).await?
}

/// Whether a password is the one of a hash. Without a hash it takes as long and is wrong.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    computed(move || {
        let known = hash.as_deref().unwrap_or(&NOBODY);
        let right = hasher().verify_password(password.as_bytes(), known).is_ok();
        right && hash.is_some()
    })
    .await
}

async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _room = ROOM.acquire().await.map_err(|e| Error::Internal(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Internal(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused() {
        for (password, login, code) in [
            ("short", "li", Some("bad_length")),
            ("password123", "li", Some("easily_guessed")),
            ("1234567890", "li", Some("easily_guessed")),
            ("aaaaaaaaaaaa", "li", Some("easily_guessed")),
            ("wang.fang-2026", "wang.fang", Some("easily_guessed")),
            ("海阳路的早点铺卖豆浆", "li", None),
            ("kettle-harbour-seven", "li", None),
            ("admin by the seaside road", "li", None),
        ] {
            assert_eq!(check(password, login).err().map(|e| e.code), code, "{password}");
        }
    }

    #[tokio::test]
    async fn a_hash_knows_its_password() {
        let kept = hash("kettle-harbour-seven".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("kettle-harbour-seven".to_owned(), Some(kept.clone())).await.unwrap());
        assert!(!verify("kettle-harbour-eight".to_owned(), Some(kept)).await.unwrap());
        assert!(!verify("no account has this password".to_owned(), None).await.unwrap());
    }
}
