//! `yizhan-poster`: draws map tiles to pictures for the service, in a process of its own.
//!
//! The engine ends by a panic where it meets what it does not know, and its driver takes a hundred megabytes; neither
//! is to happen inside the service. The process answers requests on its standard input, one after the other, until that
//! ends; `request`, `answer` and `serve` document them.
//!
//! Exit codes: 0 the input ended; 1 it cannot draw here; 2 the input makes no sense any more; others are a panic or a
//! signal. What is wrong stands on standard error.

mod answer;
mod canvas;
mod driver;
mod picture;
mod request;
mod serve;
mod style;
mod tile;

use std::fs::File;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::canvas::Canvas;
use crate::serve::Failure;

/// The flags of `yizhan-poster`.
#[derive(Parser)]
#[command(
    version,
    about = "Draws map tiles to pictures: requests on standard input, answers on standard output"
)]
struct Flags {
    /// Draw one small picture, say with what, and end
    #[arg(long)]
    check: bool,
    /// The most memory for data that this process may ask for, in megabytes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(512..=65536))]
    memory_mb: Option<u64>,
}

fn main() -> ExitCode {
    match run(&Flags::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "yizhan-poster: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn run(flags: &Flags) -> Result<(), Failure> {
    driver::choose()?;
    if let Some(megabytes) = flags.memory_mb {
        let bytes = megabytes << 20;
        rlimit::setrlimit(rlimit::Resource::DATA, bytes, bytes).map_err(Failure::Limit)?;
    }
    let mut answers = answers_alone()?;
    if flags.check {
        return check(&mut answers);
    }
    serve::serve(&mut io::stdin().lock(), &mut answers)
}

/// The way to standard output, for answers only: what a library prints there goes to standard error from now on.
fn answers_alone() -> io::Result<File> {
    let answers = rustix::io::dup(io::stdout())?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(File::from(answers))
}

/// Opens the device, draws a picture of one layer and says with what.
fn check(answers: &mut File) -> Result<(), Failure> {
    let layer = request::Layer { name: "check".to_owned(), colour: request::Colour([0x12, 0x34, 0x56]) };
    let size = *request::SIZES.start();
    let mut canvas = Canvas::open(size)?;
    let drawn = canvas.draw(size, &[layer], &tile::whole("check"));
    if drawn.chunks_exact(4).any(|pixel| pixel != [0x12, 0x34, 0x56, 0xff]) {
        return Err(Failure::Colour);
    }
    writeln!(answers, "{} draws", canvas.device())?;
    Ok(())
}
