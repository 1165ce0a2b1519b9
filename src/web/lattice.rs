//! The geometry of şəbəkə windows: stars, polygons, the colours of the themes, and chance that follows from a name.

use std::f64::consts::PI;
use std::fmt::Write;

use crate::domain::course::model::Theme;

/// Inner radius of an eight-pointed star made of two squares, as a share of the outer.
pub const STAR: f64 = 0.7654;

/// The colours of a theme: ground, two panes, the rare bright pane, and the bars between.
#[derive(Clone, Copy)]
pub struct Palette {
    pub name: &'static str,
    pub ground: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub accent: &'static str,
    pub bars: &'static str,
}

/// The colours of one theme.
pub fn palette(theme: Theme) -> Palette {
    let (name, [ground, light, dark, accent, bars]) = match theme {
        Theme::Innovation => {
            ("innovation", ["#0b5563", "#12707f", "#0a4650", "#e2a01f", "#cfe4e3"])
        }
        Theme::Industry => ("industry", ["#2b3c52", "#3c5371", "#22303f", "#dc7a4c", "#d3dbe6"]),
        Theme::Environment => {
            ("environment", ["#27573f", "#3a7556", "#1e4633", "#cdd58e", "#dbe8d5"])
        }
        Theme::Energy => ("energy", ["#c9820e", "#dd9d2c", "#b06d05", "#7d2a1e", "#fff3d6"]),
        Theme::Ecosystem => ("ecosystem", ["#86283b", "#a04156", "#6d1e2f", "#f0c59b", "#f4dfdc"]),
        Theme::Teaching => ("teaching", ["#4a3f5f", "#63567c", "#3a314c", "#e2b96b", "#e2dcec"]),
    };
    Palette { name, ground, light, dark, accent, bars }
}

/// A place in the picture.
#[derive(Clone, Copy)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// The place at a distance in the direction of an angle.
    pub fn towards(self, turn: f64, distance: f64) -> Point {
        Point { x: self.x + distance * turn.cos(), y: self.y + distance * turn.sin() }
    }
}

/// The rays of a star: how many, how deep the notches between them, and the turn of the first.
#[derive(Clone, Copy)]
pub struct Rays {
    pub count: u8,
    pub inner: f64,
    pub turn: f64,
}

/// A star as path data.
pub fn star(at: Point, radius: f64, rays: Rays) -> String {
    let mut path = String::new();
    for corner in 0..rays.count * 2 {
        let reach = if corner % 2 == 1 { radius * rays.inner } else { radius };
        let turn = rays.turn + PI / f64::from(rays.count) * f64::from(corner);
        line(&mut path, if corner == 0 { 'M' } else { 'L' }, at.towards(turn, reach));
    }
    path + "z"
}

/// A regular polygon as path data.
pub fn polygon(at: Point, radius: f64, corners: u8, turn: f64) -> String {
    let mut path = String::new();
    for corner in 0..corners {
        let angle = turn + 2.0 * PI / f64::from(corners) * f64::from(corner);
        line(&mut path, if corner == 0 { 'M' } else { 'L' }, at.towards(angle, radius));
    }
    path + "z"
}

/// One step of a path.
pub fn line(path: &mut String, command: char, to: Point) {
    write!(path, "{command}{:.1} {:.1}", to.x, to.y).expect("writing to a string cannot fail");
}

/// Numbers that look random and follow from the seed alone, on every machine and in every release.
pub struct Chance(u32);

impl Chance {
    /// FNV-1a of the theme's name and the course's.
    pub fn seeded(theme: &str, slug: &str) -> Chance {
        let bytes = theme.bytes().chain(slug.bytes());
        Chance(
            bytes.fold(2_166_136_261, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
            }),
        )
    }

    /// From 0 up to, but not including, 1.
    pub fn draw(&mut self) -> f64 {
        self.0 = (self.0 ^ (self.0 >> 15)).wrapping_mul(2_246_822_507).wrapping_add(0x9e37_79b9);
        f64::from(self.0) / 4_294_967_296.0
    }
}
