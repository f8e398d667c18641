//! Rebuilds the crate when a migration is added, which `include_dir` alone does not notice.

fn main() {
    println!("cargo::rerun-if-changed=server/migrations");
}
