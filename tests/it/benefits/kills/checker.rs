//! Reads the tables for itself, and compares them with what the clients were told.

use std::collections::{BTreeMap, BTreeSet};

use yizhan::db::Db;

use super::client::Log;

/// What stands in the tables.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Vouchers with their campaign and member.
    vouchers: BTreeMap<String, (String, String)>,
    redemptions: Vec<(String, String)>,
    /// Campaigns with their stock, and how many they say to have given out.
    stocks: Vec<(String, i64, i64)>,
}

const VOUCHERS: &str = "SELECT id, campaign_id, member_id FROM voucher";
const REDEMPTIONS: &str = "SELECT id, voucher_id FROM redemption";
const STOCKS: &str = "SELECT campaign_id, stock, issued FROM campaign_stock";

impl Found {
    pub(super) async fn read(db: &Db) -> Self {
        let vouchers: Vec<(String, String, String)> =
            yizhan::on!(db, pool => sqlx::query_as(VOUCHERS).fetch_all(pool).await).expect("vouchers");
        let redemptions =
            yizhan::on!(db, pool => sqlx::query_as(REDEMPTIONS).fetch_all(pool).await).expect("redemptions");
        let stocks = yizhan::on!(db, pool => sqlx::query_as(STOCKS).fetch_all(pool).await).expect("stocks");
        let vouchers = vouchers.into_iter().map(|(id, campaign, member)| (id, (campaign, member))).collect();
        Self { vouchers, redemptions, stocks }
    }
}

/// What is wrong, in words.
pub(super) fn check(found: &Found, log: &Log) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, id) in &log.vouchers {
        if !found.vouchers.contains_key(id) {
            wrong.push(format!("voucher {id} of {key} was acknowledged and is lost"));
        }
    }
    let redeemed: BTreeSet<&String> = found.redemptions.iter().map(|(id, _)| id).collect();
    for (key, id) in &log.redemptions {
        if !redeemed.contains(id) {
            wrong.push(format!("redemption {id} of {key} was acknowledged and is lost"));
        }
    }
    let count = |texts: Vec<String>| {
        let mut counted = BTreeMap::<String, usize>::new();
        for text in texts {
            *counted.entry(text).or_default() += 1;
        }
        counted
    };
    let owners = found.vouchers.values().map(|(campaign, member)| format!("member {member} of {campaign}"));
    let used = found.redemptions.iter().map(|(_, voucher)| format!("voucher {voucher}"));
    for (what, times) in count(owners.chain(used).collect()) {
        if times > 1 {
            wrong.push(format!("{what} has {times}"));
        }
    }
    for (campaign, stock, issued) in &found.stocks {
        let given = found.vouchers.values().filter(|(of, _)| of == campaign).count();
        if i64::try_from(given).expect("small") != *issued || issued > stock {
            wrong.push(format!("campaign {campaign}: {given} given out, {issued} noted, {stock} in stock"));
        }
    }
    wrong
}
