//! A page as text, as far as an answer needs it: paragraphs, lists, line breaks, and quotes marked line by line.
use mail_parser::decoders::html::html_to_text;

/// Ends what somebody wrote: Outlook puts the mail answered to after such an element.
const ORIGINAL: &str = "-----Messaggio originale-----";

struct Page {
    lines: Vec<String>,
    line: String,
    /// Elements that are open, and whether each quotes.
    open: Vec<(String, bool)>,
}

/// As much of a page is read, in bytes: programs write long ones.
const MOST: usize = 1 << 20;

/// From the end of the element with this name, whatever is in it; nothing where it has none.
fn end_of<'p>(page: &'p str, name: &str) -> &'p str {
    let ends = |(at, _): &(usize, &str)| {
        let word = page.as_bytes().get(at + 2..at + 2 + name.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    page.match_indices("</").find(ends).map_or("", |(at, _)| &page[at..])
}

/// The page as text.
pub(super) fn text(page: &str) -> String {
    let page = &page[..page.floor_char_boundary(MOST)];
    let mut out = Page { lines: Vec::new(), line: String::new(), open: Vec::new() };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        out.write(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = rest[1..].split_once('>') else {
            rest = "";
            break;
        };
        rest = after;
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_lowercase();
        if ["style", "script", "head", "title"].contains(&name.as_str()) && !tag.starts_with('/') && !tag.ends_with('/')
        {
            rest = end_of(rest, &name);
            continue;
        }
        out.tag(tag, &name);
    }
    out.write(rest);
    out.end_line();
    out.lines.join("\n")
}

impl Page {
    fn write(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.blank(text);
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.blank(" ");
        }
        // The crate knows all entities.
        self.line.push_str(html_to_text(text).trim());
        if text.ends_with(char::is_whitespace) {
            self.blank(" ");
        }
    }

    fn blank(&mut self, text: &str) {
        if !text.is_empty() && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let deep = self.open.iter().filter(|(_, quotes)| *quotes).count();
        let line = line.trim_end();
        let line = if deep > 0 { format!("{} {line}", ">".repeat(deep)) } else { line.to_owned() };
        if self.lines.len() < 20_000 {
            self.lines.push(line);
        }
    }

    fn end_paragraph(&mut self) {
        if !self.line.trim().is_empty() {
            self.end_line();
        }
    }

    fn tag(&mut self, tag: &str, name: &str) {
        let closes = tag.starts_with('/');
        let block = [
            "p",
            "div",
            "tr",
            "table",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "blockquote",
            "section",
            "article",
            "body",
            "pre",
        ];
        let low = tag.to_ascii_lowercase();
        if name == "br" {
            self.end_line();
            return;
        }
        if name == "hr" || low.contains("divrplyfwdmsg") || low.contains("appendonsend") {
            self.end_paragraph();
            if name != "hr" {
                self.lines.push(ORIGINAL.to_owned());
            }
            if name == "hr" {
                return;
            }
        }
        if !block.contains(&name) {
            return;
        }
        self.end_paragraph();
        if closes {
            if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
                self.open.truncate(at);
            }
            // A paragraph is followed by a blank line; Gmail's and Outlook's lines are `div`s.
            if matches!(name, "p" | "blockquote" | "ul" | "ol" | "table") {
                self.end_line();
            }
        } else {
            let quotes = name == "blockquote"
                || low.contains("yahoo_quoted")
                || low.contains("zmail_extra")
                || low.contains("gmail_quote_container");
            if self.open.len() < 200 {
                self.open.push((name.to_owned(), quotes));
            }
            if name == "li" {
                self.line.push_str("- ");
            }
        }
    }
}
