//! Numbers and lists as they are written in a sentence of either language.
use crate::domain::text::Language;

/// Names in one list; more are counted.
const NAMED: usize = 5;

/// A number without decimals, its thousands apart: `62.000`, in English `62,000`.
pub(super) fn whole(number: f64, language: Language) -> String {
    let digits = format!("{number:.0}");
    let mut apart = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            apart.push(language.pick('.', ','));
        }
        apart.push(digit);
    }
    apart
}

/// A number with two decimals at most: `2,5`, in English `2.5`.
pub(super) fn decimal(number: f64, language: Language) -> String {
    let rounded = format!("{number:.2}");
    let (units, part) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let units = whole(units.parse().unwrap_or(number), language);
    match part.trim_end_matches('0') {
        "" => units,
        part => format!("{units}{}{part}", language.pick(',', '.')),
    }
}

/// Names with commas between; of many, some and how many more.
pub(super) fn listed(names: impl Iterator<Item = String>, language: Language) -> String {
    let names: Vec<String> = names.collect();
    // One more than is named is named too: "and 1 more" would be as long.
    if names.len() <= NAMED + 1 {
        return names.join(", ");
    }
    let more = names.len() - NAMED;
    let named = names.get(..NAMED).unwrap_or_default().join(", ");
    language.pick(format!("{named} e altri {more}"), format!("{named} and {more} more"))
}
