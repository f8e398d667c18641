//! The rules of the repository, read from its files.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The most lines of a source file, and of a function.
const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 70;
/// Folders that hold no source of this repository.
const NOT_OURS: [&str; 7] = [".git", "target", "node_modules", "dist", "var", "__pycache__", "shots"];

/// A file with its path from the root.
struct File {
    path: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !NOT_OURS.iter().any(|skipped| name == *skipped) {
                walk(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}

/// Every text file under a folder whose name ends so, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    let wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending))
    };
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).expect("a path below the root").to_string_lossy().into_owned();
        Some(File { path, text })
    };
    let files: Vec<_> = found.into_iter().filter(wanted).filter_map(read).collect();
    assert!(!files.is_empty(), "no file {endings:?} under {folder:?}");
    files
}

fn rust() -> Vec<File> {
    let mut files = files("server", &[".rs"]);
    files.extend(self::files("tests", &[".rs"]));
    files
}

impl File {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The feature of `server/feature/…`.
    fn feature(&self) -> Option<&str> {
        let (feature, _) = self.path.strip_prefix("server/")?.split_once('/')?;
        Some(feature)
    }

    /// Whether it is where a feature speaks SQL: `store.rs`, or a part of it in `store/`.
    fn is_store(&self) -> bool {
        self.name() == "store.rs" || self.path.contains("/store/")
    }

    /// Each line with its number, whole-line comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(i, line)| (i + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The lines of code that hold one of these words, as `path:line: text`.
    fn naming(&self, words: &[&str]) -> Vec<String> {
        let holds = |line: &str| words.iter().any(|word| line.contains(word));
        let told = |(n, line): (usize, &str)| format!("{}:{n}: {}", self.path, line.trim());
        self.code().filter(|(_, line)| holds(line)).map(told).collect()
    }
}

/// Fails with every breach of a rule.
fn none(breaches: impl IntoIterator<Item = String>, rule: &str) {
    let breaches: Vec<_> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "{rule}:\n{}", breaches.join("\n"));
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let said = |f: &File| f.text.starts_with("//! ") || f.text.starts_with("#![doc = include_str!(");
    none(
        rust().into_iter().filter(|f| !said(f)).map(|f| f.path),
        "a Rust file begins with //! and a sentence",
    );
}

#[test]
fn no_source_file_is_long() {
    let mut sources = rust();
    sources.extend(files("web/src", &[".ts", ".tsx", ".css"]));
    sources.extend(files("web/build", &[".ts"]));
    sources.extend(files("tests/web", &[".mjs"]));
    sources.extend(files("scripts", &[]));
    let written = sources.into_iter().filter(|f| !f.name().contains(".gen."));
    let long = written.filter(|f| f.text.lines().count() > MOST_LINES);
    none(long.map(|f| f.path), "a source file has at most 400 lines; part it by idea");
}

/// Functions that are longer than the most. A function ends where its indentation closes, as rustfmt writes it.
fn long_functions(file: &File) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut long = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let words = line.trim_start();
        let is_function = words.split("fn ").next().is_some_and(|before| {
            before.len() < words.len()
                && before.split_whitespace().all(|w| w.starts_with("pub") || ["async", "const"].contains(&w))
        });
        let end = format!("{}}}", &line[..line.len() - words.len()]);
        let length = lines[i..].iter().position(|l| *l == end).unwrap_or(0);
        if is_function && !line.ends_with(';') && !line.ends_with('}') && length > MOST_LINES_OF_A_FUNCTION {
            long.push(format!("{}:{}: {length} lines", file.path, i + 1));
        }
    }
    long
}

#[test]
fn no_function_is_long() {
    none(rust().iter().flat_map(long_functions), "a function has at most 70 lines");
    let body = "    let x = 1;\n".repeat(MOST_LINES_OF_A_FUNCTION);
    let long = File { path: "long.rs".to_owned(), text: format!("pub async fn long() {{\n{body}}}\n") };
    assert_eq!(long_functions(&long), ["long.rs:1: 71 lines"], "a long function is found");
}

#[test]
fn rules_know_neither_the_web_nor_the_database() {
    let pure = |f: &File| {
        ["model.rs", "service.rs", "state.rs"].contains(&f.name()) && f.feature() != Some("http")
            || ["server/stations/hours/", "server/calendar/"].iter().any(|folder| f.path.starts_with(folder))
    };
    let pure: Vec<_> = files("server", &[".rs"]).into_iter().filter(pure).collect();
    assert!(pure.len() > 10);
    let words = ["axum::", "sqlx::", "use axum", "use sqlx"];
    none(pure.iter().flat_map(|f| f.naming(&words)), "model, service and state name neither axum nor sqlx");
}

#[test]
fn only_stores_speak_sql() {
    let outside =
        files("server", &[".rs"]).into_iter().filter(|f| !f.is_store() && f.feature() != Some("db"));
    let words =
        ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE "];
    none(outside.flat_map(|f| f.naming(&words)), "SQL stands in store.rs and in db");
    let stores: Vec<_> = files("server", &["store.rs"]);
    assert!(stores.iter().all(|f| !f.naming(&words).is_empty()), "a store is known by its SQL");
}

#[test]
fn no_feature_reaches_into_the_store_or_the_routes_of_another() {
    let files = files("server", &[".rs"]);
    let features: BTreeSet<&str> =
        files.iter().filter(|f| f.name() == "mod.rs").filter_map(File::feature).collect();
    assert!(features.contains("stations") && features.contains("city"));
    let mut breaches = Vec::new();
    for file in &files {
        for other in features.iter().filter(|other| file.feature() != Some(other)) {
            let inside = [format!("{other}::store"), format!("{other}::routes::")];
            breaches.extend(file.naming(&[&inside[0], &inside[1]]));
        }
    }
    none(breaches, "a feature uses another's service and model only");
}

#[test]
fn geometry_stays_pure() {
    let manifest = fs::read_to_string(root().join("server/spatial/Cargo.toml")).expect("a manifest");
    let (own, _) = manifest.split_once("[dev-dependencies]").unwrap_or((&manifest, ""));
    for word in ["axum", "sqlx", "tokio", "serde_json"] {
        assert!(!own.contains(word), "spatial depends on {word}");
    }
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<_> {
        let entries =
            fs::read_dir(root().join("server/migrations").join(engine)).into_iter().flatten().flatten();
        entries
            .map(|e| e.file_name())
            .filter(|name| Path::new(name).extension().is_some_and(|e| e == "sql"))
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_setting_is_explained() {
    let text = fs::read_to_string(root().join("server/config.default.toml")).expect("the default settings");
    let mut explained = false;
    let mut keys = 0;
    for line in text.lines().map(str::trim) {
        match line.chars().next() {
            Some('#') => explained = true,
            Some(c) if c.is_ascii_lowercase() => {
                assert!(explained, "no comment above {line}");
                keys += 1;
            }
            // A comment stands for the keys right below it.
            _ => explained = false,
        }
    }
    assert!(keys > 20);
}

#[test]
fn every_data_file_is_declared_with_its_checksum() {
    let readme = fs::read_to_string(root().join("data/README.md")).expect("data/README.md");
    let row = |name: &str| readme.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
    let mut found = Vec::new();
    walk(&root().join("data"), &mut found);
    let mut breaches = Vec::new();
    for path in found {
        let name =
            path.strip_prefix(root().join("data")).expect("a path in data").to_string_lossy().into_owned();
        if name == "README.md" || name.starts_with("LICENSES/") {
            continue;
        }
        let sum = Sha256::digest(fs::read(&path).expect("a data file"));
        let sum = sum.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        match row(&name) {
            None => breaches.push(format!("{name} is not in data/README.md")),
            Some(row) if !row.contains(&format!("`{sum}`")) => {
                breaches.push(format!("{name}: the checksum is {sum}"));
            }
            Some(_) => {}
        }
    }
    for declared in
        readme.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name)
    {
        if !root().join("data").join(declared).exists() {
            breaches.push(format!("{declared} is declared but not there"));
        }
    }
    none(breaches, "data/README.md names each file with its SHA-256");
}

/// Sources, scripts and manifests, this file left out because it names what it looks for.
fn sources() -> Vec<File> {
    let folders = ["server", "web/src", "web/build", "tests", "scripts", ".ci"];
    let mut found: Vec<_> = folders.iter().flat_map(|folder| files(folder, &[])).collect();
    for name in
        ["Cargo.toml", "build.rs", "clippy.toml", "web/package.json", "web/vite.config.ts", "data/README.md"]
    {
        let text = fs::read_to_string(root().join(name)).expect(name);
        found.push(File { path: name.to_owned(), text });
    }
    found.retain(|f| f.path != "tests/tidy.rs");
    found
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["TODO", "FIXME", "todo!(", "unimplemented!("];
    let told = |f: &File| -> Vec<String> {
        let lines =
            f.text.lines().enumerate().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        lines.map(|(i, line)| format!("{}:{}: {}", f.path, i + 1, line.trim())).collect()
    };
    none(sources().iter().flat_map(told), "what is begun is finished");
}

#[test]
fn no_path_of_one_machine_and_no_registry_is_written_down() {
    let machine = ["/work/", "/home/", "/root/", "/Users/", "C:\\"];
    let registries = [
        "index.crates.io",
        "static.crates.io",
        "registry.npmjs.org",
        "pypi.org/simple",
        "files.pythonhosted",
    ];
    let words: Vec<&str> = machine.into_iter().chain(registries).collect();
    none(
        sources().iter().flat_map(|f| f.naming(&words)),
        "the repository builds anywhere, from the configured registries",
    );
}

#[test]
fn scripts_can_be_run() {
    let mut breaches = Vec::new();
    for file in files("scripts", &[]).into_iter().chain(files(".ci", &[])) {
        let mode = fs::metadata(root().join(&file.path)).expect("a script").permissions().mode();
        let is_script = file.text.starts_with("#!");
        if is_script != (mode & 0o111 != 0) || (!is_script && !file.name().contains('.')) {
            breaches.push(file.path);
        }
    }
    none(breaches, "a script begins with #! and is executable, and nothing else is");
}

/// What is wrong with something that the document of security puts between backticks: a file that is not there, or a
/// test that no file has.
fn misnamed(quoted: &str, functions: &BTreeSet<&str>) -> Option<String> {
    let endings = [".rs", ".ts", ".tsx", ".mjs", ".toml", ".md", ".sql", ".conf", ".json"];
    let (path, test) = quoted.split_once("::").unwrap_or((quoted, quoted));
    let is_path = !path.starts_with('/') && !path.contains([' ', ':']) && path.contains('/');
    if is_path && (path.ends_with('/') || endings.iter().any(|ending| path.ends_with(ending))) {
        let there = [Path::new("server").join(path), PathBuf::from(path)];
        if !there.iter().any(|path| root().join(path).exists()) {
            return Some(format!("{path} is not there"));
        }
    }
    let is_test = test.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && test.matches('_').count() >= 3;
    (is_test && !functions.contains(test)).then(|| format!("no test is called {test}"))
}

#[test]
fn the_document_of_security_names_what_is_there() {
    let text = fs::read_to_string(root().join("server/SECURITY.md")).expect("server/SECURITY.md");
    let sources = rust();
    let mut functions = BTreeSet::new();
    for file in &sources {
        functions.extend(file.text.split("fn ").skip(1).filter_map(|rest| Some(rest.split_once('(')?.0)));
    }
    let quoted: BTreeSet<_> = text.split('`').skip(1).step_by(2).collect();
    assert!(quoted.len() > 300, "it names its files and tests: {}", quoted.len());
    none(quoted.into_iter().filter_map(|q| misnamed(q, &functions)), "server/SECURITY.md is kept true");
}
