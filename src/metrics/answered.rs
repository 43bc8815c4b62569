//! One request as it is counted and logged: closed sets of words, numbers, and the operation's name.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }
        impl $name {
            /// The word in labels and logs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

labels! {
    /// What kind of operation was asked for.
    Kind {
        /// Read.
        Query = "query",
        /// Change.
        Mutation = "mutation",
        /// Follow.
        Subscription = "subscription",
        /// Nobody can tell: the document was not read.
        Unknown = "unknown",
    }
}

labels! {
    /// What came of a request.
    Outcome {
        /// All that was asked for.
        Ok = "ok",
        /// Executed, but something in it the client or the person has to mend.
        UserError = "user_error",
        /// Not executed: not well-formed, not valid, not allowed, or too much.
        Refused = "refused",
        /// Something failed on our side.
        Error = "error",
        /// The client went away, or the time was up, before there was an answer.
        Abandoned = "abandoned",
    }
}

labels! {
    /// Who asked; never who exactly.
    Viewer {
        /// Not signed in.
        Nobody = "nobody",
        /// A person in a browser.
        Person = "person",
        /// A program with a person's token.
        Token = "token",
        /// Refused before anybody looked.
        Unknown = "unknown",
    }
}

/// One request that has ended.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The operation's name, as the client wrote it.
    pub operation: Option<&'a str>,
    /// What kind of operation it was.
    pub kind: Kind,
    /// What came of it.
    pub outcome: Outcome,
    /// Who asked.
    pub viewer: Viewer,
    /// What the guard reckoned it would cost; 0 where it was not reckoned.
    pub cost: u64,
    /// SQL statements that ran for it.
    pub statements: u64,
    /// Rows they gave back or changed.
    pub rows: u64,
    /// How long it took.
    pub micros: u64,
}

/// The longest name of an operation that is shown.
const LONGEST_NAME: usize = 64;

impl<'a> Answered<'a> {
    /// The name under which it is counted and logged: clients choose names, so what is no short GraphQL name is `other`.
    #[must_use]
    pub fn name(&self) -> &'a str {
        match self.operation {
            None => "unnamed",
            Some(name)
                if (1..=LONGEST_NAME).contains(&name.len())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') =>
            {
                name
            }
            Some(_) => OTHER,
        }
    }
}

/// The name of whatever has none of its own.
pub(super) const OTHER: &str = "other";
