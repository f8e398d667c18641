//! The vectors of opening hours, asked of a service whose clock stands at that instant.

use serde_json::{Value, json};
use yizhan::stations::model::FacilityCode;
use yizhan::stations::state::Effect;

use crate::arrange::CENTRE;
use crate::harness::Town;
use crate::tables::execute;

impl Town {
    /// What a worker in front of the only station is told at an instant.
    async fn told(&self, now: &str) -> Value {
        self.at(now).await.nearest(CENTRE.0, CENTRE.1).features().await[0]["properties"].clone()
    }

    async fn state(&self, now: &str) -> String {
        crate::client::text(&self.told(now).await["state"])
    }
}

both_engines! {
    async fn at_noon_it_opens_in_the_afternoon(t: Town) {
        t.station("站").hours("Mo-Su 08:30-12:00,14:30-18:00").open().await;
        let told = t.told("2026-11-24T12:30:00+08:00").await;
        assert_eq!((&told["state"], &told["opens_at"]), (&json!("closed"), &json!("2026-11-24T14:30:00+08:00")));
        let told = t.told("2026-11-24T09:00:00+08:00").await;
        assert_eq!((&told["state"], &told["closes_at"]), (&json!("open"), &json!("2026-11-24T12:00:00+08:00")));
    }

    async fn a_makeup_sunday_is_worked_and_a_holiday_monday_is_not(t: Town) {
        t.station("站").hours("Mo-Fr 09:00-17:00; PH off").open().await;
        assert_eq!(t.state("2026-01-04T10:00:00+08:00").await, "open");
        assert_eq!(t.state("2026-01-11T10:00:00+08:00").await, "closed");
        let told = t.told("2026-02-16T10:00:00+08:00").await;
        assert_eq!((&told["state"], &told["opens_at"]), (&json!("closed"), &json!("2026-02-24T09:00:00+08:00")));
    }

    async fn a_night_goes_on_past_midnight(t: Town) {
        t.station("站").hours("22:00-06:00").open().await;
        let told = t.told("2026-11-24T01:00:00+08:00").await;
        assert_eq!((&told["state"], &told["closes_at"]), (&json!("open"), &json!("2026-11-24T06:00:00+08:00")));
        assert_eq!(t.state("2026-11-24T06:00:00+08:00").await, "closed");
    }

    async fn under_half_an_hour_it_closes_soon(t: Town) {
        t.station("站").hours("08:00-18:00").open().await;
        let told = t.told("2026-11-24T17:30:00+08:00").await;
        assert_eq!((&told["state"], &told["state_until"]), (&json!("open"), &json!("2026-11-24T17:31:00+08:00")));
        let told = t.told("2026-11-24T17:31:00+08:00").await;
        assert_eq!((&told["state"], &told["state_until"]), (&json!("closing_soon"), &json!("2026-11-24T18:00:00+08:00")));
        assert_eq!(t.state("2026-11-24T17:59:59+08:00").await, "closing_soon");
        assert_eq!(t.state("2026-11-24T18:00:00+08:00").await, "closed");
    }

    async fn the_heating_season_crosses_new_year(t: Town) {
        t.station("站").seasonal(FacilityCode::Heating, (11, 15), (3, 15)).open().await;
        let in_season = async |now: &str| t.told(now).await["facilities"][0]["in_season"].clone();
        assert_eq!(in_season("2027-01-10T10:00:00+08:00").await, true);
        assert_eq!(in_season("2026-11-14T23:59:00+08:00").await, false);
        assert_eq!(in_season("2026-11-15T00:00:00+08:00").await, true);
        assert_eq!(in_season("2027-03-16T00:00:00+08:00").await, false);
        let until = t.told("2027-03-15T23:59:00+08:00").await["facilities"][0]["until"].clone();
        assert_eq!(until, "2027-03-16T00:00:00+08:00");
    }

    async fn a_notice_closes_even_what_never_closes(t: Town) {
        let station = t.station("站").hours("24/7").open().await;
        t.close(station.id, "2026-11-25T00:00:00+08:00", Some("2026-11-26T00:00:00+08:00")).await;
        let told = t.told("2026-11-25T10:00:00+08:00").await;
        assert_eq!((&told["state"], &told["notice"]), (&json!("closed_by_notice"), &json!("设备检修")));
        assert_eq!((&told["state_until"], &told["opens_at"]), (&json!("2026-11-26T00:00:00+08:00"), &json!("2026-11-26T00:00:00+08:00")));
        assert_eq!(t.state("2026-11-24T23:45:00+08:00").await, "closing_soon");
        assert_eq!(t.state("2026-11-26T00:00:00+08:00").await, "open");
    }

    async fn a_notice_opens_beyond_the_hours_unless_another_closes(t: Town) {
        let station = t.station("站").hours("08:00-18:00").open().await;
        let (evening, night) = ("2026-11-24T18:00:00+08:00", "2026-11-24T22:00:00+08:00");
        t.announce(station.id, Effect::Open, evening, Some(night)).await;
        let told = t.told("2026-11-24T17:45:00+08:00").await;
        assert_eq!((&told["state"], &told["closes_at"]), (&json!("open"), &json!(night)));
        t.close(station.id, "2026-11-24T20:00:00+08:00", None).await;
        assert_eq!(t.state("2026-11-24T19:00:00+08:00").await, "open");
        let told = t.told("2026-11-24T21:00:00+08:00").await;
        assert_eq!((&told["state"], &told["opens_at"]), (&json!("closed_by_notice"), &Value::Null));
    }

    async fn an_unpublished_holiday_is_unknown_until_its_notice_is_loaded(t: Town) {
        t.station("站").hours("Mo-Fr 09:00-17:00; PH off").open().await;
        let festival = "2027-02-10T10:00:00+08:00";
        let told = t.told(festival).await;
        assert_eq!((&told["state"], &told["provisional"]), (&json!("unknown"), &json!(true)));
        let told = t.told("2027-03-10T10:00:00+08:00").await;
        assert_eq!((&told["state"], &told["provisional"]), (&json!("open"), &json!(true)));
        execute(&t.app.db, "INSERT INTO calendar_year (year) VALUES (2027)").await;
        execute(&t.app.db, "INSERT INTO calendar_day (day, kind, name) VALUES ('2027-02-10', 'off', '春节')").await;
        let told = t.told(festival).await;
        assert_eq!((&told["state"], &told["provisional"]), (&json!("closed"), &json!(false)));
    }

    async fn uncertain_hours_are_unknown_and_never_guessed(t: Town) {
        t.station("站").hours("nonsense in the table").fact(|f| f.hours_text = Some("看情况".to_owned())).open().await;
        let told = t.told("2026-11-24T10:00:00+08:00").await;
        assert_eq!((&told["state"], &told["hours_text"]), (&json!("unknown"), &json!("看情况")));
    }
}
