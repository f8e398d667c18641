//! What a case is: its closed vocabularies, and their words for people.

use crate::code::codes;
use crate::error::Words;

/// The most characters of what a worker writes.
pub const TEXT_CHARS: usize = 5_000;
/// The most characters of what staff write with a step.
pub const WORDS_CHARS: usize = 5_000;
/// The most characters of a summary.
pub const SUMMARY_CHARS: usize = 120;
/// The most characters of the name of a unit.
pub const UNIT_CHARS: usize = 80;
/// The most attachments of a case as it is filed, and of each message.
pub const MOST_ATTACHMENTS: usize = 6;

codes! {
    /// The way by which a case came in.
    Channel {
        Hotline = "hotline", Web = "web", ReceptionDay = "reception_day", VisitDay = "visit_day",
        Mailbox = "mailbox", ServiceCard = "service_card", Livestream = "livestream", Station = "station",
        Open311 = "open311",
    }
}

codes! {
    /// What a session is; its cases came in by the channel of the same name.
    SessionKind { ReceptionDay = "reception_day", VisitDay = "visit_day", Livestream = "livestream" }
}

codes! {
    /// What a case leads to.
    LinkKind {
        Station = "station", Report = "report", Activity = "activity", Benefit = "benefit", Delivery = "delivery",
    }
}

codes! {
    /// Whether a case can be published, or is.
    Clearance { Ready = "ready", Published = "published" }
}

codes! {
    /// What somebody wants.
    Kind { Appeal = "appeal", Opinion = "opinion", Suggestion = "suggestion" }
}

codes! {
    /// Who learns who the reporter is.
    Identity { Named = "named", Confidential = "confidential", Anonymous = "anonymous" }
}

codes! {
    /// How soon a case is to be answered.
    Urgency { Urgent = "urgent", Prompt = "prompt", Normal = "normal", Complex = "complex" }
}

codes! {
    /// Where a case stands.
    State {
        Submitted = "submitted", NeedsInfo = "needs_info", Declined = "declined", Merged = "merged",
        Dispatched = "dispatched", Returned = "returned", Accepted = "accepted", InProgress = "in_progress",
        Answered = "answered", CalledBack = "called_back", Closed = "closed", Appealed = "appealed",
        Archived = "archived", Withdrawn = "withdrawn",
    }
}

codes! {
    /// What an answer comes to.
    Outcome { Solved = "solved", Partly = "partly", Explained = "explained", Impossible = "impossible" }
}

codes! {
    /// How content a reporter is.
    Grade {
        VerySatisfied = "very_satisfied", Satisfied = "satisfied", MostlySatisfied = "mostly_satisfied",
        Dissatisfied = "dissatisfied",
    }
}

codes! {
    /// Who has the next move.
    Desk {
        Intake = "intake", Reporter = "reporter", Handler = "handler", Referee = "referee", Caller = "caller",
        Supervisor = "supervisor", Archivist = "archivist",
    }
}

impl Channel {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Hotline => Words::new("热线", "hotline"),
            Self::Web => Words::new("掌上诉求", "web"),
            Self::ReceptionDay => Words::new("领导接待日", "reception day"),
            Self::VisitDay => Words::new("主席走访日", "visit day"),
            Self::Mailbox => Words::new("主席信箱", "chairman's mailbox"),
            Self::ServiceCard => Words::new("诉求服务卡", "service card"),
            Self::Livestream => Words::new("直播", "live stream"),
            Self::Station => Words::new("驿站扫码", "station"),
            Self::Open311 => Words::new("Open311", "Open311"),
        }
    }

    /// Whether anybody may name it; the others are entered by staff.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Web | Self::Station)
    }
}

impl Kind {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Appeal => Words::new("诉求", "appeal"),
            Self::Opinion => Words::new("意见", "opinion"),
            Self::Suggestion => Words::new("建议", "suggestion"),
        }
    }
}

impl Identity {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Named => Words::new("留名", "named"),
            Self::Confidential => Words::new("保密", "confidential"),
            Self::Anonymous => Words::new("匿名", "anonymous"),
        }
    }
}

impl Urgency {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Urgent => Words::new("紧急", "urgent"),
            Self::Prompt => Words::new("从快", "prompt"),
            Self::Normal => Words::new("一般", "normal"),
            Self::Complex => Words::new("复杂", "complex"),
        }
    }
}

impl State {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Submitted => Words::new("已收到", "received"),
            Self::NeedsInfo => Words::new("等您补充", "waiting for your reply"),
            Self::Declined => Words::new("不予受理", "declined"),
            Self::Merged => Words::new("已并案", "merged"),
            Self::Dispatched => Words::new("已派单", "dispatched"),
            Self::Returned => Words::new("退回重派", "returned"),
            Self::Accepted => Words::new("已接下", "accepted"),
            Self::InProgress => Words::new("正在办", "in progress"),
            Self::Answered => Words::new("已答复", "answered"),
            Self::CalledBack => Words::new("已回访", "called back"),
            Self::Closed => Words::new("已办结", "closed"),
            Self::Appealed => Words::new("复核中", "under review"),
            Self::Archived => Words::new("已归档", "archived"),
            Self::Withdrawn => Words::new("已撤回", "withdrawn"),
        }
    }

    /// Whether work on it is not over: from filing to closing, a review included.
    pub fn is_open(self) -> bool {
        use State as S;
        !matches!(self, S::Declined | S::Merged | S::Closed | S::Archived | S::Withdrawn)
    }
}

impl Outcome {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Solved => Words::new("已解决", "solved"),
            Self::Partly => Words::new("部分解决", "partly solved"),
            Self::Explained => Words::new("已说明", "explained"),
            Self::Impossible => Words::new("办不了", "not possible"),
        }
    }
}

impl Grade {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::VerySatisfied => Words::new("非常满意", "very satisfied"),
            Self::Satisfied => Words::new("满意", "satisfied"),
            Self::MostlySatisfied => Words::new("基本满意", "mostly satisfied"),
            Self::Dissatisfied => Words::new("不满意", "dissatisfied"),
        }
    }

    /// Whether it counts as satisfied: the first three grades.
    pub fn is_satisfied(self) -> bool {
        self != Self::Dissatisfied
    }
}

impl Desk {
    /// Its name for people.
    pub fn words(self) -> Words {
        match self {
            Self::Intake => Words::new("受理员", "intake"),
            Self::Reporter => Words::new("反映人", "reporter"),
            Self::Handler => Words::new("承办人", "handler"),
            Self::Referee => Words::new("派单裁定", "referee"),
            Self::Caller => Words::new("回访员", "call-back"),
            Self::Supervisor => Words::new("督办员", "supervisor"),
            Self::Archivist => Words::new("归档员", "archivist"),
        }
    }
}
