//! Statements on paper: a settlement, or any days of a merchant, as PDF and workbook.

mod openapi;
mod pdf;
mod routes;
mod service;
mod sheet;
mod store;
mod xlsx;

pub(super) use routes::routes;
