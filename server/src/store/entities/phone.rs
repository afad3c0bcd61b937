//! A business phone number and the line it is linked to.

use sea_orm::entity::prelude::*;

/// A row of `phone`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub waba_id: Uuid,
    pub portal_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub phone_id: String,
    pub line_id: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub connector: Option<String>,
    pub sms_service: bool,
    #[sea_orm(column_type = "Text")]
    pub link_state: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub link_reason: Option<String>,
    pub link_checked_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub pin: Option<Vec<u8>>,
    pub line_wanted: Option<i64>,
    pub heard_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

impl Model {
    /// A phone that is linked to nothing yet.
    pub fn new(owner: Uuid, waba: Uuid, phone: &str, phone_id: &str, now: i64) -> Self {
        Self {
            id: Uuid::now_v7(),
            owner_id: owner,
            waba_id: waba,
            portal_id: None,
            phone: phone.to_owned(),
            phone_id: phone_id.to_owned(),
            line_id: None,
            connector: None,
            sms_service: false,
            link_state: "not_linked".to_owned(),
            link_reason: None,
            link_checked_at: None,
            name: None,
            pin: None,
            line_wanted: None,
            heard_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
