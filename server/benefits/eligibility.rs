//! Who may claim under a campaign: rules that say why yes and why no.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::CardKind;
use crate::code::codes;
use crate::error::Words;

/// The most entries of each list of a rule.
pub const MOST_ENTRIES: usize = 200;

/// What a campaign asks of a member. An empty list asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Names of unions.
    pub unions: Vec<String>,
    /// Trades, by their code.
    pub trades: Vec<String>,
    /// District codes, or beginnings of them.
    pub districts: Vec<String>,
    /// Cards, of which he needs one.
    #[schema(value_type = Vec<String>)]
    pub cards: Vec<CardKind>,
    /// The last day by which he must have joined.
    pub joined_by: Option<NaiveDate>,
}

/// What is known of a member when he is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Whether he is a member now.
    pub is_active: bool,
    /// The name of his union.
    pub union_name: String,
    /// His trade.
    pub trade: Option<String>,
    /// His union's district.
    pub district: String,
    /// The kinds of his cards.
    pub cards: Vec<CardKind>,
    /// Since when he is a member.
    pub joined_on: Option<NaiveDate>,
}

codes! {
    /// One thing that is asked of a member.
    Rule {
        Membership = "membership", Union = "union", Trade = "trade", District = "district", Card = "card",
        JoinedBy = "joined_by",
    }
}

/// What one rule says of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Which rule.
    pub rule: Rule,
    /// Whether he fulfils it.
    pub is_met: bool,
    /// Why, for people.
    pub reason: Words,
}

/// What each rule that asks anything says of a member. He may claim where all are met.
pub fn judge(rules: &Rules, facts: &Facts) -> Vec<Verdict> {
    let asked = [
        Some(membership(facts)),
        (!rules.unions.is_empty()).then(|| union(rules, facts)),
        (!rules.trades.is_empty()).then(|| trade(rules, facts)),
        (!rules.districts.is_empty()).then(|| district(rules, facts)),
        (!rules.cards.is_empty()).then(|| card(rules, facts)),
        rules.joined_by.map(|day| joined_by(day, facts)),
    ];
    asked.into_iter().flatten().collect()
}

/// Whether every rule is met.
pub fn is_eligible(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|verdict| verdict.is_met)
}

fn verdict(rule: Rule, is_met: bool, yes: (&str, &str), no: (String, String)) -> Verdict {
    let reason = if is_met { Words::new(yes.0, yes.1) } else { Words::new(no.0, no.1) };
    Verdict { rule, is_met, reason }
}

fn membership(facts: &Facts) -> Verdict {
    let no = ("会籍已经转出或终止。".to_owned(), "The membership has ended.".to_owned());
    verdict(Rule::Membership, facts.is_active, ("是在册会员。", "A member of the union."), no)
}

fn union(rules: &Rules, facts: &Facts) -> Verdict {
    let listed = rules.unions.join("、");
    let no = (format!("只限{listed}的会员。"), format!("Only for members of {}.", rules.unions.join(", ")));
    let is_met = rules.unions.contains(&facts.union_name);
    verdict(Rule::Union, is_met, ("所在工会在范围内。", "The union takes part."), no)
}

fn trade(rules: &Rules, facts: &Facts) -> Verdict {
    let no = match facts.trade {
        Some(_) => ("登记的职业不在范围内。", "The registered trade does not take part."),
        None => ("没有登记职业，请找工会补上。", "No trade is registered; ask the union to add it."),
    };
    let is_met = facts.trade.as_ref().is_some_and(|trade| rules.trades.contains(trade));
    let no = (no.0.to_owned(), no.1.to_owned());
    verdict(Rule::Trade, is_met, ("职业在范围内。", "The trade takes part."), no)
}

fn district(rules: &Rules, facts: &Facts) -> Verdict {
    let is_met = rules.districts.iter().any(|district| facts.district.starts_with(district.as_str()));
    let no = ("所在区县不在范围内。".to_owned(), "The district does not take part.".to_owned());
    verdict(Rule::District, is_met, ("所在区县在范围内。", "The district takes part."), no)
}

fn card(rules: &Rules, facts: &Facts) -> Verdict {
    let is_met = facts.cards.iter().any(|card| rules.cards.contains(card));
    let no = ("没有登记活动要求的卡。".to_owned(), "None of the cards asked for is registered.".to_owned());
    verdict(Rule::Card, is_met, ("有活动要求的卡。", "A card asked for is registered."), no)
}

fn joined_by(day: NaiveDate, facts: &Facts) -> Verdict {
    let is_met = facts.joined_on.is_some_and(|joined| joined <= day);
    let no = (format!("要在 {day} 前（含当天）入会。"), format!("Only for who joined on or before {day}."));
    verdict(Rule::JoinedBy, is_met, ("入会时间符合。", "Joined in time."), no)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rider() -> Facts {
        Facts {
            is_active: true,
            union_name: "海港区快递行业工会".to_owned(),
            trade: Some("courier".to_owned()),
            district: "130302".to_owned(),
            cards: vec![CardKind::Member],
            joined_on: NaiveDate::from_ymd_opt(2025, 3, 1),
        }
    }

    #[test]
    fn each_rule_says_yes_and_no() {
        let none = Rules::default();
        let day = |d| NaiveDate::from_ymd_opt(2025, 3, d);
        let text = |s: &str| vec![s.to_owned()];
        for (rules, met) in [
            (none.clone(), true),
            (Rules { unions: text("海港区快递行业工会"), ..none.clone() }, true),
            (Rules { unions: text("别的工会"), ..none.clone() }, false),
            (Rules { trades: text("courier"), ..none.clone() }, true),
            (Rules { trades: text("driver"), ..none.clone() }, false),
            (Rules { districts: text("1303"), ..none.clone() }, true),
            (Rules { districts: text("130304"), ..none.clone() }, false),
            (Rules { cards: vec![CardKind::Member, CardKind::Fuel], ..none.clone() }, true),
            (Rules { cards: vec![CardKind::Fuel], ..none.clone() }, false),
            (Rules { joined_by: day(1), ..none.clone() }, true),
            (Rules { joined_by: day(1).and_then(|d| d.pred_opt()), ..none.clone() }, false),
        ] {
            let verdicts = judge(&rules, &rider());
            assert_eq!(is_eligible(&verdicts), met, "{rules:?}");
            assert!(verdicts.iter().all(|v| !v.reason.zh.is_empty() && !v.reason.en.is_empty()));
        }
    }

    #[test]
    fn who_left_may_not_claim() {
        let verdicts = judge(&Rules::default(), &Facts { is_active: false, ..rider() });
        assert_eq!(
            verdicts.iter().map(|v| (v.rule, v.is_met)).collect::<Vec<_>>(),
            [(Rule::Membership, false)]
        );
    }
}
