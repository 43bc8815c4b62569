//! What was asked for, month after month, in each field and of each province.
use super::{dataset::Kind, edition::Edition};
use crate::{
    domain::{refusal::Fault, request::RequestState as S, territory::province_name},
    service::network::{Cell, cells},
};
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};

columns! {
    /// What a row holds.
    pub(super) COLUMNS of Cell as r {
        month: Kind::Month, "Mese del primo invio delle richieste", "Month in which the requests were first sent"
            => r.month.to_string();
        field: Kind::Code, "Tema della pratica chiesta (vocabolario FIELD)", "Field of the practice asked for (vocabulary FIELD)"
            => r.field.clone();
        province: Kind::Code, "Sigla della provincia di chi riceve la richiesta", "Two letters of the province of who is asked"
            => r.province.as_str();
        province_name: Kind::Text, "Provincia", "Province"
            => province_name(&r.province);
        requests: Kind::Integer, "Richieste di replica inviate", "Replication requests sent"
            => r.told.counts.requests();
        sent: Kind::Integer, "di cui non ancora prese in carico", "of these, not taken up yet"
            => r.told.counts.of(S::Sent);
        acknowledged: Kind::Integer, "di cui in valutazione", "of these, being decided on"
            => r.told.counts.of(S::Acknowledged);
        accepted: Kind::Integer, "di cui accettate", "of these, accepted"
            => r.told.counts.of(S::Accepted);
        in_progress: Kind::Integer, "di cui in corso", "of these, in progress"
            => r.told.counts.of(S::InProgress);
        completed: Kind::Integer, "di cui concluse", "of these, completed"
            => r.told.counts.of(S::Completed);
        declined: Kind::Integer, "di cui rifiutate", "of these, declined"
            => r.told.counts.of(S::Declined);
        withdrawn: Kind::Integer, "di cui ritirate", "of these, withdrawn"
            => r.told.counts.of(S::Withdrawn);
        expired: Kind::Integer, "di cui scadute", "of these, expired"
            => r.told.counts.of(S::Expired);
        interrupted: Kind::Integer, "di cui interrotte", "of these, interrupted"
            => r.told.counts.of(S::Interrupted);
        replications: Kind::Integer, "Repliche", "Copies"
            => r.told.counts.replications;
        messages: Kind::Integer, "Messaggi sulle richieste", "Messages about the requests"
            => r.told.counts.messages;
        answered: Kind::Integer, "Richieste a cui è stato risposto sì o no", "Requests answered by yes or no"
            => r.told.waits.count();
        lower_quartile_days: Kind::Decimal, "Giorni entro cui è stato risposto a un quarto di esse", "Days within which a quarter of these were answered"
            => r.told.waits.quantile(0.25);
        median_days: Kind::Decimal, "Giorni entro cui è stato risposto a metà di esse", "Days within which half of these were answered"
            => r.told.waits.median();
        upper_quartile_days: Kind::Decimal, "Giorni entro cui è stato risposto a tre quarti di esse", "Days within which three quarters of these were answered"
            => r.told.waits.quantile(0.75);
        known_after_6_months: Kind::Integer, "Repliche di cui si sa a 6 mesi", "Copies known of after 6 months"
            => r.told.counts.known[0];
        running_after_6_months: Kind::Integer, "di cui ancora attive", "of these, running"
            => r.told.counts.running[0];
        known_after_12_months: Kind::Integer, "Repliche di cui si sa a 12 mesi", "Copies known of after 12 months"
            => r.told.counts.known[1];
        running_after_12_months: Kind::Integer, "di cui ancora attive", "of these, running"
            => r.told.counts.running[1];
        illustrative: Kind::Integer, "Richieste e repliche inventate per dimostrazione", "Requests and copies made up for demonstration"
            => r.told.counts.illustrative;
    }
}

/// All of it.
pub(super) fn rows(edition: Edition) -> BoxStream<'static, Result<Vec<Cell>, Fault>> {
    stream::once(async move { cells(&edition.app).await }).boxed()
}
