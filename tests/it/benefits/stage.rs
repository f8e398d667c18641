//! Members, merchants and campaigns as the stories need them, written as rows.
