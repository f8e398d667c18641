//! What is said with a layer of demand, and whether it can be.

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;

use super::import::{Wanted, trade, unknown_trade};
use super::model::WEEK_HOURS;
use super::service::DEFAULT;
use super::stand_in;
use super::store::LayerRow;
use crate::error::{Error, FieldError};
use crate::planning::layers::asked::crs;
use crate::planning::layers::provenance::Texts;
use crate::stations::model::Trade;
use crate::vocabulary::Vocabularies;

/// The hours of a day, of which a profile may have one for all days.
const DAY_HOURS: usize = 24;

/// Shares of the people who are outdoors by the hour, by trade; `""` is for everybody else.
pub(super) type Profile = BTreeMap<String, Vec<f64>>;

/// What is said with a file, as JSON in the form's field `options`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DemandOptions)]
pub(crate) struct Options {
    /// The layer's code: 1 to 40 of `a-z`, `0-9`, `-` and `_`; a layer that has it is replaced.
    #[schema(max_length = 40, default = "default")]
    pub(crate) code: Option<String>,
    /// Its name; of a layer that is replaced the one before, of a new one its code.
    #[schema(max_length = 200)]
    pub(crate) name: Option<String>,
    /// Who made the data; of a layer that is replaced the one before.
    #[schema(max_length = 200)]
    pub(crate) source: Option<String>,
    /// Under which licence it may be used; of a layer that is replaced the one before.
    #[schema(max_length = 200)]
    pub(crate) licence: Option<String>,
    /// Of what time the data is.
    #[schema(max_length = 200)]
    pub(crate) as_of: Option<String>,
    /// How it was made.
    #[schema(max_length = 2000)]
    pub(crate) note: Option<String>,
    /// The coordinate system of its positions: `wgs84`, `gcj02` or `bd09`.
    #[schema(default = "wgs84")]
    pub(crate) crs: Option<String>,
    /// What people do whose row says nothing.
    pub(crate) trade: Option<String>,
    /// What columns say, by their headings: `lon`, `lat`, `weight`, `trade`, `h3`, `geometry`, `h0` to `h23` (`h03`);
    /// null: it is not read.
    #[schema(value_type = Object)]
    pub(crate) mapping: BTreeMap<String, Option<String>>,
    /// Which share is outdoors by the hour: 24 numbers of a day or 168 of a week from Monday on, 0 to 1, by trade, `""`
    /// for all others. It goes before what the file says.
    #[schema(value_type = Option<Object>)]
    pub(crate) profile: Option<Profile>,
    /// Only say what it would come to.
    pub(crate) dry_run: bool,
}

/// What changes in a layer. What is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = DemandPatch)]
pub(super) struct Patch {
    /// Its name.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// Who made the data.
    #[schema(max_length = 200)]
    source: Option<String>,
    /// Under which licence it may be used.
    #[schema(max_length = 200)]
    licence: Option<String>,
    /// Of what time the data is.
    #[schema(max_length = 200)]
    as_of: Option<String>,
    /// How it was made.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Which share is outdoors by the hour, in place of what it said before; none at all: everybody at every hour.
    #[schema(value_type = Option<Object>)]
    profile: Option<Profile>,
}

/// Options that can be.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) code: String,
    pub(super) wanted: Wanted,
    pub(super) profile: Option<Profile>,
}

impl Options {
    /// Checks what needs no layer.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub(super) fn check(&self, vocabularies: &Vocabularies) -> Result<Checked, Error> {
        let mut texts = Texts::default();
        let code = self.code.clone().unwrap_or_else(|| DEFAULT.to_owned());
        texts.code(&code);
        if code == stand_in::CODE {
            texts.refuse(
                "code",
                "reserved",
                "这个代码留给替代需求，请换一个。",
                "is kept for what stands in; take another",
            );
        }
        self.lay(&mut texts, &blank(&code));
        let crs = crs(self.crs.as_deref());
        let trade = self.trade.as_deref().filter(|text| !text.trim().is_empty());
        let trade = trade.map(|text| trade_of(vocabularies, "trade", text)).transpose();
        let profile = self.profile.as_ref().map(|said| whole(&mut texts, said));
        match (crs, trade) {
            (Ok(crs), Ok(trade)) if texts.wrong.is_empty() => {
                Ok(Checked { code, wanted: Wanted { crs, trade, mapping: self.mapping.clone() }, profile })
            }
            (crs, trade) => {
                texts.wrong.extend(crs.err().into_iter().chain(trade.err()));
                Err(Error::Refused(texts.wrong))
            }
        }
    }

    /// The texts of a layer that is replaced, or of a new one.
    pub(super) fn lay(&self, texts: &mut Texts, before: &LayerRow) -> LayerRow {
        LayerRow {
            name: texts.name(self.name.as_deref(), &before.name),
            source: texts.short("source", self.source.as_deref(), &before.source),
            licence: texts.short("licence", self.licence.as_deref(), &before.licence),
            as_of: texts.short("as_of", self.as_of.as_deref(), ""),
            note: texts.long("note", self.note.as_deref(), ""),
            ..before.clone()
        }
    }
}

/// A layer of a code of which nothing was said yet.
pub(super) fn blank(code: &str) -> LayerRow {
    LayerRow {
        code: code.to_owned(),
        version: 0,
        first_version: 0,
        name: code.to_owned(),
        source: String::new(),
        licence: String::new(),
        as_of: String::new(),
        note: String::new(),
        profiles: "{}".to_owned(),
    }
}

fn trade_of(vocabularies: &Vocabularies, field: &str, text: &str) -> Result<Trade, FieldError> {
    let (code, detail) = unknown_trade();
    trade(vocabularies, text).ok_or_else(|| FieldError { field: field.to_owned(), code, detail })
}

impl Patch {
    /// A layer as it becomes.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub(super) fn lay(&self, before: &LayerRow) -> Result<LayerRow, Error> {
        let mut texts = Texts::default();
        let row = LayerRow {
            name: texts.name(self.name.as_deref(), &before.name),
            source: texts.short("source", self.source.as_deref(), &before.source),
            licence: texts.short("licence", self.licence.as_deref(), &before.licence),
            as_of: texts.short("as_of", self.as_of.as_deref(), &before.as_of),
            note: texts.long("note", self.note.as_deref(), &before.note),
            ..before.clone()
        };
        let Some(said) = &self.profile else {
            return if texts.wrong.is_empty() { Ok(row) } else { Err(Error::Refused(texts.wrong)) };
        };
        let profiles = kept(&whole(&mut texts, said))?;
        if texts.wrong.is_empty() {
            Ok(LayerRow { profiles, ..row })
        } else {
            Err(Error::Refused(texts.wrong))
        }
    }
}

/// A profile as a row keeps it.
pub(super) fn kept(profile: &Profile) -> Result<String, Error> {
    serde_json::to_string(profile).map_err(|e| Error::Internal(e.to_string()))
}

/// A profile with 168 hours for each trade.
fn whole(texts: &mut Texts, said: &Profile) -> Profile {
    let mut profile = Profile::new();
    for (name, shares) in said {
        let field = format!("profile.{name}");
        if !name.is_empty() && name.parse::<Trade>().is_err() {
            let (code, words) = unknown_trade();
            texts.refuse(&field, code, words.zh, words.en);
        }
        if ![DAY_HOURS, WEEK_HOURS].contains(&shares.len()) {
            let (zh, en) = (
                "要有 24 个（一天）或 168 个（一周，从周一起）数。",
                "must have 24 numbers (a day) or 168 (a week from Monday on)",
            );
            texts.refuse(&field, "out_of_range", zh, en);
        } else if !shares.iter().all(|share| (0.0..=1.0).contains(share)) {
            texts.refuse(
                &field,
                "out_of_range",
                "每个数要在 0 到 1 之间。",
                "each number lies within 0 to 1",
            );
        }
        profile.insert(name.clone(), shares.iter().copied().cycle().take(WEEK_HOURS).collect());
    }
    profile
}
