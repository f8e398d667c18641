//! Behind a proxy: whose word is believed about client, scheme and host, and what gets into links.

use axum::routing::get;
use yizhan::config::Config;
use yizhan::http::proxy::ClientAddress;
use yizhan::http::{redirect_router, router};

use crate::harness::Town;
use crate::limits::listen;
use crate::privacy;

/// What a proxy writes, or anybody who would like to be one.
const FORWARDED: &str = "X-Forwarded-For: 6.6.6.6, 198.51.100.1\r\nX-Forwarded-Proto: https\r\n\
    X-Forwarded-Host: yizhan.example.cn\r\n";

impl Town {
    /// A town with two stations whose settings are changed.
    async fn standing(&self, change: impl FnOnce(&mut Config)) -> Self {
        self.station("甲").open().await;
        self.station("乙").open().await;
        self.reopened(change).await
    }

    /// Asks over a socket for a page of one station, with more headers.
    async fn page_of_one(&self, headers: &str) -> String {
        self.raw("/api/v1/stations?limit=1", &format!("Host: town.test\r\n{headers}")).await
    }

    async fn raw(&self, path: &str, headers: &str) -> String {
        let whoami = get(async |c: ClientAddress| format!("{:?}", c.0)).with_state(self.app.clone());
        let service = listen(self.app.config.limits, router(self.app.clone()).route("/whoami", whoami));
        service.say(format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes()).await
    }
}

fn trusting_loopback(config: &mut Config) {
    config.server.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a range")];
}

/// The first line of an answer that begins with a header's name.
fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    answer.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}

both_engines! {
    async fn a_stranger_cannot_speak_as_a_proxy(t: Town) {
        let t = t.standing(|_| {}).await;
        let answer = t.page_of_one(FORWARDED).await;
        assert!(header(&answer, "link").starts_with("<http://town.test/api/v1/stations?"), "{answer}");
        assert_eq!(header(&answer, "strict-transport-security"), "");
        assert!(t.raw("/whoami", &format!("Host: t\r\n{FORWARDED}")).await.ends_with("Some(127.0.0.1)"));
    }

    async fn a_trusted_proxy_tells_client_scheme_and_host(t: Town) {
        let t = t.standing(trusting_loopback).await;
        let answer = t.page_of_one(FORWARDED).await;
        assert!(header(&answer, "link").starts_with("<https://yizhan.example.cn/api/v1/stations?"), "{answer}");
        assert_eq!(header(&answer, "strict-transport-security"), "max-age=31536000");
        assert!(t.raw("/whoami", &format!("Host: t\r\n{FORWARDED}")).await.ends_with("Some(198.51.100.1)"));
        let modern = "Host: t\r\nForwarded: for=198.51.100.2;proto=https;host=yizhan.example.cn\r\n";
        assert!(t.raw("/whoami", modern).await.ends_with("Some(198.51.100.2)"));
        assert!(t.raw("/tiles/stations.json", modern).await.contains("https://yizhan.example.cn/tiles/"));
        // Without a word of the proxy the request's own host stands, and nothing is encrypted.
        let bare = t.page_of_one("").await;
        assert!(header(&bare, "link").starts_with("<http://town.test/") && header(&bare, "strict-transport-security").is_empty());
    }

    async fn the_public_address_wins(t: Town) {
        let t = t.standing(|config| {
            trusting_loopback(config);
            "https://door.example.cn/".clone_into(&mut config.server.public_url);
            config.server.hsts_max_age_s = 60;
        }).await;
        let answer = t.page_of_one(FORWARDED).await;
        assert!(header(&answer, "link").starts_with("<https://door.example.cn/api/v1/stations?"), "{answer}");
        assert_eq!(header(&answer, "strict-transport-security"), "max-age=60");
        let quiet = t.reopened(|config| config.server.hsts_max_age_s = 0).await;
        assert_eq!(header(&quiet.page_of_one("").await, "strict-transport-security"), "");
    }

    async fn a_host_that_is_nonsense_gets_into_no_link(t: Town) {
        let t = t.standing(trusting_loopback).await;
        for host in ["", "a/b", "a b", "user@evil.example", "evil\"><script>", "a:1:2", "[::1", "驿站"] {
            let answer = t.raw("/api/v1/stations?limit=1", &format!("Host: {host}\r\n")).await;
            assert!(answer.starts_with("HTTP/1.1 400"), "{host}: {answer}");
            assert!(host.is_empty() || !answer.contains(host), "{host}: {answer}");
        }
        let odd = t.page_of_one("X-Forwarded-Host: evil\"><script>\r\n").await;
        assert!(header(&odd, "link").starts_with("<http://town.test/"), "{odd}");
    }

    async fn no_log_line_names_an_address(t: Town) {
        let t = t.standing(trusting_loopback).await;
        privacy::listen();
        t.page_of_one(FORWARDED).await;
        t.raw("/api/v1/stations?limit=0", &format!("Host: t\r\n{FORWARDED}")).await;
        let log = privacy::heard();
        assert!(log.contains("/api/v1/stations"), "the log is read: {log}");
        for address in ["198.51.100.1", "6.6.6.6", "127.0.0.1"] {
            assert!(!log.contains(address), "{log}");
        }
    }

    async fn every_plain_request_is_sent_to_the_encrypted_address(t: Town) {
        let t = t.reopened(|config| config.server.listen.set_port(8443)).await;
        let plain = Town { router: redirect_router(t.app.clone()), ..t.clone() };
        for method in ["GET", "POST", "DELETE"] {
            let method: axum::http::Method = method.parse().expect("a verb");
            let reply = plain.ask(method, "/stations/1?lang=en").header("x-forwarded-proto", "https").send().await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (308, "https://town.test:8443/stations/1?lang=en"));
            assert_eq!((reply.header("cache-control"), reply.header("strict-transport-security")), ("no-store", ""));
        }
        let named = t.reopened(|config| "https://door.example.cn".clone_into(&mut config.server.public_url)).await;
        let plain = Town { router: redirect_router(named.app.clone()), ..named };
        assert_eq!(plain.get("/").send().await.header("location"), "https://door.example.cn/");
        assert_eq!(plain.get("//evil.example/..").send().await.header("location"), "https://door.example.cn//evil.example/..");
    }

    async fn wrong_addresses_are_named_at_the_start(t: Town) {
        for (name, value, told) in [
            ("YIZHAN__SERVER__PUBLIC_URL", "yizhan.example.cn", "server.public_url must be https"),
            ("YIZHAN__SERVER__PUBLIC_URL", "https://yizhan.example.cn/map", "without path"),
            ("YIZHAN__SERVER__PUBLIC_URL", "https://yizhan.example.cn?x", "without path or query"),
            ("YIZHAN__SERVER__TRUSTED_PROXIES", "127.0.0.1 10.0.0.0/64", "10.0.0.0/64"),
            ("YIZHAN__SERVER__REDIRECT_LISTEN", "80", "server.redirect_listen"),
            ("YIZHAN__SERVER__REDIRECT_LISTEN", "127.0.0.1:0", "server.redirect_listen leads to https"),
            ("YIZHAN__SERVER__TLS_CERT", "cert.pem", "server.tls_key is not"),
        ] {
            let run = t.program_in(&[(name, value)], vec!["check-config".into()]).await;
            assert_eq!(run.status, Some(2), "{name}: {}", run.said);
            assert!(run.said.contains(told), "{name}: {}", run.said);
        }
        let none = t.program_in(&[("YIZHAN__SERVER__TRUSTED_PROXIES", "")], vec!["check-config".into()]).await;
        assert!(none.said.contains("\"trusted_proxies\": []"), "{}", none.said);
        let two = [("YIZHAN__SERVER__TRUSTED_PROXIES", "127.0.0.1 fd00::/8")];
        let run = t.program_in(&two, vec!["check-config".into()]).await;
        assert!(run.said.contains("127.0.0.1/32") && run.said.contains("fd00::/8"), "{}", run.said);
    }

    async fn whoever_serves_other_machines_without_encryption_is_told(t: Town) {
        let told = "nothing encrypts them";
        let check = async |environment: &[(&str, &str)]| {
            let run = t.program_in(environment, vec!["check-config".into()]).await;
            assert_eq!(run.status, Some(0), "{}", run.said);
            run.said.contains(told)
        };
        let everywhere = ("YIZHAN__SERVER__LISTEN", "0.0.0.0:8080");
        assert!(check(&[everywhere]).await);
        assert!(check(&[("YIZHAN__SERVER__LISTEN", "[::]:8080")]).await);
        assert!(!check(&[everywhere, ("YIZHAN__SERVER__TRUSTED_PROXIES", "10.0.0.1")]).await);
        for local in ["127.0.0.1:8080", "[::1]:8080", "[::ffff:127.0.0.1]:8080"] {
            assert!(!check(&[("YIZHAN__SERVER__LISTEN", local)]).await, "{local}");
        }
    }
}
