//! What a check of the chain finds wrong.

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Words;

/// No more faults are listed; a chain that was cut to pieces has one at every row.
pub const MOST_FAULTS: usize = 1_000;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// The entry where it shows.
    pub seq: i64,
    /// What it is.
    pub what: What,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The entry is not what its hash and the hash before it say.
    Changed,
    /// A value of an entry is of another type than its column.
    Unreadable,
    /// Entries are missing from this number on.
    Missing,
    /// The end of the chain is noted otherwise than it is.
    EndDiffers,
    /// A signed head has another hash than the entry that it covers.
    HeadContradicts,
    /// A signed head covers an entry behind the end: the chain was cut.
    HeadBeyond,
    /// The signature of a head is not its own.
    HeadForged,
    /// A head is signed by a key that is not this service's.
    HeadForeign,
    /// A head of the database cannot be read.
    HeadUnreadable,
    /// The witness file has a head that the database lacks.
    HeadMissing,
    /// A line of the witness file has another hash than the entry that it covers.
    WitnessContradicts,
    /// A line of the witness file covers an entry behind the end: the chain was cut.
    WitnessBeyond,
    /// A signature in the witness file is not its line's own.
    WitnessForged,
    /// A line of the witness file is signed by a key that is not this service's.
    WitnessForeign,
    /// A line of the witness file cannot be read.
    WitnessUnreadable,
}

impl What {
    /// What it means, for the one who checks.
    pub fn words(self) -> Words {
        match self {
            Self::Changed => {
                Words::new("内容与哈希不符，被改过", "was changed: it is not what its hash says")
            }
            Self::Unreadable => {
                Words::new("内容的类型不对，被改过", "was changed: a value is of a wrong type")
            }
            Self::Missing => Words::new("从这里起缺少记录", "entries are missing from here on"),
            Self::EndDiffers => {
                Words::new("链尾记载与实际不符", "the end of the chain is noted otherwise than it is")
            }
            Self::HeadContradicts => Words::new("与签过名的链头不符", "contradicts its signed head"),
            Self::HeadBeyond => {
                Words::new("签过名的链头之后被截断", "the chain was cut before its signed head")
            }
            Self::HeadForged => Words::new("链头签名无效", "the head's signature is not its own"),
            Self::HeadForeign => Words::new(
                "链头由别的密钥签名；secret.key 换过吗？",
                "the head is signed by another key; was secret.key replaced?",
            ),
            Self::HeadUnreadable => Words::new("链头无法读取", "the head cannot be read"),
            Self::HeadMissing => {
                Words::new("数据库里少了这个链头", "the database lacks the head that was witnessed")
            }
            Self::WitnessContradicts => {
                Words::new("与见证文件里的链头不符", "contradicts the head of the witness file")
            }
            Self::WitnessBeyond => Words::new(
                "见证文件的链头之后被截断",
                "the chain was cut before the head of the witness file",
            ),
            Self::WitnessForged => {
                Words::new("见证文件的签名无效", "the signature in the witness file is not its own")
            }
            Self::WitnessForeign => Words::new(
                "见证文件由别的密钥签名；secret.key 换过吗？",
                "the witness file is signed by another key; was secret.key replaced?",
            ),
            Self::WitnessUnreadable => {
                Words::new("见证文件有一行无法读取", "a line of the witness file cannot be read")
            }
        }
    }
}
