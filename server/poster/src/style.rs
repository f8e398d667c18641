//! The style that the engine draws by.

use csscolorparser::Color;
use maplibre::style::Style;
use maplibre::style::layer::{FillPaint, LayerPaint, StyleLayer};

use crate::request::{Colour, Layer};

/// A style that fills the polygons of each layer, the later ones above the earlier.
pub(crate) fn of(layers: &[Layer]) -> Style {
    // The engine draws nothing of a layer with the index 0 and says nothing of it.
    let layers = (1..).zip(layers).map(|(index, layer)| filled(index, layer)).collect();
    Style { layers, ..Style::default() }
}

fn filled(index: u32, layer: &Layer) -> StyleLayer {
    let Colour([red, green, blue]) = layer.colour;
    let paint = FillPaint { fill_color: Some(Color::from_rgba8(red, green, blue, u8::MAX)) };
    StyleLayer {
        index,
        id: layer.name.clone(),
        paint: Some(LayerPaint::Fill(paint)),
        source_layer: Some(layer.name.clone()),
        ..StyleLayer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_above_each_other_from_one_on() {
        let layer = |name: &str| Layer { name: name.to_owned(), colour: Colour([255, 0, 51]) };
        let style = of(&[layer("sea"), layer("land")]);
        let told: Vec<_> = style.layers.iter().map(|l| (l.index, l.id.as_str())).collect();
        assert_eq!(told, [(1, "sea"), (2, "land")]);
        let Some(LayerPaint::Fill(paint)) = &style.layers[0].paint else { panic!("no fill") };
        assert_eq!(paint.fill_color, Some(Color::from_rgba8(255, 0, 51, 255)));
    }
}
