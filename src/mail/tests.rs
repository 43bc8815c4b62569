//! What the letters say and how they are kept apart from their writers' tricks.

mod letters;
mod places;
mod texts;
mod urls;
