//! When two names of stations are similar: much the same characters, and the same numbers.

use super::values::fold;

/// Words that most names of stations have, and that tell none from another. Longer ones first.
const COMMON: [&str; 12] = [
    "户外劳动者服务站点",
    "户外劳动者",
    "新就业形态",
    "服务站点",
    "工会驿站",
    "爱心驿站",
    "服务站",
    "驿站",
    "工会",
    "爱心",
    "站点",
    "职工",
];
/// From this share of common pairs of characters on (Dice's coefficient) two names are similar.
const SIMILAR: f64 = 0.7;

/// A name, prepared for comparison.
pub(super) struct Name {
    /// The pairs of neighbouring characters of what is left without common words, sorted.
    pairs: Vec<(char, char)>,
    /// Its digits and Chinese numerals: No. 1 is not No. 2.
    numbers: String,
}

impl Name {
    pub(super) fn new(name: &str) -> Self {
        let folded: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let core = COMMON.iter().fold(folded.clone(), |core, word| core.replace(word, ""));
        let core = if core.is_empty() { folded } else { core };
        // The edges count as pairs too, so that a name of one character can be compared.
        let padded: Vec<char> =
            std::iter::once('^').chain(core.chars()).chain(std::iter::once('$')).collect();
        let mut pairs: Vec<_> = padded.windows(2).map(|pair| (pair[0], pair[1])).collect();
        pairs.sort_unstable();
        Self { pairs, numbers: core.chars().filter(|c| is_numeral(*c)).collect() }
    }

    /// Whether the two may name one station.
    pub(super) fn is_similar(&self, other: &Name) -> bool {
        self.numbers == other.numbers && self.dice(other) >= SIMILAR
    }

    #[expect(clippy::cast_precision_loss, reason = "names have some hundred characters")]
    fn dice(&self, other: &Name) -> f64 {
        let (mut i, mut j, mut common) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.pairs.get(i), other.pairs.get(j)) {
            common += usize::from(a == b);
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        2.0 * common as f64 / (self.pairs.len() + other.pairs.len()) as f64
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_names_are_told_from_others() {
        for (a, b, similar) in [
            ("海港区工商银行驿站", "海港区工商银行工会驿站", true),
            ("海港区工商银行驿站", "海港区工商银行（文化路）驿站", true),
            ("建设银行第一驿站", "建设银行第二驿站", false),
            ("1001", "1002", false),
            ("1001", "1001", true),
            ("驿站", "工会驿站", false),
            ("中国银行驿站", "邮政局驿站", false),
            ("", "", true),
        ] {
            assert_eq!(Name::new(a).is_similar(&Name::new(b)), similar, "{a} {b}");
        }
    }
}
