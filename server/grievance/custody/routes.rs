//! The interface of erasure.

use axum::extract::{Path, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::erasure::{self, Erased};
use super::openapi;
use crate::accounts::{Actor, Permission, Policy};
use crate::app::App;
use crate::error::Error;
use crate::http::body::Body;
use crate::http::cache::Question;
use crate::http::openapi::Documented;
use crate::http::version::private;
use crate::language::Language;

/// Why a case is erased.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GrievanceErasureWish)]
pub(super) struct ErasureWish {
    /// The reason, which the audit log keeps and which names nobody.
    #[schema(min_length = 1, max_length = 200)]
    reason: String,
}

/// A case that was erased.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceErasure)]
pub(super) struct ToldErasure {
    number: String,
    /// The day of the erasure.
    erased: String,
    /// From this day on no backup holds its key any more.
    final_on: String,
    /// The same for people.
    words: String,
}

impl ToldErasure {
    fn of(erased: &Erased, language: Language) -> Self {
        let Erased { number, day, final_on } = erased;
        let zh = format!("{number} 的内容已经销毁，谁也打不开；到 {final_on}，备份里的也都过期。");
        let en = format!(
            "what {number} said is erased and nobody can read it; by {final_on} the backups have expired too"
        );
        Self {
            number: number.clone(),
            erased: day.to_string(),
            final_on: final_on.to_string(),
            words: language.of(zh, en),
        }
    }
}

/// The interface of erasure.
pub(in super::super) fn routes() -> Documented {
    let custody = Policy::Needs(Permission::GrievanceCustody);
    let routes =
        Documented::default().post("/api/v1/grievances/{id}/erasure", custody, erase, openapi::erase());
    openapi::with_schemas(routes)
}

/// `POST /api/v1/grievances/{id}/erasure`
async fn erase(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    question: Question,
    Body(wish): Body<ErasureWish>,
) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound("grievance"))?;
    let erased = erasure::erase(&app, &actor, id, &wish.reason).await?;
    Ok(private(ToldErasure::of(&erased, question.language)))
}
