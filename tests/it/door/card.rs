//! The door card: drawn by the service, rendered by poppler, its code read back from the picture.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use axum::http::StatusCode;
use yizhan::accounts::Role;
use yizhan::stations::model::{Access, FacilityCode, Station};

use crate::arrange::Draft;
use crate::client::Reply;
use crate::harness::{Town, skip};
use crate::staff::Staff;

/// Whether poppler is here; otherwise the test says that it was skipped.
fn has_poppler() -> bool {
    let found = Command::new("pdftoppm").arg("-v").output().is_ok();
    if !found {
        skip("door::card (pdftoppm of poppler-utils is missing)");
    }
    found
}

/// The pages of a PDF as pictures of 100 dots an inch, kept where a person finds them.
fn pages(name: &str, pdf: &[u8]) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("door-cards").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("cards.pdf");
    std::fs::write(&file, pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-png", "-r", "100"])
        .arg(&file)
        .arg(folder.join("page"))
        .output()
        .unwrap();
    assert!(drawn.status.success() && drawn.stderr.is_empty(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let mut pages: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "png"));
    pages.sort();
    pages
}

/// The words of a PDF, as a reader would copy them.
fn words(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let read = Command::new("pdftotext").args(["-layout"]).arg(file.path()).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

/// The code on a page, read from its pixels.
fn code(page: &Path) -> String {
    let picture = image::open(page).unwrap().to_luma8();
    let (width, height) = picture.dimensions();
    let pixel =
        |x: usize, y: usize| picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).0[0];
    let mut read = rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, pixel);
    let found: BTreeSet<String> =
        read.detect_grids().iter().filter_map(|g| Some(g.decode().ok()?.1)).collect();
    assert_eq!(found.len(), 1, "one code on {}: {found:?}", page.display());
    found.into_iter().next().unwrap()
}

async fn card(t: &Town, station: &Station, by: &Staff) -> Reply {
    let reply = t.get(format!("/api/v1/stations/{}/door-card.pdf", station.id)).by(by).send().await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/pdf");
    reply
}

async fn full(t: &Town) -> Station {
    let mut draft = t.station("文化路环卫驿站").district("130302").hours("Mo-Su 08:30-12:00,14:30-18:00");
    draft.facts.signboard = Some("文化路户外劳动者驿站".to_owned());
    draft.facts.code = Some("QHD-0001".to_owned());
    draft.facts.address = Some("海港区文化路 256 号一楼".to_owned());
    draft.facts.keeper_phone = Some("13800001234".to_owned());
    draft.facts.access = vec![Access::OpenDoor, Access::Ring];
    draft.facts.no_phone = Some(true);
    let codes = [
        FacilityCode::Seat,
        FacilityCode::Water,
        FacilityCode::Microwave,
        FacilityCode::Heating,
        FacilityCode::PhoneCharge,
        FacilityCode::FirstAid,
        FacilityCode::Toilet,
        FacilityCode::Wifi,
    ];
    codes.into_iter().fold(draft, Draft::facility).open().await
}

/// A station that says more than a card has room for.
async fn crowded(t: &Town) -> Station {
    let mut draft = t.station("x").district("130302");
    let name = "秦皇岛市海港区建设大街与文化路交叉口西北角中国邮政储蓄银行股份有限公司支行户外劳动者综合服务驿站（二十四小时自助区）𠮷林路 Qinhuangdao No. 3";
    name.clone_into(&mut draft.facts.name);
    draft.facts.code = Some("冀秦-海-2023-户外驿站-000000001-甲".to_owned());
    draft.facts.address = Some("海港区".repeat(60));
    draft.facts.hours = Some(
        "Mo-Fr 07:30-11:45,13:30-18:15; Sa 08:00-12:00; Su off; PH off; Jun 01-Sep 30 Mo-Su 06:00-23:00; Nov 15-Mar 15 Mo-Su 08:00-17:00".to_owned(),
    );
    draft.facts.keeper_phone = Some("0335-3651234 转 8012".to_owned());
    draft.facts.access = Access::ALL.to_vec();
    draft.facts.no_phone = Some(true);
    FacilityCode::ALL.iter().fold(draft, |draft, code| draft.facility(*code)).open().await
}

/// A station of which hardly anything is known.
async fn bare(t: &Town) -> Station {
    let mut draft = t.station("Rest").district("130302");
    draft.facts.hours = None;
    draft.facts.hours_text = Some("看情况".to_owned());
    draft.open().await
}

both_engines! {
    async fn a_card_says_everything_and_its_code_leads_to_the_station(t: Town) {
        if !has_poppler() { return }
        let root = t.staff("root", Role::Admin, "").await;
        let station = full(&t).await;
        let reply = card(&t, &station, &root).await;
        let again = card(&t, &station, &root).await;
        assert_eq!(reply.body, again.body, "the same input gives the same bytes");
        assert!(reply.body.len() < 120_000, "{} bytes", reply.body.len());
        assert!(!reply.headers.contains_key("x-missing-characters"));
        let drawn = pages(if t.is_postgres() { "full-postgres" } else { "full" }, &reply.body);
        assert_eq!(drawn.len(), 1);
        assert_eq!(code(&drawn[0]), format!("http://town.test/q/{}", station.id));
        let said = words(&reply.body);
        for wanted in ["文化路户外劳动者驿站", "QHD-0001", "每天", "8:30–12:00、", "14:30–18:00", "Daily 8:30–12:00, 14:30–18:00",
            "微波炉", "Microwave", "推门就进", "12351", "13800001234", "秦皇岛市总工会", "我在这儿", "加入工会"] {
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
    }

    async fn what_is_too_long_shrinks_and_what_has_no_glyph_is_named(t: Town) {
        if !has_poppler() { return }
        let root = t.staff("root", Role::Admin, "").await;
        let stations = [crowded(&t).await, bare(&t).await, full(&t).await];
        let reply = t.get("/api/v1/door-cards.pdf").with("district", "130302").by(&root).send().await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        assert_eq!(reply.header("x-missing-characters"), "U+20BB7");
        let drawn = pages(if t.is_postgres() { "many-postgres" } else { "many" }, &reply.body);
        let mut codes: Vec<_> = drawn.iter().map(|page| code(page)).collect();
        let mut expected: Vec<_> = stations.iter().map(|s| format!("http://town.test/q/{}", s.id)).collect();
        codes.sort();
        expected.sort();
        assert_eq!(codes, expected, "a page for each, every code readable");
        let said = words(&reply.body);
        assert!(said.contains("〓") && said.contains("U+20BB7"), "{said}");
        assert!(said.contains("看情况"), "{said}");
        let nowhere = t.get("/api/v1/door-cards.pdf").with("district", "110101").by(&root).send().await;
        assert_eq!(nowhere.status, StatusCode::NO_CONTENT);
    }
}
