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
        Error::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        Error::Ineligible(_) => (StatusCode::UNPROCESSABLE_ENTITY, "not_eligible"),
        Error::Unauthenticated(code) => (StatusCode::UNAUTHORIZED, code),
        Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Error::Must(code) | Error::NotAllowed { is_forbidden: true, code, .. } => {
            (StatusCode::FORBIDDEN, code)
        }
        Error::Conflict { code, .. } | Error::NotAllowed { code, .. } => (StatusCode::CONFLICT, code),
        Error::Stale { .. } => (StatusCode::PRECONDITION_FAILED, "stale"),
        Error::ConditionMissing => (StatusCode::PRECONDITION_REQUIRED, "condition_missing"),
        Error::UnsupportedMedia => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"),
        Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts"),
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
        Error::Unavailable { retry_s, .. } | Error::TooMany { retry_s } => Some(*retry_s),
        Error::TimedOut => Some(AFTER_TIMEOUT_S),
        _ => None,
    }
}

/// What is wrong, in a few words.
pub(super) fn title(error: &Error) -> Words {
    match error {
        Error::NotFound(_) => Words::new("没有找到", "Not found"),
        Error::Malformed(_) => Words::new("请求有误", "Malformed request"),
        Error::Refused(_) => Words::new("填写有误", "Refused"),
        Error::Ineligible(_) => Words::new("不符合条件", "Not eligible"),
        Error::Unauthenticated(_) => Words::new("请先登录", "Not signed in"),
        Error::Forbidden => Words::new("没有这个权限", "Not permitted"),
        Error::Must(_) => Words::new("还差一步", "One step first"),
        Error::Conflict { .. } | Error::NotAllowed { .. } => Words::new("现在不能这样做", "Not possible now"),
        Error::Stale { .. } => Words::new("内容已被别人改过", "Changed meanwhile"),
        Error::ConditionMissing => Words::new("缺少版本", "Version missing"),
        Error::UnsupportedMedia => Words::new("不支持这种内容类型", "Unsupported media type"),
        Error::TooMany { .. } => Words::new("尝试太多次", "Too many attempts"),
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
        Error::Unauthenticated(code) => return unauthenticated(code),
        Error::Must(code) => return must(code),
        Error::Conflict { detail, .. } | Error::NotAllowed { detail, .. } => return detail.clone(),
        Error::Forbidden => (
            "您的账号没有做这件事的权限；需要的话请找管理员。",
            "Your account may not do this; an administrator can grant it.",
        ),
        Error::Stale { .. } => (
            "您打开之后有人改过。请重新读取，看看差别再改。",
            "Somebody changed it after you read it. Read it again, look at the difference, and repeat.",
        ),
        Error::ConditionMissing => (
            "请用 If-Match 写明要改的是哪个版本，例如 If-Match: \"v3\"。",
            "Say in If-Match which version is meant, such as If-Match: \"v3\".",
        ),
        Error::UnsupportedMedia => ("请用 application/json 发送内容。", "Send the body as application/json."),
        Error::TooMany { .. } => (
            "请按 Retry-After 的秒数等一会儿再试；忘了密码可以请管理员重置。",
            "Wait for Retry-After seconds; an administrator can reset a forgotten password.",
        ),
        Error::Ineligible(_) => (
            "哪一条不符合，见 errors 里的说明。",
            "The list errors says which rules are not fulfilled, and why.",
        ),
        Error::Malformed(_) | Error::Refused(_) => {
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

fn unauthenticated(code: &str) -> Words {
    let (zh, en) = match code {
        "bad_credentials" => ("账号或密码不对。", "The login or the password is wrong."),
        "totp_required" => {
            ("请再输入手机上的 6 位动态码。", "Enter the six digits that your phone shows as well.")
        }
        "bad_totp" => ("动态码不对，或者已经用过。", "The one-time code is wrong or was used before."),
        "bad_token" => ("令牌无效、已过期或已撤销。", "The token is unknown, expired or withdrawn."),
        _ => ("请先登录，或出示令牌。", "Sign in first, or show a token."),
    };
    Words::new(zh, en)
}

fn must(code: &str) -> Words {
    let (zh, en) = match code {
        "must_change_password" => ("请先改密码。", "Change your password first."),
        "must_enrol_totp" => ("请先绑定手机动态码。", "Enrol one-time codes first."),
        "cross_site" => (
            "这个请求来自别的网站，没有执行。请在本站页面里操作。",
            "The request came from another site and was not carried out. Use this service's own pages.",
        ),
        _ => ("请先完成前一步。", "Finish the step before."),
    };
    Words::new(zh, en)
}
