//! Passwords: which are good enough, and how they are kept (Argon2id, OWASP Password Storage Cheat Sheet).

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::app::App;
use crate::city::settings;
use crate::error::{Error, FieldError};
use crate::secrets::random;

/// The fewest characters of a password.
pub const MIN_CHARS: usize = 10;
/// The most bytes of a password.
pub const MAX_BYTES: usize = 256;
/// The characters at the beginning that are weighed: weighing takes ever longer, and so many are enough.
const WEIGHED_CHARS: usize = 32;
/// The least strength: more than 10⁸ guesses, as zxcvbn counts them (Wheeler, USENIX Security 2016).
const LEAST: Score = Score::Three;
/// Memory in KiB, passes and lanes.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// How many are computed at once: each takes its memory and a core.
const AT_ONCE: usize = 4;
/// What people here begin with, beside the words that all the world begins with.
const COMMON: [&str; 9] =
    ["yizhan", "gonghui", "zonggonghui", "mima", "woaini", "驿站", "工会", "密码", "我爱你"];

/// Refuses a password that others would guess: by the words, names, dates, keys and passwords that everybody tries, and
/// by those `near` to the account.
///
/// # Errors
/// [`Error::Refused`] by the name of its `field`.
pub async fn check(field: &'static str, password: &str, near: Vec<String>) -> Result<(), Error> {
    let password = password.to_owned();
    let judged = computed(move || judge(field, &password, &near)).await?;
    judged.map_err(|error| Error::Refused(vec![error]))
}

fn judge(field: &str, password: &str, near: &[String]) -> Result<(), FieldError> {
    let wrong = |code, zh: &str, en: &str| Err(FieldError::new(field, code, zh, en));
    if password.chars().count() < MIN_CHARS || password.len() > MAX_BYTES {
        return wrong(
            "bad_length",
            "密码要 10 个字符以上，256 字节以内。",
            "must have 10 characters or more, at most 256 bytes",
        );
    }
    let weighed: String = password.chars().take(WEIGHED_CHARS).collect();
    let words: Vec<&str> = near.iter().map(String::as_str).chain(COMMON).collect();
    if zxcvbn(&weighed, &words).score() < LEAST {
        return wrong(
            "easily_guessed",
            "这个密码太容易被猜到。试试几个不相干的词连在一起。",
            "others would guess it; try a few unrelated words in a row",
        );
    }
    Ok(())
}

/// The words near to an account: its login, the city, its union and its districts, and what is left of each without
/// its kind.
pub async fn near(app: &App, login: &str) -> Result<Vec<String>, Error> {
    let settings = settings::load(&app.db, &app.config).await?.1;
    let snapshot = app.registry.snapshot();
    let districts = snapshot.city().districts.iter().flat_map(|d| [d.name.clone(), d.name_en.clone()]);
    let names = [login.to_owned(), settings.union_name, settings.name_zh, settings.name_en];
    Ok(names.into_iter().chain(districts).flat_map(|name| parts(&name)).collect())
}

/// A name, its words, and the name without its kind.
fn parts(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let plain = name.trim_end_matches(['市', '区', '县']);
    let all = words.chain([name, plain]).filter(|word| word.chars().count() > 1);
    all.map(str::to_lowercase).collect()
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
    Ok(tokio::task::spawn_blocking(work).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_refused() {
        let near: Vec<_> = ["wang.fang", "秦皇岛市总工会", "北戴河区", "Beidaihe District"]
            .into_iter()
            .flat_map(parts)
            .collect();
        for (password, code) in [
            ("short", Some("bad_length")),
            ("password123", Some("easily_guessed")),
            ("P@ssw0rd2026", Some("easily_guessed")),
            ("1234567890", Some("easily_guessed")),
            ("1q2w3e4r5t", Some("easily_guessed")),
            ("qwertyuiop", Some("easily_guessed")),
            ("aaaaaaaaaaaa", Some("easily_guessed")),
            ("abcabcabcabcabc", Some("easily_guessed")),
            ("woaini1314", Some("easily_guessed")),
            ("wang.fang-2026", Some("easily_guessed")),
            ("Fang20261122", Some("easily_guessed")),
            ("秦皇岛市总工会2026", Some("easily_guessed")),
            ("beidaihe2026", Some("easily_guessed")),
            ("北戴河20261122", Some("easily_guessed")),
            ("海阳路的早点铺卖豆浆", None),
            ("kettle-harbour-seven", None),
            ("admin by the seaside road", None),
        ] {
            assert_eq!(judge("password", password, &near).err().map(|e| e.code), code, "{password}");
        }
    }

    #[test]
    fn weighing_the_longest_password_ends() {
        let hard = "4@8({[<369!1|70$5+%2".repeat(12);
        assert!(judge("password", &hard[..MAX_BYTES - 16], &[]).is_ok());
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
