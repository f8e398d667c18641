//! The ledger 台账: every case with all its dates, as pages and as a workbook.

mod openapi;
mod routes;
mod service;
mod told;
mod workbook;

pub(super) use routes::routes;
