//! A mail server that keeps what it hears.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use yizhan::config::{Delivery, MailTls};

/// What was heard, and what is said to a recipient.
#[derive(Default)]
struct Ear {
    lines: Vec<String>,
    refusal: String,
}

/// A mail server on a port of its own.
pub(crate) struct Sink {
    port: u16,
    ear: Arc<Mutex<Ear>>,
}

impl Sink {
    /// Listens until the test ends.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let ear = Arc::new(Mutex::new(Ear::default()));
        let hearing = ear.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(speak(stream, hearing.clone()));
            }
        });
        Self { port, ear }
    }

    /// Sends the service's mail here.
    pub(crate) fn receives(&self, settings: &mut Delivery) {
        "127.0.0.1".clone_into(&mut settings.mail.host);
        "yizhan@example.cn".clone_into(&mut settings.mail.from);
        settings.mail.port = self.port;
        settings.mail.tls = MailTls::None;
    }

    /// Says this to every recipient from now on; empty: takes them.
    pub(crate) fn refuse(&self, refusal: &str) {
        refusal.clone_into(&mut self.ear.lock().unwrap().refusal);
    }

    /// Every line that was heard.
    pub(crate) fn said(&self) -> Vec<String> {
        self.ear.lock().unwrap().lines.clone()
    }

    /// The text of the first mail, quoted-printable (RFC 2045, 6.7) or base64 (6.8) undone.
    pub(crate) fn body(&self) -> String {
        let lines = self.said();
        let body = lines.iter().skip_while(|line| !line.is_empty()).skip(1).take_while(|line| *line != ".");
        if lines.iter().any(|line| line == "Content-Transfer-Encoding: base64") {
            let text: String = body.map(String::as_str).collect();
            return String::from_utf8(STANDARD.decode(text).expect("base64")).expect("a text");
        }
        let text = body.fold(String::new(), |text, line| text + line + "\n").replace("=\n", "");
        let mut pieces = text.split('=');
        let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
        for piece in pieces {
            bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two digits"));
            bytes.extend_from_slice(&piece.as_bytes()[2..]);
        }
        String::from_utf8(bytes).expect("a text")
    }
}

async fn speak(stream: TcpStream, ear: Arc<Mutex<Ear>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut is_data = false;
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        ear.lock().unwrap().lines.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let refusal = ear.lock().unwrap().refusal.clone();
        let answer = match (is_data, verb.as_str()) {
            (true, _) if line != "." => continue,
            (false, "EHLO") => "250-sink\r\n250 8BITMIME".to_owned(),
            (false, "RCPT") if !refusal.is_empty() => refusal,
            (false, "DATA") => "354 go on".to_owned(),
            (false, "QUIT") => "221 bye".to_owned(),
            _ => "250 taken".to_owned(),
        };
        is_data = answer.starts_with("354");
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
