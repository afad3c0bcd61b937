//! The tokens of one user of a portal.

use sea_orm::entity::prelude::*;

/// A row of `portal_token`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "portal_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub portal_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub bitrix_user: String,
    #[sea_orm(column_type = "Blob")]
    pub access_token: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub refresh_token: Vec<u8>,
    pub generation: i64,
    pub refreshing_until: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub dead_reason: Option<String>,
    pub no_admin: bool,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
