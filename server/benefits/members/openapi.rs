//! The description of members and their cards.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder, Parameter};

use super::routes::PAGE;
use super::told::{CardTold, MemberTold, Members};
use super::wish::{CardWish, MemberWish};
use crate::benefits::model::MemberState;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{
    answer, body, conditional, header_named, one_of, query, segment, staff, taking, text, whole,
};
use crate::stations::model::Trade;

const TAG: &str = "benefits";
const JSON: &str = "application/json";
pub(super) const EXAMPLE_ID: &str = "019303a0-0000-7000-8000-000000000000";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<MemberTold>()
        .schema::<Members>()
        .schema::<CardTold>()
        .schema::<MemberWish>()
        .schema::<CardWish>()
}

/// `GET /api/v1/members`
pub(super) fn list() -> Operation {
    let ok = answer("A page of members, by their ids.")
        .content(JSON, body::<Members>())
        .header_ref("Link", header_named("Link"));
    let limit = whole(1).maximum(Some(PAGE.1)).default(Some(PAGE.0.into()));
    let state = one_of(MemberState::ALL.iter().map(|s| s.as_str()));
    let trade = one_of(Trade::ALL.iter().map(|t| t.as_str()));
    staff("listMembers", TAG, "Members of the union", "200", ok)
        .parameter(query("district", "Six digits of a district.", text(), "130304"))
        .parameter(query("union", "The whole name of a union.", text(), "海港区快递行业工会"))
        .parameter(query("state", "Whether they are members now.", state, "active"))
        .parameter(query("trade", "Their trade.", trade, "courier"))
        .parameter(query("name", "A whole name.", text(), "李会员"))
        .parameter(query("phone", "A whole phone number.", text(), "13800138000"))
        .parameter(query("limit", "The most items; more is cut to the most.", limit, 20))
        .parameter(query("cursor", "Where the page begins, as `next` said.", text(), EXAMPLE_ID))
        .into()
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now.").content(JSON, body::<T>()).header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

/// `POST /api/v1/members`
pub(super) fn add() -> Operation {
    taking::<MemberWish>(writing::<MemberTold>("addMember", "Enrol a member", "201")).into()
}

/// `GET /api/v1/members/{id}`
pub(super) fn find() -> Operation {
    writing::<MemberTold>("findMember", "One member", "200").parameter(id()).into()
}

/// `PATCH /api/v1/members/{id}`
pub(super) fn change() -> Operation {
    let operation = writing::<MemberTold>("changeMember", "Change a member", "200").parameter(id());
    conditional(taking::<MemberWish>(operation)).into()
}

/// `POST /api/v1/members/{id}/leave`
pub(super) fn leave() -> Operation {
    let told = "His phone is signed out at once.";
    let operation = writing::<MemberTold>("endMembership", "End a membership", "200").parameter(id());
    conditional(operation.description(Some(told))).into()
}

/// `POST /api/v1/members/{id}/erase`
pub(super) fn erase() -> Operation {
    let told =
        "Takes away what names the person, for good; his vouchers go on counting. For the whole city only.";
    let operation = staff("eraseMember", TAG, "Erase a member", "204", answer("He is erased."));
    operation.description(Some(told)).parameter(id()).into()
}

/// `POST /api/v1/members/{id}/cards`
pub(super) fn add_card() -> Operation {
    let ok = answer("The card.").content(JSON, body::<CardTold>());
    let operation = staff("addMemberCard", TAG, "Register a card", "201", ok).parameter(id());
    taking::<CardWish>(operation).into()
}

/// `DELETE /api/v1/members/{id}/cards/{card}`
pub(super) fn end_card() -> Operation {
    let operation = staff("endMemberCard", TAG, "End a card", "204", answer("It is ended."));
    operation.parameter(id()).parameter(segment("card", "The card's id.", text(), EXAMPLE_ID)).into()
}

fn id() -> Parameter {
    segment("id", "The member's id.", text(), EXAMPLE_ID)
}
