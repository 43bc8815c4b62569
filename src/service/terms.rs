//! Vocabularies as stewards change them: a term is added, gets another label, or ends. What was valid stays on record,
//! so that old practices keep their words.
use crate::{
    app::App,
    domain::{
        event::{EventKind, NewEvent},
        id::{Id, kind},
        permission::{Action, Actor, Subject},
        refusal::{Code, Outcome, Refusal, Refusals},
        term::{LABEL_AT_MOST, Scheme, Term, code},
        text::line,
        time::Date,
        word::Word,
    },
    store::{Tx, terms},
};
use uuid::Uuid;

/// A term's label in both languages.
#[derive(Clone, Debug)]
pub struct Labels {
    /// In Italian.
    pub it: String,
    /// In English.
    pub en: String,
}

impl Labels {
    fn check(&self, refusals: &mut Refusals) -> (String, String) {
        let mut take = |field, text| refusals.take(line(field, text, LABEL_AT_MOST)).unwrap_or_default();
        (take("labelIt", &self.it), take("labelEn", &self.en))
    }
}

/// A vocabulary that is being changed: nobody else changes it until this ends.
struct Open {
    tx: Tx,
    today: Date,
    terms: Vec<Term>,
}

impl Open {
    async fn of(app: &App, actor: &Actor, scheme: Scheme) -> Outcome<Self> {
        actor.may(Action::ManageVocabularies, &Subject::Hub)?;
        let mut tx = app.store.begin().await?;
        terms::lock(&mut tx).await?;
        let mut terms = terms::all(&mut tx).await?;
        terms.retain(|term| term.scheme == scheme);
        Ok(Self { tx, today: app.clock.now().date_in_italy(), terms })
    }

    fn with_code<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Term> {
        self.terms.iter().filter(move |term| term.code == code)
    }

    /// The term with this code that has no last day, or ends today or later.
    fn living(&self, code: &str) -> Outcome<Term> {
        let lives = |term: &&Term| term.valid_to.is_none_or(|last| last >= self.today);
        let found = self.with_code(code).filter(lives).max_by_key(|term| term.valid_from);
        Ok(found.cloned().ok_or_else(|| Refusal::not_found("code"))?)
    }

    /// The label that a living code has on a day; where it has none then, the next one, or else its last.
    fn label_on(&self, code: &str, day: Date) -> Outcome<Term> {
        let last = self.living(code)?;
        let until_then = |term: &&Term| term.valid_to.is_none_or(|last| last >= day.max(self.today));
        let found = self.with_code(code).filter(until_then).min_by_key(|term| term.valid_from);
        Ok(found.cloned().unwrap_or(last))
    }

    async fn close(mut self, app: &App, actor: &Actor, changed: &[&Term]) -> Outcome<()> {
        for term in changed {
            terms::save(&mut self.tx, term).await?;
            let event = NewEvent::new(EventKind::VocabularyImported, Id::<kind::Territory>::of(Uuid::nil()));
            let event = event.by(actor.person()).note("scheme", term.scheme.as_str());
            self.tx.emit(event.note("code", term.code.as_str()));
        }
        self.tx.commit(app.clock.now()).await?;
        Ok(())
    }
}

/// Adds a term at the end of its vocabulary, valid from a day on; from today where none is given.
///
/// # Errors
/// What is wrong with the fields, all at once; `DUPLICATE` where the code is valid on that day or later.
pub async fn add(app: &App, actor: &Actor, scheme: Scheme, new: (&str, &Labels), from: Option<Date>) -> Outcome<Term> {
    let open = Open::of(app, actor, scheme).await?;
    let mut refusals = Refusals::default();
    let code = refusals.take(code("code", new.0)).unwrap_or_default();
    let (label_it, label_en) = new.1.check(&mut refusals);
    let valid_from = from.unwrap_or(open.today);
    if open.with_code(&code).any(|term| term.valid_to.is_none_or(|last| last >= valid_from)) {
        refusals.push(Refusal::new(Code::Duplicate).on("code").say(
            "Il codice è già in uso in quel periodo: cambiatene l'etichetta, o sceglietene un altro.",
            "The code is in use at that time already: give it another label, or choose another code.",
        ));
    }
    refusals.none()?;
    let position = open.terms.iter().map(|term| term.position).max().unwrap_or(-1) + 1;
    let term = Term { scheme, code, label_it, label_en, valid_from, valid_to: None, position };
    open.close(app, actor, &[&term]).await?;
    Ok(term)
}

/// Gives a term another label from a day on, today where none is given. Until then it keeps the old one; a label that
/// began on that very day is corrected, and one that begins later stays.
///
/// # Errors
/// What is wrong with the fields, all at once; `NOT_FOUND` where no such code is valid; `INVALID` for a day before the
/// present label began, or after the term ends.
pub async fn rename(
    app: &App,
    actor: &Actor,
    scheme: Scheme,
    (code, labels): (&str, &Labels),
    from: Option<Date>,
) -> Outcome<Term> {
    let open = Open::of(app, actor, scheme).await?;
    let mut old = open.label_on(code, from.unwrap_or(open.today))?;
    let mut refusals = Refusals::default();
    let (label_it, label_en) = labels.check(&mut refusals);
    let valid_from = from.unwrap_or(open.today).max(old.valid_from);
    if from.is_some_and(|from| from < old.valid_from) || old.valid_to.is_some_and(|last| last < valid_from) {
        refusals.push(Refusal::new(Code::Invalid).on("validFrom").say(
            "In quel giorno la voce non è valida: scegliete un giorno del suo periodo di validità.",
            "The term is not valid on that day: choose a day on which it is.",
        ));
    }
    refusals.none()?;
    let new = Term { label_it, label_en, valid_from, ..old.clone() };
    if old.valid_from == valid_from {
        open.close(app, actor, &[&new]).await?;
    } else {
        old.valid_to = valid_from.yesterday().ok();
        open.close(app, actor, &[&old, &new]).await?;
    }
    Ok(new)
}

/// Says on which day a term is valid for the last time; today where none is given. What has it keeps it.
///
/// # Errors
/// `NOT_FOUND` where no such code is valid, `INVALID` for a day before it began.
pub async fn end(app: &App, actor: &Actor, scheme: Scheme, code: &str, last: Option<Date>) -> Outcome<Term> {
    let open = Open::of(app, actor, scheme).await?;
    let mut term = open.living(code)?;
    let last = last.unwrap_or(open.today);
    if last < term.valid_from {
        return Err(Refusal::new(Code::Invalid)
            .on("validTo")
            .say("L'ultimo giorno precede il primo.", "The last day is before the first.")
            .into());
    }
    term.valid_to = Some(last);
    open.close(app, actor, &[&term]).await?;
    Ok(term)
}
