//! What figures are asked.

use chrono::{Datelike, NaiveDate};

use super::period::{MOST_DAYS, Period};
use crate::benefits::model::By;
use crate::error::Error;
use crate::http::params::Params;

/// The most characters of a project.
pub(super) const PROJECT_CHARS: usize = 40;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON.
    Json,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// Every choice.
    pub(super) const ALL: [&'static str; 2] = ["json", "xlsx"];
}

impl std::str::FromStr for Format {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "json" => Ok(Self::Json),
            "xlsx" => Ok(Self::Xlsx),
            _ => Err(()),
        }
    }
}

/// Which figures are asked for.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Of which days; without any the present year.
    pub(super) period: Period,
    /// By what they are told apart.
    pub(super) by: By,
    /// Only of this project.
    pub(super) project: Option<String>,
    /// As what.
    pub(super) format: Format,
}

/// Reads the question.
pub(super) fn read(mut p: Params, today: NaiveDate) -> Result<Asked, Error> {
    let year = today.year().to_string();
    let usual = year.parse().unwrap_or(Period { from: today, to: today });
    let period = p.text("period").map_or(usual, |text| {
        text.parse().unwrap_or_else(|()| {
            let zh = format!("要写 2026、2026-11 或 2026-11-01..2026-11-30，最长 {MOST_DAYS} 天。");
            let en = format!("must be 2026, 2026-11 or 2026-11-01..2026-11-30, at most {MOST_DAYS} days");
            p.refuse("period", "unreadable", zh, en);
            usual
        })
    });
    let by = p.code("by", || By::ALL.iter().map(|by| by.as_str()).collect::<Vec<_>>().join(", "));
    let project = p.text("project");
    if project.as_ref().is_some_and(|project| project.chars().count() > PROJECT_CHARS) {
        let (zh, en) =
            (format!("最多 {PROJECT_CHARS} 个字。"), format!("at most {PROJECT_CHARS} characters"));
        p.refuse("project", "too_long", zh, en);
    }
    let format = p.code("format", || Format::ALL.join(", ")).unwrap_or(Format::Json);
    p.finish()?;
    Ok(Asked { period, by: by.unwrap_or(By::Campaign), project, format })
}
