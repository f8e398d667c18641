//! The closed vocabularies of a station. Each code is the same word in table, JSON, URL and import.
//!
//! The words that people read for a code live in the `vocabulary` table (see [`crate::vocabulary`]).

pub use crate::code::UnknownCode;
use crate::code::codes;
use crate::vocabulary::Coded;

codes! {
    /// How a station came to be: built by the union, or together with a partner.
    Build { SelfBuilt = "self", CoBuilt = "co_built" }
}

codes! {
    /// The kind of place that houses a station 依托单位.
    Host {
        Bank = "bank", PostCourier = "post_courier", Telecom = "telecom", Fuel = "fuel", Power = "power",
        GovernmentHall = "government_hall", SocialSecurityHall = "social_security_hall",
        TrafficPost = "traffic_post", Sanitation = "sanitation", CityManagement = "city_management",
        Bus = "bus", Metro = "metro", Highway = "highway", Shop = "shop", Pharmacy = "pharmacy",
        Library = "library", Park = "park", Community = "community", CulturalPalace = "cultural_palace",
        Industry = "industry", Workplace = "workplace", Other = "other",
    }
}

codes! {
    /// The shape of a station.
    Form {
        Room = "room", Corner = "corner", Cabinet = "cabinet", Container = "container", Mobile = "mobile",
        SmartUnmanned = "smart_unmanned",
    }
}

codes! {
    /// Where a station is in its life. Only `open` and `suspended` are public.
    Status {
        Draft = "draft", Submitted = "submitted", Checked = "checked", Rejected = "rejected",
        Open = "open", Suspended = "suspended", Retired = "retired",
    }
}

codes! {
    /// Something a station offers. The order is the order of bits in every mask, so new codes go last.
    FacilityCode {
        Seat = "seat", Water = "water", Microwave = "microwave", Fridge = "fridge", Cooling = "cooling",
        Heating = "heating", PhoneCharge = "phone_charge", FirstAid = "first_aid", Toilet = "toilet",
        Wifi = "wifi", RainGear = "rain_gear",
        Aed = "aed", BpMeter = "bp_meter", ToolsPump = "tools_pump", EbikeCharge = "ebike_charge",
        EbikeSwap = "ebike_swap", EbikePark = "ebike_park", CarPark = "car_park", Shower = "shower",
        ChangingRoom = "changing_room", Locker = "locker", MotherBaby = "mother_baby",
        WheelchairAccess = "wheelchair_access", Printer = "printer", Books = "books", Tv = "tv",
        HairDryer = "hair_dryer", SmartCabinet = "smart_cabinet", ShareShelf = "share_shelf",
        Legal = "legal", Mediation = "mediation", Psychology = "psychology", HealthCheck = "health_check",
        Haircut = "haircut", DiscountMeal = "discount_meal", JoinUnion = "join_union", LawTalk = "law_talk",
    }
}

impl FacilityCode {
    /// Whether it is a thing that can be broken, not something that people do for one.
    pub fn can_break(self) -> bool {
        !matches!(
            self,
            Self::Legal
                | Self::Mediation
                | Self::Psychology
                | Self::HealthCheck
                | Self::Haircut
                | Self::DiscountMeal
                | Self::JoinUnion
                | Self::LawTalk
        )
    }
}

codes! {
    /// How one gets in.
    Access {
        OpenDoor = "open_door", Ring = "ring", Scan = "scan", App = "app", Face = "face", Key = "key",
        MemberOnly = "member_only",
    }
}

codes! {
    /// Whom a station serves.
    Trade {
        Courier = "courier", FoodRider = "food_rider", Sanitation = "sanitation", Driver = "driver",
        Builder = "builder",
    }
}

codes! {
    /// Whether a facility works.
    Working { Ok = "ok", Broken = "broken" }
}

/// Says which vocabulary holds the words of each enum.
macro_rules! coded {
    ($($type:ty = $kind:literal),* $(,)?) => {
        $(impl Coded for $type {
            const KIND: &'static str = $kind;
            fn all() -> &'static [Self] { Self::ALL }
            fn code(self) -> &'static str { self.as_str() }
        })*
    };
}

coded!(
    Build = "build",
    Host = "host",
    Form = "form",
    FacilityCode = "facility",
    Access = "access",
    Trade = "trade"
);
