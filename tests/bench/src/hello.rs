//! The peer over HTTP: the same answer to everything, served by the service's own connection code.

use std::error::Error;
use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use tokio::sync::watch;
use yizhan::config::{Config, Overrides};
use yizhan::http::serve;

/// What `bench hello` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen
    #[arg(long)]
    listen: SocketAddr,
    /// Bytes of the answer's body
    #[arg(long)]
    bytes: usize,
}

/// Serves until the process is ended.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let body = axum::body::Bytes::from(vec![b' '; arguments.bytes]);
    let limits = Config::load(&Overrides::default())?.limits;
    let answer = move || async move { ([(CONTENT_TYPE, "application/geo+json")], body) };
    let router = Router::new().fallback(answer);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let (_never, stop) = watch::channel(false);
        serve::serve(serve::bind(arguments.listen)?, limits, router, stop).await;
        Ok(())
    })
}
