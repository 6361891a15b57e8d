use serde::{Deserialize, Serialize};

/// A trick undone while reading a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Letters of two scripts within one word.
    MixedScript,
    /// Invisible characters between letters.
    Invisible,
    /// A right-to-left override.
    Bidi,
    /// Digits or signs in place of letters.
    Leet,
    /// Letters kept apart by spaces or dots.
    SpacedLetters,
    /// Words written backwards.
    Backwards,
    /// Typed on the keyboard of another script.
    Keyboard,
}

impl Signal {
    /// Every signal, in the order in which they are reported.
    pub const ALL: [Signal; 7] = [
        Signal::MixedScript,
        Signal::Invisible,
        Signal::Bidi,
        Signal::Leet,
        Signal::SpacedLetters,
        Signal::Backwards,
        Signal::Keyboard,
    ];
}

/// A set of [`Signal`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signals(u8);

impl Signals {
    pub(crate) fn set(&mut self, signal: Signal) {
        self.0 |= 1 << signal as u8;
    }

    pub(crate) fn add(&mut self, others: Signals) {
        self.0 |= others.0;
    }

    /// Whether `signal` is in the set.
    pub fn has(self, signal: Signal) -> bool {
        self.0 & (1 << signal as u8) != 0
    }

    /// The signals in the set.
    pub fn iter(self) -> impl Iterator<Item = Signal> + use<> {
        Signal::ALL.into_iter().filter(move |&signal| self.has(signal))
    }
}
