//! The sentences of an import's problems, in words a clerk understands: what is wrong, and the remedy.

use super::problem::Issue;
use crate::language::Language;

/// The sentence of an issue.
pub(super) fn sentence(issue: &Issue, language: Language) -> String {
    let kinds = [
        column_words,
        option_words,
        name_and_code_words,
        position_words,
        word_words,
        number_words,
        district_words,
        neighbour_words,
    ];
    let worded = kinds.iter().find_map(|words| words(issue, language));
    worded.map_or_else(|| issue.kind().1.to_owned(), |(zh, en)| language.of(zh, en))
}

type Both = (String, String);

#[expect(clippy::unnecessary_wraps, reason = "every branch of the functions below is an answer or none")]
fn both(zh: impl Into<String>, en: impl Into<String>) -> Option<Both> {
    Some((zh.into(), en.into()))
}

fn column_words(issue: &Issue, language: Language) -> Option<Both> {
    match issue {
        Issue::NameColumnMissing => both(
            "找不到站点名称所在的列。请把标题写成“站点名称”，或者指定是哪一列。",
            "No column holds the names. Give it the heading \"name\", or say which it is.",
        ),
        Issue::ColumnTwice { field, kept } => both(
            format!(
                "这一列和“{kept}”列都像是{}，只读取“{kept}”列。如要读取这一列，请指定。",
                field.word(language)
            ),
            format!(
                "This column and \"{kept}\" both look like the {}; only \"{kept}\" is read. Say so if this one is meant.",
                field.word(language)
            ),
        ),
        Issue::PositionColumnsMissing => both(
            "找不到经度和纬度，也找不到地址。请把标题写成“经度”“纬度”，或者指定是哪两列。",
            "No columns hold longitude and latitude, nor an address. Give them the headings \"lon\" and \"lat\", \
             or say which they are.",
        ),
        _ => None,
    }
}

fn option_words(issue: &Issue, language: Language) -> Option<Both> {
    match issue {
        Issue::MapColumnUnknown { headings } => both(
            format!("指定的列不在表中。表中的列有：{headings}。"),
            format!("The sheet does not have this column. Its columns are: {headings}."),
        ),
        Issue::MapFieldTwice { field } => both(
            format!("两列都指定为{}。每个字段只能来自一列。", field.word(language)),
            format!("Two columns are given to the {}. A field comes from one column.", field.word(language)),
        ),
        Issue::BetterDatum { declared, better, rows, of, .. } => both(
            format!(
                "声明的坐标系是 {declared}，但看得出差别的 {of} 行里有 {rows} 行按 {better} 读取才对得上已登记的位置或所在区县。请核对坐标来源：改选 {better}，或者确认 {declared} 无误。"
            ),
            format!(
                "The coordinates are declared as {declared}, but of {of} rows that tell the systems apart, {rows} fit the \
                 registered positions or their district only as {better}. Check where they come from: choose {better}, \
                 or confirm {declared}."
            ),
        ),
        _ => None,
    }
}

fn name_and_code_words(issue: &Issue, language: Language) -> Option<Both> {
    match issue {
        Issue::NameMissing => both("没有站点名称。请填写名称。", "The name is missing. Fill it in."),
        Issue::CodeTwice { code, others } => both(
            format!(
                "站点编号“{code}”重复，{}也用了它。每个站点的编号只能用一次，请改正。",
                others.list(language)
            ),
            format!(
                "The code \"{code}\" is used twice, also in {}. Each station has a code of its own.",
                others.list(language)
            ),
        ),
        Issue::TooLong { length, limit } => both(
            format!("共 {length} 个字，最多 {limit} 个字。请缩短。"),
            format!("It has {length} characters, {limit} at most. Shorten it."),
        ),
        _ => None,
    }
}

fn position_words(issue: &Issue, _: Language) -> Option<Both> {
    match issue {
        Issue::PositionMissing => both(
            "没有经度和纬度，也没有地址。请填写经纬度。",
            "Longitude and latitude are missing, and so is an address. Fill in longitude and latitude.",
        ),
        Issue::Parked => both(
            "只有地址，没有经纬度，这一行暂不导入。请填写经纬度后再次导入。",
            "There is an address but no position, so this row is set aside. Fill in longitude and latitude and import again.",
        ),
        Issue::NotDegrees { text } => both(
            format!("“{text}”不是十进制度数。请写成 119.6005 这样的小数，不要用度分秒或文字。"),
            format!(
                "\"{text}\" is no number of decimal degrees. Write it like 119.6005, not in minutes or words."
            ),
        ),
        Issue::OutOfRange { limit } => both(
            format!("数值超出范围，应在 -{limit} 到 {limit} 之间。请核对。"),
            format!("The number is out of range; it has to lie between -{limit} and {limit}. Check it."),
        ),
        Issue::PositionZero => both(
            "经度和纬度都是 0，这不是真实位置。请填写站点的经纬度。",
            "Longitude and latitude are both 0, which is no real place. Fill in where the station is.",
        ),
        Issue::Swapped { other_column } => both(
            format!(
                "与“{other_column}”列的数值好像填反了：中国的经度在 73 到 136 之间，纬度在 3 到 54 之间。请对调两格的内容；整列都反了，就对调两列。"
            ),
            format!(
                "It seems to be exchanged with \"{other_column}\": in China longitudes lie between 73 and 136, latitudes \
                 between 3 and 54. Exchange the two cells, or the columns where all rows are so."
            ),
        ),
        Issue::OtherDatum { better, offset_m, better_m } => both(
            format!(
                "离这个编号已登记的位置 {offset_m} 米，按 {better} 读取则只差 {better_m} 米：这一行的坐标像是 {better} 的。请换算，或在地图上核对。"
            ),
            format!(
                "It lies {offset_m} m from where this code is registered, but {better_m} m when read as {better}: the \
                 position seems to be {better}. Convert it, or look at the map."
            ),
        ),
        _ => None,
    }
}

fn word_words(issue: &Issue, _: Language) -> Option<Both> {
    match issue {
        Issue::Formula { value } => both(
            format!("这一格是公式，公式和它算出的“{value}”都没有导入。请改用算出的值，或者自己填写。"),
            format!(
                "The cell is a formula; neither it nor its value \"{value}\" is imported. Take the value, or write it."
            ),
        ),
        Issue::LooksLikeFormula => both(
            "内容以 =、+、- 或 @ 开头，表格软件可能把它当成公式。请核对，必要时删去这个符号。",
            "The text begins with =, +, - or @, which a spreadsheet may take for a formula. Check it.",
        ),
        Issue::WordUnknown { text, known } => both(
            format!("不认识“{text}”，这一项留空。可以填写：{known}。"),
            format!("\"{text}\" is not known and left out. Known are: {known}."),
        ),
        Issue::FacilityUnknown { text } => both(
            format!("设施“{text}”不在目录中，按原文保留，但不能用来筛选。如有写法不同，请改成目录中的名称。"),
            format!(
                "The facility \"{text}\" is not in the list; it is kept as text and cannot be searched for."
            ),
        ),
        Issue::HoursUncertain { text } => both(
            format!(
                "开放时间“{text}”无法确定含义，按原文保留，站点状态显示为“未知”。请写成“8:30-12:00，14:30-18:00”这样的形式。"
            ),
            format!(
                "The hours \"{text}\" have no certain meaning. They are kept as text and the state is unknown. \
                     Write them like \"Mo-Fr 08:30-17:30\"."
            ),
        ),
        Issue::HolidaysAssumedOff => both(
            "“工作日”或“周一至周五”按法定节假日休息处理。如节假日也开放，请写明。",
            "Hours for working days are taken to mean closed on public holidays. Say so if the station is open then.",
        ),
        _ => None,
    }
}

fn number_words(issue: &Issue, _: Language) -> Option<Both> {
    match issue {
        Issue::NumberUnreadable { text } => both(
            format!("“{text}”不是数字，这一项留空。请只填数字。"),
            format!("\"{text}\" is no number and left out. Write a number only."),
        ),
        Issue::NumberImplausible { text, limit } => both(
            format!("“{text}”大得不合情理（上限 {limit}），这一项留空。请核对单位和所在的列。"),
            format!(
                "\"{text}\" is implausible (more than {limit}) and left out. Check the unit and the column."
            ),
        ),
        Issue::DayUnreadable { text } => both(
            format!("“{text}”不是完整的日期，这一项留空。请写成 2023-08-01。"),
            format!("\"{text}\" is no full date and left out. Write it like 2023-08-01."),
        ),
        Issue::PhoneUnreadable { text } => both(
            format!("“{text}”不是电话号码，这一项留空。请只填号码，不要写姓名。"),
            format!("\"{text}\" is no telephone number and left out. Write the number only, no names."),
        ),
        _ => None,
    }
}

fn district_words(issue: &Issue, _: Language) -> Option<Both> {
    match issue {
        Issue::DistrictUnknown { text } => both(
            format!("不认识区县“{text}”。请填写区县全称或六位行政区划代码。"),
            format!("The district \"{text}\" is not known. Write its full name or its code of six digits."),
        ),
        Issue::DistrictMissing => both(
            "没有区县，位置也不在任何已登记的区县内。请核对经纬度和坐标系，或填写区县。",
            "There is no district, and the position lies in none that is loaded. Check the position and its \
             coordinate system, or fill in the district.",
        ),
        Issue::DistrictDerived { name } => both(
            format!("没有区县，按位置归入{name}。请核对。"),
            format!("There is no district; by its position it belongs to {name}. Check it."),
        ),
        Issue::DistrictDiffers { stated, actual } => both(
            format!("区县是{stated}，但位置在{actual}。请核对区县和经纬度。"),
            format!("The district is {stated}, but the position lies in {actual}. Check both."),
        ),
        Issue::DistrictNotLoaded { adcode } => both(
            format!("区县 {adcode} 没有登记。请核对六位行政区划代码，或者先载入它的边界。"),
            format!("The district {adcode} is not loaded. Check the code, or load its border first."),
        ),
        _ => None,
    }
}

fn neighbour_words(issue: &Issue, language: Language) -> Option<Both> {
    match issue {
        Issue::TwoStations => both(
            "几个决定合在一起，让这一行同时是两个已登记的站点。请改正其中一个决定。",
            "Taken together the decisions make this row two registered stations. Change one of them.",
        ),
        Issue::OutOfReach { code: Some(code) } => both(
            format!("编号“{code}”属于您管不到的站点。请核对编号，或者跳过这一行。"),
            format!(
                "The code \"{code}\" belongs to a station beyond your reach. Check the code, or leave the row out."
            ),
        ),
        Issue::OutOfReach { code: None } => both(
            "这一行所在的区县或者要做的事超出您的权限。请核对区县，或者跳过这一行，交给有权限的人导入。",
            "The district of this row, or what would be done, is beyond your rights. Check the district, or leave the \
             row to somebody who may.",
        ),
        Issue::Retired => both(
            "这个站点已经撤站，不能再改。请换一个编号，或者跳过这一行。",
            "The station is retired and cannot be changed. Use another code, or leave the row out.",
        ),
        Issue::SamePoint { others } => both(
            format!("与{}在同一个点上。如不是同一处，请核对经纬度。", others.list(language)),
            format!(
                "It stands on the same point as {}. If they are different places, check the position.",
                others.list(language)
            ),
        ),
        Issue::SimilarName { other } => both(
            format!("与{}名称相近，相距不到 50 米。请核对是否重复。", other.name(language)),
            format!(
                "{} has a similar name and is less than 50 m away. Check whether it is the same.",
                other.name(language)
            ),
        ),
        Issue::SameAddress { others } => both(
            format!("与{}地址相同。请核对是否重复。", others.list(language)),
            format!("It has the same address as {}. Check whether it is the same.", others.list(language)),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use spatial::Datum;

    use super::super::field::Field;
    use super::super::problem::{Other, Others};
    use super::*;

    fn issues() -> Vec<Issue> {
        let text = || "x".to_owned();
        let others = || Others { first: vec![Other::Row(7)], count: 3 };
        let (declared, better) = (Datum::Wgs84, Datum::Gcj02);
        vec![
            Issue::NameColumnMissing,
            Issue::PositionColumnsMissing,
            Issue::MapColumnUnknown { headings: text() },
            Issue::MapFieldTwice { field: Field::Code },
            Issue::ColumnTwice { field: Field::Name, kept: text() },
            Issue::DistrictNotLoaded { adcode: "130304".parse().unwrap() },
            Issue::BetterDatum { declared, better, rows: 8, of: 9, p: 0.001 },
            Issue::TwoStations,
            Issue::OutOfReach { code: None },
            Issue::OutOfReach { code: Some(text()) },
            Issue::Retired,
            Issue::OtherDatum { better, offset_m: 500, better_m: 1 },
            Issue::Formula { value: text() },
            Issue::NameMissing,
            Issue::PositionMissing,
            Issue::Parked,
            Issue::NotDegrees { text: text() },
            Issue::OutOfRange { limit: 90 },
            Issue::PositionZero,
            Issue::Swapped { other_column: text() },
            Issue::CodeTwice { code: text(), others: others() },
            Issue::TooLong { length: 9, limit: 8 },
            Issue::LooksLikeFormula,
            Issue::WordUnknown { text: text(), known: text() },
            Issue::FacilityUnknown { text: text() },
            Issue::HoursUncertain { text: text() },
            Issue::HolidaysAssumedOff,
            Issue::NumberUnreadable { text: text() },
            Issue::NumberImplausible { text: text(), limit: 9 },
            Issue::DayUnreadable { text: text() },
            Issue::PhoneUnreadable { text: text() },
            Issue::DistrictUnknown { text: text() },
            Issue::DistrictMissing,
            Issue::DistrictDerived { name: text() },
            Issue::DistrictDiffers { stated: text(), actual: text() },
            Issue::SamePoint { others: others() },
            Issue::SimilarName { other: Other::Row(7) },
            Issue::SameAddress { others: others() },
        ]
    }

    #[test]
    fn every_issue_has_a_sentence_in_each_language() {
        for issue in issues() {
            let (zh, en) = (sentence(&issue, Language::ZhCn), sentence(&issue, Language::En));
            assert!(zh.ends_with('。'), "{zh}");
            assert!(en.ends_with('.') && en.is_ascii(), "{en}");
        }
    }
}
