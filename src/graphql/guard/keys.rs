//! Arguments and input fields without a value, which the library's reader passes over in silence: `practices(first)` and
//! `{ province }` in a filter would be answered as if nothing had been said.
use super::{
    places::Places,
    refused::{Refused, RefusedKind},
};
use apollo_parser::{Lexer, TokenKind};

/// What a bracket opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Selections,
    /// Arguments, definitions of variables or an input object: names with something behind a colon.
    Named,
    List,
}

/// Checks that a colon follows each name that needs one, in a text that was read without an error.
///
/// # Errors
/// Says where one is missing.
pub(super) fn check(text: &str, places: &Places) -> Result<(), Refused> {
    let mut open = Vec::new();
    let (mut before, mut wants_colon) = (TokenKind::Eof, false);
    for token in Lexer::new(text).filter_map(Result::ok) {
        let kind = token.kind();
        if matches!(kind, TokenKind::Whitespace | TokenKind::Comment | TokenKind::Comma) {
            continue;
        }
        if wants_colon && kind != TokenKind::Colon {
            let message = format!("Syntax Error: Expected \":\", found \"{}\".", token.data());
            return Err(Refused::because(RefusedKind::Syntax, message, Some(places.at(token.index()))));
        }
        // Behind these stand a value, a variable's name or a directive's.
        let is_value = matches!(before, TokenKind::Colon | TokenKind::Eq | TokenKind::Dollar | TokenKind::At);
        wants_colon = kind == TokenKind::Name && !is_value && open.last() == Some(&Within::Named);
        match kind {
            TokenKind::LBracket => open.push(Within::List),
            TokenKind::LCurly if matches!(open.last(), None | Some(Within::Selections)) => {
                open.push(Within::Selections);
            }
            TokenKind::LParen | TokenKind::LCurly => open.push(Within::Named),
            TokenKind::RParen | TokenKind::RBracket | TokenKind::RCurly => drop(open.pop()),
            _ => {}
        }
        before = kind;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_a_value_is_found_and_nothing_else() {
        let told = |text| check(text, &Places::new(text)).err().map(|refused| refused.errors[0].locations[0].column);
        for text in [
            "query Q($a: [A!]! = [B, C], $d: E = F @g(h: I)) { j(k: L, m: { n: O, p: [Q, { r: S }] }) @t(u: V) { w } }",
            "fragment A on B @c(d: E) { f: g ...H ... on I { j } }",
            "{ a(b: \"c d\", e: \"\"\"f g\"\"\" # h i\n) }",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        assert_eq!(told("{ a(b) }"), Some(6));
        assert_eq!(told("{ a(b: C d) }"), Some(11));
        assert_eq!(told("{ a(b: { c, d: E }) }"), Some(13));
        assert_eq!(told("{ a(b: [{ c: D }, { e }]) }"), Some(23));
        assert_eq!(told("{ a @b(c) }"), Some(9));
    }
}
