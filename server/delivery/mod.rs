//! How the service tells people something outside of it: mail, SMS, WeChat, or a file.
//!
//! A message is a row of `delivery` and a job, both written in the transaction of their cause by [`enqueue`].
//! The row names the feature that it comes from and one of its objects, and nobody's address. When the message
//! is sent, `jobs/work.rs` asks that feature for a [`Letter`], which is opened only then; no letter means that
//! there is nothing to send any more. So somebody without an account is told in the same way: his feature keeps
//! the address sealed beside its object and opens it for the letter.
//!
//! A message is sent at least once. Its id stays the same for every try and travels with it (`Message-ID`,
//! `Idempotency-Key`, `id` in the file), so that receivers can drop repeats.

mod address;
mod file;
mod http;
mod mail;
mod model;
mod service;
mod store;
mod template;

pub use address::is_private;
pub use mail::is_mail_address;
pub use model::{Channel, Letter, Message, Outcome, Parcel};
pub use service::{KIND, end, enqueue, forget_old, given_up, is_available, open, send};
pub use template::Template;
