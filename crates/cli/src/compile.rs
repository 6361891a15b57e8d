//! `tamis list compile`: lists in, one file out that opens at once.

use crate::args::{Global, ListCompileArgs};
use crate::engine;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{self, Sink};
use crate::sources;
use crate::warnings;
use std::io;
use std::path::PathBuf;
use tamis::screen::Compiled;

/// Runs `tamis list compile`. The file appears whole or not at all.
pub fn run(args: &ListCompileArgs, global: &Global) -> Result<Exit, Failure> {
    let inputs: Vec<PathBuf> = args.sources.iter().map(PathBuf::from).collect();
    output::refuse_overwriting(&args.output, &inputs)?;
    let lists = sources::load(&args.sources)?;
    let metas: Vec<_> = lists.iter().map(|list| list.meta.clone()).collect();
    warnings::tell(&metas, global);
    let pool = engine::threads(global.jobs)?;
    let mut sink = Sink::open(&args.output)?;
    let spool = sink.spool()?;
    let compiled = pool.install(|| Compiled::spooled(lists, spool));
    let compiled = compiled.map_err(Failure::new)?;
    let size = compiled.size();
    let written = compiled.write(|bytes| sink.write(bytes).map_err(Stopped));
    written.map_err(|Stopped(failure)| failure)?;
    sink.seal()?.publish()?;
    if !global.quiet {
        let names: usize = metas.iter().map(|meta| meta.counts.names).sum();
        let entities: usize = metas.iter().map(|meta| meta.counts.entities).sum();
        eprintln!(
            "compiled {entities} entries with {names} names into {} ({:.1} MB)",
            args.output.display(),
            size as f64 / 1e6
        );
    }
    Ok(Exit::Clear)
}

/// Why the writing of a compiled list stopped.
struct Stopped(Failure);

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Stopped {
        Stopped(Failure::reading("a temporary file with the entries", &error))
    }
}
