//! Texts as found in lists of stations, shops and halls.

use proptest::prelude::*;

use super::*;

const ASSUMED: &[Assumption] = &[Assumption::HolidaysAssumedOff];

fn certain(text: &str, grammar: &str, assumptions: &[Assumption]) {
    let expected = FreeText::Certain { grammar: grammar.to_owned(), assumptions: assumptions.to_vec() };
    assert_eq!(parse_free_text(text), expected, "{text}");
}

/// The forms of a list, which are parted by bars.
fn forms(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(" | ")
}

#[test]
fn every_day_and_around_the_clock() {
    for text in forms(
        "24小时 | 全天 | 全天开放 | ２４小时 | 24小时营业 | 全天24小时开放 | 全天候 | 24H | 24/7 | \
         7×24小时 | 二十四小时 | 每天24小时 | 全年无休，24小时 | 0:00-24:00 | 00:00-00:00 | 24小时不打烊",
    ) {
        certain(text, "24/7", &[]);
    }
    for text in forms(
        "8:00-20:00 | ８：００—２０：００ | 08:00～20:00 | 每天8:00-20:00 | 早8:00-晚20:00 | \
         早上8点到晚上8点 | 8点至20点 | 8时-20时 | 周一至周日8:00—20:00 | 8-20点 | \
         营业时间：8:00-20:00 | 开放时间 8:00 - 20:00 | 8:00-20:00（全年无休） | 8:00——20:00 | \
         每日8:00至20:00 | 星期一至星期日 8:00-20:00",
    ) {
        certain(text, "Mo-Su 08:00-20:00", &[]);
    }
}

#[test]
fn split_and_spoken_times() {
    for text in forms(
        "8:30-12:00，14:30-18:00 | 8:30-12:00、14:30-18:00 | 8:30-12:00 14:30-18:00 | \
         上午8:30-12:00，下午14:30-18:00 | 上午8:30-12:00 下午2:30-6:00 | 8点半-12点，14点30分-18点 | \
         每天 8：30—12：00；14：30—18：00",
    ) {
        certain(text, "Mo-Su 08:30-12:00,14:30-18:00", &[]);
    }
    certain("上午7時至晚上11時", "Mo-Su 07:00-23:00", &[]);
    certain("中午11:30-下午1:30", "Mo-Su 11:30-13:30", &[]);
    certain("晚上7点-10点", "Mo-Su 19:00-22:00", &[]);
    certain("早上6点到晚上12点", "Mo-Su 06:00-24:00", &[]);
    certain("8:00-0:00", "Mo-Su 08:00-24:00", &[]);
}

#[test]
fn nights() {
    for text in forms("夜间 22:00-次日6:00 | 22:00-6:00 | 夜间22:00-6:00 | 晚上10:00-次日早上6:00")
    {
        certain(text, "Mo-Su 22:00-06:00", &[]);
    }
    certain("10:00-次日2:00", "Mo-Su 10:00-02:00", &[]);
    certain("晚上8点-凌晨2点", "Mo-Su 20:00-02:00", &[]);
}

#[test]
fn working_days_are_assumed_to_be_off_on_holidays() {
    for text in forms(
        "周一至周五 9:00-17:00 | 周一到周五9:00-17:00 | 星期一至星期五 9:00-17:00 | \
         周一至五 9:00-17:00 | 工作日 9:00-17:00 | 9:00-17:00（工作日） | 9:00-17:00，周末休息 | \
         9:00-17:00（双休日休息） | 周一至周五 9:00-17:00，周六日休息 | 每周一至周五 上午9:00-下午5:00 | \
         9:00-17:00 周一至周五 | 週一至週五9:00-17:00",
    ) {
        certain(text, "Mo-Fr 09:00-17:00; PH off", ASSUMED);
    }
    certain("8:30-12:00，14:30-18:00，周末休息", "Mo-Fr 08:30-12:00,14:30-18:00; PH off", ASSUMED);
    certain("24小时周末", "Sa,Su", &[]);
    certain("工作日全天", "Mo-Fr; PH off", ASSUMED);
}

#[test]
fn holidays_that_are_stated_are_not_assumed() {
    certain("周一至周五 9:00-17:00，节假日休息", "Mo-Fr 09:00-17:00; PH off", &[]);
    certain("周一至周五9:00-17:00（法定节假日除外）", "Mo-Fr 09:00-17:00; PH off", &[]);
    certain("9:00-17:00，周末及法定节假日休息", "Mo-Fr 09:00-17:00; PH off", &[]);
    certain("8:00-20:00，节假日休息", "Mo-Su 08:00-20:00; PH off", &[]);
    certain("24小时，法定节假日除外", "Mo-Su; PH off", &[]);
    certain("周一至周五 9:00-17:00，节假日照常开放", "Mo-Fr 09:00-17:00", &[]);
    certain("每天8:00-20:00，节假日不休息", "Mo-Su 08:00-20:00", &[]);
    certain("周末及节假日10:00-16:00，周一至周五8:00-18:00", "Mo-Fr 08:00-18:00; Sa,Su,PH 10:00-16:00", &[]);
    certain("每天8:00-20:00，节假日10:00-16:00", "Mo-Su 08:00-20:00; PH 10:00-16:00", &[]);
}

#[test]
fn several_days() {
    certain("周一至周五8:00-18:00，周六、周日9:00-17:00", "Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00", &[]);
    certain("周一至周五8:00-18:00；周六日9:00-17:00", "Mo-Fr 08:00-18:00; Sa,Su 09:00-17:00", &[]);
    certain("周一至周六 8:00-18:00", "Mo-Sa 08:00-18:00", &[]);
    certain("周一、三、五 9:00-11:30", "Mo,We,Fr 09:00-11:30", &[]);
    certain("9:00-17:00（周一闭馆）", "Tu-Su 09:00-17:00", &[]);
    certain("周二至周日9:00-17:00，周一闭馆", "Tu-Su 09:00-17:00", &[]);
}

#[test]
fn seasons_with_dates() {
    certain("6月1日至9月30日 8:00-20:00", "Jun 1-Sep 30 08:00-20:00", &[]);
    certain("11月15日至次年3月15日 8:00-18:00", "Nov 15-Mar 15 08:00-18:00", &[]);
    certain("6-9月 8:00-20:00", "Jun-Sep 08:00-20:00", &[]);
    certain(
        "夏季（6月1日至9月30日）8:00-20:00，冬季（10月1日至5月31日）8:00-18:00",
        "Jun 1-Sep 30 08:00-20:00; Oct 1-May 31 08:00-18:00",
        &[],
    );
    certain("6月-9月 周一至周五 8:00-20:00", "Jun-Sep Mo-Fr 08:00-20:00; PH off", ASSUMED);
}

#[test]
fn grammar_is_kept() {
    certain("Mo-Fr 09:00-17:00; PH off", "Mo-Fr 09:00-17:00; PH off", &[]);
    certain(" Mo-Su 8:30-12:00,14:30-18:00 ", "Mo-Su 08:30-12:00,14:30-18:00", &[]);
    certain("Nov 15-Mar 15 08:00-20:00", "Nov 15-Mar 15 08:00-20:00", &[]);
}

#[test]
fn what_could_be_meant_in_two_ways_is_uncertain() {
    for text in forms(
        " |   | 营业时间内 | 同网点营业时间 | 8点到晚 | 9:00-17:00（节假日另行通知） | \
         夏季8:00-20:00 冬季8:00-18:00 | 夏季8:00-20:00 | 8:00-20:00（6月-9月） | \
         8:00-20:00 6月1日至9月30日 | 周末、节假日照常开放，8:00-20:00 | \
         1月1日至1月3日休息，8:00-20:00 | 早九晚五 | 早9晚5 | 随时 | 周一至周五 | 全年无休 | 9:00-5:00 | \
         2:30-5:30 | 8:30-11:30，2:30-5:30 | 8:00-18:00，中午休息 | 8-18 | 8:00- | 8:00 | 25:00-26:00 | \
         8:60-9:00 | 8:00-20:00，暂停开放 | 暂不开放 | 非工作日8:00-20:00 | 周六休息 | \
         周一至周日休息 8:00-20:00 | 周一至周五 8:00-18:00，周五 9:00-17:00 | \
         8:00-18:00（周一至周五），9:00-12:00（周六），周日休息 | 9:00-17:00 周一至周五，周六日休息 | \
         8:00-20:00（6月-9月），8:00-18:00（10月-5月） | 6月-9月 8:00-20:00，9月-5月 8:00-18:00 | \
         2月30日至3月31日 8:00-20:00 | 周五至周一 8:00-20:00 | 10月1日 8:00-20:00 | 上午8:00-5:00 | \
         上午15:00-17:00 | 晚上1点-5点 | 8:00-20:00:00 | 8:00-20:00（ | ）8:00-20:00 | 24小时制 | \
         8小时 | 9am-5pm | Mon-Fri 9:00-17:00 | 17:00+ | 每天8:00-20:00，每天9:00-10:00 | \
         节假日休息，节假日8:00-12:00，周一至周五8:00-18:00 | 中午12:00-2:00 | 8.30-17.30",
    ) {
        assert_eq!(parse_free_text(text), FreeText::Uncertain, "{text}");
    }
    assert_eq!(parse_free_text(&"8:00-20:00，".repeat(100)), FreeText::Uncertain);
}

fn is_sound(text: &str) -> Result<(), TestCaseError> {
    if let FreeText::Certain { grammar, .. } = parse_free_text(text) {
        prop_assert!(Hours::parse(&grammar, &Calendar::default()).is_ok(), "{} -> {}", text, grammar);
        let again = FreeText::Certain { grammar: grammar.clone(), assumptions: Vec::new() };
        prop_assert_eq!(parse_free_text(&grammar), again, "{}", text);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_kept(text in ".{0,40}") {
        is_sound(&text)?;
    }

    #[test]
    fn whatever_is_certain_is_grammar(words in proptest::collection::vec(proptest::sample::select(vec![
        "周一", "周五", "至", "、", "，", " ", "周末", "工作日", "节假日", "休息", "除外", "8:00", "12:00", "14:30", "20点", "6:00", "-", "次日",
        "下午", "晚上", "2点半", "24小时", "全天", "每天", "（", "）", "6月", "1日", "9月", "30日", "夏季", "开放", "照常", "24:00", "0:00",
    ]), 0..12)) {
        is_sound(&words.concat())?;
    }
}
