//! The lot: no bias beyond chance, weights as they are stated, and no manipulated list that passes.

use proptest::prelude::*;
use yizhan::benefits::draw::lot::{
    Entry, Fault, METHOD, Published, commitment, digest, follows, verify, winners,
};
use yizhan::secrets::hex;

use crate::chance::Chance;

const CAMPAIGN: &str = "019303a0-0000-7000-8000-000000000000";

fn seed(chance: &mut Chance) -> [u8; 32] {
    std::array::from_fn(|_| u8::try_from(chance.of(0..=255)).unwrap())
}

fn entries(weights: &[u32]) -> Vec<Entry> {
    weights.iter().zip(1..).map(|(weight, number)| Entry { number, weight: *weight, has_won: None }).collect()
}

/// How often each entry wins.
fn counted(weights: &[u32], stock: u32, draws: u32) -> Vec<f64> {
    let (entries, mut chance) = (entries(weights), Chance::new(7));
    let mut won = vec![0_u32; weights.len()];
    for _ in 0..draws {
        for number in winners(&seed(&mut chance), CAMPAIGN, &entries, stock) {
            won[usize::try_from(number).unwrap() - 1] += 1;
        }
    }
    won.into_iter().map(f64::from).collect()
}

#[test]
fn equal_entries_win_equally_often() {
    let (n, stock, draws) = (20.0, 5_u32, 4_000_u32);
    let won = counted(&[1; 20], stock, draws);
    let p = f64::from(stock) / n;
    let expected = f64::from(draws) * p;
    // The counts of draws without replacement depend on each other; this makes their squares chi-squared.
    let spread = expected * (1.0 - p) * n / (n - 1.0);
    let chi: f64 = won.iter().map(|count| (count - expected).powi(2) / spread).sum();
    // With 19 degrees of freedom chance exceeds 63 once in a million times, and falls below 2.5 as rarely.
    assert!((2.5..63.0).contains(&chi), "{chi}: {won:?}");
}

#[test]
fn the_first_place_goes_by_the_share_of_tickets() {
    let weights = [1, 1, 2, 3, 3, 10];
    let (draws, tickets) = (6_000_u32, f64::from(weights.iter().sum::<u32>()));
    let won = counted(&weights, 1, draws);
    let share = |weight: u32| f64::from(draws) * f64::from(weight) / tickets;
    let chi: f64 = won.iter().zip(weights).map(|(count, w)| (count - share(w)).powi(2) / share(w)).sum();
    // With 5 degrees of freedom chance exceeds 35 once in a million times.
    assert!(chi < 35.0, "{chi}: {won:?}");
}

#[test]
fn the_second_place_goes_by_the_share_of_what_is_left() {
    // Weights 3, 1, 1 and two places: the chance of the first to win one is 3/5 + 2 * 1/5 * 3/4 = 0.9.
    let (draws, p) = (4_000_u32, 0.9_f64);
    let won = counted(&[3, 1, 1], 2, draws);
    let spread = (f64::from(draws) * p * (1.0 - p)).sqrt();
    let off = (won[0] - f64::from(draws) * p).abs() / spread;
    assert!(off < 4.9, "{off}: {won:?}");
    assert!((won.iter().sum::<f64>() - 2.0 * f64::from(draws)).abs() < f64::EPSILON, "two win each time");
}

fn drawn(seed: [u8; 32], weights: &[u32], stock: u32) -> Published {
    let mut entries = entries(weights);
    let won = winners(&seed, CAMPAIGN, &entries, stock);
    for entry in &mut entries {
        entry.has_won = Some(won.contains(&entry.number));
    }
    Published {
        campaign_id: CAMPAIGN.to_owned(),
        commitment: commitment(&seed),
        seed: Some(hex(&seed)),
        digest: Some(digest(&entries)),
        stock,
        entries,
        drawn_at: None,
        method: METHOD.to_owned(),
    }
}

/// Every way to change one thing of a list at a place.
fn lies(draw: &Published, at: usize) -> Vec<Published> {
    let changed = |change: &dyn Fn(&mut Published)| {
        let mut lie = draw.clone();
        change(&mut lie);
        lie
    };
    let mut lies = vec![
        changed(&|d| d.entries[at].weight = d.entries[at].weight % 10 + 1),
        changed(&|d| d.entries[at].weight = 11),
        changed(&|d| d.entries[at].has_won = d.entries[at].has_won.map(|won| !won)),
        changed(&|d| d.entries[at].has_won = None),
        changed(&|d| {
            d.entries.remove(at);
        }),
        changed(&|d| d.entries.insert(at, d.entries[at].clone())),
        changed(&|d| d.entries[at].number += 1),
        changed(&|d| d.seed = Some("0".repeat(64))),
        changed(&|d| d.seed = Some("0".repeat(62))),
        changed(&|d| d.seed = None),
        changed(&|d| d.commitment = commitment(&[0; 32])),
        changed(&|d| d.digest = Some(digest(&[]))),
        changed(&|d| d.digest = None),
    ];
    let other = draw.entries.iter().position(|e| e.has_won != draw.entries[at].has_won);
    lies.extend(other.map(|other| {
        changed(&|d| {
            let (a, b) = (d.entries[at].has_won, d.entries[other].has_won);
            (d.entries[at].has_won, d.entries[other].has_won) = (b, a);
        })
    }));
    lies
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_drawn_passes_and_no_lie_does(
        seed in prop::array::uniform32(any::<u8>()),
        weights in prop::collection::vec(1_u32..=10, 1..30),
        stock in 1_u32..12,
        place in any::<prop::sample::Index>(),
    ) {
        let draw = drawn(seed, &weights, stock);
        let won = verify(&draw).unwrap();
        prop_assert_eq!(won.len(), weights.len().min(usize::try_from(stock).unwrap()));
        for lie in lies(&draw, place.index(weights.len())) {
            prop_assert!(verify(&lie).is_err(), "{:?}", lie);
        }
    }

    #[test]
    fn a_list_that_was_exchanged_after_its_copy_is_found(
        seed in prop::array::uniform32(any::<u8>()),
        weights in prop::collection::vec(1_u32..=10, 1..30),
        place in any::<prop::sample::Index>(),
    ) {
        let draw = drawn(seed, &weights, 3);
        prop_assert_eq!(follows(&draw, &draw), Ok(()));
        let mut other = weights.clone();
        let at = place.index(weights.len());
        other[at] = other[at] % 10 + 1;
        // Drawn anew from another list it is right in itself.
        let exchanged = drawn(seed, &other, 3);
        prop_assert!(verify(&exchanged).is_ok());
        prop_assert_eq!(follows(&exchanged, &draw), Err(Fault::OtherDraw("entries")));
    }
}

#[test]
fn the_method_is_the_published_one() {
    // Computed apart, by the published method, with Python's hashlib and hmac.
    let list = entries(&[3, 1, 1, 3]);
    let seed: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    assert_eq!(commitment(&seed), "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    assert_eq!(digest(&list), "151b733204f1721b712040399a49815921a12ca1cdd0f5faf120cbda7ad30f10");
    assert_eq!(winners(&seed, CAMPAIGN, &list, 2).into_iter().collect::<Vec<_>>(), [3, 4]);
}
