//! Italian telephone numbers as people write them. Dates, sums, opening hours and file numbers look alike: the rules
//! below let these through.
use std::ops::Range;

/// A run of digits, and what stands between it and the next.
struct Group {
    range: Range<usize>,
    digits: String,
    gap: String,
}

/// Groups of digits that belong together: joined by one or two of space, dot, hyphen, slash and bracket.
fn runs(chars: &[char]) -> Vec<Vec<Group>> {
    let (mut runs, mut run) = (Vec::new(), Vec::<Group>::new());
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < chars.len() && chars[i].is_ascii_digit() {
            i += 1;
        }
        let digits: String = chars[start..i].iter().collect();
        let gap: String = chars[i..].iter().take(3).take_while(|c| " .-/()–".contains(**c)).collect();
        // A letter before or after makes it part of a code: `A562`, `2B`.
        let lettered =
            start > 0 && chars[start - 1].is_alphanumeric() || chars.get(i).is_some_and(|c| c.is_alphanumeric());
        let next = chars.get(i + gap.chars().count()).is_some_and(char::is_ascii_digit);
        let joined = !lettered && next && (1..=2).contains(&gap.chars().count()) && gap != ". ";
        if !lettered {
            run.push(Group { range: start..i, digits, gap });
        }
        if !joined && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// Where a telephone number stands.
pub(super) fn number(chars: &[char]) -> Option<Range<usize>> {
    for run in runs(chars) {
        for from in 0..run.len() {
            // The longest reading first, so that what is shown is the whole number.
            for to in (from + 1..=run.len().min(from + 6)).rev() {
                let range = run[from].range.start..run[to - 1].range.end;
                if is_telephone(chars, &run[from..to], range.start) {
                    let plus = range.start > 0 && chars[range.start - 1] == '+';
                    return Some(range.start - usize::from(plus)..range.end);
                }
            }
        }
    }
    None
}

fn is_telephone(chars: &[char], groups: &[Group], start: usize) -> bool {
    let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let plus = start > 0 && chars[start - 1] == '+';
    let abroad = if plus { digits.strip_prefix("39") } else { digits.strip_prefix("0039") };
    if let Some(national) = abroad {
        return (6..=11).contains(&national.len());
    }
    if plus || follows_a_label(chars, start) {
        return false;
    }
    let gaps: Vec<&str> = groups[..groups.len() - 1].iter().map(|group| group.gap.as_str()).collect();
    let thousands = gaps.iter().all(|gap| *gap == ".") && groups.iter().skip(1).all(|group| group.digits.len() == 3);
    let mobile = digits.len() >= 9 && digits.len() <= 10 && matches!(digits.as_bytes(), [b'3', b'2'..=b'9', ..]);
    if mobile {
        return groups.len() == 1 || !thousands && groups[0].digits.len() >= 3;
    }
    let area = groups[0].digits.as_str();
    let landline = (8..=10).contains(&digits.len()) && matches!(digits.as_bytes(), [b'0', b'1'..=b'9', ..]);
    // Behind the area code a number is cut in one way only, a day or an opening hour in several.
    let even = gaps.len() < 2 || gaps[1..].iter().all(|gap| gap == &gaps[1]);
    let date = groups.len() == 3 && area.len() == 2 && groups[1].digits.len() <= 2 && groups[2].digits.len() == 4;
    landline && even && !date && (groups.len() == 1 || (2..=4).contains(&area.len()))
}

/// Whether the number follows a word that says it is something else.
fn follows_a_label(chars: &[char], start: usize) -> bool {
    let before: String = chars[start.saturating_sub(16)..start].iter().collect::<String>().to_lowercase();
    let word = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    ["cig", "cup", "iva", "prot", "protocollo", "prot. n", "istat"].iter().any(|label| word.ends_with(label))
}
