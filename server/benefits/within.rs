//! Which rows of a list somebody reaches, as a piece of a statement.

use crate::accounts::Reach;
use crate::db::Built;

/// Leaves out rows of districts that somebody does not reach.
pub(super) fn within(sql: &mut Built, reach: &Reach) {
    if reach.is_everywhere() {
        return;
    }
    sql.push(" AND (FALSE");
    for prefix in &reach.prefixes {
        sql.push(" OR district LIKE ").value(format!("{prefix}%"));
    }
    sql.push(")");
}
