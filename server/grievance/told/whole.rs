//! What staff are told of one case.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::super::desk::Whole;
use super::super::links::ToldLink;
use super::super::model::Identity;
use super::super::record::read;
use super::super::sealed::Contact;
use super::super::store::{EventRow, RoundRow, SupervisionRow, TaskRow};
use super::super::workflow::{Action, Need, Step};
use super::{Named, Telling, ToldErased, ToldFile, ToldRow, department, detail, person, when};
use crate::calendar::clock::ToldDue;
use crate::error::Error;

/// A case as staff are told of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Grievance)]
pub(in super::super) struct ToldWhole {
    #[serde(flatten)]
    row: ToldRow,
    /// What its reporter wrote; null: erased.
    #[schema(required)]
    text: Option<String>,
    /// Since when what it said is erased, and when that is final.
    #[schema(required)]
    erased: Option<ToldErased>,
    /// How the deadline came to be, day by day.
    deadline: ToldDue,
    /// The day on which erasing it now would be final; null where the reader may not erase it, or not yet.
    #[schema(required)]
    erasable: Option<NaiveDate>,
    contact: ToldAccess,
    /// Whether its reporter allows publication.
    may_publish: bool,
    /// Who entered it for somebody else.
    #[schema(required)]
    entered_by: Option<Named>,
    #[schema(required)]
    station_id: Option<String>,
    #[schema(required)]
    report_number: Option<String>,
    #[schema(required)]
    session_id: Option<String>,
    /// The number of the case that it joined.
    #[schema(required)]
    parent: Option<String>,
    /// The department that whoever returned it named, or else the rules of routing propose.
    #[schema(required)]
    proposed_department: Option<Named>,
    /// Who proposed to decline it.
    #[schema(required)]
    proposed_by: Option<Named>,
    /// How many working days were asked for, while nobody decided.
    #[schema(required)]
    extension_days: Option<i64>,
    /// How often its reporter was called in vain in this round.
    call_tries: i64,
    #[schema(required)]
    outcome: Option<String>,
    #[schema(required)]
    grade: Option<String>,
    timeline: Vec<ToldEvent>,
    tasks: Vec<ToldTask>,
    supervisions: Vec<ToldSupervision>,
    rounds: Vec<ToldRound>,
    /// What it leads to, and what became of that.
    links: Vec<ToldLink>,
    /// What the reader may do now, and what each step needs to be told.
    allowed: Vec<ToldAllowed>,
}

/// Whether there is a contact, and whether the reader may open it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceContactAccess)]
struct ToldAccess {
    there: bool,
    may_reveal: bool,
}

/// A contact that was opened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevealedContact)]
pub(in super::super) struct ToldContact {
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    phone: Option<String>,
    #[schema(required)]
    mail: Option<String>,
}

impl From<Contact> for ToldContact {
    fn from(Contact { name, phone, mail }: Contact) -> Self {
        Self { name, phone, mail }
    }
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceEvent)]
struct ToldEvent {
    id: String,
    /// When; what an anonymous reporter did himself names the day.
    at: String,
    round: i64,
    action: String,
    /// The same for people.
    words: String,
    /// Who did it; null: the reporter, or the service itself.
    #[schema(required)]
    account: Option<Named>,
    #[schema(required)]
    from: Option<String>,
    to: String,
    #[schema(required)]
    text: Option<String>,
    /// Codes, days and ids.
    #[schema(value_type = Object)]
    detail: Value,
    attachments: Vec<ToldFile>,
    /// Whether the reporter sees that it happened.
    public: bool,
}

/// What a co-handler has to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceTask)]
struct ToldTask {
    id: String,
    round: i64,
    department: Named,
    handler: Named,
    text: String,
    due: DateTime<FixedOffset>,
    #[schema(required)]
    done: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    answer: Option<String>,
}

/// A supervision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceSupervision)]
struct ToldSupervision {
    level: i64,
    /// Who began it; null: the clock.
    #[schema(required)]
    by: Option<Named>,
    begun: DateTime<FixedOffset>,
    #[schema(required)]
    signed_by: Option<Named>,
    #[schema(required)]
    ended: Option<DateTime<FixedOffset>>,
}

/// What a round came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceRound)]
struct ToldRound {
    round: i64,
    #[schema(required)]
    department: Option<Named>,
    #[schema(required)]
    handler: Option<Named>,
    due: DateTime<FixedOffset>,
    #[schema(required)]
    answered: Option<DateTime<FixedOffset>>,
    /// Whether it was answered in time.
    #[schema(required)]
    in_time: Option<bool>,
    #[schema(required)]
    outcome: Option<String>,
    #[schema(required)]
    called_back: Option<DateTime<FixedOffset>>,
    #[schema(required)]
    reached: Option<bool>,
    #[schema(required)]
    solved: Option<bool>,
    #[schema(required)]
    grade: Option<String>,
}

/// A step that can be taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceAllowed)]
struct ToldAllowed {
    action: &'static str,
    /// Its name on a button.
    words: String,
    /// The fields it must be told.
    needs: Vec<&'static str>,
    /// The fields it may be told.
    may: Vec<&'static str>,
}

impl ToldWhole {
    /// Tells it.
    pub(in super::super) fn of(whole: &Whole, t: &Telling<'_>) -> Result<Self, Error> {
        let (row, zone) = (&whole.seen.row, t.frame.zone);
        let due = t.frame.clock().due(&whole.seen.case.clock, t.frame.now);
        let stamp = |ms: i64| zone.from_ms(ms);
        Ok(Self {
            row: ToldRow::of(&whole.seen, t)?,
            text: whole.text.clone(),
            erased: ToldErased::of(row.erased_ms, t.frame),
            deadline: ToldDue::new(&due, t.language),
            erasable: whole.erasable,
            contact: ToldAccess { there: whole.has_contact, may_reveal: whole.may_reveal },
            may_publish: row.may_publish,
            entered_by: person(row.entered_by.as_deref(), t),
            station_id: row.station_id.clone(),
            report_number: row.report_number.clone(),
            session_id: row.session_id.clone(),
            parent: whole.parent.clone(),
            proposed_department: whole.proposed.as_ref().map(|(id, name)| Named::new(id, name)),
            proposed_by: person(row.proposer_id.as_deref(), t),
            extension_days: row.extension_days,
            call_tries: row.call_tries,
            outcome: row.outcome.clone(),
            grade: row.grade.clone(),
            timeline: whole
                .events
                .iter()
                .map(|(e, w)| event(whole, e, w.clone(), t))
                .collect::<Result<_, _>>()?,
            tasks: whole.tasks.iter().map(|(r, words, answer)| task(r, words, answer.clone(), t)).collect(),
            supervisions: whole.supervisions.iter().map(|s| supervision(s, t, stamp)).collect(),
            rounds: whole.rounds.iter().map(|r| round(r, t, stamp)).collect(),
            links: whole.links.iter().map(|link| ToldLink::of(link, t)).collect(),
            allowed: whole.allowed.iter().map(|step| open(step, t)).collect(),
        })
    }
}

fn event(whole: &Whole, e: &EventRow, text: Option<String>, t: &Telling<'_>) -> Result<ToldEvent, Error> {
    let action: Action = read(&e.action)?;
    let is_day = e.account_id.is_none() && whole.seen.case.identity == Identity::Anonymous;
    let identity = if is_day { Identity::Anonymous } else { Identity::Named };
    Ok(ToldEvent {
        id: e.id.clone(),
        at: when(e.at_ms, identity, t.frame.zone),
        round: e.round,
        words: action.told().of(t.language).to_owned(),
        action: e.action.clone(),
        account: person(e.account_id.as_deref(), t),
        from: e.from_state.clone(),
        to: e.to_state.clone(),
        text,
        detail: detail(&e.detail),
        attachments: ToldFile::of(&whole.attachments, &e.id),
        public: e.is_public,
    })
}

fn task(r: &TaskRow, words: &str, answer: Option<String>, t: &Telling<'_>) -> ToldTask {
    let zone = t.frame.zone;
    ToldTask {
        id: r.id.clone(),
        round: r.round,
        department: department(&r.department_id, t),
        handler: Named {
            id: r.handler_id.clone(),
            name: t.names.person(Some(&r.handler_id)).unwrap_or_else(|| r.handler_id.clone()),
        },
        text: words.to_owned(),
        due: zone.from_ms(r.due_ms),
        done: r.done_ms.map(|ms| zone.from_ms(ms)),
        answer,
    }
}

type Stamp = DateTime<FixedOffset>;

fn supervision(s: &SupervisionRow, t: &Telling<'_>, stamp: impl Fn(i64) -> Stamp) -> ToldSupervision {
    ToldSupervision {
        level: s.level,
        by: person(s.account_id.as_deref(), t),
        begun: stamp(s.begun_ms),
        signed_by: person(s.signed_by.as_deref(), t),
        ended: s.ended_ms.map(stamp),
    }
}

fn round(r: &RoundRow, t: &Telling<'_>, stamp: impl Fn(i64) -> Stamp) -> ToldRound {
    ToldRound {
        round: r.round,
        department: r.department_id.as_deref().map(|id| department(id, t)),
        handler: person(r.handler_id.as_deref(), t),
        due: stamp(r.due_ms),
        answered: r.answered_ms.map(&stamp),
        in_time: r.answered_ms.map(|ms| ms <= r.due_ms),
        outcome: r.outcome.clone(),
        called_back: r.called_back_ms.map(&stamp),
        reached: r.is_reached,
        solved: r.is_solved,
        grade: r.grade.clone(),
    }
}

fn open(step: &Step, t: &Telling<'_>) -> ToldAllowed {
    let fields = |must: bool| step.needs.iter().flat_map(move |need| named(*need, must)).copied().collect();
    ToldAllowed {
        action: step.action.as_str(),
        words: step.action.words().of(t.language).to_owned(),
        needs: fields(true),
        may: fields(false),
    }
}

/// The fields of a need: those that must be told, or those that may.
fn named(need: Need, must: bool) -> &'static [&'static str] {
    match (need, must) {
        (Need::Words(needed), _) if needed == must => &["text"],
        (Need::TurnTo, true) => &["turn_to"],
        (Need::Into, true) => &["into"],
        (Need::Lead, true) => &["department", "handler"],
        (Need::Lead, false) => &["co_handlers"],
        (Need::Department, false) => &["department"],
        (Need::Task, true) => &["task"],
        (Need::Days(needed), _) if needed == must => &["days"],
        (Need::Level, true) => &["level"],
        (Need::Outcome, true) => &["outcome"],
        (Need::Call, true) => &["reached"],
        (Need::Call, false) => &["solved", "grade"],
        (Need::Uphold, true) => &["uphold"],
        (Need::Class, false) => &["category", "urgency", "subject", "unit", "summary", "district"],
        _ => &[],
    }
}
