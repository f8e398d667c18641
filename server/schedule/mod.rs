//! What the service does by itself at set times, once for all its servers.
