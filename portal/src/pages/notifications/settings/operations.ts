/** What the page of preferences asks of the hub: notifications, settings. */
import { graphql } from '../../../lib/graphql';

export const PreferenceParts = graphql(`
  fragment PreferenceParts on NotificationPreferences {
    preferences { category frequency canChange }
    quietHours { from until }
    weekendsOff
  }
`);

export const NotificationSettings = graphql(`
  query NotificationSettings {
    viewer { notificationPreferences { ...PreferenceParts } }
  }
`, [PreferenceParts]);

export const UpdateNotificationSettings = graphql(`
  mutation UpdateNotificationSettings($input: UpdateNotificationPreferencesInput!) {
    updateNotificationPreferences(input: $input) {
      notificationPreferences { ...PreferenceParts }
      userErrors { code field message }
    }
  }
`, [PreferenceParts]);
