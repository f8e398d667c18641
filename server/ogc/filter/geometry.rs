//! Reading S_INTERSECTS and its geometries.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::condition::Condition;
use super::fault::Fault;
use super::parse::Parser;
use super::shape::{Form, Shape, coord};
use super::token::Token;
use super::value::Kind;
use crate::ogc::crs::{Window, is_near_enough};
use crate::ogc::field::Field;

impl Parser<'_> {
    /// `S_INTERSECTS(a, b)`, one of which is the station's place.
    pub(super) fn intersects(&mut self) -> Result<Condition, Fault> {
        let at = self.at();
        self.next += 1;
        self.must_sign("(")?;
        let a = self.shape()?;
        self.must_sign(",")?;
        let b = self.shape()?;
        self.must_sign(")")?;
        let ((Shape::Station, shape) | (shape, Shape::Station)) = (a, b) else {
            let en = "one of the two must be the property geometry";
            return Err(Fault::new(at, "unsupported", "两个参数之一须为属性 geometry。", en));
        };
        Ok(Condition::Intersects(self.crs, shape))
    }

    fn shape(&mut self) -> Result<Shape, Fault> {
        if self.is_called("BBOX") {
            return self.window();
        }
        let at = self.at();
        if let Some(Token::Word(name) | Token::Name(name)) = self.peek()
            && let Some(field) = Field::named(name)
        {
            self.next += 1;
            return match field.kind() {
                Kind::Geometry => Ok(Shape::Station),
                _ => Err(Fault::new(at, "wrong_kind", "这个属性不是位置。", "this property is no geometry")),
            };
        }
        self.geometry().map(Shape::Geometry)
    }

    fn window(&mut self) -> Result<Shape, Fault> {
        let at = self.at();
        self.next += 1;
        self.must_sign("(")?;
        let mut numbers = vec![self.number()?];
        while self.sign(",") {
            numbers.push(self.number()?);
        }
        self.must_sign(")")?;
        let window = Window::new(self.crs, &numbers);
        window.map(Shape::Window).ok_or_else(|| {
            let en = "must be four or six numbers in the order of the axes, least first";
            Fault::new(at, "out_of_range", "要按坐标轴顺序写四个（或六个）数，先小后大。", en)
        })
    }

    /// Well-known text; a `Z` and third coordinates are passed over.
    fn geometry(&mut self) -> Result<Geometry<f64>, Fault> {
        let form = match self.peek() {
            Some(Token::Word(word)) => Form::named(word),
            _ => None,
        };
        let form = form.ok_or_else(|| {
            self.expected("geometry、BBOX 或 WKT 图形", "geometry, BBOX or well-known text")
        })?;
        self.next += 1;
        self.word("Z");
        Ok(match form {
            Form::Point => {
                self.must_sign("(")?;
                let point = Point(self.coord()?);
                self.must_sign(")")?;
                point.into()
            }
            Form::Line => self.line()?.into(),
            Form::Polygon => self.polygon()?.into(),
            Form::Points => MultiPoint(self.list(Self::point_of_many)?).into(),
            Form::Lines => MultiLineString(self.list(Self::line)?).into(),
            Form::Polygons => MultiPolygon(self.list(Self::polygon)?).into(),
            Form::Collection => {
                let inner = |parser: &mut Self| parser.deeper(Self::geometry);
                Geometry::GeometryCollection(GeometryCollection(self.list(inner)?))
            }
        })
    }

    /// Things between brackets, parted by commas; at least one.
    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
        self.must_sign("(")?;
        let mut list = vec![read(self)?];
        while self.sign(",") {
            list.push(read(self)?);
        }
        self.must_sign(")")?;
        Ok(list)
    }

    /// A point of several, in brackets of its own or without.
    fn point_of_many(&mut self) -> Result<Point<f64>, Fault> {
        let bracketed = self.sign("(");
        let point = Point(self.coord()?);
        if bracketed {
            self.must_sign(")")?;
        }
        Ok(point)
    }

    fn line(&mut self) -> Result<LineString<f64>, Fault> {
        let at = self.at();
        let coords = self.list(Self::coord)?;
        if coords.len() < 2 {
            return Err(Fault::syntax(at, "线至少要两个点。", "a line has two positions or more"));
        }
        Ok(LineString(coords))
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, Fault> {
        let mut rings = self.list(Self::ring)?;
        let outline = rings.remove(0);
        Ok(Polygon::new(outline, rings))
    }

    fn ring(&mut self) -> Result<LineString<f64>, Fault> {
        let at = self.at();
        let coords = self.list(Self::coord)?;
        if coords.len() < 4 || coords.first() != coords.last() {
            let en = "a ring has four positions or more and ends where it begins";
            return Err(Fault::syntax(at, "环至少要四个点，且首尾相同。", en));
        }
        Ok(LineString(coords))
    }

    fn coord(&mut self) -> Result<Coord<f64>, Fault> {
        let numbers = [self.number()?, self.number()?];
        if matches!(self.peek(), Some(Token::Number(_))) {
            self.next += 1;
        }
        Ok(coord(self.crs, numbers))
    }

    fn number(&mut self) -> Result<f64, Fault> {
        match self.peek() {
            Some(Token::Number(number)) if is_near_enough(*number) => {
                let number = *number;
                self.next += 1;
                Ok(number)
            }
            _ => Err(self.expected("坐标数字", "a coordinate")),
        }
    }
}
