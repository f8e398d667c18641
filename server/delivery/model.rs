//! What is sent: a letter of a feature, made a message with an id of its own.

use crate::code::codes;
use crate::error::Error;
use crate::ids::DeliveryId;

codes! {
    /// A way to reach somebody. WeChat is reached by the phone number, which the gateway knows its users by.
    Channel { Mail = "mail", Sms = "sms", Wechat = "wechat" }
}

/// The most characters of each field of a message.
const FIELD_CHARS: usize = 500;

/// What somebody is to be told, and where: made by a feature at the time of sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// A mail address or a phone number, opened for this one use.
    pub to: String,
    /// The code of what happened.
    pub kind: String,
    /// The number that people know the object by.
    pub number: Option<String>,
    /// What happened, in one line: number and day only, never the words of a case.
    pub words: String,
    /// The screen to go to: a path of this service.
    pub link: Option<String>,
}

/// A row of `delivery` that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Its identity, the same for each try.
    pub id: DeliveryId,
    /// The feature that knows recipient and words.
    pub source: String,
    /// Which of its objects.
    pub object_id: String,
    /// The way it goes.
    pub channel: Channel,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it.
    Sent,
    /// The other side says that there is no such address.
    Refused,
    /// There was nothing to send any more, or there is no way to send it.
    Dropped,
}

impl Outcome {
    /// The state of the row.
    pub(super) fn state(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// A message on its way. No field holds a line break or another control character, so none can end a header or
/// begin a command.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The id that stays the same for each try.
    pub id: DeliveryId,
    /// The way it goes.
    pub channel: Channel,
    /// What it says and to whom.
    pub letter: Letter,
}

/// Whom it is for and what it says stands in no log.
impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({}, {})", self.id, self.channel)
    }
}

impl Message {
    /// A message of a letter.
    ///
    /// # Errors
    /// [`Error::Internal`] where a field holds a control character or is too long; it is named, not told.
    pub fn new(id: DeliveryId, channel: Channel, letter: Letter) -> Result<Self, Error> {
        let fields = [
            ("to", letter.to.as_str()),
            ("kind", &letter.kind),
            ("number", letter.number.as_deref().unwrap_or_default()),
            ("words", &letter.words),
            ("link", letter.link.as_deref().unwrap_or_default()),
        ];
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let wrong = fields.iter().find(|(_, t)| t.contains(breaks) || t.chars().count() > FIELD_CHARS);
        match wrong {
            Some((field, _)) => {
                Err(Error::Internal(format!("the field {field} of a message cannot be sent")))
            }
            None => Ok(Self { id, channel, letter }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_holds_a_line_break() {
        let id = "019303a0-0000-7000-8000-000000000000".parse().unwrap();
        let good = Letter {
            to: "a@example.cn".to_owned(),
            kind: "grievance_overdue".to_owned(),
            number: Some("2026-000132".to_owned()),
            words: "逾期".to_owned(),
            link: Some("/grievances".to_owned()),
        };
        let made = |change: fn(&mut Letter, String), text: &str| {
            let mut letter = good.clone();
            change(&mut letter, text.to_owned());
            Message::new(id, Channel::Mail, letter)
        };
        let fields: [fn(&mut Letter, String); 5] = [
            |l, t| l.to = t,
            |l, t| l.kind = t,
            |l, t| l.number = Some(t),
            |l, t| l.words = t,
            |l, t| l.link = Some(t),
        ];
        for field in fields {
            assert!(made(field, "good").is_ok());
            for bad in ["x\r\nRCPT TO:<b@example.cn>", "x\n", "x\r", "x\0", "x\u{85}", "x\u{2028}"] {
                assert!(made(field, bad).is_err(), "{bad:?}");
            }
            assert!(made(field, &"长".repeat(FIELD_CHARS + 1)).is_err());
        }
        assert!(!format!("{:?}", Message::new(id, Channel::Mail, good).unwrap()).contains("example.cn"));
    }
}
