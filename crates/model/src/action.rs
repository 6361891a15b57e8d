use serde::{Deserialize, Serialize};

/// What is to be done about a match, from the least to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing is held up; whoever decides is told.
    Inform,
    /// The deal waits for a person's decision: a licence, another measure than a freeze, or a rule of the house.
    Review,
    /// Property is frozen and nothing may be dealt in. Only an asset freeze can ask for this.
    Block,
}

impl Action {
    /// Every action.
    pub const ALL: [Action; 3] = [Action::Inform, Action::Review, Action::Block];

    /// `inform`, `review` or `block`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Action::Inform => "inform",
            Action::Review => "review",
            Action::Block => "block",
        }
    }

    /// What to do, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Action::Inform => "no alert; the reason is told",
            Action::Review => "hold until a person has decided",
            Action::Block => "stop: property is frozen, nothing may be dealt in",
        }
    }

    /// Whether a match that asks for this is an alert.
    pub const fn alerts(self) -> bool {
        !matches!(self, Action::Inform)
    }
}
