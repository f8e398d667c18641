//! All SQL on cases.

mod attachment;
mod case;
mod event;
mod page;
mod part;
mod timed;

pub(super) use attachment::{
    AttachmentRow, Waiting, add as add_attachment, attachment, attachments, claim, content, sweep, waiting,
};
pub(super) use case::{GrievanceRow, add, by_filing_key, by_number, children, counted, find, find_in, save};
pub(super) use event::{EventRow, add_event, by_sent_key, events, last_place};
pub(super) use page::{CountRow, Cursor, Wanted, Within, counts, page};
pub(super) use part::{
    RoundRow, SupervisionRow, TaskRow, add_supervision, add_task, end_supervisions, finish_task, rounds,
    save_round, supervisions, tasks, tasks_in,
};
pub(super) use timed::{
    AlarmRow, add_alarm, alarms, lock, move_tasks, over, reckoned_otherwise, save_calendar,
};
