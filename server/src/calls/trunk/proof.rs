//! The proof of a step in the reader's language: what was found in words, and the values it stands on.
//!
//! Addresses, names, versions and dates are the same in every language; the words of the other side are not
//! translated. In English the step has its own, longer words.

use super::{Code, Step, StepName};
use crate::translate::Language;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// The proof of a step.
pub fn proof(step: &Step, language: Language) -> String {
    match language {
        Language::English => step.detail.clone(),
        Language::Russian => joined(step.code, &values(step)),
    }
}

/// A proof that was kept as a code's word and its values; none in English, which is kept in words, and for the code
/// of a newer version.
pub fn proof_kept(args: &BTreeMap<String, String>, language: Language) -> Option<String> {
    match language {
        Language::English => None,
        Language::Russian => {
            let word = args.get("proof")?;
            let code = Code::ALL.iter().find(|code| code.word() == word)?;
            let values = args.get("values").map(String::as_str);
            Some(joined(*code, values.unwrap_or_default()))
        }
    }
}

fn joined(code: Code, values: &str) -> String {
    match values {
        "" => russian(code).to_owned(),
        values => format!("{}: {values}", russian(code)),
    }
}

/// What a step stands on, without words.
pub(super) fn values(step: &Step) -> String {
    let arg = |key: &str| step.args.get(key).cloned().unwrap_or_default();
    let parts = match (step.code, step.name) {
        (Code::NotReached | Code::OutOfTime, _) => vec![],
        (_, StepName::Dns) => vec![arg("host"), arg("addresses")],
        (_, StepName::Address) => vec![arg("addresses")],
        (_, StepName::Tcp) => vec![arg("port")],
        (_, StepName::Tls) => vec![arg("version"), arg("cipher")],
        (_, StepName::Chain) => vec![arg("issuer")],
        (_, StepName::Name) => vec![arg("names")],
        (_, StepName::Expiry) => vec![day(&arg("until"))],
        (_, StepName::ClientCertificate | StepName::Alpn) => vec![],
        (_, StepName::Options) => vec![arg("status"), arg("software")],
        (_, StepName::Invite) => vec![arg("status")],
    };
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The day of a time in milliseconds.
fn day(until: &str) -> String {
    let seconds = until.parse().ok().map(|until: i64| until.div_euclid(1000));
    let at = seconds.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok());
    at.map(|at| at.date().to_string()).unwrap_or_default()
}

const fn russian(code: Code) -> &'static str {
    match code {
        Code::Resolved => "имя найдено в DNS",
        Code::AddressGiven => "адрес задан напрямую, DNS не запрашивали",
        Code::NameMissing => "такого имени в DNS нет",
        Code::NoAddress => "у имени нет записей A и AAAA",
        Code::DnsSilent => "DNS-серверы не ответили",
        Code::AddressPublic => "адрес публичный",
        Code::AddressPrivate => "адрес частный, Meta на него не позвонит; соединения не было",
        Code::AddressPrivateAllowed => {
            "адрес частный, Meta на него не позвонит; здесь такие адреса проверять разрешено"
        }
        Code::AddressNoName => "вместо имени указан адрес, а Meta принимает только имена",
        Code::Connected => "порт принимает соединения",
        Code::ConnectedPartly => "порт принимает соединения не на всех адресах",
        Code::PortClosed => "в соединении отказано",
        Code::PortSilent => "порт не отвечает",
        Code::Unreachable => "до адреса нет пути",
        Code::TlsSpoken => "соединение по TLS установлено",
        Code::TlsPlain => "на порту отвечает SIP без TLS",
        Code::TlsNotSpoken => "на порту отвечает не TLS",
        Code::TlsOld => "нет общей версии TLS или общего шифра",
        Code::TlsRefused => "сервер отказался устанавливать TLS",
        Code::TlsClosed => "сервер разорвал соединение при установке TLS",
        Code::TlsSilent => "соединение принято, но на TLS ответа нет",
        Code::ChainPublic => "цепочка ведёт к публичному центру, издатель",
        Code::ChainGiven => "цепочка ведёт к центру, указанному для этой проверки; издатель",
        Code::ChainSelfSigned => "сертификат подписан самим собой, издатель",
        Code::ChainIncomplete => "сервер прислал только свой сертификат, издатель",
        Code::ChainUnknown => "цепочка не ведёт ни к одному известному центру, издатель",
        Code::ChainBroken => "цепочка не проходит проверку, издатель",
        Code::NameCovered => "имя входит в сертификат, выданный на",
        Code::NameOther => "имени нет в сертификате, он выдан на",
        Code::NameCommonOnly => "имя стоит только в поле Common Name",
        Code::CertificateUnreadable => "сертификат не читается",
        Code::ExpiryFar => "сертификат действует до",
        Code::ExpirySoon => "сертификат скоро закончится",
        Code::ExpiryPast => "срок сертификата истёк",
        Code::ExpiryFuture => "сертификат ещё не начал действовать, срок до",
        Code::ClientNotAsked => "клиентский сертификат не запрашивается",
        Code::ClientAsked => "сервер запрашивает клиентский сертификат",
        Code::AlpnSame => "с ALPN и без него соединение устанавливается одинаково",
        Code::AlpnBreaks => "с ALPN соединение не устанавливается",
        Code::AlpnNeeded => "без ALPN соединение не устанавливается",
        Code::AlpnSilent => "одно из двух соединений осталось без ответа",
        Code::OptionsAnswered => "на OPTIONS получен ответ",
        Code::OptionsNotSip => "ответ пришёл, но это не SIP",
        Code::OptionsSilent => "на OPTIONS ответа нет",
        Code::OptionsClosed => "сервер разорвал соединение, не ответив на OPTIONS",
        Code::InviteChallenged => "пробный звонок: сервер запросил пароль",
        Code::InviteTaken => "пробный звонок дошёл",
        Code::InviteMedia => "пробный звонок: сервер не принимает такой звук",
        Code::InviteRefused => "пробный звонок отклонён",
        Code::InviteUnclear => "пробный звонок на вымышленный номер отклонён",
        Code::InviteNotSip => "пробный звонок: ответ пришёл, но это не SIP",
        Code::InviteSilent => "пробный звонок: ответа нет",
        Code::InviteClosed => "пробный звонок: сервер разорвал соединение",
        Code::NotReached => "до этого шага проверка не дошла",
        Code::OutOfTime => "время проверки закончилось раньше этого шага",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proof_is_in_the_readers_language() {
        for code in Code::ALL {
            let step = Step::new(StepName::Chain, *code, "in English").arg("issuer", "Some CA");
            assert_eq!(proof(&step, Language::English), "in English");
            let words = proof(&step, Language::Russian);
            assert!(words.chars().any(|sign| ('а'..='я').contains(&sign)));
            assert!(!words.contains("English"), "{words}");
        }
    }

    #[test]
    fn values_are_the_same_in_every_language() {
        let step = Step::new(StepName::Expiry, Code::ExpiryFar, "valid until 2026-12-01")
            .arg("until", 1_796_104_800_000_i64)
            .arg("days", 90);
        let words = proof(&step, Language::Russian);
        assert_eq!(words, "сертификат действует до: 2026-12-01");
        let args = |word: &str| {
            let pairs = [("proof", word), ("values", "5061")];
            let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
            BTreeMap::from(pairs)
        };
        let kept = |word| proof_kept(&args(word), Language::Russian);
        assert_eq!(kept("port_closed").unwrap(), "в соединении отказано: 5061");
        assert_eq!(kept("of_tomorrow"), None);
        assert_eq!(proof_kept(&args("port_closed"), Language::English), None);
    }
}
