//! The question a worker asks: what is near, open, and has what I need.

use crate::harness::Town;

both_engines! {
    async fn the_nearest_comes_first(t: Town) {
        t.station("远").at(119.62, 39.93).open().await;
        t.station("近").at(119.601, 39.93).open().await;
        t.station("中").at(119.60, 39.94).open().await;
        assert_eq!(t.nearest(119.6, 39.93).names().await, ["近", "中", "远"]);
    }
}
