//! Messages by mail (SMTP, RFC 5321).

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor};

use super::model::{Message, Outcome};
use crate::config::{Mail as Settings, MailTls};
use crate::error::Error;

/// How many times the limit of one answer a whole conversation may take.
const ANSWERS: u32 = 2;
/// The most characters of an address (RFC 5321, 4.5.3.1.3).
const ADDRESS_CHARS: usize = 254;
/// What a server says of an address that it will never take (RFC 5321, 4.2.3).
const NO_SUCH_ADDRESS: [&str; 3] = ["550", "551", "553"];

/// Whether a text is a mail address.
pub fn is_mail_address(text: &str) -> bool {
    text.chars().count() <= ADDRESS_CHARS
        && !text.contains(char::is_control)
        && text.parse::<Address>().is_ok()
}

/// Hands a message to the mail server.
pub(super) async fn send(
    settings: &Settings,
    limit: Duration,
    base: &str,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<Outcome, Error> {
    let mail = write(settings, base, message, now)?;
    let sent = tokio::time::timeout(limit * ANSWERS, connection(settings, limit)?.send(mail)).await;
    let Err(fault) = sent.map_err(|_| Error::TimedOut)? else { return Ok(Outcome::Sent) };
    match fault.status().map(|code| code.to_string()) {
        Some(code) if NO_SUCH_ADDRESS.contains(&code.as_str()) => Ok(Outcome::Refused),
        // A server repeats the address in its words, so the code alone is told.
        Some(code) => Err(Error::Internal(format!("the mail server answered {code}"))),
        None if fault.is_tls() => Err(Error::Internal("the mail server's encryption is refused".to_owned())),
        None => Err(Error::Internal("the mail server cannot be reached".to_owned())),
    }
}

fn write(settings: &Settings, base: &str, message: &Message, now: DateTime<Utc>) -> Result<Mail, Error> {
    let unfit = |what: &str| Error::Internal(format!("{what} is no mail address"));
    let from: Address = settings.from.parse().map_err(|_| unfit("delivery.mail.from"))?;
    let to: Address = message.letter.to.parse().map_err(|_| unfit("a recipient"))?;
    let link = message.letter.link.as_deref().filter(|_| !base.is_empty());
    let link = link.map(|link| format!("\n\n{base}{link}")).unwrap_or_default();
    Mail::builder()
        .message_id(Some(format!("<{}@{}>", message.id, from.domain())))
        .from(lettre::message::Mailbox::new(None, from))
        .to(lettre::message::Mailbox::new(None, to))
        .date(SystemTime::from(now))
        .subject(message.letter.words.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(format!("{}{link}\n", message.letter.words))
        .map_err(|_| Error::Internal("a message cannot be written as mail".to_owned()))
}

fn connection(settings: &Settings, limit: Duration) -> Result<AsyncSmtpTransport<Tokio1Executor>, Error> {
    let parameters = || {
        let fault = |_| Error::Internal("delivery.mail.host is no name of a certificate".to_owned());
        TlsParameters::new(settings.host.clone()).map_err(fault)
    };
    let tls = match settings.tls {
        MailTls::None => Tls::None,
        MailTls::StartTls => Tls::Required(parameters()?),
        MailTls::Tls => Tls::Wrapper(parameters()?),
    };
    let domain = settings.from.rsplit('@').next().unwrap_or_default();
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
        .port(settings.port)
        .tls(tls)
        .hello_name(ClientId::Domain(domain.to_owned()))
        .timeout(Some(limit));
    if !settings.user.is_empty() {
        let password = settings.password.reveal().to_owned();
        builder = builder.credentials(Credentials::new(settings.user.clone(), password));
    }
    Ok(builder.build())
}

#[cfg(test)]
mod tests {
    use super::is_mail_address;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for good in ["li@example.cn", "li.si+tag@mail.example.com"] {
            assert!(is_mail_address(good), "{good}");
        }
        let long = format!("{}@example.cn", "a".repeat(250));
        for bad in
            ["", "li", "@example.cn", "li@", "a b@example.cn", "a@example.cn\r\nRCPT TO:<b@c.cn>", &long]
        {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }
}
