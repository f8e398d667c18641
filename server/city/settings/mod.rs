//! What the city says of itself: set at the first start, changed by staff on the screen.

mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::code::codes;
use crate::config::Config;
use crate::db::{Db, Tx};
use crate::error::{Error, FieldError};

codes! {
    /// How many steps lead from a draft to the public: draft, check and publish by three; without the check;
    /// or published by whoever drafted it.
    Approval { ThreeSteps = "three_steps", TwoSteps = "two_steps", OneStep = "one_step" }
}

/// The most characters of a name.
const NAME_CHARS: usize = 60;
/// The most characters of the hotline.
const HOTLINE_CHARS: usize = 30;
/// The trade unions' hotline in the whole country.
const HOTLINE: &str = "12351";

/// The city's own words and rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CitySettings)]
pub struct Settings {
    /// The union that runs the service, such as 秦皇岛市总工会.
    pub union_name: String,
    /// The city in Chinese.
    pub name_zh: String,
    /// The city in English.
    pub name_en: String,
    /// The number that people call.
    pub hotline: String,
    /// How many steps lead from a draft to the public.
    #[schema(value_type = String)]
    pub approval: Approval,
}

/// A change of some of the settings; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CitySettingsChange)]
pub struct Change {
    /// The union that runs the service.
    pub union_name: Option<String>,
    /// The city in Chinese.
    pub name_zh: Option<String>,
    /// The city in English.
    pub name_en: Option<String>,
    /// The number that people call.
    pub hotline: Option<String>,
    /// How many steps lead from a draft to the public.
    #[schema(value_type = Option<String>)]
    pub approval: Option<Approval>,
}

impl Settings {
    /// What holds until somebody sets it: the names of the configuration.
    pub fn of_config(config: &Config) -> Self {
        Self {
            union_name: format!("{}市总工会", config.city.name_zh),
            name_zh: config.city.name_zh.clone(),
            name_en: config.city.name_en.clone(),
            hotline: HOTLINE.to_owned(),
            approval: Approval::ThreeSteps,
        }
    }

    /// These settings with a change.
    #[must_use]
    pub fn with(self, change: Change) -> Self {
        Self {
            union_name: change.union_name.unwrap_or(self.union_name),
            name_zh: change.name_zh.unwrap_or(self.name_zh),
            name_en: change.name_en.unwrap_or(self.name_en),
            hotline: change.hotline.unwrap_or(self.hotline),
            approval: change.approval.unwrap_or(self.approval),
        }
    }

    /// Whether each text has a fitting length.
    ///
    /// # Errors
    /// [`Error::Refused`] with each field that has not.
    pub fn check(&self) -> Result<(), Error> {
        let texts = [
            ("union_name", &self.union_name, NAME_CHARS),
            ("name_zh", &self.name_zh, NAME_CHARS),
            ("name_en", &self.name_en, NAME_CHARS),
            ("hotline", &self.hotline, HOTLINE_CHARS),
        ];
        let wrong = texts.into_iter().filter(|(_, text, most)| {
            text.trim().is_empty() || text.chars().count() > *most || text.chars().any(char::is_control)
        });
        let told: Vec<_> = wrong.map(|(field, _, most)| bad_length(field, most)).collect();
        if told.is_empty() { Ok(()) } else { Err(Error::Refused(told)) }
    }
}

fn bad_length(field: &str, most: usize) -> FieldError {
    let zh = format!("要写 1 到 {most} 个字。");
    FieldError::new(field, "bad_length", zh, format!("must have 1 to {most} characters"))
}

/// The settings with their version, which is 0 until somebody sets them.
pub async fn load(db: &Db, config: &Config) -> Result<(i64, Settings), Error> {
    match store::find(db).await? {
        Some(row) => Ok((row.version, row.settings()?)),
        None => Ok((0, Settings::of_config(config))),
    }
}

/// Stores the settings for the first time.
///
/// # Errors
/// [`Error::Stale`] where somebody has set them already.
pub async fn set_up(tx: &mut Tx, settings: &Settings) -> Result<(), Error> {
    if store::add(tx, settings).await? { Ok(()) } else { Err(Error::Stale { version: 1 }) }
}

/// Changes the settings of a version, and returns the new version.
///
/// # Errors
/// [`Error::Stale`] where they have another version by now.
pub async fn change(tx: &mut Tx, version: i64, settings: &Settings) -> Result<i64, Error> {
    let changed = match version {
        0 => store::add(tx, settings).await?,
        _ => store::change(tx, version, settings).await?,
    };
    if changed { Ok(version + 1) } else { Err(Error::Stale { version: version + 1 }) }
}
