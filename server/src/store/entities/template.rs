//! A message template of a WABA, in one language, as Meta has it.

use sea_orm::entity::prelude::*;

/// A row of `template`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub waba_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub template_id: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub category: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub quality: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub rejected_reason: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub raw: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub unreadable: Option<String>,
    pub hidden: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub notice: Option<String>,
    pub notice_at: Option<i64>,
    pub synced_at: i64,
    pub created_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
