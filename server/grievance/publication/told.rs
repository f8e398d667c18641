//! Publications as they are told.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Cursor, PublishedRow};
use crate::error::Error;
use crate::grievance::model::Outcome;
use crate::grievance::record::read;
use crate::language::Language;
use crate::time::Zone;

/// A category by its name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedCategory)]
pub(crate) struct ToldCategory {
    code: String,
    pub(crate) name: String,
}

/// A case as the public reads of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedGrievance)]
pub(crate) struct ToldOne {
    /// What its page is named by.
    pub(crate) id: String,
    pub(crate) category: ToldCategory,
    pub(crate) title: String,
    pub(crate) text: String,
    /// What came of it; null where it was closed without an answer of its own.
    #[schema(required)]
    outcome: Option<String>,
    /// The same in words.
    #[schema(required)]
    pub(crate) outcome_words: Option<String>,
    /// The day of its publication.
    pub(crate) published: NaiveDate,
}

impl ToldOne {
    /// Tells one.
    pub(super) fn of(row: &PublishedRow, zone: Zone, language: Language) -> Result<Self, Error> {
        let outcome = row.outcome.as_deref().map(read::<Outcome>).transpose()?;
        Ok(Self {
            id: row.grievance_id.clone(),
            category: ToldCategory {
                code: row.category.clone(),
                name: language.of(&row.name, &row.name_en).clone(),
            },
            title: row.title.clone(),
            text: row.text.clone(),
            outcome: row.outcome.clone(),
            outcome_words: outcome.map(|outcome| outcome.words().of(language).to_owned()),
            published: zone.from_ms(row.published_ms).date_naive(),
        })
    }
}

/// What the public reads.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedGrievances)]
pub(crate) struct ToldPublished {
    /// The newest first.
    pub(crate) items: Vec<ToldOne>,
    /// The cursor of the next page.
    #[schema(required)]
    pub(crate) next: Option<String>,
}

impl ToldPublished {
    /// Tells a page.
    pub(super) fn of(
        rows: &[PublishedRow],
        next: Option<&Cursor>,
        zone: Zone,
        language: Language,
    ) -> Result<Self, Error> {
        let next = next.map(|(at_ms, id)| format!("{at_ms}.{id}"));
        let items = rows.iter().map(|row| ToldOne::of(row, zone, language)).collect::<Result<_, _>>()?;
        Ok(Self { items, next })
    }
}
