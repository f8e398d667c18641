//! The description of goals and reported savings.

use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::told::{Goals, Savings, ToldGoal, ToldSaving};
use super::wish::{GoalChange, GoalWish, SavingWish};
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, conditional, header_named, segment, staff, taking, text};

const TAG: &str = "benefits";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<Goals>()
        .schema::<GoalWish>()
        .schema::<GoalChange>()
        .schema::<Savings>()
        .schema::<SavingWish>()
}

/// `GET /api/v1/benefits/goals`
pub(super) fn goals() -> Operation {
    let ok = answer("Each goal with what was reached.").content(JSON, body::<Goals>());
    staff("listBenefitGoals", TAG, "Targets beside what was reached", "200", ok).into()
}

/// `POST /api/v1/benefits/goals`
pub(super) fn set() -> Operation {
    taking::<GoalWish>(of_goal("setBenefitGoal", "Set a goal", "201")).into()
}

/// `PATCH /api/v1/benefits/goals/{id}`
pub(super) fn change() -> Operation {
    let operation = of_goal("changeBenefitGoal", "Change a goal", "200").parameter(id());
    conditional(taking::<GoalChange>(operation)).into()
}

/// `DELETE /api/v1/benefits/goals/{id}`
pub(super) fn remove() -> Operation {
    let operation = staff("removeBenefitGoal", TAG, "Take a goal away", "204", answer("It is gone."));
    conditional(operation.parameter(id())).into()
}

/// `GET /api/v1/benefits/reported-savings`
pub(super) fn savings() -> Operation {
    let ok = answer("What others reported, the latest month first.").content(JSON, body::<Savings>());
    staff("listReportedSavings", TAG, "What others report that members saved", "200", ok).into()
}

/// `PUT /api/v1/benefits/reported-savings/{id}`
pub(super) fn report() -> Operation {
    let ok =
        answer("The report.").content(JSON, body::<ToldSaving>()).header_ref("ETag", header_named("ETag"));
    let told = "A new one takes an id that the client chose; one that is there needs `If-Match`.";
    let operation = staff("putReportedSaving", TAG, "Write what somebody reports of a month", "200", ok);
    conditional(taking::<SavingWish>(operation.description(Some(told)).parameter(id()))).into()
}

/// `DELETE /api/v1/benefits/reported-savings/{id}`
pub(super) fn withdraw() -> Operation {
    let operation = staff("removeReportedSaving", TAG, "Take a report back", "204", answer("It is gone."));
    conditional(operation.parameter(id())).into()
}

fn of_goal(name: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("The goal.").content(JSON, body::<ToldGoal>()).header_ref("ETag", header_named("ETag"));
    staff(name, TAG, summary, status, ok)
}

fn id() -> Parameter {
    segment("id", "Its id.", text(), EXAMPLE_ID)
}
