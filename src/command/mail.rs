//! `innesto mail`: the words of all mails, to look at and to change.
use super::Failed;
use crate::{
    config::Config,
    domain::text::Language,
    mail::{Texts, preview, texts},
};
use clap::Subcommand;
use std::{fs, path::PathBuf};

/// What is done.
#[derive(Subcommand)]
pub(super) enum Mail {
    /// Write a page with every mail in both languages, with sample values, as it looks and as plain text.
    Preview {
        /// The page.
        #[arg(value_name = "FILE", default_value = "mail-preview.html")]
        page: PathBuf,
    },
    /// Write the built-in words into a folder: change some, remove the others, and name the folder as `mail_texts`.
    Texts {
        /// The folder; what is there already stays.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

impl Mail {
    pub(super) fn run(self, config: &Config) -> Result<(), Failed> {
        match self {
            Self::Preview { page } => {
                let texts = config.mail_texts.as_deref().map(Texts::with_folder).transpose()?.unwrap_or_default();
                let told = preview::page(&texts, |language: Language| config.timing.said(language));
                let told = told.map_err(|error| Failed(error.to_string()))?;
                fs::write(&page, told).map_err(|error| Failed(format!("{}: {error}", page.display())))?;
                println!("Every mail is on {}: open it in a browser.", page.display());
            }
            Self::Texts { folder } => {
                let written = texts::write_out(&folder)?.len();
                println!("{written} files written into {}.", folder.display());
            }
        }
        Ok(())
    }
}
