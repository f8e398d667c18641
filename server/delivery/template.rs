//! The body of an adapter's request: JSON with gaps such as `{{to}}`.

use super::model::Message;

/// What a gap can stand for.
const GAPS: [&str; 6] = ["id", "to", "number", "kind", "words", "link"];
/// The most bytes of a template.
const TEMPLATE_BYTES: usize = 8192;

/// A body with gaps: texts and gaps in turn, beginning with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template<'t>(Vec<&'t str>);

impl<'t> Template<'t> {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong: an unknown gap, no gap for the recipient, or a body that is not JSON once it is filled.
    pub fn read(text: &'t str) -> Result<Self, String> {
        if text.len() > TEMPLATE_BYTES {
            return Err(format!("body has more than {TEMPLATE_BYTES} bytes"));
        }
        let mut parts = Vec::new();
        for piece in text.split("{{") {
            match piece.split_once("}}") {
                Some((gap, rest)) if !parts.is_empty() => parts.extend([gap.trim(), rest]),
                _ if parts.is_empty() => parts.push(piece),
                _ => return Err("body has {{ without }}".to_owned()),
            }
        }
        let template = Self(parts);
        if let Some(unknown) = template.gaps().find(|gap| !GAPS.contains(gap)) {
            return Err(format!("body has an unknown gap {unknown:?}; there are {}", GAPS.join(", ")));
        }
        if !template.gaps().any(|gap| gap == "to") {
            return Err("body does not say {{to}} whom the message is for".to_owned());
        }
        let sample = template.filled(|_| "\"x".to_owned());
        match serde_json::from_str::<serde::de::IgnoredAny>(&sample) {
            Ok(_) => Ok(template),
            Err(_) => Err("body must be JSON whose gaps stand inside of quotation marks".to_owned()),
        }
    }

    fn gaps(&self) -> impl Iterator<Item = &'t str> {
        self.0.iter().skip(1).step_by(2).copied()
    }

    fn filled(&self, value: impl Fn(&str) -> String) -> String {
        let part =
            |(i, part): (usize, &&str)| if i % 2 == 0 { (*part).to_owned() } else { inside(&value(part)) };
        self.0.iter().enumerate().map(part).collect()
    }

    /// The body for a message.
    pub(super) fn fill(&self, message: &Message) -> String {
        let letter = &message.letter;
        self.filled(|gap| match gap {
            "id" => message.id.to_string(),
            "to" => letter.to.clone(),
            "kind" => letter.kind.clone(),
            "words" => letter.words.clone(),
            "link" => letter.link.clone().unwrap_or_default(),
            _ => letter.number.clone().unwrap_or_default(),
        })
    }
}

/// A text as it stands between the quotation marks of a JSON string.
fn inside(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::model::{Channel, Letter};
    use super::*;

    #[test]
    fn gaps_are_filled_and_escaped() {
        let template =
            Template::read(r#"{"mobile":"{{to}}","text":"【工会】{{ words }}","n":["{{number}}"]}"#);
        let letter = Letter {
            to: "13800138000".to_owned(),
            kind: "grievance_overdue".to_owned(),
            number: None,
            words: r#"a"b\c","to":"x"#.to_owned(),
            link: None,
        };
        let id = "019303a0-0000-7000-8000-000000000000".parse().unwrap();
        let message = Message::new(id, Channel::Sms, letter.clone()).unwrap();
        let filled: serde_json::Value = serde_json::from_str(&template.unwrap().fill(&message)).unwrap();
        assert_eq!(filled["text"], format!("【工会】{}", letter.words));
        assert_eq!((&filled["mobile"], &filled["n"][0]), (&"13800138000".into(), &"".into()));
    }

    #[test]
    fn a_template_says_what_is_wrong() {
        for (body, word) in [
            (r#"{"to":"{{to}}","x":"{{password}}"}"#, "unknown gap"),
            (r#"{"x":"{{words}}"}"#, "whom"),
            (r#"{"to":"{{to"}"#, "without"),
            (r#"{"to":{{to}}}"#, "quotation marks"),
            ("to={{to}}", "quotation marks"),
        ] {
            let told = Template::read(body).unwrap_err();
            assert!(told.contains(word), "{body}: {told}");
        }
        assert!(Template::read(&format!("\"{}{{{{to}}}}\"", "x".repeat(TEMPLATE_BYTES))).is_err());
    }
}
