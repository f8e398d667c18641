//! Reading what staff ask of the registry out of query parameters.

use super::{Cursor, MAX_PAGE, PAGE, SortKey, StaffFilter, StaffQuery, is_prefix};
use crate::city::search;
use crate::error::Error;
use crate::http::params::Params;
use crate::stations::codes::{Access, Build, FacilityCode, Form, Host, Status};
use crate::stations::query::MAX_SEARCH;
use crate::stations::state::State;
use crate::vocabulary::Coded;

/// Reads `/registry`.
pub(in crate::stations) fn list(mut p: Params) -> Result<StaffQuery, Error> {
    let filter = filter_parameters(&mut p);
    let (sort, descending) = sort(&mut p);
    let limit = p.limit(PAGE, MAX_PAGE);
    let after = cursor(&mut p, sort);
    p.finish()?;
    Ok(StaffQuery { filter, sort, descending, after, limit })
}

/// Takes the parameters of a filter out of those of a request.
pub fn filter_parameters(p: &mut Params) -> StaffFilter {
    StaffFilter {
        statuses: p.codes("status", || listed(Status::ALL.iter().map(|s| s.as_str()))),
        district: district(p),
        words: words(p),
        hosts: p.codes("host", known::<Host>),
        facilities: p.codes("facility", known::<FacilityCode>),
        build: p.code("build", known::<Build>),
        form: p.code("form", known::<Form>),
        access: p.codes("access", known::<Access>),
        demonstration: p.value("demonstration", "要写 true 或 false。", "must be true or false"),
        confirmed_before: p.instant("confirmed_before").map(Into::into),
        unknown_hours: p.flag("unknown_hours"),
        states: p.codes("state", || listed(State::ALL.map(State::as_str))),
        marked: p.flag("marked"),
    }
}

fn known<C: Coded>() -> String {
    listed(C::all().iter().map(|c| c.code()))
}

fn listed<'a>(codes: impl IntoIterator<Item = &'a str>) -> String {
    codes.into_iter().collect::<Vec<_>>().join(", ")
}

/// Takes the beginning of a district code out of the parameters of a request.
pub fn district(p: &mut Params) -> Option<String> {
    let text = p.text("district")?;
    if is_prefix(&text) {
        return Some(text);
    }
    let zh = "要写区划代码，或它的前两位、前四位，如 130304、1303。";
    p.refuse(
        "district",
        "unreadable",
        zh,
        "must be a district code or its first two or four digits, such as 130304",
    );
    None
}

fn words(p: &mut Params) -> Vec<String> {
    let text = p.text("q").unwrap_or_default();
    if text.chars().count() > MAX_SEARCH {
        let zh = format!("最多 {MAX_SEARCH} 个字。");
        p.refuse("q", "too_long", zh, format!("at most {MAX_SEARCH} characters"));
        return Vec::new();
    }
    // PostgreSQL keeps no NUL in a text, so no station is found by one.
    search::words(&text.replace('\0', " "))
}

/// `sort=name`, or `sort=-name` for the last first. What was changed last comes first unless asked otherwise.
fn sort(p: &mut Params) -> (SortKey, bool) {
    let Some(text) = p.text("sort") else { return (SortKey::Changed, true) };
    let (name, descending) = text.strip_prefix('-').map_or((text.as_str(), false), |name| (name, true));
    if let Ok(key) = name.parse() {
        return (key, descending);
    }
    let known = listed(SortKey::ALL.iter().map(|k| k.as_str()));
    let zh = format!("可用：{known}；前面加 - 是倒序。");
    p.refuse("sort", "unknown_code", zh, format!("known: {known}; with - before it the last comes first"));
    (SortKey::Changed, true)
}

fn cursor(p: &mut Params, sort: SortKey) -> Option<Cursor> {
    p.cursor(|text| Cursor::read(text).filter(|c| matches!(c.key, super::Key::Text(_)) == sort.is_text()))
}
