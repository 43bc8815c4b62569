//! Fiscal codes and IBANs: both carry a check of their own, so what passes it is hardly there by chance.
use std::ops::Range;

/// Letters and digits from `from` on, in upper case, passing over single spaces and hyphens, with the place of each.
fn spelled(chars: &[char], from: usize, most: usize) -> Vec<(usize, char)> {
    let mut out = Vec::with_capacity(most);
    let mut skipped = false;
    for (i, c) in chars.iter().enumerate().skip(from) {
        if c.is_ascii_alphanumeric() {
            out.push((i, c.to_ascii_uppercase()));
            skipped = false;
        } else if matches!(c, ' ' | '-') && !skipped {
            skipped = true;
        } else {
            break;
        }
        if out.len() == most {
            break;
        }
    }
    out
}

/// Where something of exactly `length(start)` signs stands that `sound` accepts, with no letter or digit around it.
fn find(
    chars: &[char],
    length: impl Fn(&[(usize, char)]) -> Option<usize>,
    sound: impl Fn(&[char]) -> bool,
) -> Option<Range<usize>> {
    let starts =
        (0..chars.len()).filter(|&i| chars[i].is_ascii_alphabetic() && (i == 0 || !chars[i - 1].is_alphanumeric()));
    for start in starts {
        let spelled = spelled(chars, start, 34);
        let Some(length) = length(&spelled).filter(|length| spelled.len() >= *length) else { continue };
        let end = spelled[length - 1].0 + 1;
        let word: Vec<char> = spelled[..length].iter().map(|(_, c)| *c).collect();
        if chars.get(end).is_none_or(|c| !c.is_alphanumeric()) && sound(&word) {
            return Some(start..end);
        }
    }
    None
}

/// Worth of digit or letter number n in odd places (counted from 1); in even places it is n itself.
const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/// Where a person's fiscal code stands (D.M. 23/12/1976; letters may stand for digits, "omocodia").
pub(super) fn fiscal_code(chars: &[char]) -> Option<Range<usize>> {
    find(chars, |_| Some(16), is_fiscal_code)
}

fn is_fiscal_code(code: &[char]) -> bool {
    let digit = |c: char| c.is_ascii_digit() || "LMNPQRSTUV".contains(c);
    let in_form = code.iter().enumerate().all(|(i, c)| match i {
        6 | 7 | 9 | 10 | 12..=14 => digit(*c),
        8 => "ABCDEHLMPRST".contains(*c),
        _ => c.is_ascii_uppercase(),
    });
    let number = |c: char| c.to_digit(10).or_else(|| c.to_digit(36).map(|n| n - 10)).unwrap_or(0);
    let sum: u32 = code[..15]
        .iter()
        .enumerate()
        .map(|(i, c)| if i % 2 == 0 { ODD.get(number(*c) as usize).copied().unwrap_or(0) } else { number(*c) })
        .sum();
    in_form && char::from_digit(10 + sum % 26, 36).is_some_and(|c| c.to_ascii_uppercase() == code[15])
}

/// Lengths of the IBANs one meets in Italy.
const IBAN_LENGTHS: [(&str, usize); 26] = [
    ("IT", 27),
    ("SM", 27),
    ("VA", 22),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CZ", 24),
    ("DE", 22),
    ("ES", 24),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("LT", 20),
    ("LU", 20),
    ("MT", 31),
    ("NL", 18),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
];

/// Where an IBAN stands.
pub(super) fn iban(chars: &[char]) -> Option<Range<usize>> {
    let length = |spelled: &[(usize, char)]| {
        let country: String = spelled.iter().take(2).map(|(_, c)| *c).collect();
        IBAN_LENGTHS.iter().find(|(known, _)| *known == country).map(|(_, length)| *length)
    };
    find(chars, length, is_iban)
}

/// ISO 7064, mod 97-10.
fn is_iban(iban: &[char]) -> bool {
    if !iban[2..4].iter().all(char::is_ascii_digit) {
        return false;
    }
    let remainder = iban[4..].iter().chain(&iban[..4]).fold(0, |sum, c| {
        let n = c.to_digit(36).unwrap_or(0);
        (sum * if n < 10 { 10 } else { 100 } + n) % 97
    });
    remainder == 1
}
