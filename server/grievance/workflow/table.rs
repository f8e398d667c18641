//! The workflow as data: which action leads from which states to which, and who may do it.
//!
//! Screen, interface and documentation are drawn from [`TABLE`]; what an action does besides, and the rules that
//! no table can hold, are in `act`.

use super::super::model::State;
use crate::code::codes;
use crate::error::Words;

codes! {
    /// What can be done with a case.
    Action {
        Submit = "submit", Ask = "ask", Inform = "inform", Classify = "classify",
        ProposeDecline = "propose_decline", ConfirmDecline = "confirm_decline", DropDecline = "drop_decline",
        Merge = "merge", Follow = "follow", Dispatch = "dispatch", Accept = "accept", Return = "return",
        Start = "start", FinishTask = "finish_task", AskExtension = "ask_extension",
        GrantExtension = "grant_extension", RefuseExtension = "refuse_extension", Interim = "interim",
        Supervise = "supervise", SignOff = "sign_off", Answer = "answer", CallBack = "call_back", Redo = "redo",
        Close = "close", Reopen = "reopen", Appeal = "appeal", DecideAppeal = "decide_appeal",
        Archive = "archive", Withdraw = "withdraw", Message = "message", Note = "note",
        Remind = "remind", Recompute = "recomputed",
    }
}

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Who has the receipt.
    Reporter,
    /// Intake of the case's district.
    Intake,
    /// Intake, and not who proposed it.
    SecondIntake,
    /// The case's own handler.
    Handler,
    /// A co-handler of the case with a task that is not done.
    CoHandler,
    /// Who decides where a returned case goes.
    Referee,
    /// A supervisor of the case's district.
    Supervisor,
    /// A supervisor of the whole city: the next level.
    NextLevel,
    /// Who calls back, and neither handles nor co-handles the case.
    Caller,
    /// Who archives.
    Archivist,
    /// Whoever of staff has a part in the case.
    Staff,
    /// The service itself, by its clock.
    Service,
}

/// What an action needs to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Words, which may be left out where it is `Words(false)`.
    Words(bool),
    /// Where else the reporter can turn.
    TurnTo,
    /// The number of the case that it joins.
    Into,
    /// A lead department and a named person.
    Lead,
    /// A department that would be the right one, if the handler knows.
    Department,
    /// One of the case's tasks.
    Task,
    /// Working days; `Days(false)` where those asked for are taken.
    Days(bool),
    /// A level from 1 to 3.
    Level,
    /// What the answer comes to.
    Outcome,
    /// Whether somebody answered the call, whether it is solved, and the grade.
    Call,
    /// Whether the closing stands.
    Uphold,
    /// Category, urgency, subject, unit, summary or district: at least one.
    Class,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// Where the case stands before.
    pub from: &'static [State],
    /// Where it may stand after; empty: where it stood.
    pub to: &'static [State],
    /// Who may do it: any of them.
    pub who: &'static [Who],
    /// What it needs to be told.
    pub needs: &'static [Need],
}

use State as S;

/// Every state in which work on a case is not over.
const OPEN: &[State] = &[
    S::Submitted,
    S::NeedsInfo,
    S::Dispatched,
    S::Returned,
    S::Accepted,
    S::InProgress,
    S::Answered,
    S::CalledBack,
    S::Appealed,
];
/// Every state but the archive.
const LIVE: &[State] = &[
    S::Submitted,
    S::NeedsInfo,
    S::Declined,
    S::Merged,
    S::Dispatched,
    S::Returned,
    S::Accepted,
    S::InProgress,
    S::Answered,
    S::CalledBack,
    S::Closed,
    S::Appealed,
    S::Withdrawn,
];
const CLASSIFIED: &[State] =
    &[S::Submitted, S::NeedsInfo, S::Dispatched, S::Returned, S::Accepted, S::InProgress, S::Merged];
/// The states of a case that departments have.
const WITH_HANDLERS: &[State] = &[S::Dispatched, S::Returned, S::Accepted, S::InProgress];
const HANDLED: &[State] = &[S::Accepted, S::InProgress];

const WORDS: Need = Need::Words(true);
const MAYBE_WORDS: Need = Need::Words(false);

const fn step(
    action: Action,
    from: &'static [State],
    to: &'static [State],
    who: &'static [Who],
    needs: &'static [Need],
) -> Step {
    Step { action, from, to, who, needs }
}

/// The workflow. An action stands in one line for each group of people who may do it from the same states.
#[rustfmt::skip]
pub const TABLE: &[Step] = &[
    step(Action::Ask, &[S::Submitted], &[S::NeedsInfo], &[Who::Intake], &[WORDS]),
    step(Action::Inform, &[S::NeedsInfo], &[S::Submitted], &[Who::Reporter, Who::Intake], &[WORDS]),
    step(Action::Classify, CLASSIFIED, &[], &[Who::Intake], &[Need::Class]),
    step(Action::ProposeDecline, &[S::Submitted], &[], &[Who::Intake], &[WORDS, Need::TurnTo]),
    step(Action::ConfirmDecline, &[S::Submitted], &[S::Declined], &[Who::SecondIntake], &[]),
    step(Action::DropDecline, &[S::Submitted], &[], &[Who::Intake], &[MAYBE_WORDS]),
    step(Action::Merge, &[S::Submitted], &[S::Merged], &[Who::Intake], &[Need::Into]),
    step(Action::Follow, &[S::Merged], &[S::Answered], &[Who::Service], &[]),
    step(Action::Dispatch, &[S::Submitted], &[S::Dispatched], &[Who::Intake], &[Need::Lead, MAYBE_WORDS]),
    step(Action::Dispatch, &[S::Returned], &[S::Dispatched], &[Who::Referee], &[Need::Lead, MAYBE_WORDS]),
    step(Action::Accept, &[S::Dispatched], &[S::Accepted], &[Who::Handler], &[]),
    step(Action::Return, &[S::Dispatched], &[S::Returned, S::Dispatched], &[Who::Handler], &[WORDS, Need::Department]),
    step(Action::Start, &[S::Accepted], &[S::InProgress], &[Who::Handler], &[]),
    step(Action::FinishTask, HANDLED, &[], &[Who::CoHandler], &[Need::Task, WORDS]),
    step(Action::AskExtension, HANDLED, &[], &[Who::Handler], &[Need::Days(true), WORDS]),
    step(Action::GrantExtension, HANDLED, &[], &[Who::Supervisor], &[Need::Days(false), MAYBE_WORDS]),
    step(Action::RefuseExtension, HANDLED, &[], &[Who::Supervisor], &[WORDS]),
    step(Action::Interim, &[S::InProgress], &[], &[Who::Handler], &[WORDS]),
    step(Action::Supervise, OPEN, &[], &[Who::Supervisor, Who::Service], &[Need::Level, MAYBE_WORDS]),
    step(Action::SignOff, LIVE, &[], &[Who::Supervisor], &[WORDS]),
    step(Action::Answer, &[S::InProgress], &[S::Answered], &[Who::Handler], &[Need::Outcome, WORDS]),
    step(Action::CallBack, &[S::Answered], &[S::CalledBack, S::Answered], &[Who::Caller], &[Need::Call, MAYBE_WORDS]),
    step(Action::Redo, &[S::CalledBack], &[S::InProgress], &[Who::Caller], &[WORDS]),
    step(Action::Close, &[S::CalledBack], &[S::Closed], &[Who::Caller], &[MAYBE_WORDS]),
    step(Action::Reopen, &[S::Closed], &[S::InProgress], &[Who::Reporter, Who::Intake, Who::Supervisor], &[WORDS]),
    step(Action::Appeal, &[S::Closed], &[S::Appealed], &[Who::Reporter], &[WORDS]),
    step(Action::DecideAppeal, &[S::Appealed], &[S::Closed, S::InProgress], &[Who::NextLevel], &[Need::Uphold, WORDS]),
    step(Action::Archive, &[S::Closed, S::Declined, S::Withdrawn], &[S::Archived], &[Who::Archivist, Who::Service], &[]),
    step(Action::Withdraw, &[S::Submitted, S::NeedsInfo, S::Dispatched, S::Returned], &[S::Withdrawn], &[Who::Reporter], &[MAYBE_WORDS]),
    step(Action::Message, &[S::Answered], &[S::InProgress], &[Who::Reporter], &[WORDS]),
    step(Action::Message, LIVE, &[], &[Who::Reporter, Who::Staff], &[WORDS]),
    step(Action::Note, LIVE, &[], &[Who::Staff], &[WORDS]),
    step(Action::Remind, WITH_HANDLERS, &[], &[Who::Service], &[]),
    step(Action::Recompute, OPEN, &[], &[Who::Service], &[]),
];

impl Action {
    /// Its name for people, as a button says it.
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Submit => ("提交", "Submit"),
            Self::Ask => ("请反映人补充", "Ask the reporter"),
            Self::Inform => ("补充", "Answer the question"),
            Self::Classify => ("归类", "Classify"),
            Self::ProposeDecline => ("提议不予受理", "Propose to decline"),
            Self::ConfirmDecline => ("同意不予受理", "Confirm declining"),
            Self::DropDecline => ("不同意，照常受理", "Do not decline"),
            Self::Merge => ("并案", "Merge"),
            Self::Follow => ("随主案答复", "Answered with its parent"),
            Self::Dispatch => ("派单", "Dispatch"),
            Self::Accept => ("接下", "Accept"),
            Self::Return => ("退回", "Return"),
            Self::Start => ("开始办理", "Start"),
            Self::FinishTask => ("完成协办", "Finish the task"),
            Self::AskExtension => ("申请延期", "Ask for an extension"),
            Self::GrantExtension => ("同意延期", "Grant the extension"),
            Self::RefuseExtension => ("不同意延期", "Refuse the extension"),
            Self::Interim => ("告知进展", "Interim reply"),
            Self::Supervise => ("督办", "Supervise"),
            Self::SignOff => ("解除督办", "Sign off"),
            Self::Answer => ("答复", "Answer"),
            Self::CallBack => ("回访", "Call back"),
            Self::Redo => ("重办", "Redo"),
            Self::Close => ("办结", "Close"),
            Self::Reopen => ("重新办理", "Reopen"),
            Self::Appeal => ("申请复核", "Appeal"),
            Self::DecideAppeal => ("复核决定", "Decide the appeal"),
            Self::Archive => ("归档", "Archive"),
            Self::Withdraw => ("撤回", "Withdraw"),
            Self::Message => ("发消息", "Message"),
            Self::Note => ("内部备注", "Note"),
            Self::Remind => ("催办", "Remind"),
            Self::Recompute => ("重算期限", "Compute the deadline anew"),
        };
        Words::new(zh, en)
    }

    /// Whether the reporter sees that it was done. What is decided among staff he does not.
    pub fn is_public(self) -> bool {
        !matches!(
            self,
            Self::Classify
                | Self::ProposeDecline
                | Self::DropDecline
                | Self::FinishTask
                | Self::RefuseExtension
                | Self::AskExtension
                | Self::Note
                | Self::Remind
        )
    }
}

impl Action {
    /// What was done, as a timeline tells it.
    pub fn told(self) -> Words {
        let (zh, en) = match self {
            Self::Submit => ("收到", "Received"),
            Self::Ask => ("请您补充", "Asked for more"),
            Self::Inform => ("已补充", "More was told"),
            Self::Classify => ("已归类", "Classified"),
            Self::ProposeDecline => ("提议不予受理", "Declining was proposed"),
            Self::ConfirmDecline => ("不予受理", "Declined"),
            Self::DropDecline => ("照常受理", "Not declined"),
            Self::Merge => ("与同类诉求一起办", "Joined with another case"),
            Self::Follow => ("与同类诉求一起答复", "Answered with the case it joined"),
            Self::Dispatch => ("派给部门，承办人已定", "Dispatched to a department and a person"),
            Self::Accept => ("承办人接下了", "Accepted by the handler"),
            Self::Return => ("退回，重新派单", "Returned, to be dispatched again"),
            Self::Start => ("正在办", "Work began"),
            Self::FinishTask => ("协办完成", "A co-handler finished"),
            Self::AskExtension => ("申请延期", "An extension was asked for"),
            Self::GrantExtension => ("期限延长", "The deadline was extended"),
            Self::RefuseExtension => ("不同意延期", "The extension was refused"),
            Self::Interim => ("进展", "Interim reply"),
            Self::Supervise => ("督办", "Supervised"),
            Self::SignOff => ("督办解除", "Supervision ended"),
            Self::Answer => ("答复", "Answered"),
            Self::CallBack => ("回访", "Called back"),
            Self::Redo => ("重办", "To be done again"),
            Self::Close => ("办结", "Closed"),
            Self::Reopen => ("重新办理", "Reopened"),
            Self::Appeal => ("申请复核", "Appealed"),
            Self::DecideAppeal => ("复核决定", "The appeal was decided"),
            Self::Archive => ("归档", "Archived"),
            Self::Withdraw => ("撤回", "Withdrawn"),
            Self::Message => ("消息", "Message"),
            Self::Note => ("内部备注", "Note"),
            Self::Remind => ("到期未答复，已催办", "Late: a reminder was sent"),
            Self::Recompute => ("期限按新的工作日历重算", "The deadline was computed anew"),
        };
        Words::new(zh, en)
    }
}
