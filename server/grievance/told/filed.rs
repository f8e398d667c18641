//! What whoever files a case is told, and what there is to choose from.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::filing::Filed;
use super::super::model::Identity;
use super::super::receipt;
use super::super::settings::Category;
use super::when;
use crate::accounts::totp::qr_svg;
use crate::app::App;
use crate::calendar::clock::ToldDue;
use crate::language::Language;

/// A case that was taken in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FiledGrievance)]
pub(in super::super) struct ToldFiled {
    /// What one names it by. Numbers are given in order.
    number: String,
    /// What opens it: 20 digits. It is told to this request alone, each time it is sent.
    receipt: String,
    /// When it came; of an anonymous one the day.
    received: String,
    /// Until when it is answered.
    due: ToldDue,
    /// What anybody can check.
    signed: Signed,
}

/// A statement that the service signed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SignedReceipt)]
struct Signed {
    /// What is signed: the number and the day, neither who nor what.
    text: String,
    /// The signature (Ed25519), in base64 for addresses.
    signature: String,
    /// Where anybody can check it.
    verify_url: String,
    /// That address as a QR code (SVG) for the paper, where staff enter a case.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    qr_svg: Option<String>,
}

impl ToldFiled {
    /// Tells what was filed.
    pub(in super::super) fn new(app: &App, origin: &str, filed: Filed, language: Language) -> Self {
        let identity = if filed.is_anonymous { Identity::Anonymous } else { Identity::Named };
        let signature = receipt::signature(&app.secrets, &filed.number, filed.day);
        let verify_url = format!(
            "{origin}/grievance/verify?number={}&day={}&signature={signature}",
            filed.number, filed.day
        );
        Self {
            received: when(filed.received_ms, identity, app.config.zone()),
            due: ToldDue::new(&filed.due, language),
            signed: Signed {
                text: receipt::statement(&filed.number, filed.day),
                signature,
                verify_url,
                qr_svg: None,
            },
            number: filed.number,
            receipt: filed.receipt,
        }
    }

    /// The same with what is printed beside it.
    pub(in super::super) fn for_paper(mut self) -> Self {
        self.signed.qr_svg = qr_svg(&self.signed.verify_url);
        self
    }
}

/// The key with which anybody checks receipts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceReceiptKey)]
pub(in super::super) struct ReceiptKey {
    /// `Ed25519`
    pub(in super::super) algorithm: &'static str,
    /// The public key, in base64 for addresses.
    pub(in super::super) key: String,
}

/// What a case may be about.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCategories)]
pub(in super::super) struct ToldCategories {
    items: Vec<ToldCategory>,
}

/// One of these.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrievanceCategory)]
struct ToldCategory {
    code: String,
    name: String,
    /// How soon a case of it is answered: urgent, prompt, normal or complex.
    urgency: &'static str,
    /// The identities it takes: each of them, the anonymous one included.
    identity: Vec<&'static str>,
}

impl ToldCategories {
    /// Tells them.
    pub(in super::super) fn new(categories: Vec<Category>, language: Language) -> Self {
        let told = |category: Category| ToldCategory {
            name: language.of(&category.name, &category.name_en).to_owned(),
            code: category.code,
            urgency: category.urgency.as_str(),
            identity: Identity::ALL.iter().map(|identity| identity.as_str()).collect(),
        };
        Self { items: categories.into_iter().map(told).collect() }
    }
}
