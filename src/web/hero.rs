//! The window of the front page: panes of all themes, thinning towards the text. It has no ground of its own,
//! so that it suits light and dark pages.

use std::f64::consts::PI;
use std::fmt::Write;

use super::lattice::{Chance, Palette, Point, Rays, STAR, line, palette, polygon, star};
use crate::domain::course::model::Theme;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 520.0;
const PITCH: f64 = 116.0;
const RADIUS: f64 = PITCH / 2.0;
/// Half the lead between two panes, measured along a radius.
const LEAD: f64 = 2.8;
/// Between the petrol of light pages and that of dark ones.
const TINT: &str = "#2a8a99";

/// How often each theme lends its colours.
const THEMES: [Theme; 8] = [
    Theme::Innovation,
    Theme::Innovation,
    Theme::Innovation,
    Theme::Environment,
    Theme::Industry,
    Theme::Ecosystem,
    Theme::Energy,
    Theme::Innovation,
];

/// The picture as SVG.
pub fn hero_svg() -> String {
    let mut chance = Chance::seeded("window", "bilik");
    let mut panes = String::new();
    for row in 0..5 {
        for column in 0..6 {
            let at =
                Point { x: f64::from(column) * PITCH + 64.0, y: f64::from(row) * PITCH + 20.0 };
            let fullness = (f64::from(column) + 0.35) / 3.1 + (chance.draw() - 0.5) * 0.62;
            panes.push_str(&cell(at, fullness, &mut chance));
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         preserveAspectRatio=\"xMinYMid slice\">{panes}</svg>"
    )
}

/// What stands in one place of the window: nothing, an outline, a star, or a star with the cross beside it.
fn cell(at: Point, fullness: f64, chance: &mut Chance) -> String {
    if fullness < 0.1 {
        return String::new();
    }
    if fullness < 0.55 {
        let outline = eight_rays(at, RADIUS);
        return format!(
            "<path d=\"{outline}\" fill=\"none\" stroke=\"{TINT}\" stroke-opacity=\".3\" stroke-width=\"1.5\"/>"
        );
    }
    let mut panes = rosette(at, chance);
    if fullness > 0.75 {
        let between = Point { x: at.x + RADIUS, y: at.y + RADIUS };
        panes.push_str(&cross(between, chance));
    }
    panes
}

/// A star in a star around an octagon, each cut out of the one outside it.
fn rosette(at: Point, chance: &mut Chance) -> String {
    let colours = theme_colours(chance.draw());
    let share = chance.draw();
    let [outer, inner, core] = match share {
        share if share < 0.2 => [colours.accent, colours.ground, colours.accent],
        share if share < 0.5 => [colours.ground, colours.light, colours.accent],
        share if share < 0.6 => [colours.ground, colours.light, colours.dark],
        _ => [colours.light, colours.ground, colours.dark],
    };
    let within = |radius: f64| star(at, radius, Rays { count: 8, inner: STAR, turn: PI / 8.0 });
    let octagon = |radius: f64| polygon(at, radius, 8, PI / 8.0);
    let (middle, heart) = (RADIUS * 0.62, RADIUS * 0.27);
    let mut panes = String::new();
    pane(&mut panes, &(eight_rays(at, RADIUS - LEAD) + &within(middle + LEAD)), outer);
    pane(&mut panes, &(within(middle - LEAD) + &octagon(heart + LEAD)), inner);
    pane(&mut panes, &octagon(heart - LEAD / 2.0), core);
    panes
}

fn theme_colours(share: f64) -> Palette {
    let mut upper = 0.0;
    for theme in THEMES {
        upper += 1.0 / 8.0;
        if share < upper {
            return palette(theme);
        }
    }
    palette(Theme::Innovation)
}

fn eight_rays(at: Point, radius: f64) -> String {
    star(at, radius, Rays { count: 8, inner: STAR, turn: 0.0 })
}

/// The pane between four stars: mostly a quiet tint, now and then a colour.
fn cross(at: Point, chance: &mut Chance) -> String {
    let (share, tint) = (chance.draw(), chance.draw());
    let (fill, opacity) = match (share, tint) {
        (share, _) if share < 0.12 => (palette(Theme::Energy).light, "1"),
        (share, _) if share < 0.2 => (palette(Theme::Ecosystem).light, "1"),
        (_, tint) if tint < 0.5 => (TINT, ".45"),
        _ => (TINT, ".2"),
    };
    format!("<path d=\"{}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>", cross_path(at))
}

/// Corners of the cross in its first quarter, turned four times.
fn cross_path(at: Point) -> String {
    let size = RADIUS * 0.93;
    let near = size * (1.0 - STAR * (PI / 8.0).cos());
    let far = size * (1.0 - STAR * (PI / 8.0).sin());
    let quarter = [(0.0, -size), (near, -far), (near, -near), (far, -near)];
    let mut path = String::new();
    for turn in 0..4 {
        for (x, y) in quarter {
            let (x, y) = match turn {
                0 => (x, y),
                1 => (-y, x),
                2 => (-x, -y),
                _ => (y, -x),
            };
            let command = if path.is_empty() { 'M' } else { 'L' };
            line(&mut path, command, Point { x: at.x + x, y: at.y + y });
        }
    }
    path + "z"
}

fn pane(panes: &mut String, path: &str, fill: &str) {
    write!(panes, "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\"/>")
        .expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_always_the_same_and_small() {
        let window = hero_svg();
        assert_eq!(window, hero_svg());
        assert!(window.len() < 40_000, "{} bytes", window.len());
    }
}
