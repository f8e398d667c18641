//! The night's work is done once, by whichever server comes first.

use chrono::{NaiveDate, TimeDelta};
use yizhan::schedule::{GIVEN_UP, begin, due_day, end};

use crate::harness::{NOW, Town};

#[test]
fn a_days_work_is_due_in_its_night() {
    let local = |text: &str| text.parse::<chrono::NaiveDateTime>().unwrap();
    for (at, due) in [
        ("2026-11-24T03:09:59", "2026-11-23"),
        ("2026-11-24T03:10:00", "2026-11-24"),
        ("2026-11-24T23:59:59", "2026-11-24"),
        ("2027-01-01T00:00:00", "2026-12-31"),
    ] {
        assert_eq!(due_day(local(at)).to_string(), due, "{at}");
    }
}

both_engines! {
    async fn of_two_servers_one_does_it(t: Town) {
        let other = t.at(NOW).await;
        let (now, day) = (t.app.clock.now(), NaiveDate::from_ymd_opt(2026, 11, 24).unwrap());
        let mut asked = tokio::task::JoinSet::new();
        for i in 0..10 {
            let app = if i % 2 == 0 { t.app.clone() } else { other.app.clone() };
            asked.spawn(async move { begin(&app, "count", day, now).await.unwrap() });
        }
        assert_eq!(asked.join_all().await.iter().filter(|taken| **taken).count(), 1);
        let later = now + GIVEN_UP + TimeDelta::seconds(1);
        assert!(!begin(&other.app, "count", day, now + GIVEN_UP).await.unwrap(), "it may still be at work");
        assert!(begin(&other.app, "count", day, later).await.unwrap(), "its server is gone");
        end(&other.app, "count", day, later).await.unwrap();
        assert!(!begin(&t.app, "count", day, later + GIVEN_UP * 2).await.unwrap(), "it is done");
        assert!(begin(&t.app, "count", day.succ_opt().unwrap(), later).await.unwrap(), "the next day has its own");
        assert!(begin(&t.app, "other", day, later).await.unwrap());
    }
}
