//! Covers of courses: lattices after şəbəkə windows, drawn from the course's name. The same course has the same cover.

use std::f64::consts::PI;
use std::fmt::Write;

use crate::domain::course::model::Theme;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 140.0;
/// Inner radius of an eight-pointed star made of two squares, as a share of the outer.
const STAR: f64 = 0.7654;

/// The cover of a course as an SVG picture of 320 × 140.
pub fn cover_svg(slug: &str, theme: Theme) -> String {
    let palette = palette(theme);
    let mut chance = Chance::seeded(palette.name, slug);
    let drawing = match theme {
        Theme::Innovation => stars_and_crosses(&palette, &mut chance),
        Theme::Industry => squares(&palette, &mut chance),
        Theme::Environment => scales(&palette, &mut chance),
        Theme::Energy => sun(&palette, &mut chance),
        Theme::Ecosystem | Theme::Teaching => hexagons(&palette, &mut chance),
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         preserveAspectRatio=\"xMidYMid slice\"><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{}\"/>{drawing}</svg>",
        palette.ground
    )
}

/// The colours of a theme: ground, two panes, the rare bright pane, and the bars between.
struct Palette {
    name: &'static str,
    ground: &'static str,
    light: &'static str,
    dark: &'static str,
    accent: &'static str,
    bars: &'static str,
}

fn palette(theme: Theme) -> Palette {
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

/// Panes of three colours and the bars between them, as path data.
#[derive(Default)]
struct Panes {
    light: String,
    dark: String,
    accent: String,
    bars: String,
}

impl Panes {
    /// Which colour a pane gets: a few bright, the rest about half and half.
    fn of_share(&mut self, share: f64, bright: f64, half: f64) -> &mut String {
        if share < bright {
            &mut self.accent
        } else if share < half {
            &mut self.light
        } else {
            &mut self.dark
        }
    }

    fn svg(&self, palette: &Palette) -> String {
        format!(
            "<path d=\"{}\" fill=\"{}\"/><path d=\"{}\" fill=\"{}\"/><path d=\"{}\" fill=\"{}\"/>{}",
            self.light,
            palette.light,
            self.dark,
            palette.dark,
            self.accent,
            palette.accent,
            bars(&self.bars, palette)
        )
    }
}

fn bars(path: &str, palette: &Palette) -> String {
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-opacity=\".6\" stroke-width=\"1.25\"/>",
        palette.bars
    )
}

fn stars_and_crosses(palette: &Palette, chance: &mut Chance) -> String {
    let radius = 35.0;
    let mut panes = Panes::default();
    for cell in grid(chance, Pitch { across: 70.0, down: 70.0 }) {
        let at = Point { x: cell.at.x + radius, y: cell.at.y + radius };
        let share = chance.next();
        let outline = star(at, radius, Rays { count: 8, inner: STAR, turn: 0.0 });
        panes.of_share(share, 0.14, 0.55).push_str(&outline);
        panes.bars.push_str(&outline);
        let inside = match (share < 0.14, cell.is_even) {
            (true, _) => polygon(at, radius * 0.36, 8, PI / 8.0),
            (false, true) => polygon(at, radius * 0.42, 4, PI / 4.0),
            (false, false) => polygon(at, radius * 0.42, 4, 0.0),
        };
        panes.bars.push_str(&inside);
    }
    panes.svg(palette)
}

fn squares(palette: &Palette, chance: &mut Chance) -> String {
    let side = 48.0;
    let mut panes = Panes::default();
    for cell in grid(chance, Pitch { across: side, down: side }) {
        let at = Point { x: cell.at.x + side / 2.0, y: cell.at.y + side / 2.0 };
        let share = chance.next();
        let diamond = polygon(at, side / 2.0, 4, 0.0);
        panes.of_share(share, 0.1, 0.5).push_str(&diamond);
        panes.bars.push_str(&diamond);
        panes.bars.push_str(&polygon(at, side * 0.354, 4, PI / 4.0));
        if share > 0.6 {
            panes.bars.push_str(&polygon(at, side * 0.2, 4, 0.0));
        }
    }
    panes.svg(palette)
}

/// Rows of overlapping discs, each row covering half of the one above.
fn scales(palette: &Palette, chance: &mut Chance) -> String {
    let radius = 34.0;
    let shift = -chance.next() * 40.0;
    let mut discs = String::new();
    for row in 0..11 {
        let indent = if row % 2 == 1 { radius } else { 0.0 };
        for column in -1..7 {
            let at = Point {
                x: f64::from(column) * radius * 2.0 + indent + shift,
                y: f64::from(row) * radius * 0.62 - 4.0,
            };
            let fill = match chance.next() {
                share if share < 0.09 => palette.accent,
                share if share < 0.5 => palette.light,
                _ => palette.dark,
            };
            discs.push_str(&disc(at, radius, fill));
            discs.push_str(&disc(at, radius * 0.66, "none"));
            discs.push_str(&disc(at, radius * 0.33, "none"));
        }
    }
    format!(
        "<g stroke=\"{}\" stroke-opacity=\".6\" stroke-width=\"1.25\">{discs}</g>",
        palette.bars
    )
}

/// One great wheel rising from the lower edge, painted from the rim inwards.
fn sun(palette: &Palette, chance: &mut Chance) -> String {
    let at =
        Point { x: WIDTH * (0.3 + 0.4 * chance.next()), y: HEIGHT * (0.95 + 0.3 * chance.next()) };
    let rings = [
        (230.0, 32, palette.light),
        (178.0, 32, palette.ground),
        (132.0, 24, palette.dark),
        (92.0, 24, palette.light),
        (56.0, 16, palette.accent),
    ];
    let mut wheel = String::new();
    let mut lines = String::new();
    for (radius, count, fill) in rings {
        let outline = star(at, radius, Rays { count, inner: 0.88, turn: 0.0 });
        wheel.push_str(&format!("<path d=\"{outline}\" fill=\"{fill}\"/>"));
        lines.push_str(&outline);
        lines.push_str(&polygon(at, radius * 0.84, count, 0.0));
    }
    for ray in 0..32 {
        let turn = PI / 16.0 * f64::from(ray);
        line(&mut lines, 'M', at.towards(turn, 56.0));
        line(&mut lines, 'L', at.towards(turn, 400.0));
    }
    wheel + &bars(&lines, palette)
}

fn hexagons(palette: &Palette, chance: &mut Chance) -> String {
    let radius = 36.0;
    let pitch = Pitch { across: radius * 3_f64.sqrt(), down: radius * 1.5 };
    let half = pitch.across / 2.0;
    let upright = PI / 2.0;
    let mut panes = Panes::default();
    for cell in grid(chance, pitch) {
        let at = Point { x: cell.at.x + if cell.is_odd_row { half } else { 0.0 }, y: cell.at.y };
        let share = chance.next();
        let outline = star(at, radius, Rays { count: 6, inner: 0.577, turn: upright });
        panes.of_share(share, 0.1, 0.52).push_str(&outline);
        panes.bars.push_str(&outline);
        panes.bars.push_str(&polygon(at, radius, 6, upright));
        if share > 0.65 {
            panes.bars.push_str(&polygon(at, radius * 0.3, 6, upright));
        }
    }
    panes.svg(palette)
}

/// Distances between the cells of a grid.
#[derive(Clone, Copy)]
struct Pitch {
    across: f64,
    down: f64,
}

struct Cell {
    at: Point,
    is_even: bool,
    is_odd_row: bool,
}

/// Cells that cover the picture and stand out on every side, shifted by chance.
fn grid(chance: &mut Chance, pitch: Pitch) -> Vec<Cell> {
    let (left, top) = (-chance.next() * 40.0, -chance.next() * 40.0);
    let mut cells = Vec::new();
    for row in -1_i32..8 {
        for column in -1_i32..10 {
            let at = Point {
                x: left + f64::from(column) * pitch.across,
                y: top + f64::from(row) * pitch.down,
            };
            if at.x < WIDTH + pitch.across && at.y < HEIGHT + pitch.down {
                cells.push(Cell { at, is_even: (row + column) % 2 == 0, is_odd_row: row % 2 != 0 });
            }
        }
    }
    cells
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

impl Point {
    fn towards(self, turn: f64, distance: f64) -> Point {
        Point { x: self.x + distance * turn.cos(), y: self.y + distance * turn.sin() }
    }
}

/// The rays of a star: how many, how deep the notches between them, and the turn of the first.
#[derive(Clone, Copy)]
struct Rays {
    count: u8,
    inner: f64,
    turn: f64,
}

fn star(at: Point, radius: f64, rays: Rays) -> String {
    let mut path = String::new();
    for corner in 0..rays.count * 2 {
        let reach = if corner % 2 == 1 { radius * rays.inner } else { radius };
        let turn = rays.turn + PI / f64::from(rays.count) * f64::from(corner);
        line(&mut path, if corner == 0 { 'M' } else { 'L' }, at.towards(turn, reach));
    }
    path + "z"
}

fn polygon(at: Point, radius: f64, corners: u8, turn: f64) -> String {
    let mut path = String::new();
    for corner in 0..corners {
        let angle = turn + 2.0 * PI / f64::from(corners) * f64::from(corner);
        line(&mut path, if corner == 0 { 'M' } else { 'L' }, at.towards(angle, radius));
    }
    path + "z"
}

fn line(path: &mut String, command: char, to: Point) {
    write!(path, "{command}{:.1} {:.1}", to.x, to.y).expect("writing to a string cannot fail");
}

fn disc(at: Point, radius: f64, fill: &str) -> String {
    format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"{fill}\"/>", at.x, at.y)
}

/// Numbers that look random and follow from the seed alone, on every machine and in every release.
struct Chance(u32);

impl Chance {
    /// FNV-1a of the theme's name and the course's.
    fn seeded(theme: &str, slug: &str) -> Chance {
        let bytes = theme.bytes().chain(slug.bytes());
        Chance(
            bytes.fold(2_166_136_261, |hash, byte| {
                (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
            }),
        )
    }

    /// From 0 up to, but not including, 1.
    fn next(&mut self) -> f64 {
        self.0 = (self.0 ^ (self.0 >> 15)).wrapping_mul(2_246_822_507).wrapping_add(0x9e37_79b9);
        f64::from(self.0) / 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Theme; 6] = [
        Theme::Innovation,
        Theme::Ecosystem,
        Theme::Industry,
        Theme::Environment,
        Theme::Energy,
        Theme::Teaching,
    ];

    #[test]
    fn the_same_course_has_the_same_cover() {
        for theme in THEMES {
            assert_eq!(
                cover_svg("innovation-management", theme),
                cover_svg("innovation-management", theme)
            );
            assert_ne!(
                cover_svg("innovation-management", theme),
                cover_svg("solar-projects", theme)
            );
        }
    }

    #[test]
    fn a_cover_is_small_whatever_the_name_holds() {
        for theme in THEMES {
            let cover = cover_svg("\"/><script>", theme);
            assert!(cover.len() < 40_000, "{} bytes", cover.len());
            assert!(!cover.contains("script"));
        }
    }
}
