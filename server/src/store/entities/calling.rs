//! A phone's calling: what was wanted, what Meta has, what is wrong.

use sea_orm::entity::prelude::*;

/// A row of `calling`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calling")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub wanted: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub actual: Option<String>,
    pub actual_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub error: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub drift: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub health: Option<String>,
    pub health_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub trunk: Option<String>,
    pub trunk_at: Option<i64>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub sip_password: Option<Vec<u8>>,
    pub busy_until: Option<i64>,
    pub in_crm: bool,
    pub crm_user: Option<i64>,
    pub updated_at: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
