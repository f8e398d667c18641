//! A report as text for a terminal: what would happen, how the columns were read, the first problems.

use std::fmt::Write;

use super::field;
use super::problem::{Level, Problem};
use super::report::Report;
use crate::language::Language;

/// So many problems are printed.
const PRINTED: usize = 50;
/// So many official numbers of absent stations are printed.
const CODES: usize = 10;
/// Problems that go away where somebody says what a column is.
const OF_COLUMNS: [&str; 6] = [
    "name_column_missing",
    "position_columns_missing",
    "column_twice",
    "map_column_unknown",
    "map_field_twice",
    "swapped",
];

impl Report {
    /// The report for a person at a terminal, some lines with a line end each.
    pub fn text(&self, language: Language) -> String {
        let mut text = String::new();
        let mut line = |zh: String, en: String| {
            text.push_str(&language.of(zh, en));
            text.push('\n');
        };
        self.columns(language, &mut line);
        self.counts(&mut line);
        self.neighbours(&mut line);
        self.first_problems(language, &mut line);
        self.remedies(&mut line);
        text
    }

    fn columns(&self, language: Language, line: &mut dyn FnMut(String, String)) {
        let read = self.mapping.iter().filter_map(|m| Some((&m.column, m.field?)));
        let read = read.fold(String::new(), |mut text, (column, field)| {
            let word = language.of(field.word(language), field.as_str());
            let _ = write!(text, "{}{column} → {word}", if text.is_empty() { "" } else { ", " });
            text
        });
        let left: Vec<&str> =
            self.mapping.iter().filter(|m| m.field.is_none()).map(|m| m.column.as_str()).collect();
        line(format!("读取的列：{read}"), format!("Columns read: {read}"));
        if !left.is_empty() {
            let left = left.join(", ");
            line(format!("未读取的列：{left}"), format!("Columns left out: {left}"));
        }
        let Self { crs, .. } = self;
        if crs.best == crs.declared {
            line(format!("坐标系：{}", crs.declared), format!("Coordinate system: {}", crs.declared));
        } else {
            line(
                format!("坐标系：声明为 {}，数据更像 {}", crs.declared, crs.best),
                format!("Coordinate system: declared {}, the data looks like {}", crs.declared, crs.best),
            );
        }
    }

    fn counts(&self, line: &mut dyn FnMut(String, String)) {
        let Self { rows, ok, warnings, errors, created, updated, unchanged, parked, .. } = self;
        line(
            format!("共 {rows} 行：正常 {ok}，有提醒 {warnings}，有错误 {errors}"),
            format!("{rows} rows: {ok} fine, {warnings} with warnings, {errors} with errors"),
        );
        if self.is_refused() {
            line("有错误，没有导入任何内容。".into(), "There are errors, so nothing is imported.".into());
            return;
        }
        line(
            format!("新增 {created}，更新 {updated}，没有变化 {unchanged}，缺少位置暂不导入 {parked}"),
            format!(
                "{created} new, {updated} changed, {unchanged} unchanged, {parked} set aside without a position"
            ),
        );
    }

    fn neighbours(&self, line: &mut dyn FnMut(String, String)) {
        let rows =
            self.duplicates.iter().filter(|d| d.reason == super::duplicates::Reason::SamePoint).count();
        if self.shared_points > 0 {
            let points = self.shared_points;
            line(
                format!("有 {points} 个点由几个站点共用，涉及 {rows} 行"),
                format!("{points} points are shared by several stations, {rows} rows of the file"),
            );
        }
        if self.absent.count > 0 {
            let (count, more) = (self.absent.count, self.absent.count.saturating_sub(CODES));
            let codes: Vec<&str> = self.absent.codes.iter().take(CODES).map(String::as_str).collect();
            let (codes, dots) = (codes.join(", "), if more > 0 { ", …" } else { "" });
            line(
                format!("已登记但文件中没有的站点 {count} 个（保持不变）：{codes}{dots}"),
                format!(
                    "{count} registered stations are not in the file (and stay as they are): {codes}{dots}"
                ),
            );
        }
    }

    /// Errors before warnings, each in the order of the rows.
    fn first_problems(&self, language: Language, line: &mut dyn FnMut(String, String)) {
        for problem in self.by_weight().take(PRINTED) {
            let (zh, en) = match problem.level {
                Level::Error => ("错误", "error"),
                Level::Warning => ("提醒", "warning"),
                Level::Info => ("说明", "note"),
            };
            let told = problem.told(language);
            line(format!("[{zh}] {told}"), format!("[{en}] {told}"));
        }
        let more = self.problems.len().saturating_sub(PRINTED);
        if more > 0 {
            line(format!("另外还有 {more} 条。"), format!("And {more} more."));
        }
    }

    /// What the command line has for problems that people mend on the screen by a click.
    fn remedies(&self, line: &mut dyn FnMut(String, String)) {
        if self.problems.iter().any(|problem| OF_COLUMNS.contains(&problem.code)) {
            let fields = field::names();
            line(
                format!(
                    "哪一列是什么，可以用 --map \"列名=字段\" 指定，例如 --map \"站名=name\"。字段有：{fields}。"
                ),
                format!(
                    "Say what a column is with --map \"column=field\", such as --map \"title=name\". Fields: {fields}."
                ),
            );
        }
        if self.problems.iter().any(|problem| problem.code == "district_not_loaded") {
            line(
                "区县用 yizhan districts import 载入。".into(),
                "Districts are loaded with yizhan districts import.".into(),
            );
        }
    }

    fn by_weight(&self) -> impl Iterator<Item = &Problem> {
        let levels = [Level::Error, Level::Warning, Level::Info];
        levels.into_iter().flat_map(|level| self.problems.iter().filter(move |p| p.level == level))
    }
}
