//! Characters that names read in several ways, and words that settle the reading.
//!
//! The readings are those of 现代汉语词典 that occur in names of places and institutions; the order is our own.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Each character with its readings, the most usual in names first.
const CHARACTERS: &str = "
    行 hang xing|重 zhong chong|长 chang zhang|乐 le yue lao|朝 chao zhao|都 du dou|调 tiao diao|单 dan shan
    解 jie xie|曾 zeng ceng|盛 sheng cheng|藏 cang zang|厦 xia sha|查 cha zha|柏 bai bo|泊 bo po|蚌 beng bang
    弄 nong long|卡 ka qia|降 jiang xiang|绿 lv lu|露 lu lou|率 lv shuai|省 sheng xing|什 shi shen|洗 xi xian
    堡 bao pu bu|埔 pu bu|圩 wei xu|阿 a e|薄 bo bao|辟 pi bi|便 bian pian|扁 bian pian|伯 bo bai|乘 cheng sheng
    传 chuan zhuan|弹 dan tan|还 huan hai|勒 le lei|落 luo lao|没 mei mo|炮 pao bao|塞 sai se|强 qiang jiang
    拓 tuo ta|巷 xiang hang|宿 su xiu|尾 wei yi|蔚 wei yu|尉 wei yu|扎 zha za|种 zhong chong|爪 zhao zhua
    涡 wo guo|荥 xing ying|番 fan pan|莞 guan wan|仇 qiu chou|贾 jia gu|谷 gu yu|牟 mu mou|叶 ye xie|俞 yu shu
    殷 yin yan|佃 dian tian|铅 qian yan|模 mo mu|角 jiao jue|塔 ta da|屯 tun zhun|翟 zhai di|缪 miao mou
    盖 gai ge|华 hua|沈 shen chen|峙 zhi shi|龟 gui qiu|汤 tang shang|浒 hu xu|漯 luo ta|畜 chu xu|给 gei ji
    女 nv|了 le liao|地 di|的 de|和 he|会 hui|大 da|车 che|区 qu|石 shi|家 jia|校 xiao|红 hong|六 liu";

/// Words whose reading is known, each with the syllables of its characters. A longer word stands before one that
/// begins it.
const WORDS: &str = "
    重庆 chong qing|重阳 chong yang|音乐 yin yue|乐亭 lao ting|乐清 yue qing|乐器 yue qi|步行 bu xing|骑行 qi xing
    自行车 zi xing che|旅行 lv xing|通行 tong xing|行人 xing ren|行政 xing zheng|行知 xing zhi|行唐 xing tang
    成长 cheng zhang|校长 xiao zhang|家长 jia zhang|站长 zhan zhang|长子县 zhang zi xian|会计 kuai ji|大夫 dai fu
    六安 lu an|单县 shan xian|蔚县 yu xian|番禺 pan yu|调度 diao du|调研 diao yan|大厦 da sha|广厦 guang sha
    西藏 xi zang|盛饭 cheng fan|柏林 bo lin|湖泊 hu po|模具 mu ju|模板 mu ban|十里堡 shi li pu|马家堡 ma jia pu
    吴堡 wu bu|莎车 sha che|燕山 yan shan|阿胶 e jiao|落枕 lao zhen|便宜 pian yi|投降 tou xiang|传记 zhuan ji";

type Readings = Vec<&'static str>;

/// What the tables say of a character.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Its readings, the most usual first; none where it is only known from words.
    pub(super) readings: Readings,
    /// The words that begin with it.
    pub(super) words: Vec<Word>,
}

/// A word whose reading is known.
#[derive(Debug)]
pub(super) struct Word {
    /// The word.
    pub(super) text: &'static str,
    /// How each character is read in it, and how else it is read.
    pub(super) readings: Vec<(&'static str, Readings)>,
}

static KNOWN: LazyLock<HashMap<char, Known>> = LazyLock::new(|| {
    let mut known: HashMap<char, Known> = HashMap::new();
    for (c, readings) in rows(CHARACTERS) {
        known.entry(first(c)).or_default().readings = readings;
    }
    for (text, readings) in rows(WORDS) {
        let others = |c: char, own: &str| -> Readings {
            let all = known.get(&c).map(|k| k.readings.as_slice()).unwrap_or_default();
            all.iter().copied().filter(|other| *other != own).collect()
        };
        let readings = text.chars().zip(readings).map(|(c, own)| (own, others(c, own))).collect();
        known.entry(first(text)).or_default().words.push(Word { text, readings });
    }
    known
});

fn first(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Readings)> {
    table.split(['|', '\n']).filter_map(|row| {
        let mut cells = row.split_whitespace();
        Some((cells.next()?, cells.collect()))
    })
}

/// What the tables say of a character, if anything.
pub(super) fn known(c: char) -> Option<&'static Known> {
    KNOWN.get(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_whole() {
        for (c, readings) in rows(CHARACTERS) {
            assert!(c.chars().count() == 1 && !readings.is_empty(), "{c} {readings:?}");
        }
        for (word, readings) in rows(WORDS) {
            assert_eq!(word.chars().count(), readings.len(), "{word}");
        }
        let all = rows(CHARACTERS).chain(rows(WORDS)).flat_map(|(_, readings)| readings);
        assert!(all.flat_map(str::chars).all(|c| c.is_ascii_lowercase()));
        let once: std::collections::HashSet<_> = rows(CHARACTERS).map(|(c, _)| c).collect();
        assert_eq!(rows(CHARACTERS).count(), once.len(), "a character stands there twice");
    }
}
