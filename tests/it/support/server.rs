//! The real binary in a process of its own, for what only a whole process can show: being killed, being asked over
//! HTTP.
use super::database::Fresh;
use innesto::{app::App, clock::Clock, config::Config, store::Engine};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

const BINARY: &str = env!("CARGO_BIN_EXE_innesto");

/// A database and a folder that outlive the processes that use them.
pub struct Place {
    database: Fresh,
    folder: tempfile::TempDir,
    settings: Vec<(String, String)>,
}

impl Place {
    pub async fn new(engine: Engine) -> Self {
        Self { database: Fresh::copy(engine).await, folder: tempfile::tempdir().unwrap(), settings: Vec::new() }
    }

    pub async fn empty(engine: Engine) -> Self {
        Self { database: Fresh::empty(engine).await, folder: tempfile::tempdir().unwrap(), settings: Vec::new() }
    }

    /// Adds a setting by its name in the environment.
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.args(arguments).env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command
            .env("INNESTO_DATABASE_URL", &self.database.url)
            .env("INNESTO_DATA_DIR", self.folder.path())
            .env("INNESTO_LISTEN", "127.0.0.1:0")
            .env("INNESTO_LOG_FORMAT", "json")
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The hub's parts in this process, while no other has the place.
    pub async fn app(&self) -> App {
        let settings = self
            .settings
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("INNESTO_")?.to_lowercase(), value.clone())));
        let here = [("database_url".to_owned(), self.database.url.clone())];
        App::start(Config::of(settings.chain(here).collect()).unwrap(), Clock::default()).await.unwrap()
    }

    /// Runs a command to its end: whether it succeeded, and what it printed.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let done = self.command(arguments).output().unwrap();
        let told = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8(told).unwrap())
    }

    /// What a command that must succeed prints to its standard output.
    pub fn print(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    /// Starts the server and waits until it serves.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let mut child = self
            .command(&[&["serve"], arguments].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, hear) = mpsc::channel();
        let log = BufReader::new(child.stderr.take().unwrap());
        let alarms = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&alarms);
        // Reads on to the end, so that the server never waits for its log to be read.
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if line.contains(r#""level":"ERROR""#) || line.contains("panicked") || line.contains("overflowed") {
                    noted.lock().unwrap().push(line.clone());
                }
                let _ = tell.send(line);
            }
        });
        let mut log = Vec::new();
        loop {
            let line = hear.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("did not start: {log:#?}"));
            let entry: Value = serde_json::from_str(&line).unwrap_or_default();
            if entry["fields"]["message"] == "serving" {
                let url = format!("http://{}", entry["fields"]["listen"].as_str().unwrap());
                return Server { child: Mutex::new(child), url, client: client(), log: Mutex::new(hear), alarms };
            }
            log.push(line);
        }
    }
}

/// A running server; killed when dropped.
pub struct Server {
    child: Mutex<Child>,
    pub url: String,
    pub client: Client,
    /// The lines of its log that speak of a fault of its own.
    pub alarms: Arc<Mutex<Vec<String>>>,
    log: Mutex<mpsc::Receiver<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill_now();
    }
}

impl Server {
    /// Kills it as `kill -9` does, whatever it is doing.
    pub fn kill_now(&self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        let pid = self.pid();
        assert!(Command::new("sh").args(["-c", &format!("kill -TERM {pid}")]).status().unwrap().success());
    }

    /// Waits until it has ended by itself.
    pub fn ended(&self) -> ExitStatus {
        self.child.lock().unwrap().wait().unwrap()
    }

    /// The next line of its log with this message.
    pub fn logged(&self, message: &str) -> Value {
        let log = self.log.lock().unwrap();
        loop {
            let line = log.recv_timeout(Duration::from_mins(1)).unwrap();
            let entry: Value = serde_json::from_str(&line).unwrap_or_default();
            if entry["fields"]["message"] == message {
                return entry;
            }
        }
    }

    /// Asks with an API token; an error where the connection breaks.
    pub async fn ask(&self, token: &str, query: &str, variables: Value) -> reqwest::Result<Value> {
        let question = json!({ "query": query, "variables": variables });
        let asked = self.client.post(format!("{}/graphql", self.url)).json(&question);
        let asked = if token.is_empty() { asked } else { asked.bearer_auth(token) };
        asked.send().await?.json().await
    }

    /// Posts anything at all.
    pub async fn post(&self, content_type: &str, accept: &str, body: impl Into<reqwest::Body>) -> Response {
        let asked = self.client.post(format!("{}/graphql", self.url)).header("content-type", content_type);
        asked.header("accept", accept).body(body).send().await.unwrap()
    }
}

/// An HTTP client. The crate is built without a provider of cryptography of its own, as the hub's for S3 is.
pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::new()
}
