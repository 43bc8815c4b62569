//! Who may do what: the rule as a table that people read, every mutation tried as nobody and as a stranger, and every
//! private field read in every role.
mod events;
mod matrix;
mod mutations;
mod privacy;
