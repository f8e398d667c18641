//! A thousand ways to change the log behind the service's back, drawn by chance from a fixed seed: each is found.

use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use yizhan::accounts::{Actor, Role, Via};
use yizhan::audit::{Head, Report, Signer, What, verify_within};
use yizhan::db::Tx;
use yizhan::{in_tx, row};

use super::{entry, meddle};
use crate::chance::Chance;
use crate::harness::Town;

/// How many mutations are tried on each engine.
const MUTATIONS: usize = 1_000;
/// Entries of the chain, and those after which its end was signed.
const ENTRIES: i64 = 36;
const SIGNED: [i64; 4] = [5, 14, 27, ENTRIES];

row! {
    /// An entry as an outsider reads it.
    #[derive(Debug)]
    struct Row {
        seq: i64,
        at_ms: i64,
        account_id: Option<String>,
        via: String,
        action: String,
        object_kind: String,
        object_id: String,
        district: Option<String>,
        detail: String,
    }
}

const ROWS: &str = "SELECT seq, at_ms, account_id, via, action, object_kind, object_id, district, detail
    FROM audit ORDER BY seq";

/// The hash by the letter of the documentation, written without the service's own code.
fn hash(before: &str, row: &Row) -> String {
    let (seq, at_ms) = (row.seq.to_string(), row.at_ms.to_string());
    let fields = [
        Some(before),
        Some(&seq),
        Some(&at_ms),
        row.account_id.as_deref(),
        Some(&row.via),
        Some(&row.action),
        Some(&row.object_kind),
        Some(&row.object_id),
        row.district.as_deref(),
        Some(&row.detail),
    ];
    let form: Vec<u8> = fields
        .into_iter()
        .flat_map(|f| {
            f.map_or(b"-".to_vec(), |text| [format!("{}:", text.len()).as_bytes(), text.as_bytes()].concat())
        })
        .collect();
    hex(&Sha256::digest(form))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The chain that is attacked, with what the attacker cannot reach.
struct Attacked {
    signer: Signer,
    witnessed: Vec<Option<Head>>,
    sqlite: bool,
}

/// A column of an entry with what becomes of it; each differs from what was there.
const EDITS: [(&str, &str); 18] = [
    ("at_ms", "at_ms + 1"),
    ("at_ms", "at_ms - 86400000"),
    ("account_id", "CASE WHEN account_id IS NULL THEN '' ELSE NULL END"),
    ("account_id", "COALESCE(account_id, '') || '0'"),
    ("via", "via || ' '"),
    ("via", "upper(via)"),
    ("action", "'x' || action"),
    ("action", "replace(action, '.', ',')"),
    ("object_kind", "upper(object_kind)"),
    ("object_id", "object_id || '1'"),
    ("object_id", "substr(object_id, 2)"),
    ("district", "CASE WHEN district IS NULL THEN '130302' ELSE NULL END"),
    ("district", "COALESCE(district, '') || ' '"),
    ("detail", "detail || ' '"),
    ("detail", "'{}'"),
    ("detail", "replace(detail, ':', ': ')"),
    ("hash", "upper(hash) || ' '"),
    ("hash", "CASE WHEN substr(hash, 1, 1) = '0' THEN '1' ELSE '0' END || substr(hash, 2)"),
];

/// The same for a signed head.
const HEAD_EDITS: [&str; 8] = [
    "at_ms = at_ms + 1",
    "hash = '0' || substr(hash, 1, 63)",
    "signer = replace(signer, substr(signer, 1, 1), 'z')",
    "signer = upper(signer) || ''",
    "signature = '0' || substr(signature, 1, 127)",
    "signature = upper(signature)",
    "signature = ''",
    "seq = seq + 1000",
];

impl Attacked {
    async fn check(&self, tx: &mut Tx) -> Report {
        verify_within(tx, &self.signer, self.witnessed.clone()).await.expect("the check runs")
    }

    /// Changes something at random; says what it did.
    async fn mutate(&mut self, tx: &mut Tx, chance: &mut Chance) -> String {
        let last = ENTRIES;
        let seq = chance.of(1..=last);
        match chance.of(0..=16) {
            0..=3 => edit(tx, seq, chance).await,
            4 => moved_letter(tx, seq).await,
            5 => {
                let to = chance.of(seq..=last.min(seq + 4));
                meddle(tx, format!("DELETE FROM audit WHERE seq BETWEEN {seq} AND {to}")).await;
                format!("{seq} to {to} deleted")
            }
            6 => closed_gap(tx, seq).await,
            7 => inserted(tx, seq, chance).await,
            8 => swapped(tx, seq, chance.of(1..=last - 1), last).await,
            9 | 10 => cut(tx, seq - 1, chance).await,
            11 | 12 => rewritten(tx, seq, chance).await,
            13 => head_edited(tx, chance).await,
            14 => head_forged(tx, seq, chance).await,
            15 => end_edited(tx, chance).await,
            _ if self.sqlite && chance.flip() => untyped(tx, seq, chance).await,
            _ => self.witness_edited(chance),
        }
    }

    fn witness_edited(&mut self, chance: &mut Chance) -> String {
        let at = chance.index(self.witnessed.len());
        let Some(head) = &mut self.witnessed[at] else { panic!("a head was read") };
        match chance.of(0..=4) {
            0 => head.seq += 1,
            1 => head.hash = head.signature[..64].to_owned(),
            2 => head.at_ms -= 1,
            3 => head.signature = head.signature.to_uppercase(),
            _ => self.witnessed[at] = None,
        }
        format!("line {at} of the witness file changed: {:?}", self.witnessed[at])
    }
}

async fn edit(tx: &mut Tx, seq: i64, chance: &mut Chance) -> String {
    let (column, value) = EDITS[chance.index(EDITS.len())];
    let sql = format!("UPDATE audit SET {column} = {value} WHERE seq = {seq}");
    assert_eq!(meddle(tx, sql.clone()).await, 1);
    sql
}

/// The last letter of one column becomes the first of the next: the texts in a row stay the same.
async fn moved_letter(tx: &mut Tx, seq: i64) -> String {
    let sql = format!(
        "UPDATE audit SET action = action || substr(object_kind, 1, 1), object_kind = substr(object_kind, 2)
         WHERE seq = {seq}"
    );
    assert_eq!(meddle(tx, sql.clone()).await, 1);
    sql
}

/// A row goes, and those after it move up.
async fn closed_gap(tx: &mut Tx, seq: i64) -> String {
    meddle(tx, format!("DELETE FROM audit WHERE seq = {seq}")).await;
    meddle(tx, format!("UPDATE audit SET seq = -seq WHERE seq > {seq}")).await;
    meddle(tx, "UPDATE audit SET seq = -seq - 1 WHERE seq < 0".to_owned()).await;
    meddle(tx, "UPDATE audit_chain SET seq = seq - 1".to_owned()).await;
    format!("{seq} taken out, the rest moved up")
}

async fn inserted(tx: &mut Tx, seq: i64, chance: &mut Chance) -> String {
    if chance.flip() {
        meddle(tx, format!("UPDATE audit SET seq = -seq WHERE seq >= {seq}")).await;
        meddle(tx, "UPDATE audit SET seq = -seq + 1 WHERE seq < 0".to_owned()).await;
        meddle(tx, "UPDATE audit_chain SET seq = seq + 1".to_owned()).await;
        copy(tx, seq + 1, seq).await;
        return format!("a row put in at {seq}");
    }
    let end = ENTRIES + 1;
    copy(tx, seq, end).await;
    let sql =
        format!("UPDATE audit_chain SET seq = {end}, hash = (SELECT hash FROM audit WHERE seq = {end})");
    meddle(tx, sql).await;
    format!("{seq} repeated at the end")
}

async fn copy(tx: &mut Tx, from: i64, to: i64) {
    let sql = format!(
        "INSERT INTO audit SELECT {to}, at_ms, account_id, via, action, object_kind, object_id, district, detail, hash
         FROM audit WHERE seq = {from}"
    );
    assert_eq!(meddle(tx, sql).await, 1);
}

async fn swapped(tx: &mut Tx, a: i64, step: i64, last: i64) -> String {
    let b = (a + step - 1) % last + 1;
    let b = if a == b { a % last + 1 } else { b };
    meddle(tx, format!("UPDATE audit SET seq = -{b} WHERE seq = {a}")).await;
    meddle(tx, format!("UPDATE audit SET seq = {a} WHERE seq = {b}")).await;
    meddle(tx, format!("UPDATE audit SET seq = {b} WHERE seq = -{b}")).await;
    format!("{a} and {b} swapped")
}

/// The end is cut off, with or without the note of it and the heads that covered it.
async fn cut(tx: &mut Tx, keep: i64, chance: &mut Chance) -> String {
    meddle(tx, format!("DELETE FROM audit WHERE seq > {keep}")).await;
    let (note, heads) = (chance.flip(), chance.flip());
    if note {
        let start = "0".repeat(64);
        let hash = format!("COALESCE((SELECT hash FROM audit WHERE seq = {keep}), '{start}')");
        meddle(tx, format!("UPDATE audit_chain SET seq = {keep}, hash = {hash}")).await;
    }
    if heads {
        meddle(tx, format!("DELETE FROM audit_head WHERE seq > {keep}")).await;
    }
    format!("cut after {keep}, note {note}, heads {heads}")
}

/// An entry is changed and every hash after it computed anew, as somebody who has read the documentation can.
async fn rewritten(tx: &mut Tx, seq: i64, chance: &mut Chance) -> String {
    edit_before_hash(tx, seq, chance).await;
    let rows: Vec<Row> = in_tx!(tx, c => sqlx::query_as(ROWS).fetch_all(c).await).expect("rows");
    let mut last = "0".repeat(64);
    for row in &rows {
        last = hash(&last, row);
        meddle(tx, format!("UPDATE audit SET hash = '{last}' WHERE seq = {}", row.seq)).await;
    }
    meddle(tx, format!("UPDATE audit_chain SET hash = '{last}'")).await;
    let heads = chance.of(0..=3);
    match heads {
        0 => drop(meddle(tx, format!("DELETE FROM audit_head WHERE seq >= {seq}")).await),
        1 => drop(meddle(tx, format!("UPDATE audit_head SET hash = {OWN} WHERE seq >= {seq}")).await),
        2 => resign(tx, seq).await,
        _ => {}
    }
    format!("{seq} rewritten with all after it, heads {heads}")
}

const OWN: &str = "(SELECT hash FROM audit WHERE audit.seq = audit_head.seq)";

async fn edit_before_hash(tx: &mut Tx, seq: i64, chance: &mut Chance) {
    let (column, value) = EDITS[chance.index(EDITS.len() - 2)];
    assert_eq!(meddle(tx, format!("UPDATE audit SET {column} = {value} WHERE seq = {seq}")).await, 1);
}

/// Every head from an entry on, signed anew with the attacker's own key.
async fn resign(tx: &mut Tx, seq: i64) {
    let (key, public) = stranger();
    for covered in SIGNED.into_iter().filter(|s| *s >= seq) {
        let sql = AssertSqlSafe(format!("SELECT hash FROM audit WHERE seq = {covered}"));
        let hash: String = in_tx!(tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a hash");
        let message = format!("yizhan audit head 1\n{covered}\n1\n{hash}");
        let signature = hex(&key.sign(message.as_bytes()).to_bytes());
        let values = format!("hash = '{hash}', at_ms = 1, signer = '{public}', signature = '{signature}'");
        meddle(tx, format!("UPDATE audit_head SET {values} WHERE seq = {covered}")).await;
    }
}

fn stranger() -> (SigningKey, String) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = hex(key.verifying_key().as_bytes());
    (key, public)
}

async fn head_edited(tx: &mut Tx, chance: &mut Chance) -> String {
    let seq = SIGNED[chance.index(SIGNED.len())];
    let which = chance.index(HEAD_EDITS.len() + 1);
    let sql = match HEAD_EDITS.get(which) {
        Some(edit) => format!("UPDATE audit_head SET {edit} WHERE seq = {seq}"),
        None => format!("DELETE FROM audit_head WHERE seq = {seq}"),
    };
    assert_eq!(meddle(tx, sql.clone()).await, 1);
    sql
}

/// A head for an entry that had none: with the service's public key, or with a signature that belongs to another.
async fn head_forged(tx: &mut Tx, seq: i64, chance: &mut Chance) -> String {
    let seq = if SIGNED.contains(&seq) { seq - 1 } else { seq };
    let (_, public) = stranger();
    let signer = if chance.flip() { format!("'{public}'") } else { "signer".to_owned() };
    let sql = format!(
        "INSERT INTO audit_head SELECT {seq}, (SELECT hash FROM audit WHERE seq = {seq}), at_ms, {signer}, signature
         FROM audit_head WHERE seq = {}",
        SIGNED[chance.index(SIGNED.len())]
    );
    assert_eq!(meddle(tx, sql.clone()).await, 1);
    sql
}

async fn end_edited(tx: &mut Tx, chance: &mut Chance) -> String {
    let sql = [
        "UPDATE audit_chain SET seq = seq + 1",
        "UPDATE audit_chain SET seq = 0",
        "UPDATE audit_chain SET hash = upper(hash) || '0'",
        "UPDATE audit_chain SET hash = (SELECT hash FROM audit WHERE seq = 3)",
        "DELETE FROM audit_chain",
    ][chance.index(5)];
    assert_eq!(meddle(tx, sql.to_owned()).await, 1);
    sql.to_owned()
}

/// SQLite takes a value of any type into any column.
async fn untyped(tx: &mut Tx, seq: i64, chance: &mut Chance) -> String {
    let edit = ["at_ms = 'soon'", "seq = 'x'", "at_ms = 1.5", "detail = x'ff00'", "seq = seq + 0.5"]
        [chance.index(5)];
    let sql = format!("UPDATE audit SET {edit} WHERE seq = {seq}");
    assert_eq!(meddle(tx, sql.clone()).await, 1);
    sql
}

/// Writes a chain and signs its end now and then.
async fn attacked(t: &Town) -> Attacked {
    let clerk = t.staff("clerk", Role::City, "1303").await;
    let people = [Actor::command(), Actor::system(), Actor::person(clerk.id, Via::Session, &[], Vec::new())];
    let written = t.verified().await.head.seq;
    for number in written + 1..=ENTRIES {
        let at = usize::try_from(number).expect("small");
        t.note(&people[at % people.len()], &entry(at)).await;
        if SIGNED.contains(&number) {
            t.sign().await;
        }
    }
    Attacked { signer: t.signer(), witnessed: t.witness().heads().expect("read"), sqlite: !t.is_postgres() }
}

both_engines! {
    async fn a_thousand_mutations_are_found(t: Town) {
        let mut attacked = attacked(&t).await;
        let clean = t.verified().await;
        assert!(clean.ok && clean.head.signed, "{clean:?}");
        assert_eq!((clean.rows, attacked.witnessed.len()), (36, SIGNED.len()));
        let mut chance = Chance::new(20_261_124);
        let mut seen = std::collections::BTreeMap::<What, usize>::new();
        for number in 0..MUTATIONS {
            let witnessed = attacked.witnessed.clone();
            let mut tx = t.app.db.begin().await.unwrap();
            let what = attacked.mutate(&mut tx, &mut chance).await;
            let report = attacked.check(&mut tx).await;
            assert!(!report.ok && !report.faults.is_empty(), "mutation {number} was not found: {what}");
            report.faults.iter().for_each(|f| *seen.entry(f.what).or_default() += 1);
            tx.rollback().await.unwrap();
            attacked.witnessed = witnessed;
        }
        assert!(seen.len() >= 12, "every kind of fault is met: {seen:?}");
        assert_eq!(t.verified().await, clean, "and nothing is left of them");
    }
}
