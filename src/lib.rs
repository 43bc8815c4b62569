//! **Innesto**: the hub through which local welfare authorities copy good practices from one another.
//!
//! Read in this order: [`domain`] (what the words mean and what is allowed), [`service`] (the use cases, one function
//! each), [`store`] (the only SQL), [`graphql`] (the schema, by subject), [`http`] (how it is served), [`worker`]
//! (what happens without anybody asking), [`mail`] (how letters leave), [`search`] (how practices are found by words).
//!
//! Who may use whom: `main → command → app → {http, worker} → graphql → service → {store, search, files, mail} → domain`;
//! [`clock`], [`config`], [`meter`] and [`metrics`] are leaves. A foreign crate has one home: sqlx in `store`,
//! async-graphql in `graphql`, axum in `http`, lettre, async-imap and mail-parser in `mail`, tantivy in `search`,
//! `object_store` in `files`. The test `layers` holds all this.
pub mod app;
pub mod clock;
pub mod command;
pub mod config;
#[macro_use]
pub mod domain;
pub mod files;
pub mod graphql;
pub mod http;
pub mod mail;
pub mod meter;
pub mod metrics;
pub mod search;
pub mod service;
pub mod store;
pub mod worker;
