//! Coverage as it is told.

use serde::Serialize;
use spatial::Reached;
use utoipa::ToSchema;

use super::count::Figures;
use crate::ids::Adcode;
use crate::language::Language;
use crate::planning::asked::Asked;
use crate::planning::basis::Basis;
use crate::planning::count::Sums;
use crate::planning::reach::Reach;
use crate::planning::told::{Frame, Share};

/// The path of the question.
pub(super) const PATH: &str = "/api/v1/coverage";

/// Coverage.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Coverage)]
pub(super) struct Told {
    #[serde(flatten)]
    pub(super) frame: Frame,
    /// The figures: what was asked, the same with two places, 双15, the service circle.
    pub(super) figures: Vec<Figure>,
    /// By district; groups of fewer than ten people are left out.
    pub(super) by_district: Vec<DistrictShare>,
    /// By trade; groups of fewer than ten people are left out.
    pub(super) by_trade: Vec<TradeShare>,
    /// How many groups are left out.
    suppressed: usize,
    /// The ground within reach, at an instant.
    #[schema(required)]
    pub(super) area: Option<AreaShare>,
    stations: StationCounts,
}

/// One figure with its method, and the request that gives it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageFigure)]
pub(super) struct Figure {
    /// `covered`, `covered_twice`, `double_15` or `service_circle`.
    code: &'static str,
    /// Its name for people.
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) share: Share,
    /// How it is found.
    pub(super) method: String,
    /// The address that gives it as `covered`.
    pub(super) request: String,
}

/// Coverage of a district.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageOfDistrict)]
pub(super) struct DistrictShare {
    /// Its code; null for who is in none.
    #[schema(value_type = Option<String>, required)]
    adcode: Option<Adcode>,
    /// Its name.
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) share: Share,
    /// Who has two places or more.
    #[schema(required)]
    pub(super) twice: Option<i64>,
}

/// Coverage of a trade.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageOfTrade)]
pub(super) struct TradeShare {
    /// Its code; null where the layer names none.
    #[schema(required)]
    trade: Option<&'static str>,
    /// Its name.
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) share: Share,
    /// Who has two places or more.
    #[schema(required)]
    pub(super) twice: Option<i64>,
}

/// The ground within reach.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageOfArea)]
pub(super) struct AreaShare {
    /// Square kilometres within reach.
    pub(super) numerator_km2: f64,
    /// Square kilometres of the districts asked about.
    pub(super) denominator_km2: f64,
    /// The one of the other, 0 to 1 with four decimals; null of nothing.
    #[schema(required)]
    pub(super) share: Option<f64>,
    /// How it is found.
    pub(super) method: String,
}

/// How many stations there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CoverageStations)]
struct StationCounts {
    /// All public ones.
    total: usize,
    /// Those that have what is asked for, whatever the hour.
    counted: usize,
    /// Those of them that are open at the instant; null over days.
    #[schema(required)]
    open: Option<usize>,
    /// Those of them whose state is not known then; null over days.
    #[schema(required)]
    unknown: Option<usize>,
}

impl Told {
    /// The figures of a question.
    pub(super) fn new(basis: &Basis, figures: &Figures) -> Self {
        let counted = &figures.asked;
        let min = basis.asked.min;
        let told = |sums: &Sums| Share::of(sums.covered(min), sums.whole, sums.people);
        let twice = |sums: &Sums| Share::of(sums.twice, sums.whole, sums.people).numerator;
        let by_district = counted.by_district.iter().map(|(adcode, sums)| DistrictShare {
            adcode: *adcode,
            name: district_name(basis, *adcode),
            share: told(sums),
            twice: twice(sums),
        });
        let by_trade = counted.by_trade.iter().map(|(trade, sums)| TradeShare {
            trade: *trade,
            name: trade_name(basis, *trade),
            share: told(sums),
            twice: twice(sums),
        });
        let (mut by_district, mut by_trade): (Vec<_>, Vec<_>) = (by_district.collect(), by_trade.collect());
        let groups = by_district.len() + by_trade.len();
        by_district.retain(|row| row.share.denominator.is_some());
        by_trade.retain(|row| row.share.denominator.is_some());
        Self {
            frame: Frame::new(basis, PATH, &[]),
            figures: named(basis, figures),
            suppressed: groups - by_district.len() - by_trade.len(),
            by_district,
            by_trade,
            area: figures.area.map(|area| AreaShare::new(basis, area)),
            stations: StationCounts {
                total: figures.stations.total,
                counted: figures.stations.counted,
                open: figures.stations.open,
                unknown: figures.stations.unknown,
            },
        }
    }
}

/// Each figure with its own question.
fn named(basis: &Basis, figures: &Figures) -> Vec<Figure> {
    let asked = &basis.asked;
    let all = &figures.asked.all;
    let share = |covered: f64, sums: &Sums| Share::of(covered, sums.whole, sums.people);
    let language = basis.language;
    let mut told = vec![
        figure(basis, "covered", asked.clone(), share(all.covered(asked.min), all)),
        figure(basis, "covered_twice", Asked { min: 2, ..asked.clone() }, share(all.twice, all)),
        figure(
            basis,
            "double_15",
            Asked { reach: Reach::DOUBLE_15, ..asked.clone() },
            share(figures.double_15.covered(asked.min), &figures.double_15),
        ),
    ];
    if let Some(circle) = figures.service_circle {
        let zh = "分母：同上。分子：步行 15 分钟内有服务点的人，不论服务点的开放时间。";
        let en = "Denominator: as above. Numerator: those within 15 minutes on foot of a service point, whatever its \
                  hours.";
        told.push(Figure {
            code: "service_circle",
            name: language.of("15 分钟服务圈", "15-minute service circle").to_owned(),
            share: share(circle.once, &circle),
            method: format!("{}{}", language.of(zh, en), basis.words().distance(&Reach::QUARTER)),
            request: asked.address(PATH, &basis.layer.code, &[]),
        });
    }
    told
}

fn figure(basis: &Basis, code: &'static str, asked: Asked, share: Share) -> Figure {
    let layer = &basis.layer;
    Figure {
        code,
        name: name(code, &asked, basis.language),
        share,
        method: basis.words().method(&asked, layer),
        request: asked.address(PATH, &layer.code, &[]),
    }
}

fn name(code: &str, asked: &Asked, language: Language) -> String {
    let name = match (code, asked.reach == Reach::QUARTER) {
        ("covered_twice", _) => language.of("交叉覆盖", "Two or more within reach"),
        ("double_15", _) => language.of("双15", "1 km and 15 minutes"),
        (_, true) => language.of("走 15 分能到", "Within 15 minutes on foot"),
        (_, false) => language.of("够得着", "Within reach"),
    };
    name.to_owned()
}

fn district_name(basis: &Basis, adcode: Option<Adcode>) -> String {
    let found = adcode.and_then(|adcode| basis.snapshot.city().district(adcode));
    let nowhere = || basis.language.of("不在任何区县", "In no district").to_owned();
    found.map_or_else(nowhere, |district| district.label(basis.language).to_owned())
}

fn trade_name(basis: &Basis, trade: Option<&str>) -> String {
    let trade = trade.and_then(|code| code.parse::<crate::stations::model::Trade>().ok());
    let nothing = || basis.language.of("没有写工种", "No trade named").to_owned();
    trade.map_or_else(nothing, |trade| {
        basis.snapshot.city().vocabularies.word(trade, basis.language).to_owned()
    })
}

impl AreaShare {
    fn new(basis: &Basis, area: Reached) -> Self {
        let km2 = |m2: f64| (m2 / 1e4).round() / 1e2;
        let zh = "分母：所问区县的面积。分子：其中够得着一处当时开放的地方的面积，按 WGS-84 椭球上的圆逐行相加，不去掉水面。";
        let en = "Denominator: the ground of the districts asked about. Numerator: what of it lies within reach of a \
                  place that is open then, by rows of discs on the WGS-84 ellipsoid; water is not left out.";
        Self {
            numerator_km2: km2(area.reached_m2),
            denominator_km2: km2(area.whole_m2),
            share: Share::of(area.reached_m2, area.whole_m2, f64::INFINITY).share,
            method: format!("{}{}", basis.language.of(zh, en), basis.words().distance(&basis.asked.reach)),
        }
    }
}
