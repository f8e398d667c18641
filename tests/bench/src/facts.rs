//! What was measured when and on which machine, as the head of the page of results.

use std::fs::read_to_string;

use crate::report::Report;

/// The page of results; `load` is what [`load_average`] said before the run.
pub(crate) fn page(commit: &str, pinned: bool, load: &str, report: &Report) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let placement = if pinned {
        "Servers and client each on a processor of their own, with one worker.".to_owned()
    } else {
        format!("Servers and client not kept apart on {cores} processors.")
    };
    format!(
        "# Results of scripts/bench\n\n\
         {}, commit {commit}. {}, {} MiB of memory, load average {load} before the run. \
         {placement}\n\n\
         Medians of interleaved rounds with the least and the greatest in brackets; a ratio is how many times \
         better ours is in the same round. The machine does other work too: ratios can be trusted, single \
         figures less. In process, time is that of the thread on its processor. Over HTTP, all requests of a \
         round are distinct, connections stay open, each server was started 3 times, and the peer is served by \
         the same connection code and answers with the mean size of ours.\n\n{}",
        today(),
        processor(),
        memory_mib(),
        report.markdown()
    )
}

/// What `scripts/bench page` wrote at the end of the results: it stays when the rest is measured anew.
pub(crate) fn of_the_page(results: &str) -> &str {
    results.find("\n## Page\n").map_or("", |begin| &results[begin..])
}

/// Processes that wanted a processor in the last minute, on average: how much else the machine does.
pub(crate) fn load_average() -> String {
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().unwrap_or("unknown").to_owned()
}

/// A whole number with its thousands parted.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    groups.join(",")
}

#[expect(clippy::disallowed_methods, reason = "the page says on which day it was made")]
fn today() -> String {
    chrono::Utc::now().format("%Y-%m-%d").to_string()
}

fn processor() -> String {
    let info = read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("unknown processor", |(_, name)| name.trim());
    let count = info.lines().filter(|line| line.starts_with("processor")).count();
    format!("{count} × {name}")
}

fn memory_mib() -> u64 {
    let info = read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = info
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_of_the_page_stays() {
        assert_eq!(of_the_page("# Results\n\n| a |\n\n## Page\n\n| b |\n"), "\n## Page\n\n| b |\n");
        assert_eq!(of_the_page("# Results\n"), "");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            [268, 1_000, 200_000, 10_000_000].map(thousands),
            ["268", "1,000", "200,000", "10,000,000"]
        );
    }
}
