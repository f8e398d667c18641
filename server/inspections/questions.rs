//! What an inspector looks at: a list of questions in versions, kept as data. A phone may still hold an older one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::code::codes;
use crate::error::{Error, FieldError};
use crate::language::Language;

const SHIPPED: &str = include_str!("../../data/inspections/questions.json");

static LISTS: LazyLock<Vec<Questions>> = LazyLock::new(|| {
    serde_json::from_str(SHIPPED).expect("the questions of the program are checked by a test")
});

codes! {
    /// What is answered to a question.
    Answer { Yes = "yes", No = "no", NotSeen = "not_seen" }
}

/// The questions of a version.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// From 1 up.
    pub version: i64,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
}

/// One question: a sentence that holds or not.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its code, the same in every version.
    pub code: String,
    zh: String,
    en: String,
}

/// A question as it is asked.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = InspectionQuestion)]
pub struct Asked {
    /// Its code.
    pub code: String,
    /// The sentence, in the reader's language.
    pub text: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The version of the questions.
    pub version: i64,
    /// By code; what was not answered is absent.
    pub answers: BTreeMap<String, Answer>,
}

impl Question {
    /// The question in a language.
    pub fn asked(&self, language: Language) -> Asked {
        Asked { code: self.code.clone(), text: language.of(&self.zh, &self.en).to_owned() }
    }
}

/// The newest list.
///
/// # Panics
/// Never: a test reads the shipped file.
pub fn newest() -> &'static Questions {
    LISTS.last().expect("a list is shipped")
}

/// Refuses answers to questions that no list of the version has.
pub fn check(answers: &Answers) -> Result<(), Error> {
    let Some(list) = LISTS.iter().find(|list| list.version == answers.version) else {
        let newest = newest().version;
        let zh = format!("没有第 {} 版问题，最新是第 {newest} 版。", answers.version);
        let en = format!("there is no version {}; the newest is {newest}", answers.version);
        return Err(Error::Refused(vec![FieldError::new("questions", "unknown_version", zh, en)]));
    };
    let is_known = |code: &&String| list.questions.iter().any(|q| q.code == **code);
    let unknown = answers.answers.keys().find(|code| !is_known(code));
    unknown.map_or(Ok(()), |code| {
        let code: String = code.chars().filter(|c| !c.is_control()).take(40).collect();
        let zh = format!("第 {} 版里没有这个问题。", list.version);
        let en = format!("version {} has no such question", list.version);
        Err(Error::Refused(vec![FieldError::new(format!("answers.{code}"), "unknown_question", zh, en)]))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_shipped_questions_are_numbered_and_named_once() {
        for (at, list) in LISTS.iter().enumerate() {
            assert_eq!(usize::try_from(list.version).unwrap(), at + 1);
            let codes: BTreeSet<_> = list.questions.iter().map(|q| &q.code).collect();
            assert_eq!(codes.len(), list.questions.len());
            assert!(list.questions.iter().all(|q| !q.zh.is_empty() && !q.en.is_empty()));
        }
        assert!(!newest().questions.is_empty());
    }

    #[test]
    fn an_answer_belongs_to_a_question_of_its_version() {
        let given =
            |version, code: &str| Answers { version, answers: [(code.to_owned(), Answer::No)].into() };
        assert!(check(&given(1, "water")).is_ok());
        assert!(
            matches!(check(&given(1, "wine")), Err(Error::Refused(f)) if f[0].code == "unknown_question")
        );
        assert!(
            matches!(check(&given(99, "water")), Err(Error::Refused(f)) if f[0].code == "unknown_version")
        );
    }
}
