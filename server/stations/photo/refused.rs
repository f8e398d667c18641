//! Why a photo is not taken, in words for the one who sent it.

use super::picture::{MOST_BYTES, MOST_PIXELS};
use super::service::{MOST_CAPTION, MOST_PHOTOS};
use crate::error::Words;

/// Why a photo is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The file has too many bytes.
    TooManyBytes,
    /// The picture has too many pixels, or takes too much memory: so many pixels across and down, where known.
    TooManyPixels(Option<(u32, u32)>),
    /// The file is no picture of a known kind.
    NoPicture,
    /// The file begins like a picture, but cannot be read.
    Damaged,
    /// No station has this id or number.
    NoStation(String),
    /// The station has as many photos as it may.
    TooManyPhotos,
    /// The caption is too long or no line of text.
    Caption,
}

impl Refused {
    /// What is wrong and how to mend it.
    pub fn words(&self) -> Words {
        match self {
            Self::TooManyBytes => {
                let most = MOST_BYTES >> 20;
                Words::new(
                    format!("文件超过 {most} MiB，请先缩小。"),
                    format!("the file is larger than {most} MiB; make it smaller first"),
                )
            }
            Self::TooManyPixels(size) => {
                let most = MOST_PIXELS / 1_000_000;
                let told = size.map(|(width, height)| format!(" ({width} × {height})")).unwrap_or_default();
                Words::new(
                    format!("图片{told}太大：每通道 8 位的最多 {most} 百万像素，请先缩小。"),
                    format!(
                        "the picture{told} is too large: at most {most} megapixels at 8 bits a channel; make it smaller first"
                    ),
                )
            }
            Self::NoPicture => Words::new(
                "不是 JPEG、PNG 或 WebP 图片。苹果手机请在“设置-相机-格式”里选“兼容性最佳”。",
                "not a JPEG, PNG or WebP picture; on an iPhone choose Settings, Camera, Formats, Most Compatible",
            ),
            Self::Damaged => Words::new(
                "图片已损坏或不完整，请重新导出或再拍一张。",
                "the picture is damaged or incomplete; export it again or take another",
            ),
            Self::NoStation(name) => Words::new(
                format!("没有编号或标识为 {name:?} 的驿站。"),
                format!("no station has the number or id {name:?}"),
            ),
            Self::TooManyPhotos => Words::new(
                format!("一处驿站最多 {MOST_PHOTOS} 张照片，请先用 photo remove 删除一张。"),
                format!("a station has at most {MOST_PHOTOS} photos; remove one first with photo remove"),
            ),
            Self::Caption => Words::new(
                format!("说明要在一行之内，最多 {MOST_CAPTION} 个字。"),
                format!("a caption is one line of at most {MOST_CAPTION} characters"),
            ),
        }
    }
}
