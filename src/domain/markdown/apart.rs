//! Texts that questions take apart: one cut at its gaps, and pictures that are drawn by themselves.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::Event;

use super::page::Page;
use super::target::{Link, MediaTarget, read_link};
use super::tree::Spot;
use crate::digest::sha256;
use crate::html::Html;

impl<'c> Page<'c> {
    /// Nodes as safe markup without the spots at these places, cut there: one piece more than there are holes, well
    /// formed only all together. A hole that is not written, as in a footnote, leaves an empty piece.
    pub fn render_cut(&mut self, spots: &[Spot<'c>], holes: &[Range<usize>]) -> Vec<Html> {
        // No author can write the hash of the own text into it.
        let mark = sha256(format!("cut {}", self.source.text).as_bytes());
        let places: BTreeMap<usize, usize> =
            holes.iter().enumerate().map(|(place, hole)| (hole.start, place)).collect();
        let hole = |spot: &Spot<'c>| {
            let place = places.get(&spot.range.start)?;
            (matches!(spot.event, Event::Code(_))).then_some(place)
        };
        let filled: Vec<Spot<'c>> = spots
            .iter()
            .map(|spot| match hole(spot) {
                Some(hole) => Spot {
                    event: Event::Text(format!("{mark}-{hole}-").into()),
                    range: spot.range.clone(),
                },
                None => spot.clone(),
            })
            .collect();
        let whole = self.render(&filled);
        let mut rest = whole.as_str();
        let mut pieces = Vec::new();
        for hole in 0..holes.len() {
            let (before, after) = rest.split_once(&format!("{mark}-{hole}-")).unwrap_or(("", rest));
            pieces.push(Html::sanitised(before.to_owned()));
            rest = after;
        }
        pieces.push(Html::sanitised(rest.to_owned()));
        pieces
    }

    /// The file of the course to which the address of a picture leads. It counts as shown.
    pub fn picture(&mut self, address: &str) -> Option<&'c MediaTarget> {
        let Link::File(path, _) = read_link(address, &self.source.file) else { return None };
        let (path, media) = self.targets.media.get_key_value(&path)?;
        self.media.insert(path.clone());
        Some(media)
    }
}
