//! Raising many cases in one session: each for itself, none of them twice.

use serde_json::{Map, Value, json};

use super::service;
use super::wish::CasesWish;
use crate::accounts::Actor;
use crate::app::App;
use crate::error::{Error, FieldError};
use crate::grievance::filing::{self, Filed, Filing};
use crate::grievance::receipt;
use crate::grievance::wish::Wish;
use crate::http::body;
use crate::ids::SessionId;

/// What became of one case of a request.
pub(super) enum Raised {
    /// It was taken in.
    Filed(Box<Filed>),
    /// It was not; each field with what is wrong.
    Refused(Vec<FieldError>),
}

/// Takes cases in, one after the other. A request that is sent again with its key files what is missing and is told
/// the rest again.
///
/// # Errors
/// [`Error::Malformed`] without a key, or with none or too many cases; what is wrong with one case stands in its place.
pub(super) async fn raise(
    app: &App,
    actor: &Actor,
    id: SessionId,
    key: &str,
    wish: CasesWish,
) -> Result<Vec<Raised>, Error> {
    let session = service::own(app, actor, id).await?;
    let key = filing::checked_key(key)?;
    let (kind, row) = (session.row.session_kind()?, session.row);
    let mut raised = Vec::new();
    for (place, case) in wish.checked()?.into_iter().enumerate() {
        let own = receipt::keyed(&app.secrets, "session", &format!("{id}\n{place}\n{key}"));
        let case = placed(case, kind.as_str(), row.unit.as_deref(), row.district.as_deref());
        raised.push(one(app, &Filing { actor, key: &own, session: Some(id) }, &case).await?);
    }
    Ok(raised)
}

/// A case with what it has from its session.
fn placed(mut case: Map<String, Value>, channel: &str, unit: Option<&str>, district: Option<&str>) -> Value {
    case.insert("channel".to_owned(), json!(channel));
    for (field, value) in [("unit", unit), ("district", district)] {
        if case.get(field).is_none_or(Value::is_null) {
            case.insert(field.to_owned(), json!(value));
        }
    }
    Value::Object(case)
}

async fn one(app: &App, filing: &Filing<'_>, case: &Value) -> Result<Raised, Error> {
    let filed = match body::read::<Wish>(case.to_string().as_bytes()) {
        Ok(wish) => filing::file(app, filing, wish).await,
        Err(error) => Err(error),
    };
    match filed {
        Ok(filed) => Ok(Raised::Filed(Box::new(filed))),
        Err(Error::Refused(errors) | Error::Malformed(errors)) => Ok(Raised::Refused(errors)),
        Err(error) => Err(error),
    }
}
