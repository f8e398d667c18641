//! How a figure was found, in words: what is printed with it must be enough to do it again.

use super::asked::{Asked, Of};
use super::demand::Layer;
use super::people::FEWEST_TOLD;
use super::period::When;
use super::reach::Reach;
use crate::config::Walk;
use crate::ids::Adcode;
use crate::language::Language;
use crate::stations::query::Filter;
use crate::stations::travel::By;
use crate::vocabulary::{Coded, Vocabularies};

/// Who asks how: the language, the words of codes, and the pace of the settings.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The reader's language.
    pub language: Language,
    /// The words of each code.
    pub vocabularies: &'a Vocabularies,
    /// How walking times are estimated.
    pub pace: &'a Walk,
}

impl Words<'_> {
    /// How the shares of a question are found.
    pub fn method(&self, asked: &Asked, layer: &Layer) -> String {
        let sentences = [
            self.denominator(asked, layer),
            self.numerator(asked),
            self.distance(&asked.reach),
            self.time(asked.when),
            self.provenance(layer),
        ];
        sentences.join(self.language.of("", " "))
    }

    /// What the denominator is.
    fn denominator(&self, asked: &Asked, layer: &Layer) -> String {
        let trades = self.words(&asked.whom.trades);
        let districts: Vec<String> = asked.whom.districts.iter().map(Adcode::to_string).collect();
        let (trades, districts) = (trades.join("、"), districts.join("、"));
        let only = |what: &str| if what.is_empty() { String::new() } else { format!("（{what}）") };
        let hourly = layer.by_hour;
        match self.language {
            Language::ZhCn => format!(
                "分母：“{}”里的人数{}{}{}。",
                layer.name,
                only(&trades),
                only(&districts),
                if hourly { "，按各小时在户外的比例计" } else { "" },
            ),
            Language::En => format!(
                "Denominator: the people of \"{}\"{}{}{}.",
                layer.name,
                only(&trades),
                only(&districts),
                if hourly { ", by the share of them who are outdoors at each hour" } else { "" },
            ),
        }
    }

    /// What the numerator is.
    fn numerator(&self, asked: &Asked) -> String {
        let with = self.filter(&asked.filter);
        let (zh, en) = match asked.of {
            Of::Stations => ("驿站", "station"),
            Of::ServicePoints => ("服务点", "service point"),
            Of::Either => ("驿站或服务点", "station or service point"),
        };
        match self.language {
            Language::ZhCn => format!(
                "分子：其中够得着至少 {} 处当时开放的{zh}{with}的人；开放含 30 分钟内关门的，状态未知的不算。",
                asked.min
            ),
            Language::En => format!(
                "Numerator: those of them who have at least {} {en} within reach that is certainly open \
                 then{with}; closing soon is open, unknown is not.",
                asked.min
            ),
        }
    }

    /// What is asked of a station.
    fn filter(&self, filter: &Filter) -> String {
        let mut parts = self.words(&filter.facilities);
        parts.extend(self.words(&filter.hosts));
        parts.extend(self.words(&filter.access));
        if filter.no_phone {
            parts.push(self.language.of("免手机进入", "no phone needed").to_owned());
        }
        match (parts.is_empty(), self.language) {
            (true, _) => String::new(),
            (false, Language::ZhCn) => format!("（{}，当时能用）", parts.join("、")),
            (false, Language::En) => format!(" (usable then: {})", parts.join(", ")),
        }
    }

    /// What within reach means.
    pub fn distance(&self, reach: &Reach) -> String {
        let Walk { speed_m_s, detour, .. } = self.pace;
        let straight = reach.by == By::Straight;
        let metres = reach.within_m.map(|m| match (self.language, straight) {
            (Language::ZhCn, true) => format!("直线不超过 {m} 米"),
            (Language::ZhCn, false) => format!("步行路程不超过 {m} 米"),
            (Language::En, true) => format!("at most {m} m in a straight line"),
            (Language::En, false) => format!("at most {m} m on foot"),
        });
        let seconds = reach.within_s.map(|s| match self.language {
            Language::ZhCn => format!("步行不超过 {} 分钟", s / 60.0),
            Language::En => format!("at most {} minutes on foot", s / 60.0),
        });
        let estimated = reach.within_s.is_some() || !straight;
        let said: Vec<String> = metres.into_iter().chain(seconds).collect();
        let said = said.join(self.language.of("，且", " and "));
        let whole = reach.straight_m(self.pace).round();
        match (self.language, estimated) {
            (Language::ZhCn, false) => format!("够得着：{said}。"),
            (Language::En, false) => format!("Within reach: {said}."),
            (Language::ZhCn, true) => format!(
                "够得着：{said}。没有路网，步行按直线距离 × {detour} ÷ {speed_m_s} 米每秒估算，合直线 {whole} 米。"
            ),
            (Language::En, true) => format!(
                "Within reach: {said}. No street network is loaded; a way on foot is estimated as the straight \
                 distance × {detour}, walked at {speed_m_s} m/s, which comes to {whole} m in a straight line."
            ),
        }
    }

    fn time(&self, when: When) -> String {
        match (when, self.language) {
            (When::At(at), Language::ZhCn) => format!("时刻：{}。", at.format("%Y-%m-%d %H:%M")),
            (When::At(at), Language::En) => format!("At {}.", at.format("%Y-%m-%d %H:%M")),
            (When::Days(days), Language::ZhCn) => {
                format!("时间：{} 至 {} 每个整点，单位人·小时。", days.from, days.to)
            }
            (When::Days(days), Language::En) => {
                format!("At every full hour from {} to {}, in person-hours.", days.from, days.to)
            }
        }
    }

    /// Where the people come from, and what is never told.
    fn provenance(&self, layer: &Layer) -> String {
        let said = [&layer.source, &layer.as_of, &layer.licence].into_iter().filter(|text| !text.is_empty());
        let said = said.map(String::as_str).collect::<Vec<_>>().join(self.language.of("，", ", "));
        let (note, fewest) = (&layer.note, FEWEST_TOLD);
        match self.language {
            Language::ZhCn => format!("人数来源：{said}。{note}不足 {fewest} 人的分组不显示。"),
            Language::En => {
                format!("Source of the people: {said}. {note} Groups of fewer than {fewest} are not shown.")
            }
        }
    }

    fn words<C: Coded>(&self, codes: &[C]) -> Vec<String> {
        codes.iter().map(|code| self.vocabularies.word(*code, self.language).to_owned()).collect()
    }
}
