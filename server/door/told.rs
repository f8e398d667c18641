//! What staff are told of doors: links, confirmations, proposals.

use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::keeper::{self, links::Link};
use super::proposals::{Outcome, Proposal};
use crate::calendar::Calendar;
use crate::ids::{Adcode, ProposalId, StationId};
use crate::language::Language;
use crate::stations::hours::Hours;
use crate::stations::model::{Station, Status};
use crate::time::Zone;

/// A link that was just made. It is told once and known nowhere else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeeperLinkMade)]
pub(super) struct MadeLink {
    /// The address that the keeper opens.
    pub(super) link: String,
    /// The same as a QR code, an SVG document.
    pub(super) qr_svg: String,
}

/// A station's link.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeeperLink)]
pub(super) struct ToldLink {
    /// Since when it is good.
    created: DateTime<FixedOffset>,
    /// When somebody last came by it.
    #[schema(required)]
    used: Option<DateTime<FixedOffset>>,
}

/// A page of doors.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Doors {
    /// The stations by their numbers.
    pub(super) items: Vec<Door>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) next: Option<String>,
    /// How many stations the filter chooses.
    pub(super) total: i64,
}

/// A station as whoever sees to its door needs it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Door {
    id: StationId,
    name: String,
    /// The official number.
    #[schema(required)]
    code: Option<String>,
    #[schema(required, value_type = Option<String>)]
    district: Option<Adcode>,
    status: Status,
    /// When somebody last confirmed the facts.
    #[schema(required)]
    last_confirmed: Option<DateTime<FixedOffset>>,
    /// Whether its keeper is asked to confirm them again.
    confirmation_due: bool,
    /// Its keeper's link, where one is good.
    #[schema(required)]
    keeper_link: Option<ToldLink>,
}

/// A page of proposals.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursProposals)]
pub(super) struct Proposals {
    /// The newest first.
    pub(super) items: Vec<ToldProposal>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = String)]
    pub(super) next: Option<ProposalId>,
}

/// Hours that a keeper proposes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursProposal)]
pub(super) struct ToldProposal {
    #[schema(value_type = String, format = Uuid)]
    id: ProposalId,
    /// The version, for `If-Match`.
    pub(super) version: i64,
    station: StationOfProposal,
    /// The station's hours at present, in words or as somebody wrote them.
    #[schema(required)]
    present: Option<String>,
    /// What the keeper wrote.
    text: String,
    /// What that comes to in the grammar; null where it is not certain.
    #[schema(required)]
    hours: Option<String>,
    /// The same in words.
    #[schema(required)]
    words: Option<String>,
    created: DateTime<FixedOffset>,
    /// What became of it: taken, refused, or replaced by a newer one.
    #[schema(required, value_type = Option<String>)]
    outcome: Option<Outcome>,
    /// What staff said.
    #[schema(required)]
    answer: Option<String>,
    #[schema(required)]
    ended: Option<DateTime<FixedOffset>>,
}

/// The station of a proposal.
#[derive(Debug, Serialize, ToSchema)]
struct StationOfProposal {
    id: StationId,
    name: String,
    /// The official number.
    #[schema(required)]
    code: Option<String>,
    #[schema(required, value_type = Option<String>)]
    district: Option<Adcode>,
}

impl ToldLink {
    pub(super) fn of(link: &Link) -> Self {
        Self { created: link.created, used: link.used }
    }
}

impl Door {
    pub(super) fn of(station: Station, link: Option<&Link>, zone: Zone, now: DateTime<Utc>) -> Self {
        let confirmation_due = station.is_public() && keeper::is_due(&station, now);
        Self {
            id: station.id,
            confirmation_due,
            status: station.status,
            last_confirmed: station.last_confirmed.map(|at| zone.stamp(at)),
            name: station.facts.name,
            code: station.facts.code,
            district: station.facts.district,
            keeper_link: link.map(ToldLink::of),
        }
    }
}

impl ToldProposal {
    pub(super) fn of(proposal: Proposal, calendar: &Calendar, language: Language) -> Self {
        let words = |text: &str| Hours::parse(text, calendar).ok().map(|hours| hours.describe(language));
        let Proposal { id, version, station, station_name, station_code, district, present, .. } = proposal;
        Self {
            id,
            version,
            station: StationOfProposal { id: station, name: station_name, code: station_code, district },
            present: present.map(|text| words(&text).unwrap_or(text)),
            words: proposal.hours.as_deref().and_then(words),
            text: proposal.text,
            hours: proposal.hours,
            created: proposal.created,
            outcome: proposal.outcome,
            answer: proposal.answer,
            ended: proposal.ended,
        }
    }
}
