//! A good request for each route about grievances.
