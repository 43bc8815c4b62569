//! Office documents from before 2007: a file system within a file. Which one it is, its directory says, whose entries
//! have 128 bytes each and may stand anywhere; so they are looked for while the bytes pass.

/// How such a file begins.
pub const BEGIN: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const ENTRY: usize = 128;

/// What was found in the directory so far.
#[derive(Debug, Default)]
pub struct Ole {
    block: Vec<u8>,
    /// A text of Word.
    pub word: bool,
    /// A sheet of Excel.
    pub excel: bool,
    /// Programs.
    pub macros: bool,
}

impl Ole {
    /// Looks at the next bytes.
    pub fn push(&mut self, mut bytes: &[u8]) {
        if !self.block.is_empty() {
            let (first, rest) = bytes.split_at(bytes.len().min(ENTRY - self.block.len()));
            self.block.extend_from_slice(first);
            bytes = rest;
            if self.block.len() == ENTRY {
                let block = std::mem::take(&mut self.block);
                self.look(&block);
            }
        }
        let mut blocks = bytes.chunks_exact(ENTRY);
        for block in blocks.by_ref() {
            self.look(block);
        }
        self.block.extend_from_slice(blocks.remainder());
    }

    fn look(&mut self, block: &[u8]) {
        self.word |= is_named(block, "WordDocument");
        self.excel |= is_named(block, "Workbook") || is_named(block, "Book");
        self.macros |= is_named(block, "_VBA_PROJECT") || is_named(block, "_VBA_PROJECT_CUR");
    }
}

/// Whether this is a directory's entry with that name: UTF-16, filled up to 64 bytes with zeros, then its length.
fn is_named(block: &[u8], name: &str) -> bool {
    let mut wanted = [0_u8; 66];
    for (i, byte) in name.bytes().enumerate() {
        wanted[2 * i] = byte;
    }
    wanted[64] = u8::try_from(2 * (name.len() + 1)).unwrap_or_default();
    block.starts_with(&wanted)
}
