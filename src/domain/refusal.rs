//! What can go wrong: a [`Refusal`] is what a person can act on, a [`Fault`] is everything else.
use super::text::Language;
use std::error::Error;

words! {
    /// Why something was refused. Clients branch on it; people read the sentence.
    enum Code {
        /// A needed value is missing or empty.
        Required = "REQUIRED",
        /// A value is not of the right form.
        Invalid = "INVALID",
        /// A text or list is longer than its limit.
        TooLong = "TOO_LONG",
        /// Nothing that this viewer may see has that id.
        NotFound = "NOT_FOUND",
        /// One must sign in first.
        SignInNeeded = "SIGN_IN_NEEDED",
        /// The viewer's role, or the token's scope, does not allow it.
        Forbidden = "FORBIDDEN",
        /// Somebody changed it in the meantime: read it again.
        Conflict = "CONFLICT",
        /// It exists already, or is open already.
        Duplicate = "DUPLICATE",
        /// The object's state does not allow this step.
        WrongState = "WRONG_STATE",
        /// The owner takes no requests for this practice.
        OwnerClosed = "OWNER_CLOSED",
        /// The owner carries as many requests as it can.
        OwnerFull = "OWNER_FULL",
        /// Nobody asks for its own practice.
        OwnPractice = "OWN_PRACTICE",
        /// The lineage would have a cycle.
        Cycle = "CYCLE",
        /// The text seems to hold data of a person: fiscal code, IBAN or telephone number.
        CaseData = "CASE_DATA",
        /// A sign-in code is wrong, used up or too old.
        WrongCode = "WRONG_CODE",
        /// Asked for too often: wait and try again.
        TooMany = "TOO_MANY",
        /// The time in which it could be done has passed.
        TooLate = "TOO_LATE",
        /// The idempotency key was used for something else.
        KeyReused = "KEY_REUSED",
    }
}

/// What a person can act on: a code for programs, the input field it is about, a sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// Path of the input field, in the API's spelling (`input.need` is `["need"]`), empty for none.
    pub field: Vec<String>,
    it: String,
    en: String,
}

impl Refusal {
    /// A refusal without a sentence yet: follow it by [`Refusal::say`].
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, field: Vec::new(), it: String::new(), en: String::new() }
    }

    /// Names the input field, with dots between the steps (`outcome.result`).
    #[must_use]
    pub fn on(mut self, path: &str) -> Self {
        self.field = path.split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        self
    }

    /// The sentence in Italian and in English: what is wrong and what to do.
    #[must_use]
    pub fn say(mut self, it: impl Into<String>, en: impl Into<String>) -> Self {
        (self.it, self.en) = (it.into(), en.into());
        self
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn sentence(&self, language: Language) -> &str {
        language.pick(&self.it, &self.en)
    }

    /// A missing value.
    #[must_use]
    pub fn required(field: &str) -> Self {
        Self::new(Code::Required).on(field).say("Questo campo è obbligatorio.", "This field is required.")
    }

    /// Nothing visible has that id. Said also of what exists but may not be seen.
    #[must_use]
    pub fn not_found(field: &str) -> Self {
        Self::new(Code::NotFound).on(field).say(
            "Non trovato: l'elemento non esiste o non è visibile per voi.",
            "Not found: it does not exist or is not visible to you.",
        )
    }

    /// Somebody else's change came first.
    #[must_use]
    pub fn conflict(now: i64) -> Self {
        Self::new(Code::Conflict).on("expectedVersion").say(
            format!("Qualcuno l'ha modificato nel frattempo (ora è alla versione {now}): rileggete e riprovate."),
            format!("Somebody changed it in the meantime (it is at version {now} now): read it again and retry."),
        )
    }
}

/// Everything a person cannot act on: a broken database, a bug. Logged once with the request id, never shown.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Fault(Box<dyn Error + Send + Sync>);

impl Fault {
    /// Wraps an error with its chain.
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

/// Either of the two.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A person can act on these; there is at least one.
    #[error("refused: {}", .0.iter().map(|r| r.en.as_str()).collect::<Vec<_>>().join(" "))]
    Refused(Vec<Refusal>),
    /// Nobody outside can.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

/// What a use case returns.
pub type Outcome<T> = Result<T, Failure>;

/// Collects the refusals of a whole form, so that a person sees all of them at once.
#[derive(Debug, Default)]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    /// Keeps the refusal, if it is one, and gives back the value, if there is one.
    pub fn take<T>(&mut self, checked: Result<T, Refusal>) -> Option<T> {
        checked.map_err(|refusal| self.0.push(refusal)).ok()
    }

    /// Adds one.
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// What was refused so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Refusal> {
        self.0.iter()
    }

    /// Whether nothing was refused so far.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refusals kept so far, once it is clear that there are some.
    #[must_use]
    pub fn into_failure(self) -> Failure {
        Failure::Refused(self.0)
    }

    /// Fails where anything was refused.
    ///
    /// # Errors
    /// All refusals kept so far.
    pub fn none(self) -> Outcome<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Failure::Refused(self.0)) }
    }
}

impl<'a> IntoIterator for &'a Refusals {
    type Item = &'a Refusal;
    type IntoIter = std::slice::Iter<'a, Refusal>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
