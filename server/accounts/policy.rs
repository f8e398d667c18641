//! What a route asks of whoever calls it. No route is mounted without saying it.

use super::role::Permission;

/// Who may call a route. What he may do to the object at hand, the service decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Anybody.
    Public,
    /// Whoever is signed in, even while a step such as changing the first password is due.
    SignedIn,
    /// Whoever has the permission anywhere.
    Needs(Permission),
}
