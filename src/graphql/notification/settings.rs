//! How the viewer wants to be told: of each kind of event when, and at which hours not.
use super::NotificationCategory;
use crate::{
    domain::notification::{self, Frequency, said_time},
    graphql::{Ask, error::UserError},
    service::notifications::{self, Change, Settings},
};
use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, Result, SimpleObject};

/// When one is told by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Frequency")]
pub enum NotificationFrequency {
    /// By a mail of its own, as it happens.
    AtOnce,
    /// In a digest each morning.
    Daily,
    /// In a digest each week.
    Weekly,
    /// By no mail: only in the notification centre.
    Off,
}

/// How the viewer is told of one kind of event.
#[derive(SimpleObject)]
pub struct NotificationPreference {
    /// Of what.
    category: NotificationCategory,
    /// When.
    frequency: NotificationFrequency,
    /// When, for who has not said otherwise.
    usual: NotificationFrequency,
    /// Whether it can be had later, or not at all: what one must know in time cannot.
    can_change: bool,
}

/// Hours at which no mail comes, each day, on Italy's clocks; over midnight where it begins later than it ends.
#[derive(SimpleObject)]
pub struct QuietHours {
    /// From when, `20:00`.
    from: String,
    /// Until when, `07:00`.
    until: String,
}

/// How the viewer wants to be told of what happens.
#[derive(SimpleObject)]
pub struct NotificationPreferences {
    /// Of every kind of event, when.
    preferences: Vec<NotificationPreference>,
    /// Hours at which no mail comes; null for none. What happens then comes afterwards.
    quiet_hours: Option<QuietHours>,
    /// Whether no mail comes on Saturdays and Sundays. What happens then comes on Monday.
    weekends_off: bool,
}

impl From<Settings> for NotificationPreferences {
    fn from(settings: Settings) -> Self {
        let preference = |(category, frequency): (notification::Category, Frequency)| NotificationPreference {
            category: category.into(),
            frequency: frequency.into(),
            usual: category.usual().into(),
            can_change: category.is_free(),
        };
        let hours = |(from, until)| QuietHours { from: said_time(from), until: said_time(until) };
        Self {
            preferences: settings.frequencies.into_iter().map(preference).collect(),
            quiet_hours: settings.quiet.hours.map(hours),
            weekends_off: settings.quiet.weekends_off,
        }
    }
}

/// When to be told of one kind of event.
#[derive(InputObject)]
pub struct NotificationPreferenceInput {
    /// Of what.
    category: NotificationCategory,
    /// When.
    frequency: NotificationFrequency,
}

/// Hours at which no mail is to come, each day, on Italy's clocks; over midnight where they begin later than they end.
#[derive(InputObject)]
pub struct QuietHoursInput {
    /// From when, `20:00`.
    from: String,
    /// Until when, `07:00`.
    until: String,
}

/// How the viewer wants to be told; what is left out stays.
#[derive(InputObject)]
pub struct UpdateNotificationPreferencesInput {
    /// When to be told of some kinds of event.
    preferences: Option<Vec<NotificationPreferenceInput>>,
    /// Hours at which no mail is to come; null for none.
    quiet_hours: MaybeUndefined<QuietHoursInput>,
    /// Whether no mail is to come on Saturdays and Sundays.
    weekends_off: Option<bool>,
}

/// What came of changing how one wants to be told.
#[derive(SimpleObject)]
pub struct UpdateNotificationPreferencesPayload {
    /// How the viewer is told now; null where nothing was changed.
    notification_preferences: Option<NotificationPreferences>,
    /// What the viewer can mend; empty where it was done.
    user_errors: Vec<UserError>,
}

/// Mutations of how one wants to be told.
#[derive(Default)]
pub struct NotificationSettingsMutation;

/// Mutations of how one wants to be told.
#[Object]
impl NotificationSettingsMutation {
    /// Changes when the viewer is told by mail of what happens. What waited for a digest that does not come any more comes
    /// in one at once; of what is switched off no mail comes, and it is in the notification centre.
    async fn update_notification_preferences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateNotificationPreferencesInput,
    ) -> Result<UpdateNotificationPreferencesPayload> {
        let ask = Ask::of(ctx);
        let preferences = input.preferences.unwrap_or_default().into_iter();
        let change = Change {
            frequencies: preferences.map(|asked| (asked.category.into(), asked.frequency.into())).collect(),
            hours: match input.quiet_hours {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(hours) => Some(Some((hours.from, hours.until))),
            },
            weekends_off: input.weekends_off,
        };
        let (settings, user_errors) = ask.settle(notifications::update(&ask.app, &ask.actor, &change).await)?;
        let notification_preferences = settings.map(Into::into);
        Ok(UpdateNotificationPreferencesPayload { notification_preferences, user_errors })
    }
}
