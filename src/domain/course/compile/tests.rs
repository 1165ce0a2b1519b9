//! Whole courses in, diagnostics out.

use std::collections::BTreeMap;
use std::path::Path;

use super::compile;

/// All files under a folder, by path relative to it.
fn read_folder(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_shipped_courses_have_no_errors() {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses");
    for entry in std::fs::read_dir(courses).unwrap() {
        let path = entry.unwrap().path();
        if path.join("course.yml").exists() {
            let (course, diagnostics) = compile(&read_folder(&path));
            assert!(course.is_some() && !diagnostics.has_errors(), "{}", diagnostics);
        }
    }
}
