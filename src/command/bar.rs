//! A progress bar on a terminal; nothing where the output goes elsewhere.
use indicatif::{ProgressBar, ProgressStyle};

/// A bar, told how many of how many are done. It vanishes when it is dropped.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub fn new() -> Self {
        let style =
            ProgressStyle::with_template("{bar:40} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
        Self(ProgressBar::no_length().with_style(style))
    }

    pub fn show(&self, done: usize, all: usize) {
        self.0.set_length(u64::try_from(all).unwrap_or(u64::MAX));
        self.0.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
