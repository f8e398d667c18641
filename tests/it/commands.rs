//! What an operator does with the built program: the calendar, the demonstration, the settings.

use serde_json::Value;
use yizhan::accounts::Role;
use yizhan::error::Error;
use yizhan::stations::import::Action;
use yizhan::stations::service;

use crate::arrange::facts;
use crate::harness::Town;

/// A notice for 2027 as an operator would load it; only its Spring Festival and National Day matter here.
pub(crate) const NOTICE: &str = "date,kind,name\n2026-12-31,off,元旦\n2027-02-06,off,春节\n2027-02-10,off,春节\n\
    2027-02-14,work,春节\n2027-10-01,off,国庆节\n";

impl Town {
    /// The state of the only station at an instant, and whether it is provisional.
    async fn state_at(&self, at: &str) -> (String, bool) {
        let station = &self.list().with("at", at).features().await[0]["properties"];
        (station["state"].as_str().expect("a state").to_owned(), station["provisional"] == true)
    }

    /// The settings that the program says are in force.
    async fn settings(&self, environment: &[(&str, &str)], flags: &[&str]) -> Value {
        let arguments = flags.iter().chain(&["check-config"]).map(Into::into).collect();
        let run = self.program_in(environment, arguments).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        let end = run.said.rfind('}').expect("JSON") + 1;
        serde_json::from_str(&run.said[..end]).expect("JSON")
    }
}

both_engines! {
    async fn a_year_is_unknown_around_its_holidays_until_its_notice_is_loaded(t: Town) {
        t.station("工会驿站").hours("Mo-Fr 09:00-17:00; PH off").open().await;
        let second = t.at(crate::harness::NOW).await;
        let (wednesday, sunday, eve) =
            ("2027-02-10T10:00:00+08:00", "2027-02-14T10:00:00+08:00", "2026-12-31T10:00:00+08:00");
        assert_eq!(t.state_at(wednesday).await, ("unknown".into(), true));
        assert_eq!(t.state_at(eve).await, ("open".into(), false));

        let file = t.file("2027.csv", NOTICE);
        let run = t.program(["calendar".as_ref(), "import".as_ref(), file.as_os_str()]).await;
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert_eq!(t.state_at(wednesday).await, ("closed".into(), false));
        assert_eq!(t.state_at(sunday).await, ("open".into(), false), "a make-up workday");
        assert_eq!(t.state_at(eve).await, ("closed".into(), false), "the notice names a day of the year before");
        assert_eq!(t.state_at("2026-02-16T10:00:00+08:00").await, ("closed".into(), false), "2026 keeps its own days");
        second.follow().await;
        assert_eq!(second.state_at(wednesday).await, ("closed".into(), false), "every server follows");
    }

    async fn from_november_the_operator_is_told_that_next_years_notice_is_not_loaded(t: Town) {
        let told = async || t.program(["check-config"]).await.said;
        let admin = t.staff("admin", Role::Admin, "").await;
        let awaits = async || t.get("/api/v1/session").by(&admin).json().await["calendar_awaits"].clone();
        assert!(told().await.contains("calendar: 2027 is not loaded"), "{}", told().await);
        assert_eq!(awaits().await, 2027);
        let file = t.file("2027.csv", NOTICE);
        assert_eq!(t.program(["calendar".as_ref(), "import".as_ref(), file.as_os_str()]).await.status, Some(0));
        assert!(!told().await.contains("is not loaded"), "{}", told().await);
        t.follow().await;
        assert_eq!(awaits().await, Value::Null);
    }

    async fn a_calendar_that_is_no_years_notice_is_refused(t: Town) {
        let revision = t.snapshot().revision();
        for wrong in ["date,kind,name\n2027-02-06,off,春节\n", "date,kind,name\n2027-02-30,off,x\n", "日期\n", ""] {
            let file = t.file("wrong.csv", wrong);
            let run = t.program(["calendar".as_ref(), "import".as_ref(), file.as_os_str()]).await;
            assert_eq!(run.status, Some(1), "{wrong:?}: {}", run.said);
            assert!(!run.said.is_empty());
        }
        let missing = t.program(["calendar", "import", "no such file.csv"]).await;
        assert_eq!(missing.status, Some(2), "{}", missing.said);
        assert_eq!(t.snapshot().revision(), revision);
    }

    async fn the_demonstration_comes_and_goes_and_real_stations_stay(t: Town) {
        t.station("真的驿站").open().await;
        assert_eq!(t.program(["demo"]).await.status, Some(0));
        assert_eq!(t.snapshot().len(), 269);
        assert_eq!(t.program(["demo", "--remove"]).await.status, Some(0));
        assert_eq!(t.list().names().await, ["真的驿站"]);
    }

    async fn a_flag_wins_over_the_environment_and_that_over_the_file(t: Town) {
        let file = t.file("city.toml", "[city]\nname_zh = \"文件市\"\n[map]\napproval_number = \"文件\"\n");
        let file = file.to_str().expect("a path");
        let environment = [("YIZHAN__MAP__APPROVAL_NUMBER", "环境")];
        let settings = t.settings(&environment, &["--config", file]).await;
        assert_eq!((&settings["city"]["name_zh"], &settings["map"]["approval_number"]), (&"文件市".into(), &"环境".into()));
        assert_eq!(settings["storage"]["database_url"], "…", "a password is not printed");

        let flagged = t.settings(&[("YIZHAN__STORAGE__DATA", "/elsewhere")], &[]).await;
        assert_eq!(flagged["storage"]["data"], t.app.config.storage.data.to_str().expect("a path"));
    }

    async fn a_wrong_setting_is_named(t: Town) {
        for (name, value, told) in [
            ("YIZHAN__LIMITS__HEADERS", "many", "limits.headers"),
            ("YIZHAN__SERVER__LISTENN", "x", "listenn"),
            ("YIZHAN__CLOCK__FIXED", "yesterday", "clock.fixed"),
            ("YIZHAN__CITY__ZONE", "Moon/Base", "city.zone"),
            ("YIZHAN__GRIEVANCE__SHIFTS", "14:30-18:00 08:30-12:00", "grievance.shifts"),
            ("YIZHAN__GRIEVANCE__SHIFTS", "08:30-24:00", "08:30-12:00"),
        ] {
            let run = t.program_in(&[(name, value)], vec!["check-config".into()]).await;
            assert_eq!(run.status, Some(2), "{name}: {}", run.said);
            assert!(run.said.contains(told), "{name}: {}", run.said);
        }
    }

    async fn an_import_planned_before_a_change_writes_nothing(t: Town) {
        let registered = service::registered(&t.app.db, t.app.config.zone()).await.unwrap();
        let now = t.app.clock.now();
        let create = |row, name: &str| vec![Action::Create { row, facts: Box::new(facts(name)) }];
        t.station("先来的").open().await;
        let late = service::carry_out(&t.app.db, &registered, create(2, "迟到的"), true, now, &|_| {}).await;
        assert!(matches!(late, Err(Error::Unavailable { .. })), "{late:?}");
        t.follow().await;
        assert_eq!((t.list().names().await, t.snapshot().revision()), (vec!["先来的".to_owned()], 1));

        let anew = service::registered(&t.app.db, t.app.config.zone()).await.unwrap();
        let done = service::carry_out(&t.app.db, &anew, create(2, "再来的"), true, now, &|_| {}).await;
        assert_eq!(done.unwrap(), Some(2));
    }
}
