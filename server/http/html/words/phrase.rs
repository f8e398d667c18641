//! Sentences with gaps: `{n} 处`, `{n} {n|seat|seats}`.

use std::fmt::Display;

use serde::Deserialize;

/// A sentence with one or more gaps. A gap is a name in braces; `{n|one|many}` says the first word where the
/// number of that name is 1, and the second elsewhere.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(in crate::http::html) struct Phrase(&'static str);

impl Phrase {
    /// The sentence with one value in every gap.
    pub(in crate::http::html) fn with(self, value: impl Display) -> String {
        let value = value.to_string();
        self.filled(|_| value.clone())
    }

    /// The sentence with a value for each named gap; a name that is not given stays empty.
    pub(in crate::http::html) fn fill(self, values: &[(&str, &dyn Display)]) -> String {
        let named = |name: &str| values.iter().find(|(n, _)| *n == name);
        self.filled(|name| named(name).map(|(_, value)| value.to_string()).unwrap_or_default())
    }

    fn filled(self, value: impl Fn(&str) -> String) -> String {
        let mut said = String::with_capacity(self.0.len() + 16);
        let mut rest = self.0;
        while let Some((before, (gap, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            said += before;
            said += &filled_gap(gap, &value);
            rest = after;
        }
        said + rest
    }
}

fn filled_gap(gap: &str, value: &impl Fn(&str) -> String) -> String {
    let mut parts = gap.split('|');
    let given = value(parts.next().unwrap_or_default());
    match (parts.next(), parts.next()) {
        (Some(one), Some(many)) => if given == "1" { one } else { many }.to_owned(),
        _ => given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_by_order_name_and_number() {
        assert_eq!(Phrase("{n} 处").with(3), "3 处");
        assert_eq!(Phrase("{day} {month}").fill(&[("month", &"Nov"), ("day", &24)]), "24 Nov");
        let seats = Phrase("{n} {n|seat|seats}");
        assert_eq!([seats.with(1), seats.with(2)], ["1 seat", "2 seats"]);
        assert_eq!(Phrase("a { b").with(1), "a { b");
    }
}
