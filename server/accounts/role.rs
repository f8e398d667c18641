//! Roles, what each may do, and in which districts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::code::codes;
use crate::error::Words;
use crate::ids::Adcode;

codes! {
    /// What somebody is to the union. A role is granted for a scope of districts.
    Role {
        Admin = "admin", City = "city", District = "district", Grassroots = "grassroots", Keeper = "keeper",
        Inspector = "inspector", Auditor = "auditor", Planner = "planner", Intake = "intake", Handler = "handler",
        Supervisor = "supervisor", Caller = "caller", Custodian = "custodian",
        Benefits = "benefits", Finance = "finance",
    }
}

codes! {
    /// One thing that somebody may do.
    Permission {
        StationSee = "station_see", StationDraft = "station_draft", StationCheck = "station_check",
        StationPublish = "station_publish", StationSuspend = "station_suspend",
        FacilityState = "facility_state", StationConfirm = "station_confirm", NoticeWrite = "notice_write",
        RegimeWrite = "regime_write", StationExport = "station_export", AuditRead = "audit_read",
        AccountSee = "account_see", AccountManage = "account_manage", CitySetUp = "city_set_up",
        PersonErase = "person_erase", ConsentWrite = "consent_write", StationImport = "station_import",
        KeeperLink = "keeper_link", ReportSee = "report_see", ReportAnswer = "report_answer",
        JoinManage = "join_manage", InspectionPlan = "inspection_plan", InspectionDo = "inspection_do",
        RatingWrite = "rating_write", JobManage = "job_manage",
        GrievanceSee = "grievance_see", GrievanceIntake = "grievance_intake",
        GrievanceHandle = "grievance_handle", GrievanceReferee = "grievance_referee",
        GrievanceSupervise = "grievance_supervise", GrievanceCallBack = "grievance_call_back",
        GrievanceArchive = "grievance_archive", GrievanceCustody = "grievance_custody",
        GrievancePublish = "grievance_publish", GrievanceFigures = "grievance_figures",
        GrievanceConfigure = "grievance_configure",
        BenefitSee = "benefit_see", BenefitManage = "benefit_manage", BenefitFreeze = "benefit_freeze",
        BenefitSettle = "benefit_settle", BenefitFigures = "benefit_figures", MemberSee = "member_see",
        MemberManage = "member_manage",
        CoverageSee = "coverage_see", DemandManage = "demand_manage",
    }
}

/// What the city union may do.
const CITY: [Permission; 36] = [
    Permission::StationSee,
    Permission::StationDraft,
    Permission::StationCheck,
    Permission::StationPublish,
    Permission::StationSuspend,
    Permission::FacilityState,
    Permission::StationConfirm,
    Permission::NoticeWrite,
    Permission::RegimeWrite,
    Permission::StationExport,
    Permission::AccountSee,
    Permission::StationImport,
    Permission::KeeperLink,
    Permission::ReportSee,
    Permission::ReportAnswer,
    Permission::JoinManage,
    Permission::InspectionPlan,
    Permission::InspectionDo,
    Permission::RatingWrite,
    Permission::GrievanceSee,
    Permission::GrievanceIntake,
    Permission::GrievanceHandle,
    Permission::GrievanceReferee,
    Permission::GrievanceSupervise,
    Permission::GrievanceArchive,
    Permission::GrievancePublish,
    Permission::GrievanceFigures,
    Permission::GrievanceConfigure,
    Permission::BenefitSee,
    Permission::BenefitManage,
    Permission::BenefitFreeze,
    Permission::BenefitFigures,
    Permission::MemberSee,
    Permission::MemberManage,
    Permission::CoverageSee,
    Permission::DemandManage,
];
/// What a district union may do.
const DISTRICT: [Permission; 28] = [
    Permission::StationSee,
    Permission::StationDraft,
    Permission::StationCheck,
    Permission::StationSuspend,
    Permission::FacilityState,
    Permission::StationConfirm,
    Permission::NoticeWrite,
    Permission::RegimeWrite,
    Permission::StationExport,
    Permission::AccountSee,
    Permission::StationImport,
    Permission::KeeperLink,
    Permission::ReportSee,
    Permission::ReportAnswer,
    Permission::JoinManage,
    Permission::InspectionPlan,
    Permission::InspectionDo,
    Permission::GrievanceSee,
    Permission::GrievanceIntake,
    Permission::GrievanceHandle,
    Permission::GrievanceSupervise,
    Permission::GrievanceFigures,
    Permission::BenefitSee,
    Permission::BenefitFreeze,
    Permission::BenefitFigures,
    Permission::MemberSee,
    Permission::MemberManage,
    Permission::CoverageSee,
];
/// What an auditor may see.
const AUDITOR: [Permission; 7] = [
    Permission::StationSee,
    Permission::AuditRead,
    Permission::ReportSee,
    Permission::GrievanceFigures,
    Permission::BenefitSee,
    Permission::BenefitFigures,
    Permission::CoverageSee,
];

impl Role {
    /// What the role may do, within its scope. A keeper may do it at the stations that are his.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Admin => P::ALL,
            Self::City => &CITY,
            Self::District => &DISTRICT,
            Self::Grassroots => &[
                P::StationSee,
                P::StationDraft,
                P::FacilityState,
                P::StationConfirm,
                P::NoticeWrite,
                P::StationImport,
                P::KeeperLink,
                P::ReportSee,
                P::ReportAnswer,
            ],
            Self::Keeper => {
                &[P::StationSee, P::FacilityState, P::StationConfirm, P::NoticeWrite, P::ReportSee]
            }
            Self::Inspector => {
                &[P::StationSee, P::FacilityState, P::StationConfirm, P::ReportSee, P::InspectionDo]
            }
            Self::Auditor => &AUDITOR,
            Self::Planner => &[P::StationSee, P::StationExport, P::CoverageSee, P::DemandManage],
            Self::Intake => &[
                P::StationSee,
                P::GrievanceSee,
                P::GrievanceIntake,
                P::GrievanceReferee,
                P::GrievanceArchive,
                P::GrievanceFigures,
            ],
            Self::Handler => &[P::StationSee, P::GrievanceHandle],
            Self::Supervisor => &[
                P::StationSee,
                P::GrievanceSee,
                P::GrievanceSupervise,
                P::GrievancePublish,
                P::GrievanceFigures,
            ],
            Self::Caller => &[P::StationSee, P::GrievanceSee, P::GrievanceCallBack],
            Self::Custodian => &[P::StationSee, P::GrievanceSee, P::GrievanceCustody],
            Self::Benefits => &[
                P::StationSee,
                P::BenefitSee,
                P::BenefitManage,
                P::BenefitFreeze,
                P::BenefitFigures,
                P::MemberSee,
                P::MemberManage,
            ],
            // Who pays is not who gives out.
            Self::Finance => &[P::StationSee, P::BenefitSee, P::BenefitSettle, P::BenefitFigures],
        }
    }

    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Admin => Words::new("系统管理员", "Administrator"),
            Self::City => Words::new("市总工会", "City union"),
            Self::District => Words::new("区县总工会", "District union"),
            Self::Grassroots => Words::new("基层工会", "Grass-roots union"),
            Self::Keeper => Words::new("站长", "Station keeper"),
            Self::Inspector => Words::new("巡查员", "Inspector"),
            Self::Auditor => Words::new("审计员", "Auditor"),
            Self::Planner => Words::new("规划员", "Planner"),
            Self::Intake => Words::new("受理员", "Grievance intake"),
            Self::Handler => Words::new("承办人", "Grievance handler"),
            Self::Supervisor => Words::new("督办员", "Grievance supervisor"),
            Self::Caller => Words::new("回访员", "Grievance call-back"),
            Self::Custodian => Words::new("保管员", "Custodian of sealed contacts"),
            Self::Benefits => Words::new("普惠专员", "Benefits staff"),
            Self::Finance => Words::new("结算员", "Settlement of benefits"),
        }
    }

    /// Whether the role holds at named stations and not in districts.
    pub fn is_of_stations(self) -> bool {
        self == Self::Keeper
    }
}

/// The districts in which something holds: those whose code begins so. Empty: everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Scope(String);

/// A text that is no beginning of a district code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no beginning of a district code: nothing, or 2, 4 or 6 digits")]
pub struct BadScope(pub String);

/// From so many digits on, a scope is narrower than a city.
const CITY_DIGITS: usize = 4;

impl Scope {
    /// Every district.
    pub fn everywhere() -> Self {
        Self(String::new())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it covers a district. What has no district belongs to whoever has the whole city.
    pub fn covers(&self, district: Option<Adcode>) -> bool {
        match district {
            Some(district) => district.to_string().starts_with(&self.0),
            None => self.0.len() <= CITY_DIGITS,
        }
    }

    /// Whether everything that another scope covers is covered by this one.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// What both cover.
    pub fn narrowed(&self, other: &Self) -> Option<Self> {
        match (self.contains(other), other.contains(self)) {
            (true, _) => Some(other.clone()),
            (_, true) => Some(self.clone()),
            _ => None,
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = BadScope;
    fn from_str(text: &str) -> Result<Self, BadScope> {
        let fine = [0, 2, 4, 6].contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if fine { Ok(Self(text.to_owned())) } else { Err(BadScope(text.to_owned())) }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A role within a scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_a_beginning_of_a_code() {
        let scope = |text: &str| text.parse::<Scope>().unwrap();
        let district = |text: &str| Some(text.parse::<Adcode>().unwrap());
        for (text, code, covered) in [
            ("", district("130302"), true),
            ("1303", district("130302"), true),
            ("130302", district("130302"), true),
            ("130304", district("130302"), false),
            ("1304", district("130302"), false),
            ("", None, true),
            ("1303", None, true),
            ("130302", None, false),
        ] {
            assert_eq!(scope(text).covers(code), covered, "{text} {code:?}");
        }
        for bad in ["1", "130", "13030", "1303021", "13o3", " ", "-1"] {
            assert!(bad.parse::<Scope>().is_err(), "{bad}");
        }
        assert_eq!(scope("13").narrowed(&scope("130302")), Some(scope("130302")));
        assert_eq!(scope("130304").narrowed(&scope("1303")), Some(scope("130304")));
        assert_eq!(scope("130304").narrowed(&scope("130302")), None);
    }
}
