//! Which step leads from which status to which, who may take it, and which steps a station allows right now.

use crate::accounts::Permission;
use crate::city::settings::Approval;
use crate::code::codes;
use crate::stations::model::Status;

codes! {
    /// A step in the life of a station.
    Step {
        Submit = "submit", Check = "check", Publish = "publish", Reject = "reject", Suspend = "suspend",
        Resume = "resume", Retire = "retire",
    }
}

codes! {
    /// What somebody may do with a station.
    Allowed {
        Edit = "edit", Submit = "submit", Check = "check", Publish = "publish", Reject = "reject",
        Suspend = "suspend", Resume = "resume", Retire = "retire", Notice = "notice", Facility = "facility",
        Confirm = "confirm", Restore = "restore",
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// From this status,
    pub from: Status,
    /// by this step,
    pub step: Step,
    /// to this one.
    pub to: Status,
    /// Who may take it.
    pub permission: Permission,
    /// The city's approval has at most so many steps: 3 for every city, 1 only for the shortest.
    most_steps: u8,
}

/// Every transition there is. What is not here is a wrong state.
pub const TRANSITIONS: [Transition; 12] = {
    use Permission::{StationCheck, StationDraft, StationPublish, StationSuspend};
    use Status::{Checked, Draft, Open, Rejected, Retired, Submitted, Suspended};
    [
        line(Draft, Step::Submit, Submitted, StationDraft, 3),
        line(Rejected, Step::Submit, Submitted, StationDraft, 3),
        line(Submitted, Step::Check, Checked, StationCheck, 3),
        line(Checked, Step::Publish, Open, StationPublish, 3),
        line(Submitted, Step::Publish, Open, StationPublish, 2),
        line(Draft, Step::Publish, Open, StationPublish, 1),
        line(Submitted, Step::Reject, Rejected, StationCheck, 3),
        line(Checked, Step::Reject, Rejected, StationPublish, 3),
        line(Open, Step::Suspend, Suspended, StationSuspend, 3),
        line(Suspended, Step::Resume, Open, StationSuspend, 3),
        line(Open, Step::Retire, Retired, StationPublish, 3),
        line(Suspended, Step::Retire, Retired, StationPublish, 3),
    ]
};

const fn line(from: Status, step: Step, to: Status, permission: Permission, most_steps: u8) -> Transition {
    Transition { from, step, to, permission, most_steps }
}

fn steps(approval: Approval) -> u8 {
    match approval {
        Approval::ThreeSteps => 3,
        Approval::TwoSteps => 2,
        Approval::OneStep => 1,
    }
}

impl Step {
    /// Whether whoever takes it must say why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Reject | Self::Suspend | Self::Retire)
    }

    fn allowed(self) -> Allowed {
        match self {
            Self::Submit => Allowed::Submit,
            Self::Check => Allowed::Check,
            Self::Publish => Allowed::Publish,
            Self::Reject => Allowed::Reject,
            Self::Suspend => Allowed::Suspend,
            Self::Resume => Allowed::Resume,
            Self::Retire => Allowed::Retire,
        }
    }
}

/// Where a step leads; none where the status does not know it.
pub fn transition(from: Status, step: Step, approval: Approval) -> Option<Transition> {
    let steps = steps(approval);
    TRANSITIONS.into_iter().find(|t| (t.from, t.step) == (from, step) && steps <= t.most_steps)
}

/// Who may change the facts of a station; none where nobody may any more.
///
/// Grass-roots unions write what is not checked yet; for what is checked and public its checker answers.
pub fn editor(status: Status) -> Option<Permission> {
    match status {
        Status::Draft | Status::Rejected | Status::Submitted => Some(Permission::StationDraft),
        Status::Checked | Status::Open | Status::Suspended => Some(Permission::StationCheck),
        Status::Retired => None,
    }
}

/// The status after the facts were changed: whoever mends what was rejected has taken it back as a draft.
pub fn after_edit(status: Status) -> Status {
    if status == Status::Rejected { Status::Draft } else { status }
}

/// Who may say whether a facility works; none where the station is no more.
pub fn facility_keeper(status: Status) -> Option<Permission> {
    (status != Status::Retired).then_some(Permission::FacilityState)
}

/// Who may confirm that the facts hold, which is asked of public stations.
pub fn confirmer(status: Status) -> Option<Permission> {
    is_public(status).then_some(Permission::StationConfirm)
}

/// Who may announce something to workers, which needs a public station.
pub fn announcer(status: Status) -> Option<Permission> {
    is_public(status).then_some(Permission::NoticeWrite)
}

fn is_public(status: Status) -> bool {
    matches!(status, Status::Open | Status::Suspended)
}

/// What a status allows to somebody, by the same table that the service obeys.
pub fn allowed(status: Status, approval: Approval, may: impl Fn(Permission) -> bool) -> Vec<Allowed> {
    let needed = |allowed: Allowed| match allowed {
        Allowed::Edit | Allowed::Restore => editor(status),
        Allowed::Facility => facility_keeper(status),
        Allowed::Confirm => confirmer(status),
        Allowed::Notice => announcer(status),
        step => {
            let step = Step::ALL.iter().find(|s| s.allowed() == step)?;
            transition(status, *step, approval).map(|t| t.permission)
        }
    };
    Allowed::ALL.iter().copied().filter(|a| needed(*a).is_some_and(&may)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Role;

    /// The diagram, written once more by hand: rows are statuses, columns steps, `-` a wrong state.
    const THREE_STEPS: [(&str, [&str; 7]); 7] = [
        //             submit       check      publish  reject      suspend      resume  retire
        ("draft", ["submitted", "-", "-", "-", "-", "-", "-"]),
        ("submitted", ["-", "checked", "-", "rejected", "-", "-", "-"]),
        ("checked", ["-", "-", "open", "rejected", "-", "-", "-"]),
        ("rejected", ["submitted", "-", "-", "-", "-", "-", "-"]),
        ("open", ["-", "-", "-", "-", "suspended", "-", "retired"]),
        ("suspended", ["-", "-", "-", "-", "-", "open", "retired"]),
        ("retired", ["-", "-", "-", "-", "-", "-", "-"]),
    ];

    fn expected(from: Status, step: Step, approval: Approval) -> &'static str {
        match (approval, from, step) {
            (Approval::TwoSteps | Approval::OneStep, Status::Submitted, Step::Publish)
            | (Approval::OneStep, Status::Draft, Step::Publish) => "open",
            _ => {
                let (_, row) = THREE_STEPS.iter().find(|(name, _)| *name == from.as_str()).unwrap();
                row[step as usize]
            }
        }
    }

    #[test]
    fn every_status_and_step_leads_where_the_diagram_says() {
        let mut compared = 0;
        for approval in Approval::ALL {
            for (from, step) in Status::ALL.iter().flat_map(|f| Step::ALL.iter().map(move |s| (*f, *s))) {
                let to = transition(from, step, *approval).map_or("-", |t| t.to.as_str());
                assert_eq!(to, expected(from, step, *approval), "{from} {step} under {approval}");
                compared += 1;
            }
        }
        assert_eq!(compared, 3 * 7 * 7);
    }

    #[test]
    fn nothing_becomes_public_but_by_publishing_or_resuming() {
        for t in TRANSITIONS.iter().filter(|t| is_public(t.to) && !is_public(t.from)) {
            assert_eq!((t.step, t.permission), (Step::Publish, Permission::StationPublish), "{t:?}");
        }
        assert!(TRANSITIONS.iter().all(|t| t.from != Status::Retired), "a retired station stays so");
    }

    #[test]
    fn what_is_allowed_is_what_the_roles_hold() {
        let of = |role: Role, status, approval| {
            let allowed = allowed(status, approval, |p| role.permissions().contains(&p));
            allowed.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(" ")
        };
        let three = Approval::ThreeSteps;
        assert_eq!(of(Role::Grassroots, Status::Draft, three), "edit submit facility restore");
        assert_eq!(of(Role::Grassroots, Status::Open, three), "notice facility confirm");
        assert_eq!(of(Role::District, Status::Submitted, three), "edit check reject facility restore");
        assert_eq!(of(Role::District, Status::Open, three), "edit suspend notice facility confirm restore");
        assert_eq!(of(Role::City, Status::Checked, three), "edit publish reject facility restore");
        assert_eq!(of(Role::Keeper, Status::Open, three), "notice facility confirm");
        assert_eq!(of(Role::Inspector, Status::Suspended, three), "facility confirm");
        assert_eq!(of(Role::Auditor, Status::Open, three), "");
        assert_eq!(of(Role::Planner, Status::Open, three), "");
        assert_eq!(of(Role::Admin, Status::Retired, three), "");
        let one = Approval::OneStep;
        assert_eq!(of(Role::City, Status::Draft, one), "edit submit publish facility restore");
        assert_eq!(of(Role::District, Status::Draft, one), "edit submit facility restore");
    }

    #[test]
    fn steps_that_take_something_away_need_a_reason() {
        let needing: Vec<_> = Step::ALL.iter().filter(|s| s.needs_reason()).map(|s| s.as_str()).collect();
        assert_eq!(needing, ["reject", "suspend", "retire"]);
    }

    #[test]
    fn mending_what_was_rejected_makes_it_a_draft_again() {
        for status in Status::ALL {
            let after = after_edit(*status);
            assert_eq!(after, if *status == Status::Rejected { Status::Draft } else { *status });
        }
    }
}
