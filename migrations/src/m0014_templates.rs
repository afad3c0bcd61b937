//! Message templates of WABAs, interactive messages, and numbers as SMS providers.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let template = table(
            "template",
            vec![
                id("id"),
                uuid("waba_id"),
                // Meta's id, one per language.
                text_null("template_id"),
                text("name"),
                text("language"),
                text("status"),
                text("category"),
                text_null("quality"),
                text_null("rejected_reason"),
                // Meta's whole answer.
                text("raw"),
                // Why it cannot be read, where it cannot.
                text_null("unreadable"),
                flag("hidden"),
                // What people are to know of it: a code and its words as JSON, until it is dismissed.
                text_null("notice"),
                long_null("notice_at"),
                long("synced_at"),
                long("created_at"),
            ],
        )
        .foreign_key(&mut owned_by("template", "waba_id", "waba"))
        .take();
        let interactive = table(
            "interactive",
            vec![
                id("id"),
                uuid("owner_id"),
                uuid_null("portal_id"),
                text("name"),
                text("kind"),
                text("content"),
                text_null("hashtag"),
                long("created_at"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("interactive", "owner_id", "person"))
        .foreign_key(&mut owned_by("interactive", "portal_id", "portal"))
        .take();
        create(
            manager,
            vec![template, interactive],
            &[
                "CREATE UNIQUE INDEX uq_template ON template (waba_id, name, language)",
                "CREATE INDEX ix_template_id ON template (waba_id, template_id)",
                "CREATE INDEX ix_template_notice ON template (notice_at) WHERE notice IS NOT NULL",
                "CREATE UNIQUE INDEX uq_interactive_hashtag ON interactive (owner_id, hashtag)",
                "CREATE INDEX ix_interactive_owner ON interactive (owner_id, name)",
            ],
        )
        .await?;
        let waba = vec![
            long_null("templates_at"),
            int("templates_unreadable"),
            // Whether Meta's marketing API takes this WABA's templates; unknown until tried.
            text_null("marketing"),
        ];
        add(manager, "waba", waba).await?;
        let phone = vec![
            uuid_null("default_template"),
            flag("template_when_closed"),
            flag("sms_opens_chat"),
            // What the portal has registered: sender code, name and address as JSON.
            text_null("sms_sender"),
        ];
        add(manager, "phone", phone).await?;
        // Bitrix24's id of an SMS this message was sent for, and who asked.
        add(manager, "message", vec![text_null("sms_id")]).await?;
        create(
            manager,
            Vec::new(),
            &["CREATE UNIQUE INDEX uq_message_sms ON message (portal_id, sms_id, part)"],
        )
        .await
    }
}
