//! Slow, silent and greedy clients on real sockets, and a stop that lets the others finish.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use yizhan::config::Limits;
use yizhan::http::serve;

use crate::harness::Town;

/// No event of these stories may take longer.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// A service that listens.
pub(crate) struct Listening {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<usize>,
}

impl Town {
    /// Small limits, so that a story is short.
    pub(crate) fn tight(&self) -> Limits {
        Limits { header_read_s: 1, connection_s: 2, drain_s: 2, ..self.app.config.limits }
    }

    pub(crate) fn listen(&self, limits: Limits) -> Listening {
        listen(limits, self.router.clone())
    }
}

/// Serves a router on a port of its own.
pub(crate) fn listen(limits: Limits, router: Router) -> Listening {
    let listener = serve::bind(([127, 0, 0, 1], 0).into()).expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopping) = watch::channel(false);
    Listening { address, stop, serving: tokio::spawn(serve::serve(listener, limits, router, stopping)) }
}

impl Listening {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    /// Sends bytes on a connection of its own and reads until the service closes it.
    pub(crate) async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // A service that refuses early may close before all is written.
        let _ = stream.write_all(bytes).await;
        read_to_end(&mut stream).await
    }

    async fn is_answering(&self) -> bool {
        self.say(b"GET /healthz HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 200")
    }
}

/// Everything until the other side closes or resets.
pub(crate) async fn read_to_end(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut answer = Vec::new();
    let reading = async {
        let mut part = [0; 4_096];
        while let Ok(n @ 1..) = stream.read(&mut part).await {
            answer.extend_from_slice(&part[..n]);
        }
    };
    timeout(DEADLINE, reading).await.expect("the service closes the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The bytes of a picture that is none, and what all pictures on their way may take together.
const PICTURE: usize = 700 << 10;
const TOGETHER: usize = 1 << 20;

impl Listening {
    /// Announces a picture of 10 MiB and sends some of it; ends when the service reads it.
    async fn begin_picture(&self, sent: usize) -> TcpStream {
        let mut stream = self.connect().await;
        let head = b"POST /api/v1/uploads HTTP/1.1\r\nHost: t\r\nContent-Type: image/jpeg\r\n\
            Content-Length: 10485760\r\nExpect: 100-continue\r\n\r\n";
        stream.write_all(head).await.expect("sent");
        let mut told = [0; 25];
        timeout(DEADLINE, stream.read_exact(&mut told)).await.expect("soon").expect("an answer");
        assert_eq!(&told, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream.write_all(&vec![7; sent]).await.expect("sent");
        stream
    }

    async fn send_picture(&self) -> String {
        let head = format!(
            "POST /api/v1/uploads HTTP/1.1\r\nHost: t\r\nConnection: close\r\nContent-Type: image/jpeg\r\n\
            Content-Length: {PICTURE}\r\n\r\n"
        );
        self.say(&[head.as_bytes(), &vec![7; PICTURE]].concat()).await
    }
}

both_engines! {
    async fn half_a_request_and_silence_are_cut_while_others_are_answered(t: Town) {
        let service = t.listen(t.tight());
        let mut silent = service.connect().await;
        let mut half = service.connect().await;
        half.write_all(b"GET /healthz HTTP/1.1\r\nHost: t\r\nX-Slow: ").await.unwrap();
        let mut idle = service.connect().await;
        idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n").await.unwrap();
        let (silent, half, idle, answered) = tokio::join!(
            read_to_end(&mut silent), read_to_end(&mut half), read_to_end(&mut idle), service.is_answering(),
        );
        assert!(answered);
        assert!(!silent.contains("200 OK") && !half.contains("200 OK"), "{silent}{half}");
        assert!(idle.starts_with("HTTP/1.1 200"));
        assert!(service.is_answering().await);
    }

    async fn a_client_that_does_not_read_is_cut(t: Town) {
        t.demonstrate().await;
        let service = t.listen(Limits { connection_s: 1, ..t.tight() });
        let mut greedy = service.connect().await;
        let ask = b"GET /api/v1/stations?limit=200 HTTP/1.1\r\nHost: t\r\n\r\n".repeat(200);
        // Asks for far more than the sockets hold and reads nothing, until writing fails.
        let cut = async { while greedy.write_all(&ask).await.is_ok() {} };
        timeout(DEADLINE, cut).await.expect("the connection is cut");
        assert!(service.is_answering().await);
    }

    async fn large_bodies_share_what_memory_there_is_for_them(t: Town) {
        let t = t.reopened(|config| config.limits.bodies_bytes = TOGETHER).await;
        let service = t.listen(t.app.config.limits);
        let mut announced = Vec::new();
        for _ in 0..8 {
            announced.push(service.begin_picture(0).await);
        }
        for _ in 0..3 {
            let answer = service.send_picture().await;
            assert!(answer.starts_with("HTTP/1.1 422"), "who only announces takes nothing, and all comes back: {answer}");
        }
        let half = service.begin_picture(PICTURE).await;
        let refused = until_refused(&service).await.to_lowercase();
        assert!(refused.contains("retry-after: 5") && refused.contains("connection: close"), "{refused}");
        assert!(refused.contains("application/problem+json"), "{refused}");
        assert!(service.is_answering().await, "whoever sends little is answered");
        drop(half);
        let comes_back = async { while service.send_picture().await.starts_with("HTTP/1.1 503") {} };
        timeout(DEADLINE, comes_back).await.expect("whoever hangs up holds nothing");
    }

    async fn only_so_many_headers_are_read(t: Town) {
        let service = t.listen(t.tight());
        let request = |count: usize| {
            let headers = (0..count).fold(String::new(), |text, i| text + &format!("X-{i}: y\r\n"));
            format!("GET /healthz HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{headers}\r\n")
        };
        assert!(service.say(request(62).as_bytes()).await.starts_with("HTTP/1.1 200"));
        assert!(service.say(request(63).as_bytes()).await.starts_with("HTTP/1.1 431"));
        let long = format!("GET /healthz HTTP/1.1\r\nHost: t\r\nX-Long: {}\r\n\r\n", "y".repeat(64 << 10));
        assert!(service.say(long.as_bytes()).await.starts_with("HTTP/1.1 431"));
        let long = format!("GET /?{} HTTP/1.1\r\nHost: t\r\n\r\n", "y".repeat(128 << 10));
        assert!(service.say(long.as_bytes()).await.starts_with("HTTP/1.1 4"));
        assert!(service.is_answering().await);
    }

    async fn a_body_of_two_mebibytes_is_refused_or_never_read(t: Town) {
        let service = t.listen(Limits { connection_s: 8, ..t.tight() });
        let head = "POST /api/v1/stations/nearest HTTP/1.1\r\nHost: t\r\nContent-Length: 2097152\r\n\r\n";
        // Whether the body comes or not, the refusal is read.
        for declared in [head.to_owned(), head.to_owned() + &"x".repeat(2 << 20)] {
            let answer = service.say(declared.as_bytes()).await;
            assert!(answer.starts_with("HTTP/1.1 413") && answer.to_lowercase().contains("connection: close"), "{answer}");
            assert!(answer.contains("application/problem+json"));
        }
        // No route reads a body yet: a chunked one is left unread, and the connection ends.
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(1 << 16)).repeat(32);
        let chunked = format!("POST /api/v1/stations/nearest HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}0\r\n\r\n");
        let answer = service.say(chunked.as_bytes()).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        assert!(service.is_answering().await);
    }

    async fn more_clients_than_slots_wait_their_turn(t: Town) {
        let service = t.listen(Limits { connections: 2, ..t.tight() });
        let mut silent = [service.connect().await, service.connect().await];
        // Both slots are held by silence; the third is answered once that is cut.
        assert!(service.is_answering().await);
        for stream in &mut silent {
            assert!(!read_to_end(stream).await.contains("200 OK"));
        }
    }

    async fn garbage_is_no_request_and_no_harm(t: Town) {
        let service = t.listen(t.tight());
        for garbage in [&b"\x16\x03\x01\x02\x00\x01\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let answer = service.say(garbage).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        }
        assert!(service.is_answering().await);
    }

    async fn a_stop_lets_a_running_request_finish_and_takes_no_new_one(t: Town) {
        let (begun, mut begins) = mpsc::channel::<()>(1);
        let (release, released) = watch::channel(false);
        let slow = get(move || {
            let (begun, mut released) = (begun.clone(), released.clone());
            async move {
                begun.send(()).await.unwrap();
                released.wait_for(|r| *r).await.unwrap();
                "finished"
            }
        });
        let service = listen(t.tight(), t.router.clone().route("/slow", slow));
        let mut running = service.connect().await;
        running.write_all(b"GET /slow HTTP/1.1\r\nHost: t\r\n\r\n").await.unwrap();
        begins.recv().await.unwrap();
        let mut idle = service.connect().await;
        service.stop.send(true).unwrap();
        // A connection without a request ends at once; the running request is waited for.
        read_to_end(&mut idle).await;
        assert!(!service.serving.is_finished());
        release.send(true).unwrap();
        let answer = read_to_end(&mut running).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("finished"), "{answer}");
        let cut = timeout(DEADLINE, service.serving).await.expect("the service ends").unwrap();
        assert_eq!(cut, 0);
        assert!(TcpStream::connect(service.address).await.is_err(), "nobody listens any more");
    }

    async fn a_stop_waits_no_longer_than_the_drain(t: Town) {
        let (begun, mut begins) = mpsc::channel::<()>(1);
        let stuck = get(move || {
            let begun = begun.clone();
            async move {
                begun.send(()).await.unwrap();
                std::future::pending::<()>().await;
            }
        });
        let limits = Limits { drain_s: 1, connection_s: 60, ..t.tight() };
        let service = listen(limits, Router::new().route("/stuck", stuck));
        let mut running = service.connect().await;
        running.write_all(b"GET /stuck HTTP/1.1\r\nHost: t\r\n\r\n").await.unwrap();
        begins.recv().await.unwrap();
        service.stop.send(true).unwrap();
        assert_eq!(timeout(DEADLINE, service.serving).await.expect("the service ends").unwrap(), 1);
    }
}

/// The answer to a picture once what was sent before has arrived.
async fn until_refused(service: &Listening) -> String {
    let refused = async {
        loop {
            let answer = service.send_picture().await;
            if answer.starts_with("HTTP/1.1 503") {
                return answer;
            }
        }
    };
    timeout(DEADLINE, refused).await.expect("two are too much")
}
