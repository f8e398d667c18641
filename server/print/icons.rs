//! The icons of the pages, for paper: their outlines are read from the style sheet that draws them on screens.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::path::Path;

/// Each line is `.i-water{--i:url("data:image/svg+xml,…%3Cpath d='…'/%3E…")}`, drawn in a box of 24.
static SHEET: &str = include_str!("../../web/src/styles/icons.css");

static ICONS: LazyLock<HashMap<&'static str, Path>> =
    LazyLock::new(|| SHEET.lines().filter_map(read).collect());

/// The outline of an icon in a box of 24, to be stroked; none where there is no such icon.
pub fn icon(name: &str) -> Option<&'static Path> {
    ICONS.get(name)
}

fn read(line: &'static str) -> Option<(&'static str, Path)> {
    let (name, rest) = line.strip_prefix(".i-")?.split_once('{')?;
    let (_, d) = rest.split_once("path d='")?;
    Some((name, Path::svg(d.split_once('\'')?.0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_of_the_screens_can_be_printed() {
        let named = SHEET.lines().filter(|l| l.starts_with(".i-")).count();
        assert_eq!(ICONS.len(), named, "each outline is read");
        assert!(named > 40);
        assert!(icon("microwave").is_some_and(|path| path.steps.len() > 10));
    }
}
