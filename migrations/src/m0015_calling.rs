//! Calling of phones: what Meta has, what was wanted, what happened; calls, and who may be called.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calling = table(
            "calling",
            vec![
                // One row a phone.
                id("phone_id"),
                // The settings a person saved last, as JSON; none while nobody has.
                text_null("wanted"),
                // Meta's last `calling` object as JSON, without passwords, and as of when.
                text_null("actual"),
                long_null("actual_at"),
                // What failed last and is not solved: JSON.
                text_null("error"),
                // Where Meta differs from what was wanted: JSON.
                text_null("drift"),
                // Meta's `health_status` of the number, as JSON.
                text_null("health"),
                long_null("health_at"),
                // The last check of the server: JSON.
                text_null("trunk"),
                long_null("trunk_at"),
                // The SIP password of our app, sealed.
                bytes_null("sip_password"),
                // Until when somebody is at it with Meta, at most: two at once would undo each other.
                long_null("busy_until"),
                // Whether calls are shown in the portal, and to whom where the CRM names nobody.
                flag("in_crm"),
                long_null("crm_user"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("calling", "phone_id", "phone"))
        .take();
        let history = table(
            "calling_event",
            vec![
                id("id"),
                uuid("phone_id"),
                // Who did it; none for Meta and THOTH itself.
                uuid_null("person_id"),
                // Their name at that time.
                text_null("person"),
                text("kind"),
                // What changed, as JSON.
                text("detail"),
                long("at"),
            ],
        )
        .foreign_key(&mut owned_by("calling_event", "phone_id", "phone"))
        .take();
        let call = table(
            "call",
            vec![
                id("id"),
                uuid("owner_id"),
                uuid("phone_id"),
                uuid_null("contact_id"),
                // Meta's id of the call.
                text("wacid"),
                // "in": a customer calls; "out": the business does.
                text("direction"),
                text("outcome"),
                long("started_at"),
                long_null("answered_at"),
                long_null("ended_at"),
                // Seconds.
                long_null("duration"),
                // Meta's error, as JSON.
                text_null("error"),
                // The payload of the button or link that was pressed.
                text_null("payload"),
                // The portal's id of the call, and how far it is told there.
                text_null("portal_call"),
                text_null("portal_state"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("call", "phone_id", "phone"))
        .take();
        let permission = table(
            "call_permission",
            vec![
                id("id"),
                uuid("phone_id"),
                uuid("contact_id"),
                // "none", "asked", "temporary", "permanent", "denied".
                text("status"),
                long_null("asked_at"),
                long_null("expires_at"),
                // What Meta still allows, from its answers; none while it was not asked.
                long_null("requests_left"),
                long_null("calls_left"),
                // When a request may be sent again, where the limit is reached.
                long_null("again_at"),
                // Calls in a row that were not answered.
                int("unanswered"),
                long_null("checked_at"),
                long("updated_at"),
            ],
        )
        .foreign_key(&mut owned_by("call_permission", "phone_id", "phone"))
        .foreign_key(&mut owned_by("call_permission", "contact_id", "contact"))
        .take();
        create(
            manager,
            vec![calling, history, call, permission],
            &[
                "CREATE INDEX ix_calling_event_phone ON calling_event (phone_id, at)",
                "CREATE UNIQUE INDEX uq_call ON call (phone_id, wacid)",
                "CREATE INDEX ix_call_owner ON call (owner_id, started_at)",
                "CREATE INDEX ix_call_started ON call (started_at)",
                "CREATE UNIQUE INDEX uq_call_permission ON call_permission (phone_id, contact_id)",
            ],
        )
        .await
    }
}
