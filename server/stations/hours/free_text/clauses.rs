//! Joins the words of a free text into clauses: when it is open on which days, and when closed.

use super::{
    times,
    tokens::{Dates, DaySet, Token},
};

/// Open on these days of this season at these times.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) season: Option<Dates>,
    pub(super) days: Option<DaySet>,
    /// Minutes from and to, the end over 1440 where it is on the next day.
    pub(super) times: Vec<(u16, u16)>,
}

/// What a text says, before it is weighed whether that is certain.
#[derive(Default, Debug)]
pub(super) struct Clauses {
    pub(super) open: Vec<Clause>,
    pub(super) closed: DaySet,
    /// The text says that public holidays are like other days.
    pub(super) holidays_too: bool,
}

/// The clauses of a text, or `None` if its words do not join into any.
pub(super) fn read(tokens: &[Token]) -> Option<Clauses> {
    let tokens = without_brackets(tokens)?;
    let mut reader = Reader::default();
    let mut rest = &tokens[..];
    while let Some((token, after)) = rest.split_first() {
        rest = reader.take(*token, after)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    clauses: Clauses,
    season: Option<Dates>,
    /// Days that were named and not yet said anything of.
    days: Option<DaySet>,
    /// Times that follow belong to the last clause.
    continues: bool,
}

impl Reader {
    /// Takes one word, and those after it that belong to it; what is left.
    fn take<'a>(&mut self, token: Token, rest: &'a [Token]) -> Option<&'a [Token]> {
        match token {
            Token::Break | Token::Join => {}
            Token::SeasonName => {
                // The name of a season says no dates.
                let [Token::Dates(_), ..] = after_breaks(rest) else { return None };
            }
            Token::Dates(dates) => {
                if self.days.is_some() || self.season_is_unused() {
                    return None;
                }
                self.continues = false;
                self.season = Some(dates);
            }
            Token::Days(days) => return self.take_days(days, rest),
            Token::Closed => {
                let days = self.days.take()?;
                self.clauses.closed.weekdays |= days.weekdays;
                self.clauses.closed.holidays |= days.holidays;
                self.continues = false;
            }
            Token::HolidaysToo if self.days.is_none() => self.clauses.holidays_too = true,
            Token::AllDay => {
                self.push((0, 1440), false);
                self.continues = false;
            }
            Token::Clock(from) => {
                let [Token::Dash, Token::Clock(to), after @ ..] = rest else { return None };
                self.push(times::span(from, *to)?, true);
                return Some(after);
            }
            Token::HolidaysToo | Token::Dash | Token::Open | Token::Close => return None,
        }
        Some(rest)
    }

    /// Days, with those joined to them.
    fn take_days<'a>(&mut self, mut days: DaySet, mut rest: &'a [Token]) -> Option<&'a [Token]> {
        if self.days.is_some() {
            return None;
        }
        while let [Token::Join, Token::Days(more), after @ ..] | [Token::Days(more), after @ ..] = rest {
            days.weekdays |= more.weekdays;
            days.holidays |= more.holidays;
            rest = after;
        }
        self.days = Some(days);
        self.continues = false;
        Some(rest)
    }

    fn push(&mut self, times: (u16, u16), continues: bool) {
        if let Some(clause) = self.clauses.open.last_mut().filter(|_| self.continues && continues) {
            clause.times.push(times);
        } else {
            let (season, days) = (self.season, self.days.take());
            self.clauses.open.push(Clause { season, days, times: vec![times] });
        }
        self.continues = true;
    }

    /// Whether dates were named and no times after them.
    fn season_is_unused(&self) -> bool {
        self.season.is_some() && self.clauses.open.last().is_none_or(|clause| clause.season != self.season)
    }

    /// Days named after the only times belong to these.
    fn finish(mut self) -> Option<Clauses> {
        if self.season_is_unused() {
            return None;
        }
        if let Some(days) = self.days {
            let [Clause { days: none @ None, season: None, .. }] = &mut self.clauses.open[..] else {
                return None;
            };
            *none = Some(days);
        }
        Some(self.clauses)
    }
}

fn after_breaks(tokens: &[Token]) -> &[Token] {
    let breaks = tokens.iter().take_while(|token| matches!(token, Token::Break | Token::Open)).count();
    &tokens[breaks..]
}

/// Dissolves brackets that hold a clause of their own, the dates of a season that is named before them,
/// or the days of the only times. In all other places it is not clear what they explain.
fn without_brackets(tokens: &[Token]) -> Option<Vec<Token>> {
    let mut flat: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        rest = after;
        if *token != Token::Open {
            flat.push(*token);
            continue;
        }
        let end = rest.iter().position(|token| *token == Token::Close)?;
        let (inner, outer) = (&rest[..end], &rest[end + 1..]);
        let said = |token: &Token| {
            matches!(token, Token::Closed | Token::Clock(_) | Token::AllDay | Token::HolidaysToo)
        };
        let dates_of_season = matches!(inner, [Token::Dates(_)]) && flat.last() == Some(&Token::SeasonName);
        let days_of_times = outer.is_empty() && !flat.iter().any(|token| matches!(token, Token::Days(_)));
        if !(inner.iter().any(said) || dates_of_season || days_of_times) {
            return None;
        }
        flat.push(Token::Break);
        flat.extend(inner);
        flat.push(Token::Break);
        rest = outer;
    }
    Some(flat)
}
