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
struct ToldCategory {
    code: String,
    name: String,
}

/// A case as the public reads of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedGrievance)]
struct ToldOne {
    category: ToldCategory,
    title: String,
    text: String,
    /// What came of it; null where it was closed without an answer of its own.
    #[schema(required)]
    outcome: Option<String>,
    /// The same in words.
    #[schema(required)]
    outcome_words: Option<String>,
    /// The day of its publication.
    published: NaiveDate,
}

/// What the public reads.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedGrievances)]
pub(super) struct ToldPublished {
    /// The newest first.
    items: Vec<ToldOne>,
    /// The cursor of the next page.
    #[schema(required)]
    pub(super) next: Option<String>,
}

impl ToldPublished {
    /// Tells a page.
    pub(super) fn of(
        rows: &[PublishedRow],
        next: Option<&Cursor>,
        zone: Zone,
        language: Language,
    ) -> Result<Self, Error> {
        let one = |row: &PublishedRow| {
            let outcome = row.outcome.as_deref().map(read::<Outcome>).transpose()?;
            Ok::<_, Error>(ToldOne {
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
        };
        let next = next.map(|(at_ms, id)| format!("{at_ms}.{id}"));
        Ok(Self { items: rows.iter().map(one).collect::<Result<_, _>>()?, next })
    }
}
