//! Covers of courses: lattices after şəbəkə windows, drawn from the course's name. The same course has the same cover.

use std::f64::consts::PI;

use super::lattice::{Chance, Palette, Point, Rays, STAR, line, palette, polygon, star};
use crate::domain::course::model::Theme;

/// The size of a picture.
#[derive(Clone, Copy)]
struct Frame {
    width: f64,
    height: f64,
}

const COVER: Frame = Frame { width: 320.0, height: 140.0 };
const TILE: Frame = Frame { width: 96.0, height: 96.0 };

/// The cover of a course as an SVG picture of 320 × 140.
pub fn cover_svg(slug: &str, theme: Theme) -> String {
    let Frame { width, height } = COVER;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         preserveAspectRatio=\"xMidYMid slice\">{}</svg>",
        drawing(slug, theme, COVER)
    )
}

/// One small picture for each theme side by side; `#energy` shows that of the theme.
pub fn themes_svg() -> String {
    let Frame { width, height } = TILE;
    let mut left = 0.0;
    let mut tiles = String::new();
    for theme in THEMES {
        let name = palette(theme).name;
        tiles.push_str(&format!(
            "<view id=\"{name}\" viewBox=\"{left} 0 {width} {height}\"/>\
             <svg x=\"{left}\" width=\"{width}\" height=\"{height}\">{}</svg>",
            drawing("tile", theme, TILE)
        ));
        left += width;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {left} {height}\" width=\"{width}\" height=\"{height}\">{tiles}</svg>"
    )
}

const THEMES: [Theme; 6] = [
    Theme::Innovation,
    Theme::Ecosystem,
    Theme::Industry,
    Theme::Environment,
    Theme::Energy,
    Theme::Teaching,
];

fn drawing(seed: &str, theme: Theme, frame: Frame) -> String {
    let palette = palette(theme);
    let mut chance = Chance::seeded(palette.name, seed);
    let lattice = match theme {
        Theme::Innovation => stars_and_crosses(&palette, &mut chance, frame),
        Theme::Industry => squares(&palette, &mut chance, frame),
        Theme::Environment => scales(&palette, &mut chance, frame),
        Theme::Energy => sun(&palette, &mut chance, frame),
        Theme::Ecosystem | Theme::Teaching => hexagons(&palette, &mut chance, frame),
    };
    let Frame { width, height } = frame;
    format!("<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>{lattice}", palette.ground)
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

fn stars_and_crosses(palette: &Palette, chance: &mut Chance, frame: Frame) -> String {
    let radius = 35.0;
    let mut panes = Panes::default();
    for cell in grid(chance, Pitch { across: 70.0, down: 70.0 }, frame) {
        let at = Point { x: cell.at.x + radius, y: cell.at.y + radius };
        let share = chance.draw();
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

fn squares(palette: &Palette, chance: &mut Chance, frame: Frame) -> String {
    let side = 48.0;
    let mut panes = Panes::default();
    for cell in grid(chance, Pitch { across: side, down: side }, frame) {
        let at = Point { x: cell.at.x + side / 2.0, y: cell.at.y + side / 2.0 };
        let share = chance.draw();
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
fn scales(palette: &Palette, chance: &mut Chance, frame: Frame) -> String {
    let radius = 34.0;
    let shift = -chance.draw() * 40.0;
    let mut discs = String::new();
    for row in 0..11 {
        let indent = if row % 2 == 1 { radius } else { 0.0 };
        for column in -1..7 {
            let at = Point {
                x: f64::from(column) * radius * 2.0 + indent + shift,
                y: f64::from(row) * radius * 0.62 - 4.0,
            };
            let share = chance.draw();
            if at.x > frame.width + radius || at.y > frame.height + radius {
                continue;
            }
            let fill = match share {
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
fn sun(palette: &Palette, chance: &mut Chance, frame: Frame) -> String {
    let at = Point {
        x: frame.width * (0.3 + 0.4 * chance.draw()),
        y: frame.height * (0.95 + 0.3 * chance.draw()),
    };
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

fn hexagons(palette: &Palette, chance: &mut Chance, frame: Frame) -> String {
    let radius = 36.0;
    let pitch = Pitch { across: radius * 3_f64.sqrt(), down: radius * 1.5 };
    let half = pitch.across / 2.0;
    let upright = PI / 2.0;
    let mut panes = Panes::default();
    for cell in grid(chance, pitch, frame) {
        let at = Point { x: cell.at.x + if cell.is_odd_row { half } else { 0.0 }, y: cell.at.y };
        let share = chance.draw();
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
fn grid(chance: &mut Chance, pitch: Pitch, frame: Frame) -> Vec<Cell> {
    let (left, top) = (-chance.draw() * 40.0, -chance.draw() * 40.0);
    let mut cells = Vec::new();
    for row in -1_i32..8 {
        for column in -1_i32..10 {
            let at = Point {
                x: left + f64::from(column) * pitch.across,
                y: top + f64::from(row) * pitch.down,
            };
            if at.x < frame.width + pitch.across && at.y < frame.height + pitch.down {
                cells.push(Cell { at, is_even: (row + column) % 2 == 0, is_odd_row: row % 2 != 0 });
            }
        }
    }
    cells
}

fn disc(at: Point, radius: f64, fill: &str) -> String {
    format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"{fill}\"/>", at.x, at.y)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn every_theme_has_its_small_picture() {
        let tiles = themes_svg();
        for theme in THEMES {
            assert!(tiles.contains(&format!("<view id=\"{}\"", palette(theme).name)));
        }
        assert!(tiles.len() < 60_000, "{} bytes", tiles.len());
    }
}
