//! Identities: ids that the service makes, and codes that the state gives.

use std::sync::{Mutex, PoisonError};
use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::{ContextV7, Timestamp, Uuid};

/// Declares ids: UUIDv7, so that they sort by the time they were made.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id of an instant.
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(made_at(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// The id of a station.
    StationId,
    /// The id of a notice.
    NoticeId,
    /// The id of a regime of extended hours.
    RegimeId,
    /// The id of a photo.
    PhotoId,
    /// The id of a confirmation.
    ConfirmationId,
    /// The id of a person's account.
    AccountId,
    /// The id of a program's token.
    TokenId,
    /// The id of a list of stations that is imported.
    ImportId,
    /// The id of a row that waits for a position.
    ParkedId,
    /// The id of a picture that somebody sent in.
    PictureId,
    /// The id of a keeper's link.
    KeeperLinkId,
    /// The id of hours that a keeper proposes.
    ProposalId,
    /// The id of a report.
    ReportId,
    /// The id of somebody's wish to join the union.
    JoinId,
    /// The id of a round of inspections.
    RoundId,
    /// The id of an inspection.
    InspectionId,
    /// The id of a finding.
    FindingId,
    /// The id of a job.
    JobId,
    /// The id of a message on its way out of the service.
    DeliveryId,
    /// The id of a notice in somebody's inbox.
    NotificationId,
    /// The id of a member of the union.
    MemberId,
    /// The id of a member's card.
    CardId,
    /// The id of a list of members that is imported.
    RosterId,
    /// The id of a merchant.
    MerchantId,
    /// The id of a merchant's store.
    StoreId,
    /// The id of a merchant's clerk.
    ClerkId,
    /// The id of an offer.
    OfferId,
    /// The id of a campaign.
    CampaignId,
    /// The id of a voucher.
    VoucherId,
    /// The id of a redemption.
    RedemptionId,
    /// The id of what is put right after a settlement.
    AdjustmentId,
    /// The id of a settlement.
    SettlementId,
    /// The id of a goal.
    GoalId,
    /// The id of savings that others report.
    ReportedSavingId,
    /// The id of an alarm of benefits.
    AlarmId,
}

/// Declares ids that tell nothing of when they were made: UUIDv4.
macro_rules! random_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id.
            pub fn random() -> Self {
                Self(Uuid::new_v4())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    )*};
}

random_ids! {
    /// The id of a case.
    GrievanceId,
    /// The id of what happened to a case.
    EventId,
    /// The id of a photo or file of a case.
    AttachmentId,
    /// The id of what a co-handler has to do.
    TaskId,
    /// The id of a supervision.
    SupervisionId,
    /// The id of a reception day, visit day or live stream.
    SessionId,
    /// The id of a department.
    DepartmentId,
}

/// A UUIDv7 of an instant. A counter keeps ids of one millisecond in the order in which they were made.
fn made_at(now: DateTime<Utc>) -> Uuid {
    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    let context = CONTEXT.lock().unwrap_or_else(PoisonError::into_inner);
    let seconds = now.timestamp().try_into().unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos()))
}

/// A district's six-digit code of GB/T 2260, such as 130304 for 北戴河区.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Adcode(u32);

/// A text that is no six-digit district code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no district code of six digits")]
pub struct BadAdcode(String);

impl Adcode {
    /// The city it belongs to: its first four digits.
    pub fn city(self) -> u32 {
        self.0 / 100
    }
}

impl FromStr for Adcode {
    type Err = BadAdcode;
    fn from_str(text: &str) -> Result<Self, BadAdcode> {
        let six_digits =
            text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        text.parse().ok().filter(|_| six_digits).map(Self).ok_or_else(|| BadAdcode(text.into()))
    }
}

impl fmt::Display for Adcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl Serialize for Adcode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Adcode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
