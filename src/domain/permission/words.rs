//! The words that permissions speak of: what people are, what tokens may, who sees a contact, where a practice stands.

words! {
    /// What somebody is in a territory.
    enum Role {
        /// Works there.
        Member = "MEMBER",
        /// Answers for it (Responsabile dell'Ufficio di Piano): invites and removes members.
        Coordinator = "COORDINATOR",
    }
}

words! {
    /// What somebody is for the whole hub.
    enum StaffRole {
        /// ANCI: helps both sides, does the formal check.
        Facilitator = "FACILITATOR",
        /// Region: publishes, watches the network.
        Steward = "STEWARD",
    }
}

words! {
    /// What an API token may be used for.
    enum Scope {
        /// Read what everybody may read.
        ReadPublic = "read:public",
        /// Read the network and its statistics.
        ReadNetwork = "read:network",
        /// Read what the token's owner may read.
        ReadOwn = "read:own",
        /// Change what the token's owner may change.
        WriteOwn = "write:own",
    }
}

words! {
    /// Who may see a contact's address.
    enum Visibility {
        /// Everybody.
        Public = "PUBLIC",
        /// Signed-in staff.
        Members = "MEMBERS",
        /// Both sides of an accepted request.
        Parties = "PARTIES",
        /// Nobody: the hub forwards.
        Relay = "RELAY",
    }
}

words! {
    /// Where a practice stands on its way to the public.
    enum PracticeStatus {
        /// Being written; its territory sees it.
        Draft = "DRAFT",
        /// Handed in; facilitator and steward see it too.
        UnderReview = "UNDER_REVIEW",
        /// Public.
        Published = "PUBLISHED",
        /// Put away: no longer offered, still readable by link so that lineage stays whole.
        Archived = "ARCHIVED",
    }
}
