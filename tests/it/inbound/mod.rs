//! Mails that come in: what each is, and what becomes of it.
mod corpus;
