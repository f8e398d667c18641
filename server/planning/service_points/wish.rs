//! What is said with a layer of service points, and whether it can be.

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;

use super::import::Wanted;
use super::store::LayerRow;
use crate::error::Error;
use crate::planning::layers::asked::crs;
use crate::planning::layers::provenance::Texts;

/// What is said with a file, as JSON in the form's field `options`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ServicePointOptions)]
pub(crate) struct Options {
    /// The layer's code: 1 to 40 of `a-z`, `0-9`, `-` and `_`; a layer that has it is replaced.
    #[schema(max_length = 40)]
    pub(crate) code: String,
    /// Its name; only of a layer that is replaced it may be left out.
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
    /// The coordinate system of its positions: `wgs84`, `gcj02` or `bd09`.
    #[schema(default = "wgs84")]
    pub(crate) crs: Option<String>,
    /// What columns say, by their headings: `name`, `lon`, `lat`, `address`, `phone`, `hours`; null: it is not read.
    #[schema(value_type = Object)]
    pub(crate) mapping: BTreeMap<String, Option<String>>,
    /// Only say what it would come to.
    pub(crate) dry_run: bool,
}

impl Options {
    /// How the file is to be read.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that is wrong.
    pub(super) fn check(&self) -> Result<Wanted, Error> {
        let mut texts = Texts::default();
        texts.code(&self.code);
        // Whether a name is missing is known once the layer before is.
        self.lay(&mut texts, &LayerRow { name: "?".to_owned(), ..blank(&self.code) });
        match crs(self.crs.as_deref()) {
            Ok(crs) if texts.wrong.is_empty() => Ok(Wanted { crs, mapping: self.mapping.clone() }),
            crs => {
                texts.wrong.extend(crs.err());
                Err(Error::Refused(texts.wrong))
            }
        }
    }

    /// A layer that is replaced, or a new one.
    ///
    /// # Errors
    /// [`Error::Refused`] where a new one has no name.
    pub(super) fn over(&self, before: Option<&LayerRow>) -> Result<LayerRow, Error> {
        let mut texts = Texts::default();
        let row = self.lay(&mut texts, before.unwrap_or(&blank(&self.code)));
        if texts.wrong.is_empty() { Ok(row) } else { Err(Error::Refused(texts.wrong)) }
    }

    fn lay(&self, texts: &mut Texts, before: &LayerRow) -> LayerRow {
        LayerRow {
            name: texts.name(self.name.as_deref(), &before.name),
            source: texts.short("source", self.source.as_deref(), &before.source),
            licence: texts.short("licence", self.licence.as_deref(), &before.licence),
            as_of: texts.short("as_of", self.as_of.as_deref(), ""),
            ..before.clone()
        }
    }
}

fn blank(code: &str) -> LayerRow {
    LayerRow {
        code: code.to_owned(),
        version: 0,
        first_version: 0,
        name: String::new(),
        source: String::new(),
        licence: String::new(),
        as_of: String::new(),
        points: 0,
        with_hours: 0,
    }
}
