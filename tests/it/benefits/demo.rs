//! The demonstration of benefits says of itself that it is invented, and goes as it came.

use crate::harness::Town;
use crate::tables::numbers;

const MEMBERS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM member";
const MERCHANTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM merchant";

both_engines! {
    async fn the_demonstration_comes_and_goes(t: Town) {
        for _ in 0..2 {
            let run = t.program(["demo"]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            assert_eq!((numbers(&t.app.db, MEMBERS).await, numbers(&t.app.db, MERCHANTS).await), (vec![3], vec![4]));
        }
        let offers = t.get("/api/v1/offers").json().await["features"].as_array().unwrap().clone();
        assert_eq!(offers.len(), 4);
        for offer in &offers {
            let told = offer["properties"].to_string();
            assert!(told.contains("虚构") && told.contains("演示"), "{told}");
        }
        assert_eq!(t.program(["demo", "--remove"]).await.status, Some(0));
        assert_eq!((numbers(&t.app.db, MEMBERS).await, numbers(&t.app.db, MERCHANTS).await), (vec![0], vec![0]));
    }
}
