//! What has a rate limit: a portal or a business number. Leased by one node at a time.

use sea_orm::entity::prelude::*;

/// A row of `destination`; times are milliseconds since the epoch.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "destination")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub target_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub lease_owner: Option<String>,
    pub lease_until: i64,
    pub epoch: i64,
    pub paused_until: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub pause_reason: Option<String>,
    pub failures: i32,
    pub answered_at: Option<i64>,
    pub bucket_level: f64,
    pub bucket_at: i64,
    pub held_at: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub held_by: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub held_reason: Option<String>,
    pub failing_since: Option<i64>,
    pub told_at: Option<i64>,
    pub well_at: Option<i64>,
    pub minute: i64,
    pub minute_taken: i64,
    pub minute_before: i64,
}

/// Joins are written out in the query files.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
