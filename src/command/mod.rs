//! The command line: one subcommand a file. Prints for people; exits with 0 only when what was asked is done.
mod bar;
mod demo;
mod doctor;
mod import;
mod mail;
mod matching;
mod member;
mod search;
mod serve;
mod telemetry;
mod token;

use crate::{
    app::App,
    clock::Clock,
    config::Config,
    domain::{
        refusal::{Failure, Fault},
        text::Language,
    },
    service::network,
};
use clap::{Parser, Subcommand};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Innesto: the hub through which local welfare authorities copy good practices from one another.
#[derive(Parser)]
#[command(version, about)]
struct Line {
    /// Settings file (TOML); the environment goes before it.
    #[arg(long, global = true, env = "INNESTO_CONFIG", value_name = "FILE")]
    config: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and send the mail.
    Serve(serve::Serve),
    /// Bring the database's tables up to date.
    Migrate,
    /// Load lists from files.
    #[command(subcommand)]
    Import(import::Import),
    /// Print the GraphQL schema.
    Schema,
    /// Say who belongs where.
    #[command(subcommand)]
    Member(member::Member),
    /// Make API tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Look after the search index.
    #[command(subcommand)]
    Search(search::Search),
    /// Look at the mails' words, and write them out to change them.
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Look after how practices are matched.
    #[command(subcommand)]
    Matching(matching::Matching),
    /// Check database, search index, mail, clock and settings, and say how to mend each.
    Doctor,
}

/// Why a command failed, as it is printed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failed(String);

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        use std::error::Error;
        let mut told = fault.to_string();
        let mut cause = fault.source();
        while let Some(error) = cause {
            if !told.contains(&error.to_string()) {
                told = format!("{told}\n  because {error}");
            }
            cause = error.source();
        }
        Self(format!("{told}\n`innesto doctor` may tell how to mend it."))
    }
}
impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Fault(fault) => fault.into(),
            Failure::Refused(refusals) => {
                let told = refusals.iter().map(|refusal| match refusal.field.join(".") {
                    field if field.is_empty() => refusal.sentence(Language::En).to_owned(),
                    field => format!("{field}: {}", refusal.sentence(Language::En)),
                });
                Self(told.collect::<Vec<_>>().join("\n"))
            }
        }
    }
}
impl From<std::io::Error> for Failed {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}
impl From<crate::mail::TextsError> for Failed {
    fn from(error: crate::mail::TextsError) -> Self {
        Self(error.to_string())
    }
}
impl From<crate::config::ConfigError> for Failed {
    fn from(error: crate::config::ConfigError) -> Self {
        Self(error.to_string())
    }
}

/// The stack of a thread that runs requests, in bytes. Only what is used of it takes memory.
const STACK: usize = 16 << 20;

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let line = Line::parse();
    // An answer may be as deep as the guard allows, and each level of it is some frames of resolvers: the two MiB that
    // threads have otherwise are not enough for the deepest in a build without optimisation.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build();
    let told = match runtime {
        Ok(runtime) => runtime.block_on(obey(line)),
        Err(error) => Err(error.into()),
    };
    match told {
        Ok(code) => code,
        Err(failed) => {
            eprintln!("innesto: {failed}");
            ExitCode::FAILURE
        }
    }
}

/// Prints a text of many lines. Whoever reads it may have read enough, as `head` has: no reason to complain.
fn print(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

async fn obey(line: Line) -> Result<ExitCode, Failed> {
    if matches!(line.command, Command::Schema) {
        print(&crate::graphql::schema::sdl())?;
        return Ok(ExitCode::SUCCESS);
    }
    let demo = matches!(&line.command, Command::Serve(serve) if serve.demo);
    let config = Config::load(line.config.as_deref(), demo)?;
    match line.command {
        Command::Schema => {}
        Command::Serve(serve) => serve.run(config).await?,
        Command::Doctor => return Ok(doctor::run(config).await),
        Command::Migrate => {
            let app = start(config).await?;
            network::recount(&app, false).await?;
            app.store.close().await;
            println!("The database is up to date.");
        }
        Command::Import(import) => import.run(&start(config).await?).await?,
        Command::Member(member) => member.run(&start(config).await?).await?,
        Command::Token(token) => token.run(&start(config).await?).await?,
        Command::Mail(mail) => mail.run(&config)?,
        Command::Matching(matching) => matching.run(&start(config).await?).await?,
        Command::Search(search) => search.run(&start(config).await?).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn start(config: Config) -> Result<App, Failed> {
    std::fs::create_dir_all(&config.data_dir)?;
    Ok(App::start(config, Clock::default()).await?)
}
