//! Finding territories by any of their names, as one types them. There are a few hundred, or thousands where a hub knows
//! all Italy, so they are kept in memory and looked through.
use super::italian::{says_nothing, words};
use crate::domain::{
    id::TerritoryId,
    territory::{Territory, TerritoryKind},
};

/// Words that stand before many names and tell nothing apart.
const COMMON: &[&str] = &["ambito", "comune", "territoriale", "sociale"];

/// All territories by their names.
#[derive(Debug, Default)]
pub struct Gazetteer(Vec<Place>);

#[derive(Debug)]
struct Place {
    id: TerritoryId,
    /// Ambiti before Comuni of the same name, then by slug.
    rank: (bool, String),
    names: Vec<Vec<String>>,
}

fn name(text: &str) -> Vec<String> {
    let words = words(text).into_iter().filter(|word| word.parts == 0 && !says_nothing(&word.text));
    words.map(|word| word.text).filter(|word| !COMMON.contains(&word.as_str())).collect()
}

impl Gazetteer {
    /// Of these territories.
    pub fn of<'a>(territories: impl Iterator<Item = &'a Territory>) -> Self {
        let place = |t: &Territory| {
            let codes = [&t.istat_code, &t.belfiore_code, &t.ipa_code].into_iter().flatten();
            let names = [&t.name].into_iter().chain(&t.aliases).chain(codes).map(|text| name(text));
            let rank = (t.kind != TerritoryKind::Ambito, t.slug.clone());
            Place { id: t.id, rank, names: names.filter(|name| !name.is_empty()).collect() }
        };
        Self(territories.map(place).collect())
    }

    /// The territories meant by what was typed, the likeliest first, at most `most`: those whose whole name was typed,
    /// then those whose name has all the words typed, the last of which may be unfinished.
    #[must_use]
    pub fn find(&self, text: &str, most: usize) -> Vec<TerritoryId> {
        let typed = name(text);
        if typed.is_empty() {
            return Vec::new();
        }
        let unfinished = text.ends_with(char::is_alphanumeric);
        let mut found: Vec<_> = (self.0.iter())
            .filter_map(|place| {
                let fit = place.names.iter().filter_map(|name| fit(name, &typed, unfinished)).min()?;
                Some((fit, &place.rank, place.id))
            })
            .collect();
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
        found.into_iter().take(most).map(|(_, _, id)| id).collect()
    }
}

/// How well a name fits, the less the better: 0 it is what was typed, 1 it is a part of it, 2 it has all of it, 3 it has
/// it when it is finished.
fn fit(name: &[String], typed: &[String], unfinished: bool) -> Option<u8> {
    if name == typed {
        return Some(0);
    }
    if typed.windows(name.len()).any(|part| part == name) {
        return Some(1);
    }
    let (last, rest) = typed.split_last()?;
    if !rest.iter().all(|word| name.contains(word)) {
        return None;
    }
    if name.contains(last) {
        return Some(2);
    }
    let begun = unfinished && last.chars().count() >= 2 && name.iter().any(|word| word.starts_with(last.as_str()));
    begun.then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_in_a_sentence_and_as_it_is_typed() {
        let of = |text: &str| name(text);
        let fits = |typed: &str| fit(&of("Francavilla Fontana"), &of(typed), typed.ends_with(char::is_alphanumeric));
        assert_eq!(fits("Ambito di Francavilla Fontana"), Some(0));
        assert_eq!(fits("voucher francavilla fontana centri"), Some(1));
        assert_eq!(fits("fontana"), Some(2));
        assert_eq!(fits("francavilla fon"), Some(3));
        assert_eq!(fits("francavilla fon "), None);
        assert_eq!(fits("brindisi"), None);
    }
}
