//! How a deadline came to be, in a sentence.

use super::Due;
use crate::error::Words;

impl Due {
    /// How it came to be, with days that are alike put together.
    pub fn words(&self) -> Words {
        let day = self.zone.local(self.at);
        Words::new(
            day.format("%-m月%-d日 %H:%M 到期。").to_string(),
            day.format("due %-d %B at %H:%M").to_string(),
        )
    }
}
