//! Which column of a sheet feeds which field: by the words of its heading, or as a person said.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::field::Field;
use super::problem::Issue;
use super::values::{fold, fold_word};

/// The headings of each field that are recognised: `field,synonyms`, with `|` between the synonyms.
const SYNONYMS: &str = include_str!("../../../data/vocabularies/import_columns.csv");

/// How a column came to its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// A person said so, by its heading.
    Map,
    /// A person said so, by its place.
    Given,
    /// A person said so at an earlier import.
    Remembered,
    /// Its heading is one of the words known for the field.
    Heading,
}

/// A column and the field it feeds. A column that feeds several stands here several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MappedColumn {
    /// The heading.
    pub column: String,
    /// The field; absent where the column is not read.
    pub field: Option<Field>,
    /// How it came to the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Recognised>,
}

/// What people said of columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    /// Headings, each with a field.
    pub(super) map: &'a [(String, Field)],
    /// Columns, counted from 0, each with all its fields; none: it is left out.
    pub(super) given: &'a BTreeMap<usize, Vec<Field>>,
    /// The same of folded headings, at earlier imports.
    pub(super) remembered: &'a BTreeMap<String, Vec<Field>>,
}

/// Which column feeds which field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    headings: Vec<String>,
    /// For each field, in its order, the column.
    columns: [Option<(usize, Recognised)>; Field::ALL.len()],
    /// Columns of which a person said what they feed, be it nothing.
    settled: BTreeMap<usize, Recognised>,
}

impl Mapping {
    /// The fields that a column feeds.
    pub fn fields(&self, column: usize) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |field| self.column(*field) == Some(column))
    }

    /// How a column came to what it feeds; none where nobody and nothing says so.
    pub fn source(&self, column: usize) -> Option<Recognised> {
        let fed = || self.columns.iter().flatten().find(|(at, _)| *at == column).map(|(_, by)| *by);
        self.settled.get(&column).copied().or_else(fed)
    }

    /// The column that feeds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns[field as usize].map(|(column, _)| column)
    }

    /// The heading of the column that feeds a field.
    pub(super) fn heading(&self, field: Field) -> Option<&str> {
        self.headings.get(self.column(field)?).map(String::as_str)
    }

    /// Every column with what it feeds, in the order of the sheet; columns without a heading are left out.
    pub(super) fn report(&self) -> Vec<MappedColumn> {
        let headed = self.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty());
        headed.flat_map(|(at, heading)| self.report_column(at, heading)).collect()
    }

    fn report_column(&self, at: usize, heading: &str) -> Vec<MappedColumn> {
        let mapped = |field, by| MappedColumn { column: heading.to_owned(), field, by };
        let of_field = |field: &Field| self.columns[*field as usize].filter(|(column, _)| *column == at);
        let mut fed: Vec<MappedColumn> =
            Field::ALL.iter().filter_map(|f| Some(mapped(Some(*f), Some(of_field(f)?.1)))).collect();
        if fed.is_empty() {
            fed.push(mapped(None, None));
        }
        fed
    }

    /// Lets a column feed fields, as a person said.
    fn settle(&mut self, at: usize, fields: &[Field], by: Recognised, issues: &mut Vec<ColumnIssue>) {
        self.settled.insert(at, by);
        for field in fields {
            let place = &mut self.columns[*field as usize];
            match *place {
                Some((other, _)) if other != at && by == Recognised::Remembered => {}
                Some((other, _)) if other != at => {
                    let named = self.headings.get(at).cloned();
                    issues.push((named, Issue::MapFieldTwice { field: *field }));
                }
                _ => *place = Some((at, by)),
            }
        }
    }
}

/// An issue of a column.
pub(super) type ColumnIssue = (Option<String>, Issue);

/// Maps the columns: first as a person said, then as one said before, then by their headings.
pub(super) fn map_columns(headings: &[String], said: &Said) -> (Mapping, Vec<ColumnIssue>) {
    let mut mapping = Mapping { headings: headings.to_vec(), ..Mapping::default() };
    let mut issues = Vec::new();
    for (column, field) in said.map {
        map_as_said(&mut mapping, column, *field, &mut issues);
    }
    for (at, fields) in said.given.iter().filter(|(at, _)| **at < headings.len()) {
        mapping.settle(*at, fields, Recognised::Given, &mut issues);
    }
    for (at, heading) in headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        let remembered = said.remembered.get(&fold(heading)).filter(|_| !mapping.settled.contains_key(&at));
        if let Some(fields) = remembered {
            mapping.settle(at, fields, Recognised::Remembered, &mut issues);
        }
    }
    let by_said = mapping.clone();
    let free = || headings.iter().enumerate().filter(|(column, _)| !by_said.settled.contains_key(column));
    let exact = free().filter_map(|(column, heading)| Some((column, exactly(heading)?)));
    let loose = free().filter(|(_, heading)| exactly(heading).is_none());
    let loose = loose.filter_map(|(column, heading)| Some((column, exactly(&without_brackets(heading))?)));
    for (column, field) in exact.chain(loose).filter(|(_, field)| by_said.column(*field).is_none()) {
        map_by_heading(&mut mapping, column, field, &mut issues);
    }
    issues.extend(missing_columns(&mapping));
    (mapping, issues)
}

fn map_as_said(mapping: &mut Mapping, column: &str, field: Field, issues: &mut Vec<ColumnIssue>) {
    let headings = &mapping.headings;
    let found = headings
        .iter()
        .position(|h| h == column)
        .or_else(|| headings.iter().position(|h| fold(h) == fold(column)));
    let place = &mut mapping.columns[field as usize];
    let named = Some(column.to_owned());
    match (found, *place) {
        (None, _) => issues.push((named, Issue::MapColumnUnknown { headings: list(headings) })),
        (Some(at), Some((other, _))) if at != other => issues.push((named, Issue::MapFieldTwice { field })),
        (Some(at), _) => {
            *place = Some((at, Recognised::Map));
            mapping.settled.insert(at, Recognised::Map);
        }
    }
}

fn map_by_heading(mapping: &mut Mapping, column: usize, field: Field, issues: &mut Vec<ColumnIssue>) {
    match mapping.columns[field as usize] {
        None => mapping.columns[field as usize] = Some((column, Recognised::Heading)),
        Some((kept, _)) => {
            let kept = mapping.headings[kept].clone();
            issues.push((Some(mapping.headings[column].clone()), Issue::ColumnTwice { field, kept }));
        }
    }
}

fn missing_columns(mapping: &Mapping) -> Vec<ColumnIssue> {
    let has = |field| mapping.column(field).is_some();
    let mut issues = Vec::new();
    if !has(Field::Name) {
        issues.push((None, Issue::NameColumnMissing));
    }
    if !(has(Field::Lon) && has(Field::Lat) || has(Field::Address)) {
        issues.push((None, Issue::PositionColumnsMissing));
    }
    issues
}

fn list(headings: &[String]) -> String {
    headings.iter().filter(|h| !h.is_empty()).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The field one of whose words the heading is.
fn exactly(heading: &str) -> Option<Field> {
    let wanted = fold_word(heading);
    WORDS.iter().find(|(word, _)| *word == wanted && !word.is_empty()).map(|(_, field)| *field)
}

/// `*面积（平方米）：` without what only explains it.
fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' | '［' => depth += 1,
            ')' | '）' | ']' | '】' | '］' => depth = depth.saturating_sub(1),
            '*' | '＊' | ':' | '：' | '★' => {}
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Each recognised heading, folded, with its field; the name of a field is one of its words.
static WORDS: LazyLock<Vec<(String, Field)>> = LazyLock::new(|| {
    let names = Field::ALL.iter().map(|field| (fold_word(field.as_str()), *field));
    let lines = csv::Reader::from_reader(SYNONYMS.as_bytes()).into_records().flatten();
    let synonyms =
        lines.filter_map(|line| Some((line.get(0)?.parse::<Field>().ok()?, line.get(1)?.to_owned())));
    let folded = |words: String| words.split('|').map(fold_word).collect::<Vec<_>>();
    let synonyms =
        synonyms.flat_map(|(field, words)| folded(words).into_iter().map(move |word| (word, field)));
    names.chain(synonyms).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    fn map(headings: &[&str], said: &[(&str, Field)]) -> (Mapping, Vec<ColumnIssue>) {
        let headings: Vec<String> = headings.iter().map(|h| (*h).to_owned()).collect();
        let map: Vec<(String, Field)> = said.iter().map(|(c, f)| ((*c).to_owned(), *f)).collect();
        map_columns(&headings, &Said { map: &map, given: &BTreeMap::new(), remembered: &BTreeMap::new() })
    }

    #[test]
    fn what_is_given_counts_more_than_what_is_remembered_and_that_more_than_the_heading() {
        let headings = ["名称", "站点", "经度", "纬度", "备注"].map(str::to_owned);
        let remembered: BTreeMap<_, _> =
            [("站点", vec![Field::Name]), ("名称", vec![Field::Signboard]), ("备注", vec![])]
                .map(|(heading, fields)| (heading.to_owned(), fields))
                .into();
        let mapped = |given: &BTreeMap<_, _>| {
            let (mapping, issues) =
                map_columns(&headings, &Said { map: &[], given, remembered: &remembered });
            assert_eq!(issues, []);
            mapping
        };
        let mapping = mapped(&BTreeMap::new());
        assert_eq!((mapping.column(Field::Name), mapping.column(Field::Signboard)), (Some(1), Some(0)));
        assert_eq!((mapping.column(Field::Notes), mapping.source(4)), (None, Some(Recognised::Remembered)));
        assert_eq!((mapping.column(Field::Lon), mapping.source(2)), (Some(2), Some(Recognised::Heading)));
        let mapping = mapped(&[(0, vec![Field::Name, Field::Code])].into());
        assert_eq!((mapping.column(Field::Name), mapping.column(Field::Code)), (Some(0), Some(0)));
        assert_eq!((mapping.source(1), mapping.fields(1).count()), (Some(Recognised::Remembered), 0));
    }

    #[test]
    fn every_field_has_words_and_no_word_has_two_fields() {
        for field in Field::ALL {
            let words = WORDS.iter().filter(|(_, f)| f == field).count();
            assert!(words > 2, "{field} has {words} words");
        }
        for (word, field) in WORDS.iter() {
            assert_eq!(exactly(word), Some(*field), "{word} belongs to two fields");
        }
    }

    #[test]
    fn chinese_and_english_headings_are_recognised() {
        let headings = ["*站点名称", "经 度", "LAT", "区县", "面积（平方米）", "开放时间：", "天气"];
        let (mapping, issues) = map(&headings, &[]);
        let fields = [Field::Name, Field::Lon, Field::Lat, Field::District, Field::AreaM2, Field::Hours];
        assert_eq!(fields.map(|f| mapping.column(f)), [0, 1, 2, 3, 4, 5].map(Some));
        assert_eq!(issues, []);
        assert_eq!(
            mapping.report().last(),
            Some(&MappedColumn { column: "天气".into(), field: None, by: None })
        );
    }

    #[test]
    fn one_column_may_feed_two_fields() {
        let said = [("station_id", Field::Code), ("station_id", Field::Name)];
        let (mapping, issues) = map(&["station_id", "longitude", "latitude"], &said);
        assert_eq!((mapping.column(Field::Code), mapping.column(Field::Name)), (Some(0), Some(0)));
        assert_eq!(issues, []);
        let fields: Vec<_> = mapping.report().into_iter().filter_map(|m| m.field).collect();
        assert_eq!(fields, [Field::Code, Field::Name, Field::Lon, Field::Lat]);
    }

    #[test]
    fn of_two_columns_the_exact_one_is_read() {
        let (mapping, issues) = map(&["名称(旧)", "名称", "站点名称", "经度", "纬度"], &[]);
        assert_eq!(mapping.column(Field::Name), Some(1));
        let twice = |column: &str| {
            (Some(column.to_owned()), Issue::ColumnTwice { field: Field::Name, kept: "名称".to_owned() })
        };
        assert_eq!(issues, [twice("站点名称"), twice("名称(旧)")]);
        let (mapping, issues) = map(&["名称", "站点名称", "经度", "纬度"], &[("站点名称", Field::Name)]);
        assert_eq!((mapping.column(Field::Name), issues), (Some(1), vec![]));
    }

    #[test]
    fn what_cannot_be_mapped_is_an_error() {
        let codes = |headings: &[&str], said: &[(&str, Field)]| {
            map(headings, said).1.iter().map(|(_, issue)| issue.kind().1).collect::<Vec<_>>()
        };
        assert_eq!(codes(&["x1", "x2"], &[]), ["name_column_missing", "position_columns_missing"]);
        assert_eq!(codes(&["名称", "地址"], &[]), [""; 0]);
        assert_eq!(codes(&["名称", "经度"], &[]), ["position_columns_missing"]);
        assert_eq!(codes(&["名称", "地址"], &[("nix", Field::Code)]), ["map_column_unknown"]);
        let twice = [("名称", Field::Code), ("地址", Field::Code)];
        assert_eq!(codes(&["名称", "地址", "站名"], &twice), ["map_field_twice"]);
    }
}
