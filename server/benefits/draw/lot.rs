//! The lot: who wins, as anybody can recompute it, and whether a published draw is what it says.
//!
//! The seed is 32 random bytes; its commitment, SHA-256 of them, is public before anybody enters. The digest is
//! SHA-256 of a line `number weight` for each entry. Ticket t of entry n scores
//! HMAC-SHA-256(seed, `yizhan draw {campaign} {digest} {n} {t}`), t from 0 to its weight; an entry's score is that of
//! its smallest ticket, and the smallest scores win. So one winner after the other is drawn with a chance that is
//! his share of the tickets not drawn yet (Efraimidis and Spirakis 2006, weighted sampling without replacement).

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::secrets::{hex, unhex};

/// The bytes of a seed.
pub const SEED_BYTES: usize = 32;
/// The most entries of a draw.
pub const MOST_ENTRIES: usize = 200_000;
/// The most tickets of an entry.
pub const MOST_WEIGHT: u32 = 10;
/// The method in words, as it is published.
pub const METHOD: &str = "commitment = hex SHA-256(seed); digest = hex SHA-256 of the lines \"number weight\\n\" of \
    all entries in order; ticket t (0 to weight - 1) of entry n scores \
    HMAC-SHA-256(seed, \"yizhan draw {campaign_id} {digest} {n} {t}\"); an entry's score is its smallest ticket; the \
    smallest scores win, as many as the stock, the smaller number first where two are equal";

/// One entry of a draw. Whose it is, is not public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DrawEntry)]
pub struct Entry {
    /// Its number, from 1 on in the order of coming.
    pub number: u32,
    /// Its tickets.
    pub weight: u32,
    /// Whether it won; absent until it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_won: Option<bool>,
}

/// A draw as it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Draw)]
pub struct Published {
    /// Which campaign's.
    pub campaign_id: String,
    /// SHA-256 of the seed, hexadecimal.
    pub commitment: String,
    /// The seed, hexadecimal; absent until it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// SHA-256 of the list of entries; absent until it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// How many win.
    pub stock: u32,
    /// The entries by their numbers.
    pub entries: Vec<Entry>,
    /// When it was drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_at: Option<String>,
    /// How winners are found.
    pub method: String,
}

/// Why a published draw is not what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is nothing to verify yet.
    #[error("it was not drawn yet: there is no seed")]
    NotDrawn,
    /// The seed has not the form of one.
    #[error("the seed is not {SEED_BYTES} bytes in hexadecimal digits")]
    BadSeed,
    /// Another seed than the one committed to.
    #[error("the seed does not belong to the commitment")]
    OtherSeed,
    /// Entries are missing, repeated or out of order.
    #[error("entry {0} is not where it should be: numbers go from 1 up without a gap")]
    BadNumber(u32),
    /// No weight of an entry.
    #[error("entry {0} has no weight of 1 to {MOST_WEIGHT}")]
    BadWeight(u32),
    /// More entries than a draw has.
    #[error("more than {MOST_ENTRIES} entries")]
    TooMany,
    /// The list is not the one that was drawn from.
    #[error("the list of entries does not belong to the digest")]
    OtherList,
    /// An entry is said to have won that did not, or the other way round.
    #[error("entry {0} is told otherwise than the seed says")]
    OtherWinner(u32),
    /// It is not the draw of the earlier copy.
    #[error("it is not the draw of the earlier copy: {0} differs")]
    OtherDraw(&'static str),
}

/// The commitment to a seed.
pub fn commitment(seed: &[u8; SEED_BYTES]) -> String {
    hex(&Sha256::digest(seed))
}

/// The digest of a list of entries.
pub fn digest(entries: &[Entry]) -> String {
    let mut lines = String::new();
    for entry in entries {
        // Writing into a text cannot fail.
        let _ = writeln!(lines, "{} {}", entry.number, entry.weight);
    }
    hex(&Sha256::digest(lines))
}

/// The numbers of the entries that win.
pub fn winners(seed: &[u8; SEED_BYTES], campaign: &str, entries: &[Entry], stock: u32) -> BTreeSet<u32> {
    let digest = digest(entries);
    let score = |entry: &Entry| {
        let ticket = |t| {
            let text = format!("yizhan draw {campaign} {digest} {} {t}", entry.number);
            // HMAC-SHA-256 is the first half of HKDF (RFC 5869, 2.2).
            let (score, _) = Hkdf::<Sha256>::extract(Some(seed), text.as_bytes());
            <[u8; 32]>::from(score)
        };
        (0..entry.weight).map(ticket).min()
    };
    let mut scores: Vec<_> = entries.iter().filter_map(|e| Some((score(e)?, e.number))).collect();
    scores.sort_unstable();
    scores.into_iter().map(|(_, number)| number).take(usize::try_from(stock).unwrap_or(usize::MAX)).collect()
}

/// Recomputes a published draw and gives the numbers of its winners.
///
/// # Errors
/// [`Fault`] where anything differs.
pub fn verify(draw: &Published) -> Result<BTreeSet<u32>, Fault> {
    let seed = draw.seed.as_deref().ok_or(Fault::NotDrawn)?;
    let seed = unhex(seed).and_then(|bytes| bytes.try_into().ok()).ok_or(Fault::BadSeed)?;
    if commitment(&seed) != draw.commitment {
        return Err(Fault::OtherSeed);
    }
    well_formed(&draw.entries)?;
    if draw.digest.as_deref() != Some(&digest(&draw.entries)) {
        return Err(Fault::OtherList);
    }
    let won = winners(&seed, &draw.campaign_id, &draw.entries, draw.stock);
    let is_told = |entry: &&Entry| entry.has_won != Some(won.contains(&entry.number));
    match draw.entries.iter().find(is_told) {
        Some(entry) => Err(Fault::OtherWinner(entry.number)),
        None => Ok(won),
    }
}

/// Whether a drawn list is that of a copy which somebody kept while entries were open: nothing that was told then
/// may be otherwise now.
///
/// # Errors
/// [`Fault::OtherDraw`] with what differs.
pub fn follows(draw: &Published, earlier: &Published) -> Result<(), Fault> {
    let same = |a: &Entry, b: &Entry| (a.number, a.weight) == (b.number, b.weight);
    let kept = earlier.entries.iter().zip(&draw.entries).filter(|(a, b)| same(a, b)).count();
    let checks = [
        ("campaign_id", draw.campaign_id == earlier.campaign_id),
        ("commitment", draw.commitment == earlier.commitment),
        ("entries", kept == earlier.entries.len()),
    ];
    checks.into_iter().find(|(_, holds)| !holds).map_or(Ok(()), |(what, _)| Err(Fault::OtherDraw(what)))
}

fn well_formed(entries: &[Entry]) -> Result<(), Fault> {
    if entries.len() > MOST_ENTRIES {
        return Err(Fault::TooMany);
    }
    for (entry, number) in entries.iter().zip(1..) {
        if entry.number != number {
            return Err(Fault::BadNumber(entry.number));
        }
        if !(1..=MOST_WEIGHT).contains(&entry.weight) {
            return Err(Fault::BadWeight(entry.number));
        }
    }
    Ok(())
}
