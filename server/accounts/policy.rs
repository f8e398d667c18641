//! What a route asks of whoever calls it. No route is mounted without saying it.

use super::role::Permission;

/// Who may call a route. What he may do to the object at hand, the service decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Anybody.
    Public,
    /// A person with a session, even while a step such as enrolling one-time codes is due; no program.
    Arriving,
    /// A person with a session, and no program: keys are not made with keys.
    Person,
    /// Whoever is signed in, person or program.
    SignedIn,
    /// A member of the union, by the session of his phone.
    Member,
    /// Whoever holds a phone with a session, member or clerk.
    Phone,
    /// A merchant's clerk, by the session of his phone.
    Clerk,
    /// Whoever has the permission anywhere.
    Needs(Permission),
}
