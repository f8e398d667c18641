//! Icons and doors: drawn by the style sheet as masks, hidden from screen readers, always beside a word.

use maud::{Markup, html};

use crate::stations::model::{Access, FacilityCode};

/// An icon by its name in `web/src/styles/icons.css`.
pub(super) fn icon(name: &str) -> Markup {
    html! { i class={ "i i-" (name) } aria-hidden="true" {} }
}

/// The door of a state: `open`, `soon`, `closed`, `notice`, `suspended` or `unknown`.
pub(super) fn door(shape: &str) -> Markup {
    html! { i class={ "door " (shape) } aria-hidden="true" {} }
}

/// The icon of a facility.
pub fn of_facility(code: FacilityCode) -> &'static str {
    use FacilityCode as F;
    match code {
        F::Seat => "seat",
        F::Water => "water",
        F::Microwave => "microwave",
        F::Fridge => "fridge",
        F::Cooling => "cooling",
        F::Heating => "heating",
        F::PhoneCharge => "charge",
        F::FirstAid | F::HealthCheck => "aid",
        F::Toilet => "toilet",
        F::Wifi => "wifi",
        F::RainGear => "rain",
        F::Aed | F::BpMeter => "aed",
        F::ToolsPump => "pump",
        F::EbikeCharge | F::EbikeSwap | F::EbikePark => "ebike",
        F::CarPark => "pin",
        F::Shower => "shower",
        F::ChangingRoom => "lock",
        F::Locker | F::SmartCabinet | F::ShareShelf => "locker",
        F::MotherBaby => "baby",
        F::WheelchairAccess => "wheelchair",
        F::Printer => "print",
        F::Books => "books",
        F::Tv | F::HairDryer | F::Haircut => "star",
        F::Legal | F::Mediation | F::LawTalk => "legal",
        F::Psychology => "psych",
        F::DiscountMeal => "meal",
        F::JoinUnion => "join",
    }
}

/// The icon of a way in.
pub fn of_access(access: Access) -> &'static str {
    match access {
        Access::OpenDoor => "dooropen",
        Access::Ring => "bell",
        Access::Scan | Access::App => "scan",
        Access::Face => "user",
        Access::Key => "key",
        Access::MemberOnly => "lock",
    }
}
