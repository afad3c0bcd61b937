//! The words of the pages in the portal's language; the panel's own are in its locales.

/// What an install page says.
pub(super) struct Words {
    pub lang: &'static str,
    pub title: &'static str,
    pub token: &'static str,
    pub admin: &'static str,
    pub scopes: &'static str,
    pub events: &'static str,
    pub connector: &'static str,
    pub done: &'static str,
    pub stopped: &'static str,
    pub again: &'static str,
    pub waits: &'static str,
    pub waits_id: &'static str,
    pub not_admin: &'static str,
    pub scopes_missing: &'static str,
    pub no_answer: &'static str,
    pub refused: &'static str,
    pub outside: &'static str,
    pub unreadable: &'static str,
    pub unknown_portal: &'static str,
    pub only_admins: &'static str,
    pub expired: &'static str,
    pub later: &'static str,
}

const EN: Words = Words {
    lang: "en",
    title: "Installing THOTH",
    token: "Bitrix24 confirms the installation",
    admin: "Installed by an administrator",
    scopes: "Permissions",
    events: "Events of Open Lines come to THOTH",
    connector: "The connector stands in the Contact Center",
    done: "THOTH is installed. Add your numbers next.",
    stopped: "The installation is not finished.",
    again: "Try again",
    waits: "THOTH has kept this installation, and no portal there has its keys yet. In THOTH open Portals, add the portal, and enter this application's client_id and client_secret. Then press the button.",
    waits_id: "Application ID (client_id)",
    not_admin: "An administrator of the portal must install the application.",
    scopes_missing: "Edit the application in Bitrix24 and tick these permissions",
    no_answer: "The portal did not answer",
    refused: "The installation was refused",
    outside: "This page opens inside Bitrix24: choose the application in its menu.",
    unreadable: "Bitrix24 did not say who is looking. Open the application from its menu.",
    unknown_portal: "This portal is not connected to THOTH. An administrator installs the application first.",
    only_admins: "Administrators of the portal may open this page. Ask one of them.",
    expired: "This page has expired. Open the application from Bitrix24's menu again.",
    later: "Bitrix24 could not confirm who is looking. Try again in a minute.",
};

const RU: Words = Words {
    lang: "ru",
    title: "Установка THOTH",
    token: "Битрикс24 подтверждает установку",
    admin: "Устанавливает администратор",
    scopes: "Права приложения",
    events: "События открытых линий приходят в THOTH",
    connector: "Коннектор появился в контакт-центре",
    done: "THOTH установлен. Теперь добавьте номера.",
    stopped: "Установка не завершена.",
    again: "Повторить",
    waits: "THOTH сохранил эту установку, но ключей приложения там ещё нет. Откройте в THOTH раздел «Порталы», добавьте портал и укажите client_id и client_secret этого приложения. Затем нажмите кнопку.",
    waits_id: "Код приложения (client_id)",
    not_admin: "Приложение должен установить администратор портала.",
    scopes_missing: "Измените приложение в Битрикс24 и отметьте эти права",
    no_answer: "Портал не ответил",
    refused: "Установка отклонена",
    outside: "Эта страница открывается внутри Битрикс24: выберите приложение в меню.",
    unreadable: "Битрикс24 не сообщил, кто открыл страницу. Откройте приложение из меню.",
    unknown_portal: "Этот портал не подключён к THOTH. Сначала администратор устанавливает приложение.",
    only_admins: "Страница доступна администраторам портала. Обратитесь к одному из них.",
    expired: "Страница устарела. Снова откройте приложение из меню Битрикс24.",
    later: "Битрикс24 не подтвердил, кто открыл страницу. Повторите через минуту.",
};

/// The words for a portal's language.
pub(super) fn words(language: &str) -> &'static Words {
    match language.to_ascii_lowercase().as_str() {
        "ru" | "ua" | "uk" | "by" | "kz" | "be" | "kk" => &RU,
        _ => &EN,
    }
}
