//! What is said: each pool of words is gone through before anything in it is said again.
use super::{cast::Seat, dice::Dice, file::File};
use crate::domain::refusal::Fault;
use std::collections::HashMap;

/// The words of the file, as far as they have been used.
pub struct Words<'a> {
    file: &'a File,
    dice: Dice,
    decks: HashMap<(String, String), Vec<usize>>,
}

impl<'a> Words<'a> {
    /// All words, none used.
    pub fn new(file: &'a File, seed: u64) -> Self {
        Self { file, dice: Dice::new(seed), decks: HashMap::new() }
    }

    fn pool(&self, topic: &str, part: &str) -> Result<(&'a str, &'a [String]), Fault> {
        let of = |topic: &str| self.file.words.get_key_value(topic);
        let found = [topic, "all"].iter().filter_map(|topic| of(topic)).find_map(|(topic, parts)| {
            Some((topic.as_str(), parts.get(part).filter(|pool| !pool.is_empty())?.as_slice()))
        });
        found.ok_or_else(|| Fault::new(format!("nothing is said of {topic}: {part}")))
    }

    /// Which of them is said next.
    pub fn next(&mut self, topic: &str, part: &str) -> Result<usize, Fault> {
        let (topic, pool) = self.pool(topic, part)?;
        let deck = self.decks.entry((topic.to_owned(), part.to_owned())).or_default();
        if deck.is_empty() {
            deck.extend(0..pool.len());
            self.dice.shuffle(deck);
        }
        Ok(deck.pop().unwrap_or_default())
    }

    /// That one of them.
    pub fn nth(&self, topic: &str, part: &str, nth: usize) -> Result<String, Fault> {
        let (_, pool) = self.pool(topic, part)?;
        Ok(pool.get(nth % pool.len()).cloned().unwrap_or_default())
    }

    /// The next of them.
    pub fn say(&mut self, topic: &str, part: &str) -> Result<String, Fault> {
        let nth = self.next(topic, part)?;
        self.nth(topic, part, nth)
    }

    /// Why somebody asks.
    pub fn need(&mut self, topic: &str, seat: &Seat) -> Result<String, Fault> {
        let told = [self.say(topic, "needs")?, self.say("all", "facts")?, self.say("all", "closing")?].join(" ");
        Ok(told.replace("{population}", &seat.population).replace("{comuni}", &seat.comuni))
    }
}
