//! The grievance centre: cases filed, worked on, followed, kept secret.

mod pages;
