//! The log: one line for each event, to standard error, so that a command's output stays clean.

use std::io::IsTerminal;
use std::panic::{PanicHookInfo, set_hook};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Starts logging. A second start in one process changes nothing.
pub fn start(settings: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(&settings.level).map_err(|e| format!("log.level: {e}"))?;
    let colours = std::io::stderr().is_terminal();
    let lines =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let started = match settings.format {
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).try_init(),
        LogFormat::Text => lines.try_init(),
    };
    // An earlier start stays in force; it has the same settings.
    drop(started);
    Ok(())
}

/// From now on a panic is an event like others, and no raw lines on standard error.
pub fn tell_panics() {
    set_hook(Box::new(panicked));
}

/// Names the place alone: the message of a panic may hold what somebody wrote, such as a text cut at a wrong place.
fn panicked(info: &PanicHookInfo<'_>) {
    let place =
        info.location().map_or_else(|| "unknown".to_owned(), |at| format!("{}:{}", at.file(), at.line()));
    tracing::error!(place, "the service has a fault and gave something up; please tell its makers the place");
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::panic::{catch_unwind, take_hook};
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Keeps what is logged.
    #[derive(Clone, Default)]
    struct Ear(Arc<Mutex<Vec<u8>>>);

    impl Write for Ear {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn fails(text: &str) {
        panic!("{text}");
    }

    #[test]
    fn a_panic_is_one_line_without_its_message() {
        let ear = Ear::default();
        let writer = ear.clone();
        let lines = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        tell_panics();
        let ended = tracing::subscriber::with_default(lines, || {
            catch_unwind(|| fails("what 王芳 wrote\n{\"level\":\"INFO\"}"))
        });
        // Other tests of the process are told as usual.
        drop(take_hook());
        assert!(ended.is_err());
        let heard = String::from_utf8(ear.0.lock().unwrap().clone()).unwrap();
        let of_this = heard.lines().filter(|line| line.contains("log.rs:")).count();
        assert_eq!((heard.lines().count(), of_this), (1, 1), "{heard}");
        assert!(!heard.contains("王芳") && heard.contains("ERROR"), "{heard}");
    }
}
