//! The filters of the worker's page.

use crate::stations::model::FacilityCode;

/// The filters of the worker's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http::html) struct Wanted {
    /// Open now; on unless the address says `open=any`.
    pub(in crate::http::html) open: bool,
    /// All of these usable.
    pub(in crate::http::html) facilities: Vec<FacilityCode>,
    /// Enterable without a phone.
    pub(in crate::http::html) no_phone: bool,
    /// Open around the clock.
    pub(in crate::http::html) always_open: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { open: true, facilities: Vec::new(), no_phone: false, always_open: false }
    }
}

impl Wanted {
    /// Reads the filters of an address.
    pub(in crate::http::html) fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let is_true = |name: &str| matches!(value(name), Some("true" | "1"));
        let listed = value("facility").unwrap_or_default().split(',');
        Self {
            open: value("open") != Some("any"),
            facilities: listed.filter_map(|code| code.parse().ok()).collect(),
            no_phone: is_true("no_phone"),
            always_open: is_true("always_open"),
        }
    }

    /// Whether anything but "open now" is asked.
    pub(in crate::http::html) fn is_narrow(&self) -> bool {
        !self.facilities.is_empty() || self.no_phone || self.always_open
    }

    /// With one facility asked for, or no longer.
    pub(in crate::http::html) fn toggled(&self, code: FacilityCode) -> Self {
        let mut next = self.clone();
        match next.facilities.iter().position(|c| *c == code) {
            Some(i) => drop(next.facilities.remove(i)),
            None => next.facilities.push(code),
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facility_is_asked_for_and_let_go() {
        let once = Wanted::default().toggled(FacilityCode::Toilet);
        assert_eq!(once.facilities, [FacilityCode::Toilet]);
        assert!(once.toggled(FacilityCode::Toilet).facilities.is_empty());
    }
}
