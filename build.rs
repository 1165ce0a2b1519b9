//! Puts the browser assets into the binary. `BILIK_ASSETS` is `auto` (the default), `full` or `plain`:
//! `full` needs Node, `plain` never uses it, `auto` uses it if it can. `BILIK_ASSETS_DIR` names a `dist` built elsewhere.
//! A mistake in our own sources never falls back to plain: it stops the build.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, io};

const LEAST_NODE: u32 = 18;
const STYLES: [&str; 4] = ["app", "lesson", "dash", "print"];
const LANGUAGES: [&str; 3] = ["az", "en", "ru"];

fn main() {
    for path in ["static/src", "static/package-lock.json", "static/build.mjs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    for name in ["BILIK_ASSETS", "BILIK_ASSETS_DIR"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    if let Err(why) = run() {
        for line in why.lines() {
            println!("cargo::error={line}");
        }
    }
}

fn run() -> Result<(), String> {
    let place = Place {
        sources: PathBuf::from(variable("CARGO_MANIFEST_DIR")?).join("static"),
        out: PathBuf::from(variable("OUT_DIR")?),
    };
    let built = assets(&place)?;
    embed(&built, &place.out)
}

/// Where we read and where we write.
struct Place {
    sources: PathBuf,
    out: PathBuf,
}

/// A folder of assets ready to be embedded.
struct Built {
    folder: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Full,
    Plain,
}

fn assets(place: &Place) -> Result<Built, String> {
    if let Ok(folder) = env::var("BILIK_ASSETS_DIR") {
        return Ok(Built { folder: PathBuf::from(folder), kind: Kind::Full });
    }
    let mode = env::var("BILIK_ASSETS").unwrap_or_else(|_| "auto".to_owned());
    if mode == "plain" {
        return plain(place);
    }
    match (mode.as_str(), prepare_node(&place.sources)) {
        ("auto" | "full", Ok(())) => full(place),
        ("auto", Err(why)) => {
            println!(
                "cargo::warning=browser assets are built without Node ({why}): system fonts, words in place of icons. \
                 Set BILIK_ASSETS=full for a release."
            );
            plain(place)
        }
        ("full", Err(why)) => Err(format!(
            "BILIK_ASSETS=full, but {why}. Install Node {LEAST_NODE} or later with npm \
             (Debian, Ubuntu: apt-get install nodejs npm), or set BILIK_ASSETS_DIR to a built static/dist."
        )),
        (other, _) => Err(format!("BILIK_ASSETS={other} is unknown: use auto, full or plain")),
    }
}

/// Checks Node and installs the packages of the lockfile, once for each state of it.
fn prepare_node(sources: &Path) -> Result<(), String> {
    let version = start("node", &["--version"], sources)
        .map_err(|why| format!("node was not found ({why})"))?;
    let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < LEAST_NODE) {
        return Err(format!("node {version} is too old, {LEAST_NODE} or later is needed"));
    }
    let _alone = lock(sources)?;
    let stamp = sources.join("node_modules/.bilik-lock");
    let wanted = read(&sources.join("package-lock.json"))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let install = start(npm, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"], sources)
        .map_err(|why| format!("npm could not be started ({why})"))?;
    if !install.status.success() {
        let told = String::from_utf8_lossy(&install.stderr).into_owned();
        let line =
            told.lines().find(|line| line.contains("npm error")).unwrap_or("it gave no reason");
        return Err(format!("npm ci failed ({line})"));
    }
    write(&stamp, &wanted)
}

/// Two builds at once must not install into the same folder.
fn lock(sources: &Path) -> Result<File, String> {
    let folder = sources.join(".build");
    make(&folder)?;
    let path = folder.join("lock");
    let file = File::create(&path).map_err(|why| told(&path, &why))?;
    file.lock().map_err(|why| told(&path, &why))?;
    Ok(file)
}

fn full(place: &Place) -> Result<Built, String> {
    let folder = place.out.join("dist");
    let argument = folder.to_str().ok_or("the path of the target folder is not UTF-8")?;
    let _alone = lock(&place.sources)?;
    let build =
        start("node", &["build.mjs", argument], &place.sources).map_err(|why| why.to_string())?;
    if build.status.success() {
        return Ok(Built { folder, kind: Kind::Full });
    }
    Err(format!("static/build.mjs failed\n{}", String::from_utf8_lossy(&build.stderr)))
}

/// Our own styles and scripts as they are written; everything from packages is left out.
fn plain(place: &Place) -> Result<Built, String> {
    let folder = place.out.join("plain");
    let sources = place.sources.join("src");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|why| told(&folder, &why))?;
    }
    make(&folder)?;
    for name in STYLES {
        let style = inline_style(&sources.join("css"), &format!("{name}.css"))?;
        write(&folder.join(format!("{name}.css")), style.as_bytes())?;
    }
    for script in list(&sources.join("js"))?.iter().filter(|name| *name != "worker.js") {
        copy(&sources.join("js").join(script), &folder.join(script))?;
    }
    for image in list(&sources.join("img"))? {
        copy(&sources.join("img").join(&image), &folder.join(&image))?;
    }
    for language in LANGUAGES {
        let name = format!("offline.{language}.html");
        let page = read_text(&sources.join("pages").join(&name))?;
        write(&folder.join(&name), page.replace("{{", "/assets/").replace("}}", "").as_bytes())?;
    }
    copy(&sources.join("robots.txt"), &folder.join("robots.txt"))?;
    write(&folder.join("icons.svg"), b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>")?;
    write(&folder.join("third-party.txt"), b"This build holds no third-party browser assets.\n")?;
    Ok(Built { folder, kind: Kind::Plain })
}

/// A style sheet with its imports in place and without the fonts that only the full build makes.
fn inline_style(folder: &Path, name: &str) -> Result<String, String> {
    let mut style = String::new();
    for line in read_text(&folder.join(name))?.lines() {
        match line.strip_prefix("@import \"./").and_then(|rest| rest.strip_suffix("\";")) {
            Some(imported) => style.push_str(&inline_style(folder, imported)?),
            None => style.push_str(line),
        }
        style.push('\n');
    }
    Ok(without_built_fonts(&style).replace("url(\"../img/", "url(\""))
}

fn without_built_fonts(style: &str) -> String {
    let mut parts = style.split("@font-face");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((face, rest)) if face.contains("/.build/") => kept.push_str(rest),
            _ => {
                kept.push_str("@font-face");
                kept.push_str(part);
            }
        }
    }
    kept
}

/// Writes `assets.rs`, which `src/web/assets.rs` includes.
fn embed(built: &Built, out: &Path) -> Result<(), String> {
    let files = list(&built.folder)?;
    let names: BTreeSet<&str> = files
        .iter()
        .map(String::as_str)
        .filter(|name| !is_compressed(name) && *name != "manifest.json")
        .collect();
    let addresses = addresses(built, &names)?;
    let immutable: BTreeSet<&str> = match built.kind {
        Kind::Full => addresses.values().map(String::as_str).collect(),
        Kind::Plain => BTreeSet::new(),
    };
    let mut code = String::from("pub(super) static ASSETS: &[Asset] = &[\n");
    for name in names {
        let raw = built.folder.join(name);
        let [br, gz] =
            ["br", "gz"].map(|ending| compressed(&built.folder.join(format!("{name}.{ending}"))));
        let kind = content_type(name)?;
        let immutable = immutable.contains(name);
        code.push_str(&format!(
            "    Asset {{ name: {name:?}, raw: include_bytes!({raw:?}), br: {br}, gz: {gz}, content_type: {kind:?}, immutable: {immutable} }},\n"
        ));
    }
    code.push_str("];\npub(super) static ADDRESSES: &[(&str, &str)] = &[\n");
    for (logical, name) in &addresses {
        code.push_str(&format!("    ({logical:?}, {:?}),\n", format!("/assets/{name}")));
    }
    code.push_str(&format!("];\npub(super) const PLAIN: bool = {};\n", built.kind == Kind::Plain));
    write(&out.join("assets.rs"), code.as_bytes())
}

/// The name under which each source is served.
fn addresses(built: &Built, names: &BTreeSet<&str>) -> Result<BTreeMap<String, String>, String> {
    if built.kind == Kind::Plain {
        return Ok(names.iter().map(|&name| (name.to_owned(), name.to_owned())).collect());
    }
    let manifest = read_text(&built.folder.join("manifest.json"))?;
    let pairs = manifest.lines().filter_map(|line| {
        let mut quoted = line.split('"').skip(1).step_by(2);
        Some((quoted.next()?.to_owned(), quoted.next()?.to_owned()))
    });
    Ok(pairs.collect())
}

fn compressed(path: &Path) -> String {
    if path.exists() { format!("Some(include_bytes!({path:?}))") } else { "None".to_owned() }
}

fn is_compressed(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

fn content_type(name: &str) -> Result<&'static str, String> {
    match name.rsplit('.').next() {
        Some("css") => Ok("text/css; charset=utf-8"),
        Some("js") => Ok("text/javascript; charset=utf-8"),
        Some("svg") => Ok("image/svg+xml"),
        Some("txt") => Ok("text/plain; charset=utf-8"),
        Some("html") => Ok("text/html; charset=utf-8"),
        Some("woff2") => Ok("font/woff2"),
        _ => Err(format!("build.rs does not know the content type of the asset {name}")),
    }
}

fn start(program: &str, arguments: &[&str], folder: &Path) -> io::Result<Output> {
    Command::new(program).args(arguments).current_dir(folder).output()
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|why| format!("{name}: {why}"))
}

/// The names of the files of a folder, in order.
fn list(folder: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|why| told(folder, &why))? {
        let entry = entry.map_err(|why| told(folder, &why))?;
        names.push(
            entry
                .file_name()
                .into_string()
                .map_err(|name| format!("{} is not UTF-8", name.display()))?,
        );
    }
    names.sort();
    Ok(names)
}

fn make(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|why| told(folder, &why))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|why| told(path, &why))
}

fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|why| told(path, &why))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|why| told(path, &why))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|why| told(from, &why))
}

fn told(path: &Path, why: &io::Error) -> String {
    format!("{}: {why}", path.display())
}
