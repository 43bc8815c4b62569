//! What nobody can judge: whose figure is missing.
use super::{super::Part, Case};

/// Who does not say it.
#[derive(Clone, Copy)]
enum Whose {
    Theirs,
    Mine,
    Both,
}

impl Case<'_> {
    /// The sentence of a part that is not known.
    pub(super) fn missing(&self, part: Part) -> String {
        let (wish, offer) = (self.wish, self.offer);
        let mine = wish.site.as_ref();
        let (said_here, said_there) = match part {
            Part::Field => (!wish.fields.is_empty(), offer.field.is_some() || !offer.other_fields.is_empty()),
            Part::Target => (!wish.targets.is_empty(), !offer.targets.is_empty()),
            Part::Tools => (!wish.tools.is_empty(), !offer.tools.is_empty()),
            Part::Fund => (!wish.funds.is_empty(), !offer.funds.is_empty()),
            Part::Cost => (wish.budget_eur.is_some(), offer.cost_eur.is_some()),
            Part::Staff => (wish.staff_fte.is_some(), offer.staff_fte.is_some()),
            Part::Time => (wish.months.is_some(), offer.months.is_some()),
            Part::Size => (mine.is_some_and(|site| site.people().is_some()), self.owner.people().is_some()),
            Part::Area => (mine.is_some_and(|site| site.area().is_some()), self.owner.area().is_some()),
            Part::Distance => (mine.is_some_and(|site| site.point.is_some()), self.owner.point.is_some()),
            // Every practice has words, evidence and a kit, if only an empty one.
            Part::Text | Part::Evidence | Part::Kit => (false, true),
        };
        let whose = match (said_here, said_there) {
            (true, false) => Whose::Theirs,
            (false, false) => Whose::Both,
            (_, true) => Whose::Mine,
        };
        if let Some(thing) = compared(part) {
            return self.about_places(part, thing, whose, mine.is_some());
        }
        self.about(part, whose)
    }

    fn about(&self, part: Part, whose: Whose) -> String {
        let ((it, en), mine) = (question(part), own(part));
        match whose {
            Whose::Theirs => self.say(
                format!("Non sappiamo {it}: la pratica non lo dice"),
                format!("We do not know {en}: the practice does not say"),
            ),
            Whose::Mine => self.say(format!("Non avete indicato {}", mine.0), format!("You did not say {}", mine.1)),
            Whose::Both => self.say(
                format!("Non sappiamo {it}, e non avete indicato {}", mine.0),
                format!("We do not know {en}, and you did not say {}", mine.1),
            ),
        }
    }

    /// What territories are compared in stands in the list of territories: nobody says it of oneself.
    fn about_places(&self, part: Part, thing: (&str, &str), whose: Whose, is_named: bool) -> String {
        if !is_named {
            return self.say(
                format!("{}: non avete indicato per quale territorio", thing.0),
                format!("{}: you did not say for which territory", thing.1),
            );
        }
        let (it, en) = match whose {
            Whose::Theirs => question(part),
            Whose::Mine => own(part),
            Whose::Both => neither(part),
        };
        self.say(format!("Non sappiamo {it}"), format!("We do not know {en}"))
    }
}

/// What territories are compared in.
const fn compared(part: Part) -> Option<(&'static str, &'static str)> {
    match part {
        Part::Size => Some(("Abitanti", "Inhabitants")),
        Part::Area => Some(("Classe di area", "Class of area")),
        Part::Distance => Some(("Distanza", "Distance")),
        _ => None,
    }
}

/// What is not known of the practice or its owner, after "we do not know".
const fn question(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Field => ("qual è il suo tema", "its field"),
        Part::Target => ("a chi è rivolta", "whom it is for"),
        Part::Tools => ("quali strumenti usa", "which tools it uses"),
        Part::Text => ("che cosa dice", "what it says"),
        Part::Cost => ("quanto costa", "what it costs"),
        Part::Staff => ("quanto personale serve", "how much staff it takes"),
        Part::Time => ("quanti mesi servono per partire", "how many months it takes to start"),
        Part::Fund => ("quali fondi l'hanno pagata", "which funds paid for it"),
        Part::Size => ("quanti abitanti ha chi l'ha realizzata", "how many inhabitants its owner has"),
        Part::Area => ("in quale classe di area è chi l'ha realizzata", "which class of area its owner is in"),
        Part::Distance => ("dove si trova chi l'ha realizzata", "where its owner is"),
        Part::Evidence => ("quali prove ha", "what evidence it has"),
        Part::Kit => ("se ha un kit", "whether it has a kit"),
    }
}

/// What is known of neither territory, after "we do not know".
const fn neither(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Size => ("quanti abitanti avete, né voi né loro", "how many inhabitants either side has"),
        Part::Area => ("la classe di area, né la vostra né la loro", "which class of area either side is in"),
        _ => ("dove siete, né voi né loro", "where either side is"),
    }
}

/// What is not known of oneself.
const fn own(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Field => ("il tema che cercate", "which field you look for"),
        Part::Target => ("per chi la cercate", "for whom you look for it"),
        Part::Tools => ("quali strumenti cercate", "which tools you look for"),
        Part::Text => ("parole che dicano che cosa cercate", "words that say what you look for"),
        Part::Cost => ("il vostro budget", "your budget"),
        Part::Staff => ("quanto personale avete", "how much staff you have"),
        Part::Time => ("quanti mesi avete", "how many months you have"),
        Part::Fund => ("quali fondi avete", "which funds you have"),
        Part::Size => ("quanti abitanti avete voi", "how many inhabitants you have"),
        Part::Area => ("in quale classe di area siete voi", "which class of area you are in"),
        Part::Distance => ("dove vi trovate voi", "where you are"),
        Part::Evidence | Part::Kit => ("che cosa vi serve", "what you need"),
    }
}
