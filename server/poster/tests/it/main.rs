//! The built program, asked as the service asks it.

mod colours;
mod poster;
mod process;
mod requests;
mod shapes;
mod tiles;
