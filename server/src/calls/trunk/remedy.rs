//! What to do about a step that is not well.

use super::Code;
use crate::translate::Language;

/// What to do, in the reader's language; empty where all is well.
pub fn remedy(code: Code, language: Language) -> String {
    let (english, russian) = words(code);
    language.pick(english, russian).to_owned()
}

const fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Resolved
        | Code::AddressGiven
        | Code::AddressPublic
        | Code::Connected
        | Code::TlsSpoken
        | Code::ChainPublic
        | Code::NameCovered
        | Code::ExpiryFar
        | Code::ClientNotAsked
        | Code::AlpnSame
        | Code::OptionsAnswered
        | Code::InviteChallenged
        | Code::InviteTaken => ("", ""),
        Code::ChainGiven => (
            "Good for this check only. Before Meta calls, take a certificate of a public authority, for example Let's Encrypt.",
            "Годится только для этой проверки. До звонков из Meta установите сертификат публичного центра, например Let's Encrypt.",
        ),
        Code::NameMissing => (
            "Check the spelling, or create the name at your DNS provider with an A record for the public address of the telephone server.",
            "Проверьте написание или заведите это имя у своего DNS-провайдера: запись A с публичным адресом телефонной станции.",
        ),
        Code::NoAddress => (
            "Add an A record with the public address of the telephone server. SRV records are not enough for Meta.",
            "Добавьте запись A с публичным адресом телефонной станции. Одних записей SRV для Meta недостаточно.",
        ),
        Code::DnsSilent => (
            "Check the name servers of THOTH's machine and try again.",
            "Проверьте DNS-серверы на машине с THOTH и повторите проверку.",
        ),
        Code::AddressPrivate => (
            "Publish the server's public address under this name, and forward the TLS port to the server in your router.",
            "Укажите для этого имени публичный адрес станции и пробросьте порт TLS на неё в маршрутизаторе.",
        ),
        Code::AddressPrivateAllowed => (
            "Make sure that from the internet the name leads to a public address: Meta cannot call a private one.",
            "Убедитесь, что из интернета имя ведёт на публичный адрес: на частный Meta позвонить не может.",
        ),
        Code::AddressNoName => (
            "Give the server a name in DNS and use it instead of the address: Meta takes names only, and the certificate is made out to the name.",
            "Заведите для станции имя в DNS и укажите его вместо адреса: Meta принимает только имена, и сертификат выдаётся на имя.",
        ),
        Code::ConnectedPartly => (
            "Meta may pick any address of the name. Open the port at all of them, or take the dead ones out of DNS.",
            "Meta может выбрать любой адрес этого имени. Откройте порт на каждом или уберите нерабочие адреса из DNS.",
        ),
        Code::PortClosed => (
            "Nobody listens on this port. Start the TLS transport of the telephone server, check its port (usually 5061), and forward it in the router.",
            "Этот порт никто не слушает. Включите TLS-транспорт на станции, проверьте номер порта (обычно 5061) и пробросьте его в маршрутизаторе.",
        ),
        Code::PortSilent => (
            "A firewall drops the connection. Open the port for Meta's networks, and for THOTH's address so that this check can be made.",
            "Соединение отбрасывает межсетевой экран. Откройте порт для сетей Meta, а для этой проверки ещё и для адреса THOTH.",
        ),
        Code::Unreachable => (
            "There is no way to this address from THOTH's machine. Check the address and the routes.",
            "С машины THOTH до этого адреса нет пути. Проверьте адрес и маршруты.",
        ),
        Code::TlsPlain => (
            "The port speaks SIP without TLS. Give the port of the TLS transport (usually 5061), or switch TLS on for this one: Meta calls over TLS only.",
            "На этом порту SIP без TLS. Укажите порт TLS-транспорта (обычно 5061) или включите TLS на этом: Meta звонит только через TLS.",
        ),
        Code::TlsNotSpoken => (
            "Something other than SIP over TLS listens here. Check the port.",
            "Здесь отвечает не SIP через TLS, а другая служба. Проверьте номер порта.",
        ),
        Code::TlsOld => (
            "Allow TLS 1.2 or 1.3 and common ciphers on the server.",
            "Разрешите на станции TLS 1.2 или 1.3 и распространённые шифры.",
        ),
        Code::TlsRefused | Code::TlsClosed => (
            "See the server's log for the reason. Often its certificate or key cannot be read, or a rule hangs up on unknown addresses.",
            "Посмотрите причину в журнале станции. Часто она не может прочитать сертификат или ключ либо правило обрывает соединения с незнакомых адресов.",
        ),
        Code::TlsSilent => (
            "The port takes connections and says nothing. Check that the TLS transport listens there and is not blocked by something in front of it.",
            "Порт принимает соединения, но молчит. Проверьте, что его слушает именно TLS-транспорт и перед ним ничего не мешает.",
        ),
        Code::ChainSelfSigned => (
            "Take a certificate of a public authority, for example Let's Encrypt: Meta does not trust one that signed itself.",
            "Получите сертификат публичного центра, например Let's Encrypt: самоподписанному Meta не доверяет.",
        ),
        Code::ChainIncomplete => (
            "Set the whole chain: in most servers the file fullchain.pem instead of cert.pem. A certificate of the company's own authority does not do for Meta.",
            "Укажите всю цепочку: на большинстве станций это файл fullchain.pem вместо cert.pem. Сертификат внутреннего центра компании для Meta не подходит.",
        ),
        Code::ChainUnknown => (
            "Take a certificate of a public authority, for example Let's Encrypt, and set it with its whole chain.",
            "Получите сертификат публичного центра, например Let's Encrypt, и установите его со всей цепочкой.",
        ),
        Code::ChainBroken => (
            "Get the certificate anew from a public authority, as one for a server, and set it with its whole chain.",
            "Получите в публичном центре новый сертификат для сервера и установите его со всей цепочкой.",
        ),
        Code::NameOther => (
            "Get a certificate for exactly this name, or change the server address to a name of the certificate. A wildcard covers one level only.",
            "Получите сертификат ровно на это имя или укажите адрес станции, на который выдан сертификат. Подстановочный знак заменяет только один уровень.",
        ),
        Code::NameCommonOnly => (
            "Get the certificate anew with the name among the subject alternative names: the common name is no longer looked at.",
            "Получите новый сертификат, где имя стоит в списке subjectAltName: поле Common Name больше не учитывается.",
        ),
        Code::CertificateUnreadable => (
            "Set another certificate: this one cannot be read.",
            "Установите другой сертификат: этот не читается.",
        ),
        Code::ExpirySoon => (
            "Renew the certificate now, load it into the server, and see why it is not renewed by itself.",
            "Обновите сертификат сейчас, загрузите его на станцию и выясните, почему он не обновляется сам.",
        ),
        Code::ExpiryPast => (
            "Renew the certificate and load it into the server: Meta makes no calls to one that has ended.",
            "Обновите сертификат и загрузите его на станцию: с просроченным Meta не звонит.",
        ),
        Code::ExpiryFuture => (
            "Check the clock of the server and of THOTH's machine; else get the certificate anew.",
            "Проверьте часы на станции и на машине с THOTH; если они верны, получите сертификат заново.",
        ),
        Code::ClientAsked => (
            "Switch the demand off: verify_client=no in Asterisk, tls-verify-policy out in FreeSWITCH, verify_certificate=no and require_certificate=no in Kamailio. Meta's certificate does not pass it.",
            "Отключите это требование: verify_client=no в Asterisk, tls-verify-policy out в FreeSWITCH, verify_certificate=no и require_certificate=no в Kamailio. Сертификат Meta такую проверку не проходит.",
        ),
        Code::AlpnBreaks | Code::AlpnNeeded => (
            "Let the server ignore the protocol list (ALPN) of the handshake. Often a proxy or load balancer in front of it decides by that list.",
            "Пусть станция не обращает внимания на список протоколов (ALPN) при подключении. Часто по нему решает прокси или балансировщик перед станцией.",
        ),
        Code::AlpnSilent => (
            "One of two connections got no answer. Try again; if it stays so, look for a limit of connections.",
            "Одно из двух соединений осталось без ответа. Повторите; если так будет и дальше, проверьте ограничение числа соединений.",
        ),
        Code::OptionsNotSip | Code::InviteNotSip => (
            "Something other than a telephone server answers here. Check the port and what stands in front of the server.",
            "Отвечает не телефонная станция. Проверьте порт и то, что стоит перед станцией.",
        ),
        Code::OptionsSilent => (
            "Many servers answer only addresses they know, so this may be well. Else let the server answer OPTIONS and see its log.",
            "Многие станции отвечают только знакомым адресам, так что это может быть нормой. Иначе разрешите отвечать на OPTIONS и посмотрите журнал станции.",
        ),
        Code::OptionsClosed => (
            "The server hangs up after the handshake. See its log for the reason; a rule may refuse unknown addresses.",
            "Станция обрывает соединение после TLS. Причина есть в её журнале: возможно, правило отказывает незнакомым адресам.",
        ),
        Code::InviteMedia => (
            "Let the server take SRTP with keys in the offer (SDES) and the codec Opus.",
            "Разрешите на станции SRTP с ключами в SDP (SDES) и кодек Opus.",
        ),
        Code::InviteRefused => (
            "The server does not take calls to this number. Add the number to the dial plan of the trunk; the server's words are in the detail.",
            "Станция не принимает звонки на этот номер. Добавьте номер в план набора транка; ответ станции приведён в подробностях.",
        ),
        Code::InviteUnclear => (
            "A made-up number was called, so a refusal is to be expected. Give the business number to learn more.",
            "Звонок шёл на вымышленный номер, поэтому отказ ожидаем. Чтобы узнать больше, укажите номер компании.",
        ),
        Code::InviteSilent | Code::InviteClosed => (
            "The server may take calls from Meta's networks only, so this may be well. Else see its log.",
            "Возможно, станция принимает звонки только из сетей Meta, и тогда это норма. Иначе посмотрите её журнал.",
        ),
        Code::NotReached => (
            "Mend the step before it, then check again.",
            "Исправьте предыдущий шаг и повторите проверку.",
        ),
        Code::OutOfTime => (
            "The server answers too slowly. Try again; if it stays so, look at the network on the way.",
            "Станция отвечает слишком медленно. Повторите; если так будет и дальше, проверьте сеть на пути к ней.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    #[test]
    fn whatever_is_not_well_has_a_remedy_in_both_languages() {
        for code in Code::ALL {
            let (english, russian) = (
                remedy(*code, Language::English),
                remedy(*code, Language::Russian),
            );
            let is_well = code.state() == State::Ok && *code != Code::ChainGiven;
            assert_eq!(english.is_empty(), is_well, "{code:?}");
            assert_eq!(russian.is_empty(), is_well, "{code:?}");
            assert!(
                is_well || russian.chars().any(|c| ('а'..='я').contains(&c)),
                "{code:?}"
            );
        }
    }

    #[test]
    fn codes_are_stored_as_their_words() {
        let mut words: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.word());
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
