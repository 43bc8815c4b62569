//! The hub's two cookies as text: names, attributes, and how they are read back. Over TLS they carry the `__Host-`
//! prefix, which binds them to this host; browsers refuse that prefix on plain HTTP, so there they go without.
use crate::domain::sign_in::{CODE_SECONDS, SESSION_DAYS_AT_MOST};

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Holds the secret that binds a sign-in code to the browser that asked for it.
    SignIn,
    /// Holds the session's secret.
    Session,
}

impl Cookie {
    /// Its name, by whether the hub is reached over TLS.
    #[must_use]
    pub const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::SignIn, true) => "__Host-innesto-sign-in",
            (Self::SignIn, false) => "innesto-sign-in",
            (Self::Session, true) => "__Host-innesto-session",
            (Self::Session, false) => "innesto-session",
        }
    }

    /// The value of a `Set-Cookie` header that gives it.
    #[must_use]
    pub fn set(self, https: bool, value: &str) -> String {
        let seconds = match self {
            Self::SignIn => CODE_SECONDS,
            Self::Session => SESSION_DAYS_AT_MOST * 86_400,
        };
        self.header(https, value, seconds)
    }

    /// The value of a `Set-Cookie` header that takes it away.
    #[must_use]
    pub fn clear(self, https: bool) -> String {
        self.header(https, "", 0)
    }

    fn header(self, https: bool, value: &str, seconds: i64) -> String {
        let secure = if https { "; Secure" } else { "" };
        let name = self.name(https);
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// Its value in a `Cookie` header, unless it is empty.
    #[must_use]
    pub fn read(self, https: bool, header: &str) -> Option<&str> {
        let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, value)| *name == self.name(https) && !value.is_empty()).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host() {
        let set = Cookie::Session.set(true, "s3cret");
        assert_eq!(set, "__Host-innesto-session=s3cret; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure");
        let clear = Cookie::SignIn.clear(false);
        assert_eq!(clear, "innesto-sign-in=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let header = "other-innesto-session=x; innesto-sign-in=a=b;innesto-session=c; innesto-session=";
        assert_eq!(Cookie::Session.read(false, header), Some("c"));
        assert_eq!(Cookie::SignIn.read(false, header), Some("a=b"));
        assert_eq!(Cookie::Session.read(true, header), None);
        assert_eq!(Cookie::Session.read(false, "innesto-session="), None);
    }
}
