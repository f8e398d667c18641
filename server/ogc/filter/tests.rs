//! Filters: texts that are read and texts that are not.
