//! The card on the door: one A4 page that says what a station is, when it is open, what is there, how to get in
//! and whom to call, with the code that leads to its page. It reads as well on A5.

mod parts;
mod words;

use std::collections::BTreeSet;

use crate::city::City;
use crate::city::settings::Settings;
use crate::error::Error;
use crate::print::{A4, Document, Page, Picture};
use crate::stations::model::Station;

/// The most cards of one file.
pub const MOST_CARDS: usize = 500;

/// What all cards of a city share.
pub struct Office<'a> {
    /// Districts, calendar and the words of codes.
    pub city: &'a City,
    /// The union's name and its telephone number.
    pub settings: &'a Settings,
    /// Under which address the service is reached, without a slash at the end.
    pub origin: &'a str,
}

/// Cards ready for the printer.
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Characters that the font lacks; each card names its own at the foot.
    pub missing: BTreeSet<char>,
}

impl Office<'_> {
    /// The address that a station's code leads to.
    pub fn address(&self, station: &Station) -> String {
        format!("{}/q/{}", self.origin, station.id)
    }

    /// Draws a page for each station, with its map where there is one: `maps` are in the order of the stations.
    ///
    /// # Errors
    /// [`Error::Internal`] where the shipped font is damaged.
    pub fn print(&self, stations: &[Station], maps: &[Option<Picture>]) -> Result<Printed, Error> {
        let title = match stations {
            [one] => format!("{} · 门牌", one.facts.name),
            _ => format!("{} · 驿站门牌", self.settings.union_name),
        };
        let mut document = Document::new(&title)?;
        for (n, station) in stations.iter().enumerate() {
            self.draw(&mut document, station, maps.get(n).and_then(Option::as_ref))?;
        }
        let missing = document.missing().clone();
        Ok(Printed { bytes: document.finish()?, missing })
    }

    fn draw(&self, document: &mut Document, station: &Station, map: Option<&Picture>) -> Result<(), Error> {
        let mut page = Page::new(document, A4);
        parts::sign(&mut page, self, station);
        parts::door(&mut page, &self.address(station))?;
        let below = parts::hours(&mut page, self, station);
        parts::ways_in(&mut page, station, below);
        let width = parts::map(&mut page, map);
        parts::hints(&mut page, width);
        parts::facilities(&mut page, self, station, width);
        parts::calls(&mut page, self, station);
        parts::foot(&mut page, self, station);
        page.done();
        Ok(())
    }
}
