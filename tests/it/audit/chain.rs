//! One chain, whoever writes: on two servers at once, and checked from the command line.

use serde_json::Value;
use tokio::task::JoinSet;
use yizhan::accounts::Actor;
use yizhan::audit::What;
use yizhan::audit::sign::Signed;

use super::entry;
use crate::harness::{NOW, Town};
use crate::tables::execute;

/// Writers at the same time on each of two servers, and how much each writes.
const WRITERS: usize = 6;
const WRITES: usize = 8;

both_engines! {
    async fn an_untouched_chain_verifies_from_its_first_moment(t: Town) {
        let report = t.verified().await;
        assert!(report.ok && report.faults.is_empty(), "{report:?}");
        for number in 0..3 {
            t.note(&Actor::command(), &entry(number)).await;
        }
        let unsigned = t.verified().await;
        assert!(unsigned.ok && !unsigned.head.signed && unsigned.head.signed_ms.is_none(), "{unsigned:?}");
        let Signed::Moved(head) = t.sign().await else { panic!("the chain moved") };
        assert_eq!(t.sign().await, Signed::Still);
        let signed = t.verified().await;
        assert!(signed.ok && signed.head.signed, "{signed:?}");
        assert_eq!((signed.head.seq, &signed.head.hash), (head.seq, &head.hash));
        assert_eq!(signed.head.signed_ms, Some(t.app.clock.now().timestamp_millis()));
    }

    async fn two_servers_write_one_chain_and_sign_one_head(t: Town) {
        let other = t.at(NOW).await;
        let before = t.verified().await.rows;
        let mut writers = JoinSet::new();
        for writer in 0..2 * WRITERS {
            let server = if writer % 2 == 0 { t.clone() } else { other.clone() };
            writers.spawn(async move {
                for write in 0..WRITES {
                    server.note(&Actor::command(), &entry(writer * WRITES + write)).await;
                }
            });
        }
        while let Some(done) = writers.join_next().await {
            done.unwrap();
        }
        let (one, two) = tokio::join!(t.sign(), other.sign());
        assert!([&one, &two].iter().any(|s| matches!(s, Signed::Moved(_))), "{one:?} {two:?}");
        let report = other.verified().await;
        assert!(report.ok && report.head.signed, "{report:?}");
        assert_eq!(report.rows - before, 2 * (WRITERS * WRITES) as u64);
    }

    async fn a_chain_that_contradicts_its_head_is_not_signed_again(t: Town) {
        t.note(&Actor::command(), &entry(1)).await;
        t.sign().await;
        execute(&t.app.db, "UPDATE audit SET hash = 'x' || hash WHERE seq = (SELECT MAX(seq) FROM audit)").await;
        t.note(&Actor::command(), &entry(2)).await;
        assert!(matches!(t.sign().await, Signed::Contradicted { .. }));
    }

    async fn the_program_says_whether_the_log_is_whole(t: Town) {
        for number in 0..4 {
            t.note(&Actor::command(), &entry(number)).await;
        }
        t.sign().await;
        let run = t.program(["audit", "verify"]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert!(run.said.contains("未见改动") && run.said.contains("最近签名于 2026-11-24"), "{}", run.said);

        execute(&t.app.db, "UPDATE audit SET detail = '{}' WHERE seq = (SELECT MAX(seq) - 1 FROM audit)").await;
        let run = t.program(["audit", "verify", "--json"]).await;
        assert_eq!(run.status, Some(1), "{}", run.said);
        let report: Value = serde_json::from_str(&run.said).unwrap();
        let changed = t.verified().await.faults;
        assert_eq!((changed.len(), changed[0].what), (1, What::Changed));
        assert_eq!((&report["ok"], &report["count"], &report["faults"][0]["what"]), (&false.into(), &1.into(), &"changed".into()));
        assert_eq!(report["faults"][0]["seq"], changed[0].seq);
        let run = t.program_in(&[("LANG", "en_GB.UTF-8")], vec!["audit".into(), "verify".into()]).await;
        assert!(run.said.contains(&format!("{}: was changed", changed[0].seq)) && run.said.contains("1 faults"), "{}", run.said);
    }
}
