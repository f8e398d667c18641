//! The rules of the repository, read from its files.
