//! The night's work is done once, by whichever server comes first.

use chrono::{NaiveDate, TimeDelta};
use yizhan::schedule::{GIVEN_UP, begin, due_day, end, nightly, settle};

use crate::harness::{NOW, Town};
use crate::tables::numbers;

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

    async fn a_night_rates_and_forgets_once(t: Town) {
        t.station("新站").open().await;
        settle(&t.app).await.unwrap();
        let revision = t.snapshot().revision();
        nightly(&t.app).await;
        assert_eq!(stars(&t).await, [] as [i64; 0], "no night has passed");
        let morning = t.at("2026-11-25T03:10:00+08:00").await;
        let other = t.at("2026-11-25T03:10:00+08:00").await;
        tokio::join!(nightly(&morning.app), nightly(&other.app));
        assert_eq!(stars(&t).await.len(), 1, "one of two servers rated it");
        let (now, day) = (morning.app.clock.now(), NaiveDate::from_ymd_opt(2026, 11, 25).unwrap());
        assert!(!begin(&morning.app, "calendar", day, now).await.unwrap(), "the calendar was looked at");
        nightly(&morning.app).await;
        assert_eq!(stars(&t).await.len(), 1);
        t.follow().await;
        assert!(t.snapshot().revision() >= revision);
    }
}

async fn stars(t: &Town) -> Vec<i64> {
    numbers(&t.app.db, "SELECT stars FROM station_rating").await
}
