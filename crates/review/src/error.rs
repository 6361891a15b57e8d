use crate::{Disposition, Identity, ReasonCode};
use jiff::civil::Date;

/// Why something that people wanted to do about an alert or a pair is refused. The text names the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody says who acts.
    #[error("nobody is named: say who acts, with an id that tells people apart")]
    Nobody,
    /// The rationale is empty.
    #[error("the rationale is empty: say in words why, for those who read it in ten years")]
    NoRationale,
    /// No reason code.
    #[error("{0} needs a reason code: one of {known}", known = ReasonCode::words_for(*.0))]
    NoReason(Disposition),
    /// A reason code that says the opposite of the disposition.
    #[error(
        "the reason '{reason}' does not speak for {disposition}: choose one of {known}",
        reason = .1.as_str(), disposition = .0, known = ReasonCode::words_for(*.0)
    )]
    WrongReason(Disposition, ReasonCode),
    /// A move that the table does not have.
    #[error("an alert that is {from} cannot become {to}: {hint}", hint = from.hint())]
    NoMove {
        /// What it is.
        from: Disposition,
        /// What was asked for.
        to: Disposition,
    },
    /// One person would release what two have confirmed.
    #[error(
        "the alert was confirmed as a true match by two people: choose RELEASE_RECOMMENDED, and somebody else approves it"
    )]
    Confirmed,
    /// One person would close an alert of a customer and entry of which another alert is a confirmed true match.
    #[error(
        "the alert {alert} of the same customer and entry was confirmed as a true match by two people: choose \
         RELEASE_RECOMMENDED here, and somebody else approves it"
    )]
    ConfirmedBeside {
        /// The other alert.
        alert: String,
    },
    /// A release of what was never confirmed.
    #[error("the alert is no confirmed true match: choose FALSE_POSITIVE")]
    NotConfirmed,
    /// One person would be both pairs of eyes.
    #[error("{who} {did}: somebody else must approve it")]
    SamePerson {
        /// Who.
        who: Identity,
        /// What they did first.
        did: &'static str,
    },
    /// There is nothing that waits for approval.
    #[error("nothing waits for approval: {0}")]
    NothingToApprove(String),
    /// A customer without an id.
    #[error(
        "the customer has no id: a pair is cleared for one customer, so give the record an id of your own and screen it again"
    )]
    NoCustomerId,
    /// A second pair beside one that fits.
    #[error(
        "pair {pair} of the same customer and entry {stands}: approve it or leave it, or revoke it before another one is proposed"
    )]
    PairStands {
        /// That pair.
        pair: String,
        /// What it does.
        stands: &'static str,
    },
    /// A pair would be approved while people doubt it.
    #[error(
        "pair {pair}: {why}: close that alert first, and approve the pair where it is a false positive, too"
    )]
    PairDoubted {
        /// The pair.
        pair: String,
        /// What the doubt is.
        why: String,
    },
    /// There is no such pair.
    #[error("there is no pair {0}: `tamis cleared list` shows them")]
    NoPair(String),
    /// An expiry that is no future day, or too far off.
    #[error(
        "{expires} is no day on which the pair may expire: choose one after {from} and not after {latest}"
    )]
    Expiry {
        /// What was asked for.
        expires: Date,
        /// The day of the proposal.
        from: Date,
        /// The last day allowed.
        latest: Date,
    },
    /// A date outside the calendar.
    #[error("the calendar ends before that day")]
    Calendar,
    /// No report is owed for this alert.
    #[error("no draft for this alert: {0}")]
    NoReport(String),
}
