//! How each error looks to a client: its status, the contract's code, and two sentences.

use axum::http::StatusCode;

use crate::error::{Error, Words};

/// When a client whose request took too long may try again, in seconds.
const AFTER_TIMEOUT_S: u32 = 5;

/// The status and the code that the contract names.
pub(super) fn kind(error: &Error) -> (StatusCode, &'static str) {
    match error {
        Error::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
        Error::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed"),
        Error::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"),
        Error::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "not_acceptable"),
        Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        Error::TimedOut => (StatusCode::SERVICE_UNAVAILABLE, "timed_out"),
        Error::Unavailable { .. } => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

/// When the same request may succeed, in seconds.
pub(super) fn retry_s(error: &Error) -> Option<u32> {
    match error {
        Error::Unavailable { retry_s, .. } => Some(*retry_s),
        Error::TimedOut => Some(AFTER_TIMEOUT_S),
        _ => None,
    }
}

/// What is wrong, in a few words.
pub(super) fn title(error: &Error) -> Words {
    match error {
        Error::NotFound(_) => Words::new("没有找到", "Not found"),
        Error::Malformed(_) => Words::new("请求有误", "Malformed request"),
        Error::MethodNotAllowed => Words::new("不支持这种操作", "Method not allowed"),
        Error::NotAcceptable => Words::new("没有这种格式", "Not acceptable"),
        Error::TooLarge { .. } => Words::new("内容太大", "Body too large"),
        Error::TimedOut => Words::new("超时", "Timed out"),
        Error::Unavailable { .. } => Words::new("暂时不可用", "Unavailable"),
        Error::Internal(_) => Words::new("没办成，是我们的问题", "Our fault"),
    }
}

/// What to do about it.
pub(super) fn detail(error: &Error) -> Words {
    let (zh, en) = match error {
        Error::NotFound(_) => {
            ("这里没有您要的内容，或者它已经撤下。", "There is nothing here, or it is no longer public.")
        }
        Error::Malformed(_) => {
            ("请按 errors 里各字段的说明改正后再试。", "Mend the fields listed in errors and try again.")
        }
        Error::MethodNotAllowed => (
            "这个地址只接受 Allow 标头列出的方法。",
            "This address takes only the methods in the Allow header.",
        ),
        Error::NotAcceptable => {
            ("请在 Accept 中加入 application/json。", "Add application/json to the Accept header.")
        }
        Error::TooLarge { limit } => return too_large(*limit),
        Error::TimedOut => (
            "处理时间太长，已经停止。请缩小范围或稍后再试。",
            "It took too long and was stopped. Ask for less, or try later.",
        ),
        Error::Unavailable { .. } => (
            "服务正忙，请按 Retry-After 的秒数稍后再试。",
            "The service is busy; try again after Retry-After seconds.",
        ),
        Error::Internal(_) => {
            ("服务器出了错，请把 request_id 告诉我们。", "The server failed; please tell us the request_id.")
        }
    };
    Words::new(zh, en)
}

fn too_large(limit: usize) -> Words {
    Words::new(
        format!("请求内容最多 {limit} 字节，请拆小后再发。"),
        format!("A body may have at most {limit} bytes; send it in smaller parts."),
    )
}
