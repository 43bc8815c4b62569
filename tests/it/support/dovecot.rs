//! Debian's dovecot with one mailbox, in a folder of its own and on a port of this machine. Gone when it is dropped.
use super::certificate::Certificate;
use std::{
    fs,
    io::Write,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

pub struct Dovecot {
    folder: TempDir,
    server: Child,
    port: u16,
    encrypted: bool,
}

/// A port that is free now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until something answers at the port.
pub async fn await_port(port: u16, server: &mut Child) {
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        assert!(server.try_wait().unwrap().is_none(), "the server ended");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing answers at port {port}");
}

fn said(command: &mut Command) -> String {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

impl Dovecot {
    pub async fn start() -> Self {
        Self::with(None).await
    }

    /// TLS from the first byte.
    pub async fn encrypted(certificate: &Certificate) -> Self {
        Self::with(Some(certificate)).await
    }

    async fn with(certificate: Option<&Certificate>) -> Self {
        let folder = tempfile::Builder::new().prefix("innesto-dovecot").tempdir().unwrap();
        let (path, port) = (folder.path(), free_port());
        fs::create_dir(path.join("mail")).unwrap();
        // As root it borrows the user that the package made; root itself has no mailbox there.
        let me = said(Command::new("id").arg("-un"));
        let owner = if me == "root" { "mail".to_owned() } else { me.clone() };
        if me == "root" {
            said(Command::new("chmod").arg("755").arg(path));
            said(Command::new("chown").arg(&owner).arg(path.join("mail")));
        }
        let own_users = if me == "root" {
            String::new()
        } else {
            format!("default_internal_user = {me}\ndefault_login_user = {me}\nservice anvil {{\n  chroot =\n}}\n")
        };
        let group = said(Command::new("id").args(["-gn", &owner]));
        let root = path.display();
        let (tls, plain, encrypted) = match certificate {
            None => ("no".to_owned(), port, 0),
            Some(own) => {
                let (certificate, key) = (own.certificate(), own.key());
                (format!("yes\nssl_cert = <{}\nssl_key = <{}", certificate.display(), key.display()), 0, port)
            }
        };
        let config = format!(
            "base_dir = {root}/run\ninstance_name = test\nlog_path = {root}/log\nprotocols = imap\nlisten = 127.0.0.1\nssl = {tls}\n\
             disable_plaintext_auth = no\nmail_location = maildir:{root}/mail\nmail_uid = {owner}\nmail_gid = {group}\n\
             first_valid_uid = 1\nfirst_valid_gid = 1\n{own_users}\
             passdb {{\n  driver = static\n  args = password=segreto\n}}\n\
             userdb {{\n  driver = static\n  args = uid={owner} gid={group} home={root}/mail\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {plain}\n  }}\n  inet_listener imaps {{\n    port = {encrypted}\n  }}\n}}\n"
        );
        fs::write(path.join("dovecot.conf"), config).unwrap();
        let mut server = Command::new("/usr/sbin/dovecot");
        server.arg("-F").arg("-c").arg(path.join("dovecot.conf")).stdout(Stdio::null()).stderr(Stdio::null());
        let server = server.spawn().expect("dovecot is installed by `make setup-test`");
        let mut this = Self { folder, server, port, encrypted: certificate.is_some() };
        await_port(port, &mut this.server).await;
        this
    }

    /// The address of the mailbox, for the setting.
    pub fn url(&self) -> String {
        let place =
            if self.encrypted { "imaps://risposte:segreto@localhost" } else { "imap://risposte:segreto@127.0.0.1" };
        format!("{place}:{}/INBOX", self.port)
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("dovecot.conf")
    }

    /// Puts a mail into the mailbox, as the local delivery agent does.
    pub fn deliver(&self, mail: &[u8]) {
        deliver(&self.config(), mail);
    }

    /// How many mails are in this folder.
    pub fn count(&self, folder: &str) -> usize {
        let mut search = Command::new("doveadm");
        search.arg("-c").arg(self.config()).args(["search", "-u", "risposte", "mailbox", folder, "ALL"]);
        said(&mut search).lines().count()
    }

    /// Where its mails are, for a mail server that delivers into it.
    pub fn maildir(&self) -> PathBuf {
        self.folder.path().join("mail")
    }
}

fn deliver(config: &Path, mail: &[u8]) {
    let mut save = Command::new("doveadm");
    save.arg("-c").arg(config).args(["save", "-u", "risposte"]).stdin(Stdio::piped());
    let mut save = save.spawn().unwrap();
    save.stdin.take().unwrap().write_all(mail).unwrap();
    assert!(save.wait().unwrap().success());
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        let mut stop = Command::new("doveadm");
        let _ = stop.arg("-c").arg(self.config()).arg("stop").stderr(Stdio::null()).status();
        let _ = self.server.wait();
    }
}
