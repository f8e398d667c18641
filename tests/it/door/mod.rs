//! What happens at the door: its card, its keeper, its visitors.

mod card;
