//! An answer: one byte, the length of what follows as a big-endian number of four bytes, and that.

use std::io::{self, Write};

/// What the first byte says.
const PICTURE: u8 = 0;
const ERROR: u8 = 1;

/// Writes a picture, or what is wrong, in one go.
pub(crate) fn write(output: &mut impl Write, answer: Result<Vec<u8>, String>) -> io::Result<()> {
    let (kind, body) = match answer {
        Ok(picture) => (PICTURE, picture),
        Err(text) => (ERROR, text.into_bytes()),
    };
    let length = u32::try_from(body.len()).map_err(io::Error::other)?;
    let mut whole = Vec::with_capacity(body.len() + 5);
    whole.push(kind);
    whole.extend(length.to_be_bytes());
    whole.extend(body);
    output.write_all(&whole)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_its_kind_and_length() {
        let mut written = Vec::new();
        write(&mut written, Ok(vec![9; 258])).expect("a vector takes all");
        assert_eq!(written[..6], [0, 0, 0, 1, 2, 9]);
        assert_eq!(written.len(), 5 + 258);
        written.clear();
        write(&mut written, Err("错".to_owned())).expect("a vector takes all");
        assert_eq!(written, [&[1, 0, 0, 0, 3], "错".as_bytes()].concat());
    }
}
