//! The network: every step, message and copy is counted as it happens (`count`); the picture (`picture`) and the series of
//! months (`series`) are told from the sums. Everybody may read them: there is nothing about persons in them.
mod count;
mod picture;
mod series;

pub use count::{conversation_grew, copied, copy_gone, recount, stepped};
pub use picture::{Gaps, Level, Picture, Wanted, picture};
pub use series::{Bucket, By, Cell, Point, Told, cells, series};
