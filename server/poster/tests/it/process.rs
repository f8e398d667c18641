//! How the process starts and ends.

use std::fs;

use crate::colours::ALL;
use crate::poster::{Poster, program};
use crate::tiles::{layer, polygon, tile};

#[test]
fn an_input_that_ends_at_once_ends_it() {
    let Some(poster) = Poster::start(&[]) else { return };
    assert_eq!(poster.end(), (Some(0), vec![]));
}

#[test]
fn the_check_draws_and_names_the_driver() {
    let Some(mut program) = program() else { return };
    let done = program.arg("--check").output().expect("it runs");
    let text = String::from_utf8_lossy(&done.stdout);
    assert_eq!((done.status.code(), text.lines().count()), (Some(0), 1), "{text}");
    assert!(text.ends_with(" draws\n") && text.contains('('), "{text}");
}

#[test]
fn without_a_driver_it_says_what_to_install() {
    let Some(mut program) = program() else { return };
    let done = program.arg("--check").env("VK_ICD_FILENAMES", "/nowhere.json").output().expect("it runs");
    let text = String::from_utf8_lossy(&done.stderr);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(1), 0), "{text}");
    assert!(text.contains("install libvulkan1 and mesa-vulkan-drivers"), "{text}");
}

#[test]
fn memory_is_limited_as_asked() {
    for flags in [["--memory-mb", "511"], ["--memory-mb", "65537"], ["--memory-mb", "much"]] {
        let Some(mut program) = program() else { return };
        let done = program.args(flags).output().expect("it runs");
        assert_eq!(done.status.code(), Some(2), "{flags:?}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("--memory-mb"), "{flags:?}");
    }
    let Some(mut poster) = Poster::start(&["--memory-mb", "768"]) else { return };
    let tile = tile(vec![layer("land", vec![polygon(&[&ALL])])]);
    assert!(poster.draw(512, &[("land", "#123456")], &tile).is_all("#123456"));
    let limits = fs::read_to_string(format!("/proc/{}/limits", poster.id())).expect("its limits");
    let data = limits.lines().find(|line| line.starts_with("Max data size")).expect("a limit of data");
    let numbers: Vec<_> = data.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).collect();
    assert_eq!(numbers, ["805306368", "805306368"]);
}

#[test]
fn it_keeps_away_from_displays_and_from_stored_shaders() {
    let Some(mut poster) = Poster::start(&[]) else { return };
    poster.draw(256, &[("land", "#123456")], &[]);
    let environment = fs::read(format!("/proc/{}/environ", poster.id())).expect("its environment");
    let environment = String::from_utf8_lossy(&environment);
    for wanted in ["NODEVICE_SELECT=1", "MESA_SHADER_CACHE_DISABLE=true"] {
        assert!(environment.split('\0').any(|entry| entry == wanted), "{wanted}");
    }
    assert!(environment.contains("VK_ICD_FILENAMES="));
}
