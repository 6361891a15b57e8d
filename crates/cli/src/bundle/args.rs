//! The options of `tamis list export`, `import` and `keygen`.

use crate::update::args::ALL;
use clap::Args;
use std::path::PathBuf;

/// `tamis list export`.
#[derive(Debug, Args)]
pub struct ListExportArgs {
    /// The compiled list
    #[arg(value_name = "FILE.tamis")]
    pub list: PathBuf,
    /// The bundle to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The secret key: of `tamis list keygen`, or of minisign, which asks for its password
    #[arg(long, value_name = "FILE.key")]
    pub key: PathBuf,
}

/// `tamis list import`.
#[derive(Debug, Args)]
pub struct ListImportArgs {
    /// The bundle
    #[arg(value_name = "BUNDLE")]
    pub bundle: PathBuf,
    /// The compiled list to write
    #[arg(short, long, value_name = "FILE.tamis")]
    pub output: PathBuf,
    /// The public key of whom you take lists from: a file, or the key itself (RW...)
    #[arg(long, value_name = "KEY")]
    pub key: String,
    /// Take a list that has far fewer entries or names than the last copy, or none: this LIST, or all
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = ALL)]
    pub accept_shrink: Vec<String>,
    /// Take a list that is older than the last copy: this LIST, or all
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, default_missing_value = ALL)]
    pub accept_older: Vec<String>,
}

/// `tamis list keygen`.
#[derive(Debug, Args)]
pub struct ListKeygenArgs {
    /// The name of the keys: NAME.key is secret, and not encrypted: keep it where bundles are made. NAME.pub
    /// goes to everybody who takes them
    #[arg(short, long, value_name = "NAME")]
    pub output: PathBuf,
}
