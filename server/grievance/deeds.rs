//! What a wish of staff does, with everything that it names looked up.

use super::model::State;
use super::receipt::plain_number;
use super::record::read;
use super::wish::{ActWish, CoHandlerWish};
use super::workflow::{Action, Deed, Task};
use super::{settings, store};
use crate::app::App;
use crate::db::Tx;
use crate::error::{Error, FieldError};
use crate::ids::{GrievanceId, TaskId};

/// What a wish does, with everything it names looked up.
pub(super) async fn deed(app: &App, tx: &mut Tx, wish: &ActWish) -> Result<Deed, Error> {
    let mut deed = Deed {
        department: wish.department,
        handler: wish.handler,
        task: wish.task,
        days: wish.days,
        level: wish.level,
        outcome: wish.outcome,
        reached: wish.reached,
        solved: wish.solved,
        grade: wish.grade,
        uphold: wish.uphold,
        urgency: wish.urgency,
        ..Deed::of(wish.action)
    };
    if wish.action == Action::Dispatch {
        must_work_there(tx, wish).await?;
        deed.tasks = wish.co_handlers.iter().map(task).collect();
    }
    if let Some(into) = wish.into.as_deref().filter(|_| wish.action == Action::Merge) {
        deed.parent = Some(parent(app, into).await?);
    }
    if let Some(code) = wish.category.as_deref().filter(|_| wish.action == Action::Classify) {
        let known = settings::category(&app.db, code).await?;
        known.ok_or_else(|| unknown("category", "没有这个类别。", "there is no such category"))?;
    }
    if let Some(code) = wish.subject.as_deref().filter(|_| wish.action == Action::Classify)
        && !settings::is_subject(tx, code).await?
    {
        return Err(unknown(
            "subject",
            "没有这个主题，请从列表里选。",
            "there is no such subject; choose one of the list",
        ));
    }
    Ok(deed)
}

fn task(wish: &CoHandlerWish) -> Task {
    Task { id: TaskId::random(), department: wish.department, handler: wish.handler, is_done: false }
}

/// A field that names nothing that is there.
pub(super) fn unknown(field: &'static str, zh: &str, en: &str) -> Error {
    Error::Refused(vec![FieldError::new(field, "unknown", zh, en)])
}

/// A case goes to people who work in the department that is named.
async fn must_work_there(tx: &mut Tx, wish: &ActWish) -> Result<(), Error> {
    let (zh, en) = (
        "这个人不在这个部门，或部门已停用。",
        "this person does not work in that department, or it takes no cases",
    );
    if let (Some(department), Some(handler)) = (wish.department, wish.handler)
        && !settings::is_member(tx, department, handler).await?
    {
        return Err(unknown("handler", zh, en));
    }
    for co_handler in &wish.co_handlers {
        if !settings::is_member(tx, co_handler.department, co_handler.handler).await? {
            return Err(unknown("co_handlers", zh, en));
        }
    }
    Ok(())
}

/// The case that another joins; one that joined another itself leads there.
async fn parent(app: &App, number: &str) -> Result<GrievanceId, Error> {
    let found = store::by_number(&app.db, &plain_number(number)).await?;
    let row = found.ok_or_else(|| unknown("into", "没有这个编号。", "there is no case of this number"))?;
    let state: State = read(&row.state)?;
    if !state.is_open() || matches!(state, State::Answered | State::CalledBack) {
        return Err(unknown(
            "into",
            "只能并入还没答复的诉求。",
            "the other case must be open and not yet answered",
        ));
    }
    row.grievance_id()
}
