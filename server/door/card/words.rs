//! What a card says, in Chinese with English beneath. Paper has both languages, because it cannot be asked.

use crate::stations::model::Access;

/// A Chinese sentence and its English one.
pub(super) type Both = (&'static str, &'static str);

pub(super) const KIND: Both = ("户外劳动者工会驿站", "Rest station for people who work outdoors");
pub(super) const SCAN: Both = ("扫一扫", "Scan me");
pub(super) const SCANNED: Both = ("扫码可以", "When you scan");
pub(super) const HOURS: Both = ("开放时间", "Open");
pub(super) const HOURS_UNKNOWN: Both = ("时间没有核实，请扫码看", "Not verified; scan for the latest");
pub(super) const WAY_IN: Both = ("怎么进", "Getting in");
pub(super) const WAY_IN_UNKNOWN: Both = ("请问站里的人", "Please ask inside");
pub(super) const NO_PHONE: Both = ("不用手机也能进", "No phone needed");
pub(super) const HERE: Both = ("这里有", "What is here");
pub(super) const NOTHING: Both = ("有什么，请扫码看", "Scan to see what is here");
pub(super) const WHERE: Both = ("在这儿", "Where");
pub(super) const UNION_CALL: Both = ("工会热线", "Union hotline");
pub(super) const CITY_CALL: Both = ("本市热线", "City hotline");
pub(super) const KEEPER_CALL: Both = ("站长电话", "Keeper");
pub(super) const STATION_CALL: Both = ("驿站电话", "Station");
pub(super) const CODE: &str = "编号";
pub(super) const DEMONSTRATION: &str = "演示数据，不是真的驿站 · Demonstration, no real place";

/// What a scan is good for: icon, what one does, and in English.
pub(super) const HINTS: [(&str, &str, &str); 3] = [
    ("check", "我在这儿", "I am here"),
    ("warn", "锁了、坏了", "Locked or broken"),
    ("join", "加入工会", "Join the union"),
];

/// How one gets in, as it is done.
pub(super) fn way_in(access: Access) -> Both {
    match access {
        Access::OpenDoor => ("推门就进", "Walk in"),
        Access::Ring => ("按门铃", "Ring the bell"),
        Access::Scan => ("扫门上的码开门", "Scan the code at the door"),
        Access::App => ("用手机应用开门", "Open with the app"),
        Access::Face => ("刷脸开门", "Face recognition"),
        Access::Key => ("用钥匙或密码开门", "Key or code"),
        Access::MemberOnly => ("凭会员证进", "Members only"),
    }
}
