//! Who publishes the open data: the body that runs the hub, as the catalogue and every file name it.
use super::{Values, WrongSetting};
use crate::domain::text::email;

/// Who publishes the open data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// The body's name; none calls the hub itself the publisher.
    pub name: Option<String>,
    /// Its code in the index of public administrations (IPA), in lower case: `r_puglia`.
    pub ipa: Option<String>,
    /// The office's mailbox for questions about the data.
    pub contact: Option<String>,
}

impl Publisher {
    pub(super) fn read(values: &Values) -> Result<Self, WrongSetting> {
        Ok(Self {
            name: values.read("publisher", name)?,
            ipa: values.read("publisher_ipa", ipa)?,
            contact: values.read("publisher_contact", |text| {
                email("publisher_contact", text).map_err(|_| format!("{text:?} is not an e-mail address"))
            })?,
        })
    }

    /// What it is called wherever it is named.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or("Innesto")
    }
}

fn name(text: &str) -> Result<String, String> {
    if text.is_empty() || text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err("it must be one line of 1 to 200 characters".into());
    }
    Ok(text.to_owned())
}

/// Codes of the index hold letters, digits, `_` and `-`; they are compared without regard to case.
fn ipa(text: &str) -> Result<String, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if !(1..=20).contains(&text.len()) || !text.bytes().all(plain) {
        return Err(format!("{text:?} is not a code like r_puglia or c_a893"));
    }
    Ok(text.to_lowercase())
}
