//! What can go wrong, named by its meaning to the user. Only `http::problem` makes statuses of it.

use crate::db::DbError;
use crate::language::Language;

/// A failure of a request or a command.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for is not there, or not for this caller to see.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The request is malformed: each field with what is wrong and how to mend it.
    #[error("malformed input: {}", list(.0))]
    Malformed(Vec<FieldError>),
    /// The request obeys the form and breaks a rule: each field with what is wrong and how to mend it.
    #[error("refused input: {}", list(.0))]
    Refused(Vec<FieldError>),
    /// Who asks does not fulfil what is asked of him: each rule that he does not, and why.
    #[error("not eligible: {}", list(.0))]
    Ineligible(Vec<FieldError>),
    /// Nobody is signed in, or the token is not valid; the code says what would help.
    #[error("unauthenticated: {0}")]
    Unauthenticated(&'static str),
    /// Who asks may see it and may not do it.
    #[error("forbidden")]
    Forbidden,
    /// Who asks must do something else first; the code says what.
    #[error("forbidden until {0}")]
    Must(&'static str),
    /// What is there is not in the state that the request needs.
    #[error("conflict: {code}")]
    Conflict {
        /// The contract's word for it.
        code: &'static str,
        /// What is in the way, and what to do.
        detail: Words,
    },
    /// A case is not where a step needs it, or the step is for somebody else.
    #[error("not allowed: {code}")]
    NotAllowed {
        /// Whether others may do it.
        is_forbidden: bool,
        /// The contract's word for why.
        code: &'static str,
        /// Why, and what to do.
        detail: Words,
        /// What can be done instead.
        allowed: Vec<&'static str>,
    },
    /// The object was changed since the client read it.
    #[error("stale: it is version {version} now")]
    Stale {
        /// The version that it has now.
        version: i64,
    },
    /// A change must say by `If-Match` which version it is meant for.
    #[error("condition missing")]
    ConditionMissing,
    /// The body is of a type that is not read here.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// Tried too often; again in `retry_s` seconds.
    #[error("too many attempts")]
    TooMany {
        /// When to come back, in seconds.
        retry_s: u32,
    },
    /// The path exists, but not for this verb.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// None of the forms that the client accepts can be given.
    #[error("not acceptable")]
    NotAcceptable,
    /// The body is larger than `limit` bytes.
    #[error("body larger than {limit} bytes")]
    TooLarge {
        /// The bound, in bytes.
        limit: usize,
    },
    /// The answer took too long to make.
    #[error("request timed out")]
    TimedOut,
    /// Busy, full or behind; the same request may succeed in `retry_s` seconds.
    #[error("unavailable: {reason}")]
    Unavailable {
        /// When to come back, in seconds.
        retry_s: u32,
        /// For the log.
        reason: String,
    },
    /// The caller is not told more than its request id.
    #[error("internal: {0}")]
    Internal(String),
}

/// What is wrong with one field of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as the client named it.
    pub field: String,
    /// The contract's word for what is wrong.
    pub code: &'static str,
    /// What is wrong and how to mend it.
    pub detail: Words,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    pub fn of(&self, language: Language) -> &str {
        language.of(&self.zh, &self.en)
    }
}

impl FieldError {
    /// A field with its code and a sentence in both languages.
    pub fn new(
        field: impl Into<String>,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), code, detail: Words::new(zh, en) }
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Malformed(vec![error])
    }
}

impl From<tokio::task::JoinError> for Error {
    /// Without the words of a panic, which may hold what somebody wrote; its place is in the log already.
    fn from(error: tokio::task::JoinError) -> Self {
        let why = if error.is_panic() { "a task gave up" } else { "a task was ended" };
        Self::Internal(why.to_owned())
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        let text = chain(&error);
        match error {
            DbError::Unavailable(_) => Self::Unavailable { retry_s: 2, reason: text },
            DbError::Unique(_) | DbError::Constraint(_) | DbError::Fault(_) => Self::Internal(text),
        }
    }
}

/// The codes alone: a field may be named in the client's own words, which no log keeps.
fn list(errors: &[FieldError]) -> String {
    errors.iter().map(|e| e.code).collect::<Vec<_>>().join(", ")
}

/// An error with everything that caused it, for the log and the command line.
pub fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |e| e.source())
        .fold(error.to_string(), |text, e| format!("{text}: {e}"))
}
