//! The words of each kind of notice: number and day only, never the words of a case.

use chrono::NaiveDate;

use super::model::Kind;
use crate::language::Language;

/// The sentence of a kind in Chinese and English, with a gap for the number.
fn sentence(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::GrievanceSubmitted => ("新诉求 {n}，等待受理", "Case {n} has come in"),
        Kind::GrievanceDispatched => ("诉求 {n} 转给您办理", "Case {n} is yours to handle"),
        Kind::GrievanceReturned => ("诉求 {n} 被退回，请重新转办", "Case {n} was returned; dispatch it anew"),
        Kind::GrievanceDueSoon => ("诉求 {n} 快到期了", "Case {n} is due soon"),
        Kind::GrievanceOverdue => ("诉求 {n} 已经逾期", "Case {n} is overdue"),
        Kind::GrievanceEscalated => ("诉求 {n} 逾期未办，现予通报", "Case {n} was escalated"),
        Kind::GrievanceSupervised => ("诉求 {n} 已被督办", "Case {n} is under supervision"),
        Kind::GrievanceExtensionAsked => ("诉求 {n} 申请延期，请审批", "Case {n}: more time is asked for"),
        Kind::GrievanceExtensionDecided => {
            ("诉求 {n} 的延期申请有了结果", "Case {n}: more time was decided on")
        }
        Kind::GrievanceMessage => ("诉求 {n} 有新留言", "Case {n} has a new message"),
        Kind::GrievanceAnswered => ("诉求 {n} 已答复", "Case {n} was answered"),
        Kind::GrievanceCallBackDue => ("诉求 {n} 等待回访", "Case {n} waits for a call back"),
        Kind::GrievanceRedo => ("诉求 {n} 回访不满意，请重新办理", "Case {n} is to be handled again"),
        Kind::GrievanceReopened => ("诉求 {n} 已重新打开", "Case {n} was reopened"),
        Kind::GrievanceAppealed => ("诉求 {n} 提出了复核", "Case {n} was appealed"),
        Kind::GrievanceStepDue => ("诉求 {n} 该办下一步了", "Case {n}: the next step is due"),
        Kind::GrievanceReminded => {
            ("催办：诉求 {n} 已过期限，请尽快答复", "Case {n} is late; answer it soon")
        }
        Kind::GrievanceNoReply => (
            "诉求 {n} 的反映人到期没有补充，请决定怎么办",
            "Case {n}: its reporter has not replied; decide what to do",
        ),
        Kind::GrievanceDeclineProposed => {
            ("诉求 {n} 拟不予受理，请复核", "Case {n}: confirm that it is declined")
        }
    }
}

/// What a notice says in one line.
pub(super) fn words(kind: Kind, number: Option<&str>, due: Option<NaiveDate>, language: Language) -> String {
    let (zh, en) = sentence(kind);
    let said = match number {
        Some(number) => language.of(zh, en).replace("{n}", number),
        None => language.of(zh, en).replace(" {n}", ""),
    };
    match due {
        Some(day) => said + &language.of(format!("（期限 {day}）"), format!(" (due {day})")),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_with_its_number_and_day() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 27);
        for kind in Kind::ALL {
            for language in Language::ALL {
                let said = words(*kind, Some("2026-000132"), day, language);
                assert!(said.contains("2026-000132") && said.contains("2026-11-27"), "{said}");
                let bare = words(*kind, None, None, language);
                assert!(!bare.contains(['{', '}']) && !bare.contains("  ") && bare.len() > 8, "{bare}");
            }
        }
    }
}
