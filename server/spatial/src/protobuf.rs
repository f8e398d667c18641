//! The part of the Protocol Buffers wire format that vector tiles are written in.

/// A growing message; fields are appended in the order they are put.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message(Vec<u8>);

/// Wire types of the encoding: <https://protobuf.dev/programming-guides/encoding/>.
const VARINT: u32 = 0;
const FIXED_64: u32 = 1;
const LENGTH_DELIMITED: u32 = 2;

impl Message {
    /// An empty message with room for so many bytes.
    pub(crate) fn with_capacity(len: usize) -> Message {
        Message(Vec::with_capacity(len))
    }

    pub(crate) fn uint(&mut self, field: u32, value: u64) {
        self.key(field, VARINT);
        varint(&mut self.0, value);
    }

    pub(crate) fn double(&mut self, field: u32, value: f64) {
        self.key(field, FIXED_64);
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, field: u32, value: &[u8]) {
        self.key(field, LENGTH_DELIMITED);
        varint(&mut self.0, value.len() as u64);
        self.0.extend_from_slice(value);
    }

    pub(crate) fn message(&mut self, field: u32, value: &Message) {
        self.bytes(field, &value.0);
    }

    /// A repeated number, packed; nothing if there are none.
    pub(crate) fn packed(&mut self, field: u32, values: &[u32]) {
        if values.is_empty() {
            return;
        }
        self.key(field, LENGTH_DELIMITED);
        let len: usize = values.iter().map(|value| varint_len(*value)).sum();
        varint(&mut self.0, len as u64);
        for value in values {
            varint(&mut self.0, u64::from(*value));
        }
    }

    /// Fields that were written into another message of the same kind.
    pub(crate) fn append(&mut self, other: &Message) {
        self.0.extend_from_slice(&other.0);
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn key(&mut self, field: u32, wire_type: u32) {
        varint(&mut self.0, u64::from(field << 3 | wire_type));
    }
}

/// Maps numbers of small magnitude to small numbers: 0, -1, 1, -2 to 0, 1, 2, 3.
pub(crate) fn zigzag(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Bytes that [`varint`] writes: one for every seven bits that are used, and one for 0.
fn varint_len(value: u32) -> usize {
    (38 - (value | 1).leading_zeros() as usize) / 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zigzag_gives_small_numbers_to_small_magnitudes() {
        assert_eq!([0, -1, 1, -2, 2].map(zigzag), [0, 1, 2, 3, 4]);
        assert_eq!([i32::MAX, i32::MIN].map(zigzag), [u32::MAX - 1, u32::MAX]);
    }

    #[test]
    fn a_varint_is_written_as_the_encoding_guide_shows() {
        let mut message = Message::default();
        message.uint(1, 150);
        assert_eq!(message.into_bytes(), [0x08, 0x96, 0x01]);
    }

    #[test]
    fn a_packed_field_is_written_as_the_encoding_guide_shows() {
        let mut message = Message::default();
        message.packed(6, &[3, 270, 86_942]);
        assert_eq!(message.into_bytes(), [0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05]);
    }

    proptest! {
        #[test]
        fn zigzag_can_be_undone(value: i32) {
            let coded = zigzag(value);
            let sign = (coded & 1).cast_signed();
            prop_assert_eq!((coded >> 1).cast_signed() ^ -sign, value);
        }

        #[test]
        fn the_length_of_a_varint_is_known_before(value: u32) {
            let mut out = Vec::new();
            varint(&mut out, u64::from(value));
            prop_assert_eq!(out.len(), varint_len(value));
        }
    }
}
