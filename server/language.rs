//! The two languages of every text that a person reads.

/// A language of pages, problems and printed reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Simplified Chinese, the first language.
    #[default]
    ZhCn,
    /// English, the second.
    En,
}

impl Language {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag: `zh-CN` or `en`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Picks one of two texts.
    pub fn of<T>(self, zh: T, en: T) -> T {
        match self {
            Self::ZhCn => zh,
            Self::En => en,
        }
    }

    /// Chooses by an `Accept-Language` header: whichever of the two is weighted higher, Chinese
    /// where neither or both are named alike (RFC 9110, 12.5.4).
    pub fn accepted(header: &str) -> Self {
        let weight =
            |prefix: &str| header.split(',').filter_map(|part| weight_of(part, prefix)).fold(0.0, f32::max);
        if weight("en") > weight("zh") { Self::En } else { Self::ZhCn }
    }
}

fn weight_of(part: &str, prefix: &str) -> Option<f32> {
    let mut fields = part.split(';').map(str::trim);
    let tag = fields.next()?.to_ascii_lowercase();
    let named = tag == prefix || tag.starts_with(&format!("{prefix}-"));
    let weight = fields.find_map(|f| f.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
    named.then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_higher_weight_wins_and_chinese_is_the_default() {
        let cases = [
            ("", Language::ZhCn),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::ZhCn),
            ("en-GB,en;q=0.9", Language::En),
            ("zh;q=0.3, en;q=0.7", Language::En),
            ("fr, de", Language::ZhCn),
            ("en;q=broken", Language::ZhCn),
        ];
        for (header, language) in cases {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
