//! A WhatsApp Business Account, with its tokens sealed.

use sea_orm::entity::prelude::*;

/// A row of `waba`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "waba")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub waba_id: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Blob")]
    pub access_token: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub verify_token: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub verify_token_hash: Vec<u8>,
    #[sea_orm(column_type = "Text", nullable)]
    pub app_id: Option<String>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub app_secret: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub token_kind: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub token_scopes: Option<String>,
    pub token_expires_at: Option<i64>,
    pub verified_at: Option<i64>,
    pub heard_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
