//! A browser for tests: keeps the cookies that answers set, and is whoever its session says.
use super::Hub;
use innesto::{
    domain::{permission::Actor, text::Language},
    graphql::{Ask, cookie::Cookie},
    service::sessions,
    store::sql::sql,
};
use serde_json::{Value, json};

#[derive(Clone, Default)]
pub struct Browser {
    pub sign_in_secret: Option<String>,
    pub session_secret: Option<String>,
    pub network: String,
}

#[derive(sqlx::FromRow)]
struct Code {
    secret: Option<String>,
}

impl Browser {
    /// Who its session says it is.
    pub async fn actor(&self, hub: &Hub) -> Actor {
        let Some(secret) = &self.session_secret else { return Actor::Nobody };
        let signed = sessions::actor_for_session(&hub.app, secret).await.unwrap();
        signed.map_or(Actor::Nobody, |(actor, _, _)| actor)
    }

    /// Asks with its cookies, and keeps those of the answer.
    pub async fn ask(&mut self, hub: &Hub, query: &str, variables: Value) -> Value {
        let mut ask = Ask::new(&hub.app, Actor::Nobody, Language::It, "test".into());
        if let Some(secret) = &self.session_secret
            && let Some((actor, language, session)) = sessions::actor_for_session(&hub.app, secret).await.unwrap()
        {
            ask = Ask::new(&hub.app, actor, language, "test".into());
            ask.browser.session = Some(session);
        }
        ask.network.clone_from(&self.network);
        ask.browser.name = "Prova/1.0".into();
        ask.browser.sign_in_secret.clone_from(&self.sign_in_secret);
        ask.browser.session_secret.clone_from(&self.session_secret);
        let request =
            async_graphql::Request::new(query).variables(async_graphql::Variables::from_json(variables)).data(ask);
        let answer = hub.schema.execute(request).await;
        for set in answer.http_headers.get_all("Set-Cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with(Cookie::SignIn.name(false)) {
                self.sign_in_secret = Cookie::SignIn.read(false, pair).map(str::to_owned);
            } else {
                self.session_secret = Cookie::Session.read(false, pair).map(str::to_owned);
            }
        }
        assert!(answer.errors.is_empty(), "{query}: {:?}", answer.errors);
        serde_json::to_value(answer.data).unwrap()
    }

    /// Asks for a code; gives back the payload.
    pub async fn request_code(&mut self, hub: &Hub, email: &str) -> Value {
        let mutation = "mutation($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) {
            expiresAt userErrors { code field message } } }";
        self.ask(hub, mutation, json!({ "input": { "email": email } })).await["requestSignInCode"].take()
    }

    /// Tries a code; gives back the payload.
    pub async fn try_code(&mut self, hub: &Hub, code: &str) -> Value {
        let mutation = "mutation($input: SignInInput!) { signIn(input: $input) {
            viewer { person { name email } memberships { role territory { slug } } sessions { nodes { isCurrent } } }
            userErrors { code field message } } }";
        self.ask(hub, mutation, json!({ "input": { "code": code } })).await["signIn"].take()
    }
}

impl Hub {
    /// The newest code that waits to be sent to an address.
    pub async fn code_for(&self, email: &str) -> Option<String> {
        let newest = sql("SELECT secret FROM outbox WHERE letter = 'sign_in_code' AND address = ").value(email);
        let row: Option<Code> = newest.text(" ORDER BY id DESC LIMIT 1").optional(&self.app.store).await.unwrap();
        row.and_then(|row| row.secret)
    }

    /// A browser signed in with this address.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let mut browser = Browser::default();
        browser.request_code(self, email).await;
        let code = self.code_for(email).await.unwrap();
        let payload = browser.try_code(self, &code).await;
        assert_eq!(payload["userErrors"], json!([]));
        browser
    }
}
