//! Sample values of every letter, for previews and snapshots. Places are real, the facts are not, and
//! every address is `.invalid`.

use jiff::civil::{Date, date};

use crate::domain::text::Language;

use super::letter::{Alternative, Letter, Told};
use super::matter::{Matter, ReplicationResult, SupportLevel};
use super::news::{News, Side};
use crate::domain::mail::{LetterKind as L, NotTaken};
use crate::domain::word::Word;

const DUE: Date = date(2026, 11, 30);
const EXPIRES: Date = date(2027, 1, 7);

impl Letter {
    /// Every letter at least once, each under the name of the case it shows; free text in the language given.
    #[must_use]
    pub fn samples(language: Language) -> Vec<(&'static str, Letter)> {
        let mut samples = arrivals(language);
        samples.extend(requests(language));
        samples.extend(answers(language));
        samples.extend(endings(language));
        samples.extend(findings(language));
        samples.extend(returns(language));
        samples.extend(news(language));
        samples
    }
}

/// The text in the language asked for.
fn say(language: Language, italian: &str, english: &str) -> String {
    match language {
        Language::It => italian.to_owned(),
        Language::En => english.to_owned(),
    }
}

fn matter(illustrative: bool) -> Matter {
    Matter {
        number: "REQ-2026-0001".to_owned(),
        practice: "In.Centro: il quartiere che accoglie".to_owned(),
        requester: "Ambito territoriale di Troia".to_owned(),
        owner: "Comune di Bitonto".to_owned(),
        request_url: "https://innesto.invalid/requests/REQ-2026-0001".to_owned(),
        illustrative,
    }
}

fn alternative() -> Alternative {
    Alternative {
        title: "Spazio Comune & Famiglie".to_owned(),
        territory: "Comune di Molfetta".to_owned(),
        url: "https://innesto.invalid/practices/spazio-comune".to_owned(),
    }
}

fn arrivals(language: Language) -> Vec<(&'static str, Letter)> {
    let code = Letter::SignInCode {
        code: "482913".to_owned(),
        minutes: 10,
        public_url: "https://innesto.invalid/".to_owned(),
    };
    let invitation = Letter::Invitation {
        territory: "Ambito territoriale di Troia".to_owned(),
        inviter_role: say(language, "Responsabile dell'Ufficio di Piano", "Coordinator of the Ufficio di Piano"),
        role: say(language, "Referente di pratica", "Contact of a practice"),
        sign_in_url: "https://innesto.invalid/sign-in?invitation=sample".to_owned(),
        days: 14,
    };
    vec![("sign_in_code", code), ("invitation", invitation)]
}

fn requests(language: Language) -> Vec<(&'static str, Letter)> {
    let need = say(
        language,
        "Nelle nostre frazioni i ragazzi dopo la scuola non hanno un luogo dove stare.\n\
         Vorremmo capire come avete scelto il partner e quanto è costato l'avvio.",
        "In our hamlets young people have nowhere to go after school.\n\
         We would like to know how you chose the partner and what the start cost.",
    );
    let received = |illustrative, wished_start| Letter::RequestReceived {
        matter: matter(illustrative),
        support_level: SupportLevel::Mentoring,
        need: need.clone(),
        wished_start,
        due: DUE,
        expires: EXPIRES,
    };
    let copy = Letter::RequestCopy {
        matter: matter(false),
        support_level: SupportLevel::Mentoring,
        need: need.clone(),
        wished_start: Some(date(2027, 2, 1)),
        due: DUE,
        expires: EXPIRES,
    };
    vec![
        ("request_received", received(false, Some(date(2027, 2, 1)))),
        ("request_received_illustrative", received(true, None)),
        ("request_copy", copy),
    ]
}

fn answers(language: Language) -> Vec<(&'static str, Letter)> {
    let acknowledged =
        |by_facilitator| Letter::Acknowledged { matter: matter(false), by_facilitator, due: date(2026, 12, 9) };
    let accepted = |support_level, note| Letter::Accepted {
        matter: matter(false),
        support_level,
        mentor: say(language, "la referente della pratica", "the contact of the practice"),
        first_date: date(2026, 12, 14),
        note,
    };
    let declined = |text, alternatives| Letter::Declined {
        matter: matter(false),
        reason_label: say(language, "In questo momento non ne abbiamo le forze", "We lack the capacity at present"),
        text,
        alternatives,
    };
    let note =
        say(language, "Portate il bilancio del progetto: partiamo da lì.", "Bring the budget: we start from there.");
    let text = say(language, "Seguiamo già due Ambiti fino a giugno.", "We are helping two districts until June.");
    vec![
        ("acknowledged", acknowledged(false)),
        ("acknowledged_by_facilitator", acknowledged(true)),
        ("accepted", accepted(SupportLevel::Mentoring, Some(note))),
        ("accepted_documents", accepted(SupportLevel::Documents, None)),
        ("accepted_full", accepted(SupportLevel::Full, None)),
        ("declined", declined(Some(text), vec![alternative()])),
        ("declined_without_alternatives", declined(None, Vec::new())),
    ]
}

fn findings(language: Language) -> Vec<(&'static str, Letter)> {
    let one = say(
        language,
        "Un luogo per i ragazzi dopo la scuola, nelle frazioni",
        "A place for young people after school, in the hamlets",
    );
    let other = say(language, "Giovani, Famiglie", "Young people, Families");
    let matched = |needs, illustrative| Letter::NeedMatched {
        practice: "In.Centro: il quartiere che accoglie".to_owned(),
        owner: "Comune di Bitonto".to_owned(),
        territory: "Ambito territoriale di Troia".to_owned(),
        needs,
        url: "https://innesto.invalid/practices/in-centro".to_owned(),
        illustrative,
    };
    let item = |title: String, path: &str| Told {
        title,
        day: date(2026, 11, 20),
        url: format!("https://innesto.invalid/{path}"),
    };
    let accepted = item(
        say(
            language,
            "[REQ-2026-0001] Richiesta accettata: «In.Centro: il quartiere che accoglie»",
            "[REQ-2026-0001] Request accepted: “In.Centro: il quartiere che accoglie”",
        ),
        "requests/REQ-2026-0001",
    );
    let message = item(
        say(
            language,
            "Nuovo messaggio dal Comune di Bitonto: Scelta del partner",
            "New message from Comune di Bitonto: Choice of the partner",
        ),
        "conversations/sample",
    );
    let digest = |items: Vec<Told>, more| Letter::Digest {
        total: items.len() + more,
        items,
        more,
        url: "https://innesto.invalid/notifications".to_owned(),
    };
    vec![
        ("digest", digest(vec![accepted.clone(), message], 3)),
        ("digest_of_one", digest(vec![accepted], 0)),
        ("need_matched", matched(vec![one.clone()], false)),
        ("need_matched_several_illustrative", matched(vec![one, other], true)),
    ]
}

/// Why each answer was not taken, under a name of its own.
const NOT_TAKEN: [(&str, NotTaken); 11] = [
    ("reply_not_taken", NotTaken::Empty),
    ("reply_not_taken_attachments", NotTaken::Attachments),
    ("reply_not_taken_only_attachments", NotTaken::OnlyAttachments),
    ("reply_not_taken_too_large", NotTaken::TooLarge),
    ("reply_not_taken_unknown_address", NotTaken::UnknownAddress),
    ("reply_not_taken_stranger", NotTaken::Stranger),
    ("reply_not_taken_sign_in", NotTaken::SignIn),
    ("reply_not_taken_not_yours", NotTaken::NotYours),
    ("reply_not_taken_forged", NotTaken::Forged),
    ("reply_not_taken_case_data", NotTaken::CaseData),
    ("reply_not_taken_refused", NotTaken::Refused),
];

fn returns(language: Language) -> Vec<(&'static str, Letter)> {
    let said = say(
        language,
        "Il testo ha 12000 caratteri, il massimo è 10000.",
        "The text has 12000 characters, the limit is 10000.",
    );
    let not_taken = |why| Letter::ReplyNotTaken {
        why,
        their_subject: say(language, "Re: Scelta del partner", "Re: Choice of the partner"),
        said: (why == NotTaken::Refused).then(|| said.clone()),
        url: "https://innesto.invalid/conversations/sample".to_owned(),
    };
    let mut all: Vec<_> = NOT_TAKEN.iter().map(|(name, why)| (*name, not_taken(*why))).collect();
    let unreached = |number: Option<&str>| Letter::Undelivered {
        territory: "Comune di Bitonto".to_owned(),
        number: number.map(str::to_owned),
        cause: say(language, "casella inesistente", "no such mailbox"),
        url: "https://innesto.invalid/territories/bitonto".to_owned(),
    };
    all.extend([("undelivered", unreached(Some("REQ-2026-0001"))), ("undelivered_conversation", unreached(None))]);
    all
}

fn endings(language: Language) -> Vec<(&'static str, Letter)> {
    let outcome_url = "https://innesto.invalid/requests/REQ-2026-0001/outcome";
    let due = date(2027, 10, 1);
    let completed = Letter::Completed {
        matter: matter(false),
        result: ReplicationResult::Adapted,
        outcome_url: outcome_url.to_owned(),
        days: 30,
        due,
    };
    let copy = Letter::CompletedCopy {
        matter: matter(false),
        result: ReplicationResult::Partial,
        outcome_url: outcome_url.to_owned(),
        days: 30,
        due,
    };
    let message = |number: Option<&str>, by_mail, reply_by| Letter::NewMessage {
        subject: say(language, "Scelta del partner", "Choice of the partner"),
        number: number.map(str::to_owned),
        author_territory: "Comune di Bitonto".to_owned(),
        author_role: say(language, "Referente della pratica", "Contact of the practice"),
        author_name: None,
        body_text: say(
            language,
            "Avete già un elenco di enti del Terzo settore?\n\nSe sì, partiamo da quello.",
            "Do you already have a list of third-sector bodies?\n\nIf so, let us start from there.",
        ),
        url: "https://innesto.invalid/conversations/sample".to_owned(),
        by_mail,
        reply_by,
    };
    vec![
        ("outcome_for_confirmation", completed),
        ("completed", copy),
        ("new_message", message(None, false, None)),
        ("new_message_by_mail", message(None, true, None)),
        ("new_message_about_request", message(Some("REQ-2026-0001"), false, Some(DUE))),
    ]
}

fn news(language: Language) -> Vec<(&'static str, Letter)> {
    let of = |kind: L, reader| News {
        kind,
        matter: matter(false),
        reader,
        by: "OWNER",
        unanswered: true,
        support_level: Some(SupportLevel::Mentoring),
        reason_label: None,
        text: None,
        day: Some(date(2026, 11, 16)),
        verdict: Some("CONFIRM"),
        due: Some(DUE),
        escalates: Some(date(2026, 12, 9)),
        ends: Some(EXPIRES),
        alternatives: Vec::new(),
    };
    let asks =
        [L::DraftNudge, L::DraftDiscardNotice, L::AnswerReminder, L::NoAnswerNotice, L::StartReminder, L::CheckInDue];
    let told = [L::FollowUpDue, L::Extended, L::AgreementRecorded, L::Started, L::Reopened, L::OutcomeConfirmed];
    let owner = [L::RequestReminder, L::DecisionReminder, L::ConfirmationReminder, L::Withdrawn];
    let facilitator = [L::RequestStuck, L::AcceptedCopy, L::Expired];
    let plain = |kinds: &[L], reader| kinds.iter().map(|kind| of(*kind, reader)).collect::<Vec<_>>();
    let mut all = plain(&asks, Side::Requester);
    all.extend(plain(&told, Side::Requester));
    all.extend(plain(&owner, Side::Owner));
    all.extend(plain(&facilitator, Side::Facilitator));
    let text = Some(say(language, "Il bando è andato deserto.", "Nobody answered the tender."));
    let label = |it, en| Some(say(language, it, en));
    let budget = label("Mancano i fondi", "The budget fell through");
    all.push(News { text: text.clone(), ..of(L::Stuck, Side::Owner) });
    all.push(News { text: text.clone(), reason_label: budget.clone(), ..of(L::Interrupted, Side::Requester) });
    all.push(News { text: text.clone(), ..of(L::OutcomeDisputed, Side::Facilitator) });
    all.push(News { text, reason_label: label("Errore", "Error"), ..of(L::Annulled, Side::Owner) });
    let capacity = label("In questo momento non ne abbiamo le forze", "We lack the capacity at present");
    all.push(News { reason_label: capacity, ..of(L::DeclinedCopy, Side::Facilitator) });
    let alternatives = vec![alternative()];
    all.push(News { alternatives, ..of(L::ExpiredWithAlternatives, Side::Requester) });
    let mut samples: Vec<_> = all.into_iter().map(|news| (news.kind.as_str(), Letter::News(news))).collect();
    let of_owner = |kind| of(kind, Side::Owner);
    let documents = Some(SupportLevel::Documents);
    let no_answer = label("Nessuna risposta", "No answer");
    samples.extend([
        (
            "start_reminder_owner_documents",
            Letter::News(News { support_level: documents, ..of_owner(L::StartReminder) }),
        ),
        ("started_owner", Letter::News(of_owner(L::Started))),
        ("expired_owner", Letter::News(of_owner(L::Expired))),
        ("request_stuck_decision", Letter::News(News { unanswered: false, ..of(L::RequestStuck, Side::Facilitator) })),
        ("request_reminder_last", Letter::News(News { escalates: None, ..of_owner(L::RequestReminder) })),
        ("withdrawn_no_answer", Letter::News(News { by: "SYSTEM", reason_label: no_answer, ..of_owner(L::Withdrawn) })),
        (
            "outcome_confirmed_disputed",
            Letter::News(News { verdict: Some("DISPUTE"), ..of(L::OutcomeConfirmed, Side::Requester) }),
        ),
    ]);
    samples
}
