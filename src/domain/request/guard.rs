//! What must hold for a step beside the table: pure functions. [`possible`] is asked both before a step is taken and
//! to list what a viewer may do, so the two cannot differ.
use super::{DeadlineKind, Party, Request, RequestState, Step, Timing, deadline, lifecycle, lifecycle::Transition};
use crate::domain::{
    calendar::Delay,
    permission::{Action, Actor},
    practice::{Practice, SupportLevel},
    refusal::{Code, Refusal},
    term::Scheme,
    time::Ts,
    word::Word,
};

/// What the answer depends on.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The request as it stands.
    pub request: &'a Request,
    /// The practice as it stands, where [`needs_practice`] says so and the viewer may see it.
    pub practice: Option<&'a Practice>,
    /// The number of another open request of the same requester for the same practice.
    pub other_open: Option<&'a str>,
    /// Now.
    pub now: Ts,
    /// The timers.
    pub timing: &'a Timing,
}

/// How long an interrupted request may be taken up again.
pub const REOPEN_WITHIN: Delay = Delay::Months(12);

/// The line of the table by which this actor may take `step` now, and in which quality: permission, state and every
/// guard that needs no input.
///
/// # Errors
/// The first thing that stands in the way.
pub fn possible(step: Step, actor: &Actor, facts: Facts<'_>) -> Result<(&'static Transition, Party), Refusal> {
    let request = facts.request;
    actor.may(Action::Request(step), &request.subject())?;
    let taken = lifecycle::next(step, request.state, &actor.parties(request.requester, request.owner))?;
    holds(step, taken.1, facts)?;
    Ok(taken)
}

/// Every step this actor may take now.
#[must_use]
pub fn steps(actor: &Actor, facts: Facts<'_>) -> Vec<Step> {
    Step::ALL.iter().copied().filter(|step| possible(*step, actor, facts).is_ok()).collect()
}

/// Whether the step's guard reads the practice, which must then be locked before asking.
#[must_use]
pub const fn needs_practice(step: Step) -> bool {
    matches!(step, Step::Send | Step::SendAgain)
}

/// Whether the step opens what was closed, so that another open request may be in the way.
#[must_use]
pub const fn needs_other_open(step: Step) -> bool {
    matches!(step, Step::SendAgain | Step::Reopen)
}

fn room(practice: Option<&Practice>) -> Result<(), Refusal> {
    practice.map_or_else(|| Err(Refusal::not_found("practice")), Practice::takes_requests)
}

fn holds(step: Step, party: Party, facts: Facts<'_>) -> Result<(), Refusal> {
    let Facts { request, practice, now, timing, .. } = facts;
    let ended = |kind| not_before(deadline::end(request, kind, timing), now);
    match step {
        Step::Send => {
            if request.need.is_empty() {
                return Err(Refusal::required("need"));
            }
            if request.support_level.is_none() {
                return Err(Refusal::required("supportLevel"));
            }
            room(practice)
        }
        Step::SendAgain => {
            alone(facts)?;
            room(practice)
        }
        Step::Discard if party == Party::System => ended(DeadlineKind::Discard),
        Step::Withdraw if party == Party::System => ended(DeadlineKind::Withdraw),
        Step::Expire => ended(DeadlineKind::Expire),
        Step::Extend => once(request.extended_days == 0),
        Step::Start if request.support_level == Some(SupportLevel::Full) && request.agreement.is_none() => {
            Err(Refusal::new(Code::Required).on("agreement").say(
                "Con il sostegno completo serve prima l'accordo tra i due enti: registrate atto, data e protocollo.",
                "Full support needs the agreement of the two bodies first: record its act, date and protocol number.",
            ))
        }
        Step::Complete
            if request.state == RequestState::Accepted && request.support_level != Some(SupportLevel::Documents) =>
        {
            Err(Refusal::new(Code::WrongState).say(
                "Senza avvio si conclude solo una richiesta di soli documenti: avviate prima la replica.",
                "Only a request for documents is completed without a start: start the replication first.",
            ))
        }
        Step::Reopen => {
            if REOPEN_WITHIN.after(request.state_since, None) < now {
                return Err(Refusal::new(Code::TooLate).say(
                    "Sono passati più di 12 mesi dall'interruzione: preparate una richiesta nuova.",
                    "More than 12 months have passed since it stopped: draft a new request.",
                ));
            }
            alone(facts)
        }
        Step::ConfirmOutcome => once(request.confirmation.is_none()),
        Step::FollowUp => {
            let due = deadline::follow_up_due(request, now, timing);
            let answered = |months| request.follow_ups.iter().any(|done| done.months == months);
            let Some(months) = due else { return not_before(None, now) };
            once(!answered(months))
        }
        _ => Ok(()),
    }
}

fn alone(facts: Facts<'_>) -> Result<(), Refusal> {
    facts.other_open.map_or(Ok(()), |number| Err(duplicate(Some(number))))
}

/// Another request of the same pair is open; its number is said where the viewer may see it.
#[must_use]
pub fn duplicate(number: Option<&str>) -> Refusal {
    let (it, en) = number.map_or_else(Default::default, |number| (format!(": {number}"), format!(": {number}")));
    Refusal::new(Code::Duplicate).on("practice").say(
        format!("Il vostro territorio ha già una richiesta aperta per questa pratica{it}. Proseguite con quella."),
        format!("Your territory has an open request for this practice already{en}. Go on with that one."),
    )
}

fn once(free: bool) -> Result<(), Refusal> {
    if free {
        return Ok(());
    }
    Err(Refusal::new(Code::WrongState)
        .say("È già stato fatto, e si fa una volta sola.", "It has been done already, and is done only once."))
}

fn not_before(due: Option<Ts>, now: Ts) -> Result<(), Refusal> {
    if due.is_some_and(|due| due <= now) {
        return Ok(());
    }
    Err(Refusal::new(Code::WrongState).say("Non è ancora il momento.", "The time for it has not come yet."))
}

/// The input field that must say something in this step: the lessons of what was stopped, the grounds of a steward who
/// strikes out, and why a facilitator takes a step in the place of one of the sides.
#[must_use]
pub fn text_due(line: &Transition, party: Party) -> Option<&'static str> {
    match line.event {
        Step::Interrupt => Some("lessons"),
        Step::Annul => Some("note"),
        _ => (party == Party::Facilitator && line.actors.len() > 1).then_some("note"),
    }
}

/// The vocabulary of the reason that is due in this step.
#[must_use]
pub fn reason_due(line: &Transition) -> Option<Scheme> {
    Scheme::parse(&format!("{}_REASON", line.reason.as_ref()?.to_uppercase()))
}

/// After accepting, only lost capacity excuses the owner.
///
/// # Errors
/// `INVALID` on `reason`.
pub fn decline_reason(state: RequestState, code: &str) -> Result<(), Refusal> {
    if state != RequestState::Accepted || code == "NO_CAPACITY" {
        return Ok(());
    }
    Err(Refusal::new(Code::Invalid).on("reason").say(
        "Una richiesta accolta si può lasciare solo per mancanza di risorse (NO_CAPACITY).",
        "An accepted request may only be let go for lack of capacity (NO_CAPACITY).",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        permission::PracticeStatus,
        request::{Awaiting, tests::sent},
    };

    #[test]
    fn every_reason_of_the_table_has_a_vocabulary() {
        for line in lifecycle::transitions() {
            assert_eq!(line.reason.is_some(), reason_due(line).is_some(), "{:?}", line.event);
        }
    }

    #[test]
    fn guards_that_need_no_input() {
        let mut request = sent();
        let mut practice = Practice::draft(request.practice, request.owner, None, request.created_at);
        (practice.status, practice.support_open) = (PracticeStatus::Published, true);
        let now = request.state_since;
        let timing = Timing::default();
        let asked = |request: &Request, practice: &Practice, other_open, step, days: i64| {
            let facts =
                Facts { request, practice: Some(practice), other_open, now: now.plus_days(days), timing: &timing };
            holds(step, Party::Requester, facts).err().map(|refusal| refusal.code)
        };
        assert_eq!(asked(&request, &practice, None, Step::Send, 0), None);
        assert_eq!(asked(&request, &practice, Some("REQ-2026-0007"), Step::SendAgain, 0), Some(Code::Duplicate));
        practice.active_requests = 1;
        assert_eq!(asked(&request, &practice, None, Step::SendAgain, 0), Some(Code::OwnerFull));
        practice.support_open = false;
        assert_eq!(asked(&request, &practice, None, Step::Send, 0), Some(Code::OwnerClosed));
        assert_eq!(asked(&request, &practice, None, Step::Expire, 44), Some(Code::WrongState));
        assert_eq!(asked(&request, &practice, None, Step::Expire, 46), None);
        request.extended_days = 30;
        assert_eq!(asked(&request, &practice, None, Step::Expire, 46), Some(Code::WrongState));
        assert_eq!(asked(&request, &practice, None, Step::Extend, 0), Some(Code::WrongState));
        request.state = RequestState::Acknowledged;
        let by_the_hub = |request: &Request, days| {
            let facts = Facts { request, practice: None, other_open: None, now: now.plus_days(days), timing: &timing };
            holds(Step::Withdraw, Party::System, facts).err().map(|refusal| refusal.code)
        };
        assert_eq!(by_the_hub(&request, 99), Some(Code::WrongState), "the owner is to decide");
        request.turn_to(Awaiting::Requester, now);
        assert_eq!((by_the_hub(&request, 29), by_the_hub(&request, 30)), (Some(Code::WrongState), None));
        request.state = RequestState::Interrupted;
        assert_eq!(asked(&request, &practice, None, Step::Reopen, 360), None);
        assert_eq!(asked(&request, &practice, None, Step::Reopen, 370), Some(Code::TooLate));
        request.state = RequestState::Accepted;
        assert_eq!(asked(&request, &practice, None, Step::Complete, 0), Some(Code::WrongState));
        request.support_level = Some(SupportLevel::Full);
        assert_eq!(asked(&request, &practice, None, Step::Start, 0), Some(Code::Required));
    }
}
