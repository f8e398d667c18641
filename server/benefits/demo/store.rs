//! SQL that takes the demonstration away. What somebody has used since stays, and takes part no more.

use crate::db::{DbError, Tx};
use crate::in_tx;

/// Steps in their order: whoever refers to something goes before it.
const REMOVE: [&str; 10] = [
    "DELETE FROM offer WHERE merchant_id IN (SELECT id FROM merchant WHERE is_demonstration)",
    "DELETE FROM clerk WHERE merchant_id IN (SELECT id FROM merchant WHERE is_demonstration)
        AND NOT EXISTS (SELECT 1 FROM redemption WHERE redemption.clerk_id = clerk.id)",
    "DELETE FROM store WHERE merchant_id IN (SELECT id FROM merchant WHERE is_demonstration)
        AND NOT EXISTS (SELECT 1 FROM redemption WHERE redemption.store_id = store.id)
        AND NOT EXISTS (SELECT 1 FROM clerk WHERE clerk.store_id = store.id)",
    "DELETE FROM merchant WHERE is_demonstration
        AND NOT EXISTS (SELECT 1 FROM store WHERE store.merchant_id = merchant.id)
        AND NOT EXISTS (SELECT 1 FROM campaign_place WHERE campaign_place.merchant_id = merchant.id)
        AND NOT EXISTS (SELECT 1 FROM settlement WHERE settlement.merchant_id = merchant.id)
        AND NOT EXISTS (SELECT 1 FROM adjustment WHERE adjustment.merchant_id = merchant.id)",
    "UPDATE merchant SET state = 'ended', version = version + 1 WHERE is_demonstration AND state <> 'ended'",
    "UPDATE clerk SET is_active = FALSE, phone_hash = 'ended ' || id, version = version + 1
        WHERE merchant_id IN (SELECT id FROM merchant WHERE is_demonstration)",
    "DELETE FROM member_card WHERE member_id IN (SELECT id FROM member WHERE is_demonstration)",
    "DELETE FROM member WHERE is_demonstration
        AND NOT EXISTS (SELECT 1 FROM voucher WHERE voucher.member_id = member.id)
        AND NOT EXISTS (SELECT 1 FROM draw_entry WHERE draw_entry.member_id = member.id)",
    "UPDATE member SET state = 'left', version = version + 1, phone_hash = NULL, number = NULL
        WHERE is_demonstration AND state <> 'left'",
    // Those that stay are no longer the demonstration's, so that it can be loaded anew beside them.
    "UPDATE merchant SET name = name || ' ' || id, is_demonstration = FALSE WHERE is_demonstration",
];

/// Takes the demonstration away.
pub(super) async fn remove(tx: &mut Tx) -> Result<(), DbError> {
    for step in REMOVE {
        in_tx!(tx, c => sqlx::query(step).execute(c).await.map(drop))?;
    }
    Ok(())
}
