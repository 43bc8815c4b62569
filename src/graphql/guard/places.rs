//! From a byte of a text to its line and column, counted in characters, in logarithmic time: a document of one long
//! line is no dearer than another.
use apollo_compiler::parser::SourceSpan;

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// A text's lines.
pub(super) struct Places {
    /// Where each line begins.
    lines: Vec<usize>,
    /// The bytes that begin no character.
    inner: Vec<usize>,
    bytes: usize,
}

impl Places {
    pub(super) fn new(text: &str) -> Self {
        let (mut lines, mut inner) = (vec![0], Vec::new());
        let bytes = text.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' => lines.push(at + 1),
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => lines.push(at + 1),
                0x80..=0xBF => inner.push(at),
                _ => {}
            }
        }
        Self { lines, inner, bytes: bytes.len() }
    }

    /// How long the text is.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The place of a byte.
    pub(super) fn at(&self, byte: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or_default();
        let before = |end: usize| self.inner.partition_point(|inner| *inner < end);
        Place { line, column: byte - start - (before(byte) - before(start)) + 1 }
    }

    /// Where something that was read begins.
    pub(super) fn of(&self, span: Option<SourceSpan>) -> Option<Place> {
        span.map(|span| self.at(span.offset()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_in_three_ways() {
        let places = Places::new("à{\r\n b\rc\nd");
        let at = |byte| (places.at(byte).line, places.at(byte).column);
        assert_eq!([at(0), at(2), at(6), at(8), at(10)], [(1, 1), (1, 2), (2, 2), (3, 1), (4, 1)]);
    }
}
