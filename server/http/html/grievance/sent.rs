//! What comes with a form: its key, and files that are taken in at once.

use std::net::IpAddr;

use super::words::Said;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::grievance;
use crate::grievance::model::MOST_ATTACHMENTS;
use crate::http::form::{Form, SentFile};
use crate::ids::AttachmentId;
use crate::pace::Purpose;

/// The keys of forms: 32 hexadecimal digits that nobody guesses.
pub(super) mod keys {
    use super::{Error, Form};
    use crate::secrets::{hex, random};

    /// A key that nobody has.
    pub(in super::super) fn new() -> Result<String, Error> {
        Ok(hex(&random::<16>()?))
    }

    /// The key of a form as it was sent; a new one where it has none.
    pub(in super::super) fn of(sent: &Form) -> Result<String, Error> {
        let is_key = |key: &&str| key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit());
        sent.text("key").filter(is_key).map_or_else(new, |key| Ok(key.to_owned()))
    }
}

/// Takes files in, up to the bound together with those that wait already; what is wrong with one names it.
pub(super) async fn take(
    app: &App,
    said: &Said,
    address: Option<IpAddr>,
    files: &[&SentFile],
    kept: &mut Vec<AttachmentId>,
) -> Result<Vec<FieldError>, Error> {
    if kept.len() + files.len() > MOST_ATTACHMENTS {
        let text = said.wrong_files.with(MOST_ATTACHMENTS);
        return Ok(vec![FieldError::new("attachments", "too_many", text.clone(), text)]);
    }
    let mut wrong = Vec::new();
    for file in files {
        app.pace.count(Purpose::Upload, address, app.clock.now())?;
        match grievance::take(app, file.bytes.clone()).await {
            Ok(id) => kept.push(id),
            Err(Error::Refused(faults) | Error::Malformed(faults)) => {
                wrong.extend(faults.into_iter().map(|fault| named(said, file, &fault)));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(wrong)
}

/// The same fault with the file's name, so that one knows which of several is meant.
fn named(said: &Said, file: &SentFile, fault: &FieldError) -> FieldError {
    let name: String = file.name.chars().take(60).collect();
    let of = |why: &str| said.wrong_file.fill(&[("name", &name), ("why", &why)]);
    FieldError::new("attachments", fault.code, of(&fault.detail.zh), of(&fault.detail.en))
}
