//! Bytes of a text file to characters, without ever guessing: a wrong encoding is refused, not imported.

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use super::read_error::ReadError;
use super::sheet::Encoding;

/// Of the two-byte characters of a GB18030 text at least this share is in GB 2312, which holds 99.7 % of
/// running Chinese text. UTF-8 with a damaged byte, Big5, Shift JIS and Latin texts stay far below it.
const COMMON_SHARE: f64 = 0.9;

/// The text and how it was written.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let text = std::str::from_utf8(rest).map_err(|e| encoding_error(&bytes, 3 + e.valid_up_to()))?;
        return Ok((text.to_owned(), Encoding::Utf8Bom));
    }
    for (mark, charset, encoding) in
        [(b"\xFF\xFE", UTF_16LE, Encoding::Utf16Le), (b"\xFE\xFF", UTF_16BE, Encoding::Utf16Be)]
    {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = strictly(charset, rest).map_err(|at| encoding_error(&bytes, 2 + at))?;
            return Ok((text, encoding));
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, Encoding::Utf8)),
        Err(error) => gb18030(error.as_bytes(), error.utf8_error().valid_up_to()),
    }
}

/// A text that is no UTF-8 from `utf8_end` on.
fn gb18030(bytes: &[u8], utf8_end: usize) -> Result<(String, Encoding), ReadError> {
    match strictly(GB18030, bytes) {
        Ok(text) if common_share(bytes) >= COMMON_SHARE => Ok((text, Encoding::Gb18030)),
        Ok(_) => Err(encoding_error(bytes, utf8_end)),
        // Whichever encoding went further is the one the file was meant to be in.
        Err(gb_end) => Err(encoding_error(bytes, gb_end.max(utf8_end))),
    }
}

/// Decodes without replacing anything; the error is where the first wrong sequence begins.
fn strictly(charset: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = charset.new_decoder_without_bom_handling();
    let mut text =
        String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(wrong, after), read) => {
            Err(read.saturating_sub(usize::from(wrong) + usize::from(after)))
        }
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

/// The share of two-byte characters that are in GB 2312: rows A1 to A9 and B0 to F7 of the code table.
/// 0 if there is none.
fn common_share(bytes: &[u8]) -> f64 {
    let (mut common, mut all, mut i) = (0u32, 0u32, 0);
    while let Some(&first) = bytes.get(i) {
        let second = bytes.get(i + 1).copied().unwrap_or(0);
        i += match (first, second) {
            (..0x80, _) => 1,
            (_, b'0'..=b'9') => 4,
            _ => {
                all += 1;
                common += u32::from(matches!(first, 0xA1..=0xA9 | 0xB0..=0xF7) && second >= 0xA1);
                2
            }
        };
    }
    if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }
}

fn encoding_error(bytes: &[u8], at: usize) -> ReadError {
    let before = bytes.get(..at).unwrap_or(bytes);
    let row = 1 + String::from_utf8_lossy(before).matches('\n').count();
    ReadError::Encoding { row: u32::try_from(row).unwrap_or(u32::MAX), byte: at + 1 }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, GBK, SHIFT_JIS, WINDOWS_1252};

    use super::*;

    const TEXT: &str = "站点名称,经度,纬度\n海港区第一驿站,119.6,39.9\n喆园驿站,119.5,39.8\n";

    #[test]
    fn the_five_encodings_are_recognised() {
        let utf_16 = |to: fn(u16) -> [u8; 2]| TEXT.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let cases: [(Vec<u8>, Encoding); 5] = [
            (TEXT.into(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Encoding::Utf8Bom),
            (GBK.encode(TEXT).0.into_owned(), Encoding::Gb18030),
            ([b"\xFF\xFE".to_vec(), utf_16(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
            ([b"\xFE\xFF".to_vec(), utf_16(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(bytes), Ok((TEXT.to_owned(), encoding)));
        }
    }

    #[test]
    fn other_encodings_are_refused() {
        let texts = [
            (BIG5, "站點名稱,經度,緯度\n海港區第一驛站,119.6,39.9\n"),
            (SHIFT_JIS, "駅の名前,経度\nきれいな駅です,119.6\n"),
            (EUC_JP, "駅の名前はカタカナ\u{ff71}\u{ff72},119.6\n"),
            (WINDOWS_1252, "name,café,naïve\nMünchen,1,2\n"),
        ];
        for (charset, text) in texts {
            let error = decode(charset.encode(text).0.into_owned()).unwrap_err();
            assert!(matches!(error, ReadError::Encoding { .. }), "{}: {error}", charset.name());
        }
    }

    #[test]
    fn a_damaged_byte_is_named_with_its_row() {
        let mut utf8 = TEXT.as_bytes().to_vec();
        let second_row = TEXT.find('海').unwrap();
        utf8[second_row + 1] = b'x';
        assert_eq!(decode(utf8), Err(ReadError::Encoding { row: 2, byte: second_row + 1 }));

        let mut gbk = GBK.encode(TEXT).0.into_owned();
        let third_row = 1 + gbk.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(1).unwrap().0;
        gbk[third_row] = 0xFF;
        assert_eq!(decode(gbk), Err(ReadError::Encoding { row: 3, byte: third_row + 1 }));
    }
}
