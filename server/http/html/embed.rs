//! The map and the list for other sites, in a frame: what is around a place, or in a district.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::asked::{Asked, Place};
use super::context::Context;
use super::layout::About;
use super::list::{self, Found};
use super::visit::{View, Visit};
use super::{chips, icon, map, when};
use crate::app::App;
use crate::http::headers::Policy;

/// Where it is.
pub(super) const PATH: &str = "/embed";

/// `GET /embed`
pub(super) async fn page(State(app): State<App>, visit: Visit) -> Response {
    let (context, search) = (visit.context(&app), visit.search());
    let found = match visit.asked.place {
        Place::At(position) => search.nearest(position),
        Place::District(adcode) => search.district(adcode),
        Place::Nowhere | Place::Nonsense => search.everywhere(),
    };
    let view = View {
        title: title(&context),
        is_demonstration: found.all().any(|f| f.properties.demonstration),
        main: main(&context, &found, &visit.absolute(&Asked { page: "", ..visit.asked.clone() }.list_href())),
        about: About::default(),
    };
    let policy = Policy::embedded(&app.config.map, &app.config.embed);
    (policy, visit.drawn(&app, view, Asked::list_href)).into_response()
}

fn title(context: &Context<'_>) -> String {
    match context.asked.place {
        Place::At(_) | Place::District(_) => list::title(context),
        Place::Nowhere | Place::Nonsense => context.words.directory_title.to_owned(),
    }
}

/// The title is for those who cannot see what the frame shows.
fn main(context: &Context<'_>, found: &Found<'_>, whole: &str) -> Markup {
    html! {
        header.vh data-part="top" { h1 { (title(context)) } }
        (map::map(context))
        (chips::chips(context))
        (when::panel(context))
        (list::answer(context, found))
        p.foot data-part="whole" { a href=(whole) { (icon::icon("locate")) (context.words.whole_page) } }
    }
}
