//! What a browser is told to allow: nothing from anybody else.

use std::collections::BTreeMap;

use crate::client::Reply;
use crate::harness::Town;

fn policy(reply: &Reply) -> BTreeMap<String, String> {
    let parts = reply.header("content-security-policy").split(';').map(str::trim);
    parts
        .filter_map(|p| p.split_once(' '))
        .map(|(name, sources)| (name.to_owned(), sources.to_owned()))
        .collect()
}

both_engines! {
    async fn a_page_may_load_from_this_service_only(t: Town) {
        let station = t.station("站").open().await;
        let sheet = format!("/stations/{}", station.id);
        for path in ["/", "/?lat=39.93&lon=119.6", "/?district=130302", &sheet, "/stations/none"] {
            let reply = t.get(path).header("accept", "text/html").send().await;
            assert!(reply.header("content-type").starts_with("text/html"), "{path}");
            let policy = policy(&reply);
            assert_eq!(policy["default-src"], "'none'", "{path}");
            for (name, sources) in &policy {
                let local = sources.split(' ').all(|s| ["'self'", "'none'", "data:", "blob:"].contains(&s));
                assert!(local, "{path}: {name} {sources}");
            }
            let own = ["script-src", "style-src", "connect-src", "worker-src", "form-action"];
            assert!(own.iter().all(|name| policy[*name] == "'self'"), "{policy:?}");
            let none = ["base-uri", "frame-ancestors", "object-src"];
            assert!(none.iter().all(|name| policy[*name] == "'none'"), "{policy:?}");
            assert!(reply.header("permissions-policy").contains("geolocation=(self)"));
            assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            let body = reply.text();
            assert!(!body.contains("<style") && !body.contains(" style=") && !body.contains(" onclick="), "{path}");
            assert!(!body.contains("<script>"), "{path}: a script inside the page would be refused");
        }
    }

    async fn a_page_with_a_position_is_kept_by_nobody(t: Town) {
        t.station("站").open().await;
        let reply = t.get("/?lat=39.9301&lon=119.6001").header("accept", "text/html").send().await;
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert!(reply.header("cache-control").contains("no-store"), "{}", reply.header("cache-control"));
    }

    async fn the_api_is_never_taken_for_something_else(t: Town) {
        t.station("站").open().await;
        let paths = [
            "/api/v1/stations", "/api/v1/stations?limit=0", "/tiles/stations/0/0/0.mvt", "/tiles/stations.json", "/healthz",
            "/nothing", "/assets/page.css",
        ];
        for path in paths {
            let reply = t.get(path).send().await;
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
            assert!(!reply.header("referrer-policy").is_empty(), "{path}");
        }
    }

    async fn what_is_no_page_loads_nothing(t: Town) {
        t.station("站").open().await;
        let inert = [
            "/api/v1/stations", "/api/v1/stations?limit=0", "/tiles/stations.json", "/healthz", "/nothing",
            "/assets/page.css", "/assets/icon.svg", "/assets/icon-192.png", "/robots.txt", "/manifest.webmanifest",
        ];
        for path in inert {
            let reply = t.get(path).send().await;
            let told = reply.header("content-security-policy");
            assert_eq!(told, "default-src 'none'; frame-ancestors 'none'", "{path}");
        }
        // An answer without a type changes nothing of what the browser keeps, such as the policy of a page.
        let tag = t.get("/api/v1/stations").send().await.header("etag").to_owned();
        let same = t.get("/api/v1/stations").header("if-none-match", tag).send().await;
        assert_eq!((same.status.as_u16(), same.header("content-security-policy")), (304, ""));
    }

    async fn of_the_build_only_what_a_page_names_is_served(t: Town) {
        let dir = t.app.config.storage.data.join("build");
        std::fs::create_dir_all(dir.join(".vite")).unwrap();
        for name in ["sw.js", "page-1a2b.js", ".hidden", ".vite/manifest.json", "../outside.txt"] {
            std::fs::write(dir.join(name), "{}").unwrap();
        }
        let t = t.reopened(|config| config.web.dir = dir).await;
        for script in ["/sw.js", "/assets/page-1a2b.js"] {
            let reply = t.get(script).send().await;
            // A worker would be held to the policy of its own script.
            assert_eq!((reply.status.as_u16(), reply.header("content-security-policy")), (200, ""), "{script}");
        }
        for hidden in [
            "/assets/.vite/manifest.json", "/assets/%2evite/manifest.json", "/assets/.vite%2fmanifest.json",
            "/assets/.hidden", "/assets/./page-1a2b.js", "/assets/x/../page-1a2b.js", "/assets/..%2foutside.txt",
            "/assets/..%2Foutside.txt", "/assets/%2e%2e/outside.txt", "/assets/../outside.txt",
        ] {
            assert_eq!(t.get(hidden).send().await.status, 404, "{hidden}");
        }
    }

    async fn metrics_are_for_the_operator_alone(t: Town) {
        assert_eq!(t.get("/metrics").send().await.status, 404);
        let operator = Town { router: yizhan::http::admin_router(t.app.clone()), ..t.clone() };
        assert_eq!(operator.get("/metrics").send().await.status, 200);
        assert_eq!(operator.get("/readyz").send().await.status, 200);
        assert_eq!(operator.get("/api/v1/stations").send().await.status, 404);
    }
}
