//! Videos: a link alone on its line. Nothing of another site is loaded before the reader asks for it.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::bare::bare_addresses;
use super::escape::href;
use super::page::Page;
use super::target::{Link, MediaTarget, read_link};
use super::tree::{Document, MAX_DEPTH, Spot, inside, node_length, plain_text};
use crate::diagnostic::Source;
use crate::html::Html;
use crate::locale::Locale;

/// Where a video is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Video {
    /// In `media/`, by its path.
    Ours(String),
    /// At another site.
    Theirs { site: Site, id: String, address: String },
}

/// Sites whose players we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    YouTube,
    Vimeo,
}

impl Site {
    fn name(self) -> &'static str {
        match self {
            Site::YouTube => "YouTube",
            Site::Vimeo => "Vimeo",
        }
    }

    fn player(self, id: &str) -> String {
        match self {
            Site::YouTube => format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1"),
            Site::Vimeo => format!("https://player.vimeo.com/video/{id}?autoplay=1&dnt=1"),
        }
    }
}

/// A video with its name and its place in the text.
struct Shown<'s> {
    title: String,
    /// The path in `media/` without language and ending: captions, transcript and poster are called the same.
    stem: String,
    at: &'s Range<usize>,
}

impl<'c> Page<'c> {
    /// Writes a paragraph that is nothing but a link to a video.
    pub(super) fn write_video(&mut self, content: &[Spot<'c>], out: &mut String) -> Option<()> {
        // A transcript that shows its own video would never end.
        self.anchors.prefix.is_empty().then_some(())?;
        let (address, title, at) = lone_link(content)?;
        let video = video(&address, &self.source.file)?;
        let title = if title.is_empty() { self.words.video.to_owned() } else { title };
        match video {
            Video::Ours(path) => {
                let media = self.targets.media.get(&path)?.clone();
                let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem).to_owned();
                self.media.insert(path.clone());
                self.write_ours(&media, &path, &Shown { title, stem, at }, out);
            }
            Video::Theirs { site, id, address } => {
                let shown = Shown { title, stem: format!("media/{id}"), at };
                self.write_theirs(site, &site.player(&id), &address, &shown, out);
            }
        }
        Some(())
    }

    fn write_ours(&mut self, media: &MediaTarget, path: &str, shown: &Shown<'_>, out: &mut String) {
        let kind = if path.ends_with(".webm") { "video/webm" } else { "video/mp4" };
        let (source, title) = (href(&media.address), Html::text(&shown.title));
        let poster = self.poster(&shown.stem).map(|poster| format!(" poster=\"{poster}\""));
        let captions = self.captions(shown);
        let transcript = self.transcript(shown);
        let size = self.words.size(media.bytes, self.locale);
        let markup = format!(
            "<figure class=\"video\"><video controls playsinline preload=\"none\" aria-label=\"{title}\"{poster}>\
             <source src=\"{source}\" type=\"{kind}\">{captions}<a href=\"{source}\">{title}</a></video>\n\
             <figcaption>{title} · <a href=\"{source}\" download>{download} ({size})</a></figcaption>{transcript}</figure>\n",
            poster = poster.unwrap_or_default(),
            download = self.words.download,
        );
        out.push_str(&self.cleaner.keep(markup));
    }

    fn write_theirs(
        &mut self,
        site: Site,
        player: &str,
        address: &str,
        shown: &Shown<'_>,
        out: &mut String,
    ) {
        let title = Html::text(&shown.title);
        let poster = self.poster(&shown.stem).map(|poster| {
            format!("<img src=\"{poster}\" alt=\"\" loading=\"lazy\" decoding=\"async\">")
        });
        let transcript = self.transcript(shown);
        let note = self.words.elsewhere.replace("{site}", site.name());
        let markup = format!(
            "<figure class=\"video\"><a class=\"video__open\" href=\"{}\" rel=\"noopener\" data-player=\"{}\">{}\
             <span class=\"video__sign\" aria-hidden=\"true\"></span><span class=\"video__title\">{title}</span></a>\n\
             <figcaption>{note}</figcaption>{transcript}</figure>\n",
            href(address),
            href(player),
            poster.unwrap_or_default(),
        );
        out.push_str(&self.cleaner.keep(markup));
    }

    /// The address of a picture of the same name.
    fn poster(&mut self, stem: &str) -> Option<String> {
        let path = ["webp", "jpg", "jpeg", "png", "avif", "svg"]
            .iter()
            .map(|ending| format!("{stem}.{ending}"))
            .find(|path| self.targets.media.contains_key(path))?;
        let address = self.targets.media.get(&path).map(|media| href(&media.address));
        self.media.insert(path);
        address
    }

    /// Tracks for all languages that have a file; the reader's own is on.
    fn captions(&mut self, shown: &Shown<'_>) -> String {
        let mut tracks = String::new();
        let mut own = None;
        for locale in Locale::ALL {
            let path = format!("{}.{}.vtt", shown.stem, locale.code());
            let Some(media) = self.targets.media.get(&path) else { continue };
            let (code, name) = (locale.code(), locale.native_name());
            let default = if locale == self.locale { " default" } else { "" };
            let _ = write!(
                tracks,
                "<track kind=\"captions\" src=\"{}\" srclang=\"{code}\" label=\"{name}\"{default}>",
                href(&media.address)
            );
            own = own.or((locale == self.locale).then_some(()));
            self.media.insert(path);
        }
        let wanted = format!("{}.{}.vtt", shown.stem, self.locale.code());
        if tracks.is_empty() {
            let help =
                format!("put them into `{wanted}`: deaf people, and all who may not make noise");
            self.complain("M010", shown.at, "this video has no captions", help);
        } else if own.is_none() {
            let message = "this video has no captions in the language of this text";
            self.warn("M010", shown.at, message, format!("put them into `{wanted}`"));
        }
        tracks
    }

    /// What is said and shown, to be opened under the video.
    fn transcript(&mut self, shown: &Shown<'_>) -> String {
        let own = self.locale.code();
        let languages =
            [Some(own), None].into_iter().chain(Locale::ALL.map(|other| Some(other.code())));
        let paths = languages.flat_map(|language| {
            let stem = language.map_or(shown.stem.clone(), |code| format!("{}.{code}", shown.stem));
            ["md", "txt"].map(|ending| (language, format!("{stem}.{ending}")))
        });
        let found = paths.into_iter().find_map(|(language, path)| {
            self.targets.texts.get(&path).map(|text| (language.unwrap_or(own), path, text))
        });
        let wanted = format!("{}.{own}.md", shown.stem);
        let Some((language, path, text)) = found else {
            let help = format!("write what is said and what is shown into `{wanted}`");
            self.warn("M011", shown.at, "this video has no transcript", help);
            return String::new();
        };
        if language != own {
            let message = "this video has no transcript in the language of this text";
            self.warn("M011", shown.at, message, format!("write it into `{wanted}`"));
        }
        let body = self.transcript_body(&path, text);
        self.media.insert(path);
        let lang = if language == own { String::new() } else { format!(" lang=\"{language}\"") };
        let title = self.words.transcript;
        format!(
            "<details class=\"transcript\"><summary>{title}</summary><div{lang}>{body}</div></details>"
        )
    }

    fn transcript_body(&mut self, path: &str, text: &str) -> Html {
        let source = Source::new(path, text.to_owned());
        if path.ends_with(".txt") {
            let lines: Vec<Html> = text.split("\n\n").map(|part| Html::text(part.trim())).collect();
            let parts: Vec<String> = lines
                .iter()
                .filter(|part| !part.as_str().is_empty())
                .map(|part| format!("<p>{part}</p>"))
                .collect();
            return Html::sanitised(parts.join("\n"));
        }
        let document = Document::parse(&source.text, 0);
        if document.depth > MAX_DEPTH {
            return Html::text(text);
        }
        self.regions += 1;
        let mut page = Page::new(&source, self.locale, self.targets, &document);
        page.anchors.prefix = format!("t{}-", self.regions);
        let body = page.render(&document.spots);
        let notes = page.render_footnotes().unwrap_or_default();
        page.check_fragments();
        self.media.append(&mut page.media);
        self.remarks.append(&mut page.remarks);
        Html::joined(&[body, notes])
    }
}

/// The address and the words of a link that has its paragraph to itself, written as a link or bare.
fn lone_link<'s>(content: &'s [Spot<'_>]) -> Option<(String, String, &'s Range<usize>)> {
    let first = content.first()?;
    if let Event::Start(Tag::Link { dest_url, .. }) = &first.event
        && node_length(content) == content.len()
    {
        let words = plain_text(inside(content));
        let words = if words == dest_url.as_ref() { String::new() } else { words };
        return Some((dest_url.to_string(), words, &first.range));
    }
    let [Spot { event: Event::Text(text), .. }] = content else { return None };
    let bare = bare_addresses(text);
    let whole = bare.first().filter(|bare| bare.place == (0..text.len()))?;
    Some((format!("{}{text}", whole.scheme), String::new(), &first.range))
}

/// The video that an address leads to.
pub(super) fn video(address: &str, from: &str) -> Option<Video> {
    match read_link(address, from) {
        Link::File(path, None) if path.ends_with(".mp4") || path.ends_with(".webm") => {
            path.starts_with("media/").then_some(Video::Ours(path))
        }
        Link::Outside(address) => theirs(&address),
        Link::File(..) | Link::Course(..) | Link::Plain(_) | Link::Fragment(_) | Link::Refused => {
            None
        }
    }
}

fn theirs(address: &str) -> Option<Video> {
    let rest = address.split_once("://")?.1;
    let (host, path) = rest.split_once('/')?;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let (site, id) = match (host, path.split_once('/')) {
        ("youtube.com", None) if path == "watch" => {
            (Site::YouTube, query.split('&').find_map(|pair| pair.strip_prefix("v="))?)
        }
        ("youtube.com" | "youtube-nocookie.com", Some(("embed" | "shorts" | "live", id))) => {
            (Site::YouTube, id)
        }
        ("youtu.be", None) => (Site::YouTube, path),
        ("vimeo.com", None) => (Site::Vimeo, path),
        ("player.vimeo.com", Some(("video", id))) => (Site::Vimeo, id),
        _ => return None,
    };
    let letters = |c: char| match site {
        Site::YouTube => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
        Site::Vimeo => c.is_ascii_digit(),
    };
    let sound = !id.is_empty() && id.len() <= 20 && id.chars().all(letters);
    sound.then(|| Video::Theirs { site, id: id.to_owned(), address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_videos() {
        for (address, found) in [
            ("../media/pump.mp4", Some("media/pump.mp4")),
            ("../media/pump.webm", Some("media/pump.webm")),
            ("../media/pump.mp4#t=10", None),
            ("../media/pump.pdf", None),
            ("https://www.youtube.com/watch?v=aB3-_x&t=10", Some("YouTube aB3-_x")),
            ("https://youtu.be/aB3-_x", Some("YouTube aB3-_x")),
            ("https://youtube.com/shorts/aB3", Some("YouTube aB3")),
            ("https://vimeo.com/12345", Some("Vimeo 12345")),
            ("https://vimeo.com/about", None),
            ("https://player.vimeo.com/video/12345", Some("Vimeo 12345")),
            ("https://youtube.com/watch?v=\"><script>", None),
            ("https://evil.example/watch?v=aB3", None),
            ("https://youtube.com.evil.example/watch?v=aB3", None),
        ] {
            let seen = video(address, "1-m/1-a.en.md").map(|video| match video {
                Video::Ours(path) => path,
                Video::Theirs { site, id, .. } => format!("{} {id}", site.name()),
            });
            assert_eq!(seen.as_deref(), found, "{address}");
        }
    }
}
