//! Accounts of the union's people: who they are, what they may do and where, and how they are recognised.

mod actor;
pub mod administration;
pub mod consents;
pub mod invitations;
pub mod password;
pub mod people;
mod policy;
pub mod profile;
mod role;
pub mod routes;
pub mod service;
pub mod sessions;
mod store;
pub mod tokens;
pub mod totp;

pub use actor::{Actor, Reach, Via};
pub use policy::Policy;
pub use role::{BadScope, Grant, Permission, Role, Scope};
pub use routes::routes;
