//! The workflow as a page of the documentation: a diagram and a table, drawn from [`TABLE`].

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::model::State;
use super::table::{Step, TABLE, Who};

/// The page, in Markdown.
pub fn page() -> String {
    let mut text = String::from(HEAD);
    text += &diagram();
    text += "```\n\n| action | from | to | who |\n| --- | --- | --- | --- |\n";
    for step in TABLE {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            step.action,
            states(step.from),
            states(step.to),
            who(step)
        );
    }
    text
}

const HEAD: &str = "# The life of a case\n\nDrawn from the table in `table.rs`; what each step changes stands in \
                    `act.rs`, and what may stand in its way in `allowed.rs`.\nAn action without a state to which it \
                    leads leaves the case where it is.\n\n```mermaid\nstateDiagram-v2\n  [*] --> submitted: submit\n";

/// The arrows, each once; steps that stay where they are and those from nearly everywhere are in the table alone.
fn diagram() -> String {
    let arrows = TABLE.iter().flat_map(|step| step.from.iter().flat_map(move |from| arrows(step, *from)));
    arrows.collect::<BTreeSet<String>>().into_iter().collect()
}

fn arrows(step: &Step, from: State) -> impl Iterator<Item = String> {
    let leads = step.to.iter().filter(move |to| **to != from);
    leads.map(move |to| format!("  {from} --> {to}: {}\n", step.action))
}

fn states(states: &[State]) -> String {
    states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ")
}

fn who(step: &Step) -> String {
    step.who.iter().map(|who| name(*who)).collect::<Vec<_>>().join(", ")
}

fn name(who: Who) -> &'static str {
    match who {
        Who::Reporter => "reporter",
        Who::Intake => "intake",
        Who::SecondIntake => "intake, another person",
        Who::Handler => "the case's handler",
        Who::CoHandler => "a co-handler",
        Who::Referee => "referee",
        Who::Supervisor => "supervisor",
        Who::NextLevel => "next-level union",
        Who::Caller => "call-back, not the handler",
        Who::Archivist => "archivist",
        Who::Staff => "staff of the case",
        Who::Service => "the clock",
    }
}

#[cfg(test)]
mod tests {
    /// `YIZHAN_UPDATE_SNAPSHOTS=1` writes the page anew.
    #[test]
    fn the_documentation_shows_the_table() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/server/grievance/workflow/WORKFLOW.md");
        if std::env::var_os("YIZHAN_UPDATE_SNAPSHOTS").is_some() {
            std::fs::write(file, super::page()).unwrap();
        }
        let written = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(written, super::page(), "the page is drawn from the table: renew it");
    }
}
