//! Cuts from an answer what its author did not write for it: the mail answered to, in all the ways that mail programs
//! quote it, signatures, and what an office puts under every mail. Where it is in doubt it keeps.

/// The line that our own letters begin with: what is above it is the answer. In lower case.
pub(super) const MARKERS: [&str; 2] = ["scrivete sopra questa riga", "write above this line"];

/// What a telephone or a mail program writes under a mail, in lower case.
const SENT_FROM: &[&str] = &[
    "inviato da iphone",
    "inviato da ipad",
    "inviato dal mio",
    "inviato da outlook",
    "inviato da mail per",
    "inviato da yahoo",
    "inviato da libero",
    "inviato da smartphone",
    "inviato da telefono",
    "sent from my",
    "sent from outlook",
    "sent from mail for",
    "get outlook for",
    "ottieni outlook per",
    "scarica outlook per",
    "ottieni bluemail",
    "get bluemail",
];

/// As much of a text is read, in bytes: far more than anybody writes.
const MOST: usize = 256 << 10;

/// The author's own words.
pub(super) fn own(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(MOST)];
    let clean: String = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String =
        clean.chars().filter(|c| !hidden(*c) && (!c.is_control() || matches!(c, '\n' | '\t'))).collect();
    let lines: Vec<&str> = clean.lines().map(str::trim_end).collect();
    let end = lines.iter().position(|line| is_marker(line)).unwrap_or(lines.len());
    let written = without_quotes(&lines[..end]);
    let signed = written.iter().position(|line| *line == "--" || is_sent_from(line)).unwrap_or(written.len());
    tidy(&without_disclaimer(&written[..signed]))
}

fn is_marker(line: &str) -> bool {
    // Where it is quoted, the answer may stand below.
    let line = if is_quoted(line) { String::new() } else { line.to_lowercase() };
    MARKERS.iter().any(|marker| line.contains(marker))
}

fn is_sent_from(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    SENT_FROM.iter().any(|words| line.starts_with(words))
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Quoted lines go wherever they stand; a quote that is not marked goes to the end of the mail.
fn without_quotes<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let (mut own, mut at) = (Vec::new(), 0);
    while let Some(line) = lines.get(at) {
        let rest = &lines[at..];
        if is_quoted(line) {
            at += 1;
        } else if let Some(long) = attribution(rest) {
            let next = rest[long..].iter().find(|line| !line.trim().is_empty());
            if next.is_some_and(|line| !is_quoted(line)) {
                break;
            }
            at += long;
        } else if begins_original(rest) {
            break;
        } else {
            own.push(*line);
            at += 1;
        }
    }
    own
}

/// How many lines "Il giorno … ha scritto:" takes here, if it stands here: programs break it as they like.
fn attribution(lines: &[&str]) -> Option<usize> {
    let begins = ["il ", "in data ", "on ", "le ", "am "];
    let ends = ["ha scritto:", "wrote:", "a écrit :", "a écrit:", "schrieb:", "ha scritto: "];
    let mut joined = String::new();
    for (taken, line) in lines.iter().take(4).enumerate() {
        let line = line.trim().to_lowercase();
        if line.is_empty() || joined.len() > 400 {
            return None;
        }
        joined.push_str(&line);
        let names_somebody = joined.contains('@') || joined.bytes().any(|b| b.is_ascii_digit());
        if ends.iter().any(|end| joined.ends_with(end.trim_end())) && names_somebody {
            return Some(taken + 1);
        }
        if !begins.iter().any(|begin| joined.starts_with(begin)) {
            return None;
        }
        joined.push(' ');
    }
    None
}

/// Whether the mail answered to begins here, as Outlook and those like it put it: with a line, with its header, or both.
fn begins_original(lines: &[&str]) -> bool {
    let Some(first) = lines.first().map(|line| line.trim().to_lowercase()) else { return false };
    let said =
        ["messaggio originale", "original message", "messaggio inoltrato", "forwarded message", "messaggio di origine"];
    if first.starts_with('-') && said.iter().any(|words| first.contains(words)) {
        return true;
    }
    if ["inizio messaggio inoltrato:", "begin forwarded message:"].contains(&first.as_str()) {
        return true;
    }
    let ruled = first.len() >= 10 && first.bytes().all(|b| b == b'_' || b == b'-');
    let mut rest =
        lines.iter().skip(usize::from(ruled)).map(|line| field(line)).skip_while(|line| ruled && line.is_empty());
    let names = ["da:", "from:", "von:", "de:"];
    if !rest.next().is_some_and(|line| names.iter().any(|name| line.starts_with(name))) {
        return false;
    }
    let others =
        ["inviato:", "sent:", "data:", "date:", "a:", "to:", "oggetto:", "subject:", "cc:", "gesendet:", "envoyé"];
    rest.take(7).filter(|line| others.iter().any(|name| line.starts_with(name))).count() >= 2
}

/// A line of a header as programs put it into a text: bold as asterisks.
fn field(line: &str) -> String {
    line.trim().trim_start_matches('*').replace(":*", ":").to_lowercase()
}

/// What lawyers have put under every mail of an office: a paragraph that speaks of those for whom it is meant and of
/// what is confidential, and all after it. Not the first: that is what somebody wrote.
fn without_disclaimer(lines: &[&str]) -> String {
    let text = lines.join("\n");
    let (mut kept, mut has_begun): (Vec<&str>, bool) = (Vec::new(), false);
    for paragraph in text.split("\n\n") {
        let low = paragraph.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| low.contains(word));
        let meant = ["destinatar", "recipient", "addressee", "intended for"];
        let confidential =
            ["riservat", "confidenzial", "confidential", "privileged", "2016/679", "196/2003", "privacy"];
        let printed = low.trim_start_matches(['*', ' ', '\n']).starts_with("prima di stampare")
            || low.contains("rispetta l'ambiente");
        if has_begun && (printed || (has(&meant) && has(&confidential))) {
            break;
        }
        has_begun |= !paragraph.trim().is_empty();
        kept.push(paragraph);
    }
    kept.join("\n\n")
}

/// No blank lines at the ends, one at most between.
fn tidy(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let ruled = |line: &str| line.len() >= 5 && line.bytes().all(|b| matches!(b, b'_' | b'-' | b'*' | b'='));
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    while out.last().is_some_and(|line| line.is_empty() || ruled(line)) {
        out.pop();
    }
    out.join("\n")
}

/// Joins the lines that `format=flowed` broke (RFC 3676).
pub(super) fn unflowed(text: &str, delsp: bool) -> String {
    let depth = |line: &str| line.bytes().take_while(|b| *b == b'>').count();
    let mut out: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for line in text.lines().map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        let deep = depth(line);
        let bare = line[deep..].strip_prefix(' ').unwrap_or(&line[deep..]);
        let flows = bare.ends_with(' ') && bare != "-- ";
        let kept = if flows && delsp { bare.strip_suffix(' ').unwrap_or(bare) } else { bare };
        match (open == Some(deep) && bare != "-- ", out.last_mut()) {
            (true, Some(last)) => last.push_str(kept),
            _ => out.push(if deep > 0 { format!("{} {kept}", ">".repeat(deep)) } else { kept.to_owned() }),
        }
        open = flows.then_some(deep);
    }
    out.join("\n")
}
