//! Stories told through the service's own interfaces, each on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story ends where something is not as it says")]

#[macro_use]
mod harness;
mod arrange;
mod chance;
mod client;
mod copy;
mod place;
mod program;
mod snapped;
mod staff;
mod tables;

mod access;
mod accounts;
mod agree;
mod audit;
mod backup;
mod basemap;
mod changes;
mod city;
mod commands;
mod conditional;
mod detail;
mod door;
mod export;
mod follow;
mod hours;
mod import;
mod import_child;
mod imports;
mod imports_bad;
mod imports_races;
mod imports_story;
mod joins;
mod kills;
mod limits;
mod list;
mod migrations;
mod nearest;
mod notices;
mod offline;
mod openapi;
mod pages;
mod people_commands;
mod photos;
mod privacy;
mod problems;
mod proxy;
mod registry_history;
mod registry_life;
mod registry_list;
mod registry_refusals;
mod repeats;
mod reports;
mod schedule;
mod search;
mod security_headers;
mod signing_in;
mod staff_page;
mod tiles;
mod tls;
mod two_servers;
mod uploads;
