//! A login with Facebook that is under way.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "facebook_login")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Blob")]
    pub state_hash: Vec<u8>,
    #[sea_orm(column_type = "Blob")]
    pub session_hash: Vec<u8>,
    #[sea_orm(column_type = "Blob", nullable)]
    pub token: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub found: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
