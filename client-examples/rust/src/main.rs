//! Who can help with a need, and who is asked most, told by an Innesto hub.
//!
//! ```text
//! who-to-ask [--hub URL] [WHAT IS NEEDED, in plain words]
//! ```
//!
//! With words, the practices that answer them best, with the reasons; without, the territories that are asked most. The
//! questions stand in `questions.graphql`, and what does not fit the schema does not compile. Nothing here needs a token;
//! one in `INNESTO_TOKEN` is sent.
use graphql_client::{GraphQLQuery, Response};
use std::{env, error::Error, process::ExitCode, time::Duration};

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "src/questions.graphql", response_derives = "Debug")]
struct WhoCanHelp;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "src/questions.graphql", response_derives = "Debug")]
struct WhoIsAsked;

/// How many are told.
const MOST: usize = 5;

/// A hub that can be asked.
struct Hub {
    client: reqwest::blocking::Client,
    url: String,
    token: Option<String>,
}

impl Hub {
    fn at(url: &str) -> Result<Self, Box<dyn Error>> {
        // An error says that there is one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(30)).build()?;
        let token = env::var("INNESTO_TOKEN").ok().filter(|token| !token.is_empty());
        Ok(Self { client, url: format!("{}/graphql", url.trim_end_matches('/')), token })
    }

    /// Asks; what the hub could not answer is an error with its sentences.
    fn ask<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Q::ResponseData, Box<dyn Error>> {
        let asked = self.client.post(&self.url).header("accept-language", "it").json(&Q::build_query(variables));
        let asked = self.token.iter().fold(asked, |asked, token| asked.bearer_auth(token));
        let answer: Response<Q::ResponseData> = asked.send()?.json()?;
        let errors: Vec<String> = answer.errors.into_iter().flatten().map(|error| error.message).collect();
        if errors.is_empty() {
            answer.data.ok_or_else(|| "an answer without data".into())
        } else {
            Err(errors.join("; ").into())
        }
    }

    fn tell_who_can_help(&self, need: String) -> Result<(), Box<dyn Error>> {
        let variables = who_can_help::Variables { need, first: i64::try_from(MOST)? };
        let found = self.ask::<WhoCanHelp>(variables)?.match_;
        if found.is_empty() {
            println!("Nessuna pratica risponde.");
        }
        for one in found {
            let practice = one.practice;
            println!("{:3.0}  {} – {}", one.score, practice.owner.full_name, practice.title);
            println!("     {}/practices/{}", self.url.trim_end_matches("/graphql"), practice.slug);
            for reason in one.reasons {
                println!("     + {}", reason.sentence);
            }
            for caution in one.cautions {
                println!("     – {}", caution.sentence);
            }
        }
        Ok(())
    }

    fn tell_who_is_asked(&self) -> Result<(), Box<dyn Error>> {
        let network = self.ask::<WhoIsAsked>(who_is_asked::Variables)?.network.ok_or("an answer without a network")?;
        let mut nodes = network.nodes;
        nodes.sort_by_key(|node| std::cmp::Reverse((node.requests_received.total, node.given)));
        println!("{} richieste nella rete. I più richiesti:", network.metrics.requests.total);
        for node in nodes.iter().filter(|node| node.requests_received.total > 0).take(MOST) {
            let days = node.territory.responsiveness.as_ref().and_then(|told| told.median_days_to_answer);
            let days = days.map_or_else(|| "–".to_owned(), |days| format!("{days:.0}"));
            let (asked, given) = (node.requests_received.total, node.given);
            println!("{asked:4} richieste, {given:3} repliche, {days:>3} giorni  {}", node.territory.full_name);
        }
        Ok(())
    }
}

fn told() -> Result<(), Box<dyn Error>> {
    let mut words: Vec<String> = env::args().skip(1).collect();
    let mut url = "http://127.0.0.1:8080".to_owned();
    if let Some(at) = words.iter().position(|word| word == "--hub") {
        url = words.drain(at..words.len().min(at + 2)).nth(1).ok_or("--hub needs an address")?;
    }
    let hub = Hub::at(&url)?;
    if words.is_empty() { hub.tell_who_is_asked() } else { hub.tell_who_can_help(words.join(" ")) }
}

fn main() -> ExitCode {
    told().map_or_else(
        |failed| {
            eprintln!("who-to-ask: {failed}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}
