//! The certificate of `yizhan serve`: read at the start, and again when its files change.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::sleep;

use super::Failure;
use crate::config::Server;
use crate::http::tls::{Certificate, Renewal};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_mins(1);

/// The certificate of the settings, where they name one.
pub(super) fn certificate(server: &Server) -> Result<Option<Arc<Certificate>>, Failure> {
    let read = |(chain, key)| Certificate::read(chain, key).map(Arc::new);
    server.tls_files().map(read).transpose().map_err(|e| Failure::Usage(format!("TLS: {e}")))
}

/// Looks at the files once a minute and at SIGHUP until `stop` says so. Without a certificate SIGHUP does nothing.
pub(super) async fn keep_renewed(
    certificate: Option<Arc<Certificate>>,
    mut stop: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let mut asked = signal(SignalKind::hangup())?;
    loop {
        tokio::select! {
            _ = stop.wait_for(|s| *s) => return Ok(()),
            _ = asked.recv() => {}
            () = sleep(LOOK) => {}
        }
        let Some(certificate) = certificate.clone() else { continue };
        tokio::task::spawn_blocking(move || tell(&certificate.renew())).await?;
    }
}

fn tell(renewal: &Renewal) {
    match renewal {
        Renewal::Same => {}
        Renewal::Renewed => tracing::info!("a new TLS certificate is in use"),
        Renewal::Kept(why) => {
            tracing::error!(%why, "the new TLS files are unusable; the old certificate stays");
        }
    }
}
