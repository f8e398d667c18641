//! The worker's pages: complete HTML from the server, usable without script and without a map.
//!
//! A page is a function of the same [`Feature`](crate::stations::feature::Feature) that the JSON API
//! serialises, a language and its words. Nothing in a template asks the registry or the clock.
//!
//! | module | what it draws |
//! | --- | --- |
//! | `asked` | what an address asks for, and addresses made from it |
//! | `directory`, `sitemap` | every station by district, for search engines and paper |
//! | `embed` | map and list in a frame of another site |
//! | `desk`, `reading` | the operator's page: a station for a caller, and what to read out |
//! | `door` | what is said at the door: by a visitor, by the keeper |
//! | `display` | how a page looks, by choice |
//! | `layout` | the frame of every page |
//! | `chips` | the filters |
//! | `found` | what a search by words found |
//! | `home` | the page without a place |
//! | `list` | the nearest stations, or those of a district |
//! | `row` | one station in a list |
//! | `staff` | the shell of the page that staff work with |
//! | `sheet` | one station in full |
//! | `week` | its hours as a table with bars |
//! | `when` | the choice of another time |
//! | `report`, `report_track` | saying what is wrong with a station, and reading the answer |
//! | `benefits` | what is offered to members; the wallet and the till |
//! | `grievance` | telling the union something: the form, the receipt, following it, checking a receipt |
//! | `join` | joining the union |
//! | `fault` | nothing there, or a failure |
//! | `manifest` | what a phone's home screen is told |
//! | `visit` | one request: who asks what, when, of which snapshot |
//! | `search` | the questions put to a snapshot |
//! | `routes` | addresses to pages |

mod asked;
mod benefits;
mod chips;
mod context;
mod desk;
mod directory;
mod display;
mod door;
mod embed;
mod fault;
mod found;
mod grievance;
mod home;
mod icon;
mod join;
mod layout;
mod list;
mod manifest;
mod map;
mod reading;
mod reply;
mod report;
mod report_track;
mod routes;
mod row;
#[cfg(test)]
mod sample;
mod search;
mod sheet;
mod sitemap;
mod staff;
mod state;
mod time;
mod visit;
mod way_in;
mod week;
mod when;
mod words;

pub use fault::{failed, not_found, too_often, wants_page};
pub use icon::{of_access as icon_of_access, of_facility as icon_of_facility};
pub use routes::routes;
