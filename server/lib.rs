#![doc = include_str!("ARCHITECTURE.md")]

pub mod app;
pub mod basemap;
pub mod calendar;
pub mod city;
pub mod cli;
pub mod config;
pub mod db;
pub mod error;
pub mod http;
pub mod ids;
pub mod language;
pub mod log;
pub mod network;
pub mod stations;
pub mod time;
pub mod vocabulary;
