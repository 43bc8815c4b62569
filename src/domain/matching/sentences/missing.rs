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
            Part::Size => (mine.is_some_and(|site| site.population.is_some()), self.owner.population.is_some()),
            Part::Area => (mine.is_some_and(|site| site.area_class.is_some()), self.owner.area_class.is_some()),
            Part::Distance => (mine.is_some_and(|site| site.point.is_some()), self.owner.point.is_some()),
            // Every practice has words, evidence and a kit, if only an empty one.
            Part::Text | Part::Evidence | Part::Kit => (false, true),
        };
        let whose = match (said_here, said_there) {
            (true, false) => Whose::Theirs,
            (false, false) => Whose::Both,
            (_, true) => Whose::Mine,
        };
        if mine.is_none() && matches!(part, Part::Size | Part::Area | Part::Distance) {
            return self.say(
                format!("{}: non avete indicato per quale territorio", thing(part).0),
                format!("{}: you did not say for which territory", thing(part).1),
            );
        }
        self.about(part, whose)
    }

    fn about(&self, part: Part, whose: Whose) -> String {
        let (it, en) = question(part);
        match whose {
            Whose::Theirs if matches!(part, Part::Size | Part::Area | Part::Distance) => self.say(
                format!("Non sappiamo {it} di chi l'ha realizzata"),
                format!("We do not know {en} of who did it"),
            ),
            Whose::Theirs => self.say(
                format!("Non sappiamo {it}: la pratica non lo dice"),
                format!("We do not know {en}: the practice does not say"),
            ),
            Whose::Mine => {
                let (it, en) = own(part);
                self.say(format!("Non avete indicato {it}"), format!("You did not say {en}"))
            }
            Whose::Both => {
                let mine = own(part);
                if matches!(part, Part::Size | Part::Area | Part::Distance) {
                    return self.say(
                        format!("Non conosciamo {}, né {it} di chi l'ha realizzata", mine.0),
                        format!("We know neither {} nor {en} of who did it", mine.1),
                    );
                }
                self.say(
                    format!("Non sappiamo {it}, e non avete indicato {}", mine.0),
                    format!("We do not know {en}, and you did not say {}", mine.1),
                )
            }
        }
    }
}

/// What a territory is compared in.
const fn thing(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Size => ("Abitanti", "Inhabitants"),
        Part::Area => ("Classe di area", "Class of area"),
        _ => ("Distanza", "Distance"),
    }
}

/// What is not known of the practice, after "we do not know".
const fn question(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Field => ("in quale campo è", "its field"),
        Part::Target => ("a chi è rivolta", "whom it is for"),
        Part::Tools => ("quali strumenti usa", "which tools it uses"),
        Part::Text => ("che cosa dice", "what it says"),
        Part::Cost => ("quanto costa", "what it costs"),
        Part::Staff => ("quanto personale serve", "how much staff it takes"),
        Part::Time => ("quanti mesi servono per partire", "how many months it takes to start"),
        Part::Fund => ("quali fondi l'hanno pagata", "which funds paid for it"),
        Part::Size => ("gli abitanti", "the inhabitants"),
        Part::Area => ("la classe di area", "the class of area"),
        Part::Distance => ("la posizione", "the place"),
        Part::Evidence => ("quali prove ha", "what evidence it has"),
        Part::Kit => ("se ha un kit", "whether it has a kit"),
    }
}

/// What one did not say of oneself.
const fn own(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Field => ("il campo che cercate", "which field you look for"),
        Part::Target => ("per chi la cercate", "for whom you look for it"),
        Part::Tools => ("quali strumenti cercate", "which tools you look for"),
        Part::Text => ("a parole che cosa cercate", "in words what you look for"),
        Part::Cost => ("il vostro budget", "your budget"),
        Part::Staff => ("quanto personale avete", "how much staff you have"),
        Part::Time => ("quanti mesi avete", "how many months you have"),
        Part::Fund => ("quali fondi avete", "which funds you have"),
        Part::Size => ("i vostri abitanti", "your inhabitants"),
        Part::Area => ("la vostra classe di area", "your class of area"),
        Part::Distance => ("la vostra posizione", "your place"),
        Part::Evidence | Part::Kit => ("che cosa vi serve", "what you need"),
    }
}
