//! Asks the virus scanner of the settings: a program that reads a document from its standard input and says by its exit
//! status what it thinks (0 clean, 1 infected), as clamdscan does.
use super::Stream;
use crate::domain::refusal::Fault;
use futures_util::StreamExt;
use std::{io, process::Stdio, time::Duration};
use tokio::{io::AsyncWriteExt, process::Command};

/// The longest that a scan may take.
const SLOWEST: Duration = Duration::from_mins(2);

/// What the scanner thinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found.
    Infected,
}

/// Lets a program look at a document. The command is split at blanks; no shell sees it.
///
/// # Errors
/// A fault where it cannot be run, takes more than two minutes, or says neither.
pub async fn scan(command: &str, document: Stream) -> Result<Verdict, Fault> {
    let answered = tokio::time::timeout(SLOWEST, run(command, document)).await;
    answered.map_err(|_| Fault::new("the virus scanner did not answer in time"))?
}

async fn run(command: &str, mut document: Stream) -> Result<Verdict, Fault> {
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(|| Fault::new("scan_command is empty"))?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Fault::new(format!("the virus scanner {program} cannot be run: {error}")))?;
    if let Some(mut input) = child.stdin.take() {
        while let Some(piece) = document.next().await {
            match input.write_all(&piece?).await {
                // It has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
                written => written.map_err(Fault::new)?,
            }
        }
    }
    match child.wait().await.map_err(Fault::new)?.code() {
        Some(0) => Ok(Verdict::Clean),
        Some(1) => Ok(Verdict::Infected),
        status => Err(Fault::new(format!("the virus scanner {program} failed: status {status:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use futures_util::stream;

    fn document(text: &'static str) -> Stream {
        stream::iter(vec![Ok(Bytes::from(text)), Ok(Bytes::from(vec![b'x'; 1 << 20]))]).boxed()
    }

    #[tokio::test]
    async fn the_exit_status_is_the_verdict() {
        assert_eq!(scan("true", document("a")).await.unwrap(), Verdict::Clean);
        assert_eq!(scan("grep -qv EICAR", document("EICAR")).await.unwrap(), Verdict::Infected);
        assert_eq!(scan("false --anything", document("a")).await.unwrap(), Verdict::Infected);
        for broken in ["no-such-program-anywhere", "", "sh -c", "ls /nowhere"] {
            assert!(scan(broken, document("a")).await.is_err(), "{broken}");
        }
    }
}
