//! All SQL on cases.

mod attachment;
mod board;
mod case;
mod event;
mod many;
mod page;
mod part;
mod timed;

pub(super) use attachment::{
    AttachmentRow, Waiting, add as add_attachment, attachment, attachments, claim, content, sweep, waiting,
};
pub(super) use board::{BusyRow, CategoryCount, MonthRow, busy, by_category, by_month, stamp};
pub(super) use case::{
    GrievanceRow, add, by_filing_key, by_number, children, columns, counted, find, find_in, save,
};
pub(super) use event::{EventRow, add_event, by_sent_key, events, last_place, last_words};
pub(super) use many::{by_ids, by_number_from, levels};
pub(super) use page::{Awaiting, CountRow, Cursor, Wanted, Within, counts, page, reached};
pub(super) use part::{
    RoundRow, SupervisionRow, TaskRow, add_supervision, add_task, drop_open_tasks, end_supervisions,
    finish_task, rounds, save_round, supervisions, tasks, tasks_in,
};
pub(super) use timed::{
    AlarmRow, add_alarm, alarms, lock, move_tasks, over, reckoned_otherwise, save_calendar,
};
