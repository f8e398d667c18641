//! Finding the end of an HTTP/1.1 answer, as far as the measured servers write them.

use std::io;

/// A complete answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// Bytes of the body as sent, chunk sizes included.
    pub(crate) body_bytes: usize,
}

/// The answer, once all of it has arrived. Only one may be under way on a connection.
pub(crate) fn scan(received: &[u8]) -> io::Result<Option<Answer>> {
    let Some(head_bytes) = received.windows(4).position(|w| w == b"\r\n\r\n").map(|at| at + 4) else {
        return Ok(None);
    };
    let unreadable = || io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer");
    let head = std::str::from_utf8(&received[..head_bytes]).map_err(|_| unreadable())?;
    let status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or_else(unreadable)?;
    let body_bytes = received.len() - head_bytes;
    let complete = match framing(head) {
        Framing::Bytes(length) => body_bytes >= length,
        Framing::Chunked => received.ends_with(b"\r\n0\r\n\r\n"),
    };
    Ok(complete.then_some(Answer { status, body_bytes }))
}

enum Framing {
    Bytes(usize),
    Chunked,
}

fn framing(head: &str) -> Framing {
    let headers = || head.lines().filter_map(|line| line.split_once(':'));
    let value = |name: &str| headers().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim());
    match value("transfer-encoding") {
        Some(coding) if coding.eq_ignore_ascii_case("chunked") => Framing::Chunked,
        _ => Framing::Bytes(value("content-length").and_then(|v| v.parse().ok()).unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(scan(answer).unwrap(), Some(Answer { status: 200, body_bytes: 5 }));
        assert_eq!(scan(&answer[..answer.len() - 1]).unwrap(), None);
        assert_eq!(scan(&answer[..20]).unwrap(), None);
    }

    #[test]
    fn a_chunked_answer_ends_with_the_empty_chunk() {
        let answer = b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        assert_eq!(scan(answer).unwrap(), Some(Answer { status: 404, body_bytes: 12 }));
        assert_eq!(scan(&answer[..answer.len() - 5]).unwrap(), None);
    }

    #[test]
    fn an_answer_without_a_body_ends_with_its_head() {
        let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
        assert_eq!(scan(answer).unwrap(), Some(Answer { status: 204, body_bytes: 0 }));
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert!(scan(b"nonsense\r\n\r\n").is_err());
    }
}
