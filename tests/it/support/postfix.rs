//! Debian's postfix with a configuration and a queue of its own, on a port of this machine: it delivers the hub's answers
//! into a mailbox of dovecot, and has one other mailbox. Gone when it is dropped. It must be started as root.
use super::{
    certificate::Certificate,
    dovecot::{Dovecot, free_port},
};
use std::{
    fs,
    net::TcpStream,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// What `master` runs, as in Debian's own file but without chroot, and with the port of the test.
const SERVICES: &str = "pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
";

pub struct Postfix {
    folder: TempDir,
    port: u16,
    /// Where it speaks TLS from the first byte.
    wrapped: u16,
}

fn run(command: &mut Command) {
    let done = command.stdin(Stdio::null()).output().expect("postfix is installed by `make setup-test`");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

impl Postfix {
    /// `ada@comune.example` has a mailbox here, `risposte@innesto.example` is dovecot's; whoever else there is has none,
    /// which postfix finds out only after it took the mail.
    pub async fn start(dovecot: &Dovecot) -> Self {
        Self::with(dovecot, String::new()).await
    }

    /// The same, taking mails over TLS only: begun on the port for it, or by STARTTLS.
    pub async fn encrypted(dovecot: &Dovecot, own: &Certificate) -> Self {
        let (certificate, key) = (own.certificate(), own.key());
        let tls = format!(
            "smtpd_tls_cert_file = {}\nsmtpd_tls_key_file = {}\nsmtpd_tls_security_level = encrypt\nsmtpd_tls_received_header = yes\n",
            certificate.display(),
            key.display()
        );
        Self::with(dovecot, tls).await
    }

    async fn with(dovecot: &Dovecot, more: String) -> Self {
        let folder = tempfile::Builder::new().prefix("innesto-postfix").tempdir().unwrap();
        let (root, port, wrapped) = (folder.path(), free_port(), free_port());
        for name in ["etc", "queue", "data", "ada"] {
            fs::create_dir(root.join(name)).unwrap();
        }
        run(Command::new("chmod").arg("755").arg(root));
        run(Command::new("chown").arg("mail:mail").arg(root.join("ada")));
        run(Command::new("chown").arg("postfix").arg(root.join("data")));
        let user = said(Command::new("id").args(["-u", "mail"]));
        let (here, answers) = (root.display(), dovecot.maildir().display().to_string());
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {here}/queue\ndata_directory = {here}/data\ncommand_directory = /usr/sbin\n\
             daemon_directory = /usr/lib/postfix/sbin\nmail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.innesto.example\n\
             mydestination =\nmynetworks = 127.0.0.0/8\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nrecipient_delimiter = +\n\
             virtual_mailbox_domains = innesto.example, comune.example\nvirtual_mailbox_base = /\n\
             virtual_mailbox_maps = inline:{{ {{risposte@innesto.example={answers}/}} {{ada@comune.example={here}/ada/}} }}\n\
             virtual_minimum_uid = 1\nvirtual_uid_maps = static:{user}\nvirtual_gid_maps = static:{user}\n\
             smtpd_reject_unlisted_recipient = no\nsmtpd_relay_restrictions = permit_mynetworks, reject\nalias_maps =\nalias_database =\n\
             maillog_file = {here}/log\nmaillog_file_prefixes = {here}\n{more}"
        );
        fs::write(root.join("etc/main.cf"), main).unwrap();
        fs::write(root.join("etc/master.cf"), format!(
            "127.0.0.1:{port} inet n - n - - smtpd\n127.0.0.1:{wrapped} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n{SERVICES}"
        )).unwrap();
        let this = Self { folder, port, wrapped };
        run(Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(this.folder.path().join("etc"))
            .arg("start")
            .stderr(Stdio::piped()));
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return this;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("postfix does not answer");
    }

    /// The address of the server, for the setting.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?hello=innesto.example", self.port)
    }

    /// The address over TLS: by STARTTLS, or from the first byte.
    pub fn encrypted_url(&self, from_the_first_byte: bool) -> String {
        let (scheme, port) = if from_the_first_byte { ("smtps", self.wrapped) } else { ("smtp+starttls", self.port) };
        format!("{scheme}://localhost:{port}?hello=innesto.example")
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The one mail that came for `ada@comune.example`, once it is there: taken away, so that the next is the one.
    pub async fn of_ada(&self) -> String {
        let new: PathBuf = self.folder.path().join("ada/new");
        for _ in 0..600 {
            if let Ok(mut found) = fs::read_dir(&new)
                && let Some(Ok(mail)) = found.next()
            {
                let text = fs::read_to_string(mail.path()).unwrap();
                fs::remove_file(mail.path()).unwrap();
                return text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing came for ada: {}", fs::read_to_string(self.folder.path().join("log")).unwrap_or_default());
    }
}

fn said(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stdout).unwrap().trim().to_owned()
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let mut stop = Command::new("/usr/sbin/postfix");
        let _ = stop.arg("-c").arg(self.folder.path().join("etc")).arg("stop").stderr(Stdio::null()).status();
    }
}
