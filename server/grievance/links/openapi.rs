//! The description of links.

use utoipa::openapi::path::{Operation, OperationBuilder};

use super::service::LinkWish;
use crate::grievance::model::LinkKind;
use crate::grievance::openapi::one;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{conditional, one_of, segment, taking, text};

/// Adds the schema that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes.schema::<LinkWish>()
}

fn linking(id: &str, summary: &str) -> OperationBuilder {
    conditional(one(id, summary))
}

/// `POST /api/v1/grievances/{id}/links`
pub(super) fn add() -> Operation {
    let told = "The station or report must be there; an activity, benefit or delivery is named by a reference of \
                one's own. The case says in `links` what became of each.";
    let operation = linking("linkGrievance", "Link a grievance to what it leads to");
    taking::<LinkWish>(operation.description(Some(told))).into()
}

/// `DELETE /api/v1/grievances/{id}/links/{kind}/{object}`
pub(super) fn remove() -> Operation {
    let kinds = one_of(LinkKind::ALL.iter().map(|kind| kind.as_str()));
    linking("unlinkGrievance", "Remove a link")
        .parameter(segment("kind", "What it leads to.", kinds, "station"))
        .parameter(segment("object", "What it names.", text(), "019303a0-0000-7000-8000-000000000000"))
        .into()
}
