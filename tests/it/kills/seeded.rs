//! The checker is worth something only where it finds what is wrong: each of these is found.

use std::collections::BTreeMap;

use super::checker::{Found, Row, check, check_index};
use super::writer::{Announced, Line, Log, Said};

fn line(said: Said, id: &str, version: i64, name: &str, status: &str) -> Line {
    let id = (!id.is_empty()).then(|| id.to_owned());
    Line { said, id, version, name: name.to_owned(), status: status.to_owned(), revision: 1 }
}

fn row(version: i64, name: &str, status: &str) -> Row {
    Row { version, name: name.to_owned(), status: status.to_owned() }
}

/// Two stations: one published and told so, one added without an answer.
fn good() -> (Found, Log) {
    let of = |a: Vec<Row>, b: Vec<Row>| BTreeMap::from([("a".to_owned(), a), ("b".to_owned(), b)]);
    let history = of(vec![row(1, "甲", "draft"), row(2, "甲", "open")], vec![row(1, "乙", "draft")]);
    let last = |versions: &Vec<Row>| versions.last().expect("a version").clone();
    let found = Found {
        stations: history.iter().map(|(id, versions)| (id.clone(), last(versions))).collect(),
        audited: history.iter().map(|(id, versions)| (id.clone(), versions.len())).collect(),
        history,
        notices: BTreeMap::from([("n".to_owned(), ("a".to_owned(), "检修".to_owned()))]),
        announced: vec!["n".to_owned()],
        changes: vec![1],
        revision: 1,
    };
    let lines = vec![
        line(Said::Written, "a", 1, "甲", "draft"),
        line(Said::Written, "a", 2, "甲", "open"),
        line(Said::Unanswered, "a", 3, "甲", "suspended"),
        line(Said::Unanswered, "", 1, "乙", "draft"),
        line(Said::Unanswered, "", 1, "丙", "draft"),
    ];
    let notice = |id: Option<&str>, reason: &str| Announced {
        id: id.map(str::to_owned),
        station: "a".to_owned(),
        reason: reason.to_owned(),
    };
    let notices = vec![notice(Some("n"), "检修"), notice(None, "停电")];
    (found, Log { lines, notices })
}

/// What the checker says after something was done to a good state.
fn after(spoil: impl FnOnce(&mut Found, &mut Log)) -> Vec<String> {
    let (mut found, mut log) = good();
    spoil(&mut found, &mut log);
    check(&found, &log)
}

#[test]
fn a_good_state_is_good_whether_or_not_the_unanswered_was_written() {
    assert_eq!(after(|_, _| ()), [] as [String; 0]);
    let written = after(|found, _| {
        found.stations.insert("a".to_owned(), row(3, "甲", "suspended"));
        found.history.get_mut("a").expect("a").push(row(3, "甲", "suspended"));
        found.audited.insert("a".to_owned(), 3);
        (found.changes, found.revision) = (vec![1, 2], 2);
    });
    assert_eq!(written, [] as [String; 0]);
}

#[test]
fn every_seeded_fault_is_found() {
    type Spoil = fn(&mut Found, &mut Log);
    let faults: [(&str, Spoil); 19] = [
        ("an answer before the commit", |_, log| log.lines.push(line(Said::Written, "c", 1, "丁", "draft"))),
        ("an answer to a change before the commit", |_, log| {
            log.lines[2] = line(Said::Written, "a", 3, "甲", "suspended");
        }),
        ("a row that was deleted", |found, _| drop(found.stations.remove("a"))),
        ("a row that was put back", |found, _| {
            drop(found.stations.insert("a".to_owned(), row(1, "甲", "draft")));
        }),
        ("a row that was changed", |found, _| {
            drop(found.stations.insert("a".to_owned(), row(2, "变", "open")));
        }),
        ("a row that nobody wrote", |found, _| {
            drop(found.stations.insert("x".to_owned(), row(1, "谁", "draft")));
        }),
        ("a row that was written twice", |found, _| {
            found.stations.insert("y".to_owned(), row(1, "乙", "draft"));
            found.history.insert("y".to_owned(), vec![row(1, "乙", "draft")]);
            found.audited.insert("y".to_owned(), 1);
        }),
        ("a version that is missing", |found, _| drop(found.history.get_mut("a").expect("a").remove(0))),
        ("a version that was changed", |found, _| {
            found.history.get_mut("a").expect("a")[0].name = "变".to_owned();
        }),
        ("a write without its audit entry", |found, _| *found.audited.get_mut("a").expect("a") = 1),
        ("an audit entry without its write", |found, _| *found.audited.get_mut("b").expect("b") = 2),
        ("a notice that is lost", |found, _| {
            (found.notices, found.announced) = (BTreeMap::new(), Vec::new());
        }),
        ("a notice that was changed", |found, _| {
            found.notices.get_mut("n").expect("n").1 = "停电".to_owned();
        }),
        ("a notice that is there twice", |found, _| {
            found.notices.insert("o".to_owned(), ("a".to_owned(), "检修".to_owned()));
            found.announced.push("o".to_owned());
        }),
        ("a notice without its audit entry", |found, _| found.announced.clear()),
        ("a revision with a gap", |found, _| (found.changes, found.revision) = (vec![1, 3], 3)),
        ("a revision that nothing changed in", |found, _| found.revision = 2),
        ("a change without its revision", |found, _| found.changes = vec![1, 2]),
        ("a revision that was shown and is gone", |_, log| log.lines[0].revision = 9),
    ];
    for (what, spoil) in faults {
        assert!(!after(spoil).is_empty(), "{what} was not found");
    }
}

#[test]
fn a_list_that_differs_is_found() {
    let (found, _) = good();
    let shown = |name: &str, suspended| vec![("a".to_owned(), name.to_owned(), suspended)];
    assert_eq!(check_index(&found, &shown("甲", false)), [] as [String; 0]);
    let mut more = shown("甲", false);
    more.push(("b".to_owned(), "乙".to_owned(), false));
    for listed in [Vec::new(), shown("变", false), shown("甲", true), more] {
        assert!(!check_index(&found, &listed).is_empty(), "{listed:?}");
    }
}
