//! The pages as the server writes them: another time, riding, the directory, what search engines and chats read.

use axum::http::StatusCode;

use crate::harness::Town;

const HERE: &str = "/?lat=39.93&lon=119.6";

impl Town {
    /// A page's HTML.
    async fn page(&self, path: &str) -> String {
        let reply =
            self.get(path).header("accept", "text/html").header("accept-language", "zh-CN").send().await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
        reply.text()
    }
}

both_engines! {
    async fn a_page_tells_another_time(t: Town) {
        t.station("日站").hours("Mo-Su 08:00-18:00").open().await;
        t.station("夜站").hours("Mo-Su 20:00-06:00").open().await;
        let now = t.page(HERE).await;
        assert!(now.contains("开放中 · 至 18:00") && now.contains("20:00 开放"), "{now}");
        let night = t.page(&format!("{HERE}&at=2026-11-25T22:00")).await;
        assert!(night.contains("明天 22:00 的情况") && night.contains("那时开放"), "{night}");
        assert!(night.contains("开放中 · 至 11月26日 周四 6:00") && night.contains("11月26日 周四 8:00 开放"), "{night}");
        // Filters and sheets stay at that time; a time out of reach is now.
        assert!(night.contains("at=2026-11-25T22:00&amp;facility=microwave"));
        assert!(night.contains("&amp;at=2026-11-25T22:00\""), "a sheet knows the time");
        assert!(!t.page(&format!("{HERE}&at=2031-01-01T00:00")).await.contains("的情况"));
    }

    async fn whoever_rides_is_told_riding_minutes(t: Town) {
        t.station("站").at(119.61, 39.93).hours("24/7").open().await;
        // 854 m straight, times 1.3, at 1.25 and 4 m/s.
        let on_foot = t.page(HERE).await;
        assert!(on_foot.contains("步行 15 分") && on_foot.contains("直线距离乘 1.3，每秒走 1.25 米"), "{on_foot}");
        let riding = t.page(&format!("{HERE}&by=ride")).await;
        assert!(riding.contains("骑行 5 分") && riding.contains("每秒骑 4 米"), "{riding}");
    }

    async fn a_sheet_announces_what_is_coming(t: Town) {
        let station = t.station("站").hours("24/7").open().await;
        t.close(station.id, "2026-11-26T08:00:00+08:00", Some("2026-11-26T18:00:00+08:00")).await;
        t.close(station.id, "2026-12-20T08:00:00+08:00", None).await;
        let sheet = t.page(&format!("/stations/{}", station.id)).await;
        assert!(sheet.contains("11月26日 周四 8:00 到 11月26日 周四 18:00 临时关门：设备检修"), "{sheet}");
        assert!(!sheet.contains("12月20日"), "that is more than 14 days away");
        let told = t.get(format!("/api/v1/stations/{}", station.id)).json().await;
        assert_eq!(told["properties"]["notices"][0]["reason"], "设备检修");
        assert_eq!(told["properties"]["notices"][0]["effect"], "closed");
    }

    async fn the_directory_lists_every_station_of_a_district(t: Town) {
        for name in ["甲站", "乙站"] {
            t.station(name).district("130302").hours("Mo-Su 08:00-18:00").open().await;
        }
        t.station("别处").open().await;
        let districts = t.page("/directory").await;
        assert!(districts.contains("href=\"/directory/130302\"") && districts.contains("2 处"), "{districts}");
        let listed = t.page("/directory/130302").await;
        assert!(listed.contains("甲站") && listed.contains("乙站") && !listed.contains("别处"), "{listed}");
        assert!(listed.contains("rel=\"canonical\" href=\"http://town.test/directory/130302\""));
        let unknown = t.get("/directory/999999").header("accept", "text/html").send().await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }

    async fn a_directory_longer_than_a_page_goes_on(t: Town) {
        for n in 0..201 {
            t.station(&format!("站{n:03}")).district("130302").open().await;
        }
        let first = t.page("/directory/130302").await;
        let (_, rest) = first.split_once("/directory/130302?after=").expect("a link to the rest");
        let after: String = rest.chars().take_while(|c| *c != '"').collect();
        let second = t.page(&format!("/directory/130302?after={after}")).await;
        assert_eq!((first.matches("<li><h2>").count(), second.matches("<li><h2>").count()), (200, 1));
    }

    async fn search_engines_find_real_stations_only(t: Town) {
        let real = t.station("真站").open().await;
        let mut shown = t.station("演示").open().await;
        shown.demonstration = true;
        t.put(&shown).await;
        let robots = t.get("/robots.txt").send().await.text();
        assert!(robots.contains("Sitemap: http://town.test/sitemap.xml") && robots.contains("Disallow: /*?lat="));
        let index = t.get("/sitemap.xml").send().await;
        assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
        assert!(index.text().contains("<loc>http://town.test/sitemap/pages.xml</loc>"), "{}", index.text());
        let stations = t.get("/sitemap/1.xml").send().await.text();
        assert!(stations.contains(&real.id.to_string()) && !stations.contains(&shown.id.to_string()));
        assert!(t.get("/sitemap/pages.xml").send().await.text().contains("/directory/130302"));
        for nothing in ["/sitemap/2.xml", "/sitemap/0.xml", "/sitemap/x.xml", "/sitemap/1"] {
            assert_eq!(t.get(nothing).send().await.status, StatusCode::NOT_FOUND, "{nothing}");
        }
        let found = t.page(&format!("/stations/{}", real.id)).await;
        assert!(!found.contains("noindex"));
        assert!(t.page(&format!("/stations/{}", shown.id)).await.contains("noindex"));
        assert!(t.page(HERE).await.contains("noindex"), "nobody's place is indexed");
    }

    async fn a_shared_station_is_a_card_with_title_and_picture(t: Town) {
        let station = t.station("文化路驿站").fact(|f| f.address = Some("文化路 1 号".to_owned())).hours("24/7").open().await;
        let sheet = t.page(&format!("/stations/{}?lat=39.93&lon=119.6&from=groupmessage", station.id)).await;
        for said in [
            "property=\"og:title\" content=\"文化路驿站\"",
            &format!("property=\"og:image\" content=\"http://town.test/api/v1/stations/{}/map.png?size=1024\"", station.id),
            &format!("property=\"og:url\" content=\"http://town.test/stations/{}\"", station.id),
        ] {
            assert!(sheet.contains(said), "{said}: {sheet}");
        }
        assert!(sheet.contains("content=\"文化路 1 号 · "));
        let town = t.page("/?district=130302").await;
        assert!(town.contains("property=\"og:image\" content=\"http://town.test/assets/share.png\""), "{town}");
        assert!(!sheet.contains("og:url\" content=\"http://town.test/?lat"), "a card names nobody's place");
    }

    async fn how_a_page_looks_is_kept_in_cookies(t: Town) {
        let reply = t.get("/display?theme=dark&back=%2F%3Fdistrict%3D130302").send().await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/?district=130302"));
        assert_eq!(reply.header("set-cookie"), "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax");
        let elsewhere = t.get("/display?size=large&back=https%3A%2F%2Fexample.org").send().await;
        assert_eq!(elsewhere.header("location"), "/");
        let page = t.get("/").header("accept", "text/html").header("cookie", "theme=dark; contrast=high; size=large").send().await;
        assert!(page.text().contains(r#"data-size="large" data-theme="dark" data-contrast="high""#), "{}", page.text());
        let nonsense = t.get("/").header("cookie", "theme=\"><script>; size=1").send().await.text();
        assert!(!nonsense.contains("data-theme=\"\"") && !nonsense.contains("<script>"));
    }

    async fn words_and_pinyin_lead_to_districts_places_and_stations(t: Town) {
        t.station("海港路驿站").district("130302").open().await;
        t.station("别处").district("130304").open().await;
        for text in ["海港", "haigang", "hg", "HaiGang"] {
            let found = t.page(&format!("/?q={}", form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>())).await;
            assert!(found.contains("/?district=130302") && found.contains("海港路驿站"), "{text}: {found}");
            assert!(!found.contains("别处"), "{text}");
        }
        // The time, the filters and the place stay.
        let near = t.page("/?q=hgl&lat=39.93&lon=119.6&by=ride&at=2026-11-25T12:00").await;
        assert!(near.contains("骑行 ") && near.contains("name=\"at\" value=\"2026-11-25T12:00\""), "{near}");
        let nothing = t.page("/?q=%3Cscript%3E").await;
        assert!(nothing.contains("没有找到“&lt;script&gt;”") && nothing.contains("hgq"), "{nothing}");
    }

    async fn other_sites_frame_the_page_made_for_them_and_no_other(t: Town) {
        t.station("站").district("130302").open().await;
        let policy = |reply: &crate::client::Reply| {
            let text = reply.header("content-security-policy").to_owned();
            text.split("; ").find(|part| part.starts_with("frame-ancestors")).map(str::to_owned)
        };
        let closed = t.get("/embed?district=130302").send().await;
        assert_eq!(policy(&closed).as_deref(), Some("frame-ancestors 'self' "));
        let open = t.reopened(|c| c.embed.sites = vec!["https://www.example.cn".to_owned()]).await;
        let framed = open.get("/embed?district=130302").send().await;
        assert_eq!(policy(&framed).as_deref(), Some("frame-ancestors 'self' https://www.example.cn"));
        assert!(framed.text().contains("<base target=\"_blank\">") && framed.text().contains("data-embedded"));
        assert!(!framed.text().contains("<footer"));
        assert_eq!(policy(&open.get("/?district=130302").send().await).as_deref(), Some("frame-ancestors 'none'"));
    }
}
