//! How fast mails leave: `cargo run --release --example mail -- 10000`. The hub's worker sends so many from its queue to
//! Debian's `smtp-sink`, and `smtp-source` as many of the same size to the same sink, in turns, so that a slow moment of
//! the machine falls on both. `smtp-source` has nothing to read, to write or to note down: it shows what the sink can take,
//! over a connection for each mail, and over ten for all.
//!
//! On SQLite; under `scripts/with-postgres.sh` on PostgreSQL too. A second argument names another server than `smtp-sink`,
//! for example a postfix that discards all: `127.0.0.1:25`.
#![expect(clippy::unwrap_used, reason = "in what it has of the tests a panic is the answer")]
#[path = "../tests/it/support/pile.rs"]
mod pile;
#[path = "../tests/it/support/seed.rs"]
mod seed;

use innesto::{
    app::App,
    clock::Clock,
    config::Config,
    domain::mail::MailState,
    mail::{Folder, Smtp, Transport},
    store::outbox,
    worker,
};
use std::{
    env,
    error::Error,
    fs,
    net::{TcpListener, TcpStream},
    os::unix::fs::MetadataExt,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// The hub's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many times each has its turn.
const TURNS: usize = 5;
/// As many as the hub sends at once.
const AT_ONCE: &str = "10";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A mail server that takes all and keeps nothing.
struct Sink {
    process: Option<Child>,
    place: String,
}

impl Sink {
    fn start() -> Result<Self> {
        if let Some(place) = env::args().nth(2) {
            return Ok(Self { process: None, place });
        }
        let place = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let mut command = Command::new("/usr/sbin/smtp-sink");
        // It refuses to run as root.
        if fs::metadata("/proc/self")?.uid() == 0 {
            command.args(["-u", "nobody"]);
        }
        let process = command.args([&place, "1000"]).stderr(Stdio::null()).spawn()?;
        let sink = Self { process: Some(process), place };
        let begun = Clock::stopwatch();
        while TcpStream::connect(&sink.place).is_err() {
            if begun.elapsed() > Duration::from_secs(10) {
                return Err("smtp-sink, of the package postfix, does not listen".into());
            }
            std::thread::yield_now();
        }
        Ok(sink)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mails = env::args().nth(1).map_or(Ok(10_000), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let mut databases = vec![("SQLite", format!("sqlite:{}", folder.path().join("innesto.db").display()))];
    databases.extend(env::var("INNESTO_TEST_POSTGRES_URL").ok().map(|url| ("PostgreSQL", url)));
    println!(
        "| queue in | mails of | mails | statements a mail | from the queue | smtp-source | ratio | over ten lines | ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (name, url) in databases {
        let app = App::start(Config::of([("database_url".to_owned(), url)].into())?, Clock::default()).await?;
        measure(name, app, mails, folder.path()).await?;
    }
    Ok(())
}

async fn measure(name: &str, app: App, mails: usize, folder: &Path) -> Result<()> {
    let sink = Sink::start()?;
    let of_a_turn = mails.div_ceil(TURNS);
    seed::territories_and_terms(&app).await;
    // One into a folder, to know how long a mail is.
    let letters = folder.join(name);
    pile::pile(&app, 0..1).await;
    worker::deliver_due(&App { mail: Transport::Folder(Folder::new(&letters)), ..app.clone() }).await?;
    let bytes = fs::read_dir(&letters)?.filter_map(|entry| entry.ok()?.metadata().ok()).map(|file| file.len()).max();
    let bytes = bytes.ok_or("no mail was written")?;
    let app = App { mail: Transport::Smtp(Smtp::from_url(&format!("smtp://{}", sink.place))?), ..app };
    // As in the hub that runs: it hears what others change, so what nobody changed need not be read again.
    let store = app.store.clone();
    let hearing = tokio::spawn(async move { store.listen().await });
    let (mut ours, mut statements, mut theirs) = (Duration::ZERO, 0, [Duration::ZERO; 2]);
    for turn in 0..TURNS {
        let first = 1 + turn * of_a_turn;
        pile::pile(&app, first..first + of_a_turn).await;
        let (begun, before) = (Clock::stopwatch(), app.store.statements());
        worker::deliver_due(&app).await?;
        ours += begun.elapsed();
        statements += app.store.statements() - before;
        for (time, kept_open) in theirs.iter_mut().zip([false, true]) {
            *time += source(&sink, bytes, of_a_turn, kept_open)?;
        }
    }
    hearing.abort();
    let sent = outbox::count(&app.store, &[MailState::Sent]).await?;
    let all = TURNS * of_a_turn;
    if usize::try_from(sent)? != all + 1 {
        return Err(format!("{sent} of {} mails were sent", all + 1).into());
    }
    let all = u32::try_from(all)?;
    let rate = |time: Duration| f64::from(all) / time.as_secs_f64();
    print!("| {name} | {:.1} kB | {all} ", f64::from(u32::try_from(bytes)?) / 1000.0);
    print!("| {:.2} | {:.0}/s ", f64::from(u32::try_from(statements)?) / f64::from(all), rate(ours));
    for time in theirs {
        print!("| {:.0}/s | {:.2} ", rate(time), rate(ours) / rate(time));
    }
    println!("|");
    app.store.close().await;
    Ok(())
}

/// How long `smtp-source` takes for so many mails, each over a connection of its own or all over the same ten.
fn source(sink: &Sink, bytes: u64, mails: usize, kept_open: bool) -> Result<Duration> {
    let mut command = Command::new("/usr/sbin/smtp-source");
    if kept_open {
        command.arg("-d");
    }
    let (size, count, begun) = (bytes.to_string(), mails.to_string(), Clock::stopwatch());
    let sent = command
        .args(["-s", AT_ONCE, "-l", &size, "-m", &count, "-f", "hub@a.invalid", "-t", "ada@b.invalid", &sink.place])
        .status()?;
    match sent.success() {
        true => Ok(begun.elapsed()),
        false => Err("smtp-source failed".into()),
    }
}
