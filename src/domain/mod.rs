//! Plain data and rules: what the words of the field mean here. No input or output, nothing asynchronous.
#[macro_use]
pub mod word;
pub mod calendar;
pub mod contact;
pub mod conversation;
pub mod document;
pub mod event;
pub mod expertise;
pub mod id;
pub mod lineage;
pub mod mail;
pub mod page;
pub mod permission;
pub mod person;
pub mod practice;
pub mod privacy;
pub mod refusal;
pub mod request;
pub mod sign_in;
pub mod synonym;
pub mod task;
pub mod term;
pub mod territory;
pub mod text;
pub mod time;
pub mod token;
pub mod told;
