//! What is typed, and what it finds.

use super::*;

fn named(name: &str) -> Searchable {
    Searchable::new([name], [])
}

fn finds(name: &str, typed: &str) -> bool {
    named(name).rank(&Wanted::new(typed).unwrap()).is_some()
}

#[test]
fn names_are_found_by_words_pinyin_and_initials() {
    for (name, typed) in [
        ("海港区总工会驿站", "海港"),
        ("海港区总工会驿站", "haigang"),
        ("海港区总工会驿站", "hai gang"),
        ("海港区总工会驿站", "hai'gang qu"),
        ("海港区总工会驿站", "HaiGangQu"),
        ("海港区总工会驿站", "ｈａｉｇａｎｇ"),
        ("海港区总工会驿站", "hgq"),
        ("海港区总工会驿站", "hgqzghyz"),
        ("海港区总工会驿站", "海港 yizhan"),
        ("重庆路驿站", "chongqinglu"),
        ("重庆路驿站", "zhongqinglu"),
        ("重庆路驿站", "cql"),
        ("重阳里", "chongyangli"),
        ("建设银行海港支行", "yinhang"),
        ("建设银行海港支行", "yinxing"),
        ("建设银行海港支行", "jsyhhgzh"),
        ("长城路", "changchenglu"),
        ("长城路", "zhangcheng"),
        ("乐亭路", "laoting"),
        ("乐亭路", "leting"),
        ("音乐广场", "yinyueguangchang"),
        ("音乐广场", "yinle"),
        ("步行街", "buxingjie"),
        ("女职工驿站", "nvzhigong"),
        ("女职工驿站", "nüzhigong"),
        ("绿地", "lvdi"),
        ("绿地", "ludi"),
        ("吕家村", "lvjiacun"),
        ("西安路", "xi'an"),
        ("西安路", "Xi’an"),
        ("人民广场（东）15号ABC", "guangchangdong15haoabc"),
        ("人民广场（东）15号ABC", "rmgcd15habc"),
        ("Beidaihe District", "beidaihe DISTRICT"),
        ("Beidaihe District", "district beidaihe"),
        ("Lü Zhuang", "lv"),
    ] {
        assert!(finds(name, typed), "{typed} finds {name}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for (name, typed) in [
        ("海港区", "海 岗"),
        ("海港区", "haigangqv"),
        ("海港区", "qgh"),
        ("Beidaihe", "beidaihe south"),
        ("长城", "长 重"),
    ] {
        assert!(!finds(name, typed), "{typed} does not find {name}");
    }
    // No word reaches from one text into the next.
    let two = Searchable::new(["海港"], ["区政府"]);
    assert!(two.rank(&Wanted::new("海港区").unwrap()).is_none());
    assert!(Wanted::new(" \u{3000} ' ").is_none());
}

#[test]
fn a_name_has_at_most_eight_spellings_the_usual_first() {
    let of = |name| pinyin::spellings(name).into_iter().map(|s| s.syllables).collect::<Vec<_>>();
    assert_eq!(of("重庆"), ["chongqing", "zhongqing"]);
    assert_eq!(of("长行"), ["changhang", "zhanghang", "changxing", "zhangxing"]);
    assert_eq!(of("qhd-0007"), [""; 0]);
    let many = of("行长重乐朝都调单");
    assert_eq!((many.len(), many[0].as_str()), (pinyin::MOST, "hangchangzhonglechaodutiaodan"));
    assert!(many.iter().enumerate().all(|(i, s)| !many[..i].contains(s)), "{many:?}");
}

#[test]
fn the_best_answer_is_the_name_itself() {
    let station = Searchable::new(["海港银行", "银行驿站"], ["QHD-1", "长江道银行大厦 海港酒店", "山海关区"]);
    for (typed, rank) in [
        ("海港银行", Some(Rank::Exact)),
        ("银行 驿站", Some(Rank::Exact)),
        ("海港", Some(Rank::Begins)),
        ("港银", Some(Rank::Holds)),
        ("驿站 银行", Some(Rank::Holds)),
        ("haigangyinhang", Some(Rank::Spelled)),
        ("yzh", None),
        ("yhyz", Some(Rank::Spelled)),
        ("qhd-1", Some(Rank::Elsewhere)),
        ("shanhaiguan", Some(Rank::Elsewhere)),
        ("cjd", Some(Rank::Elsewhere)),
        ("海港酒店", Some(Rank::Elsewhere)),
        ("海港 北京", None),
    ] {
        assert_eq!(station.rank(&Wanted::new(typed).unwrap()), rank, "{typed}");
    }
}
