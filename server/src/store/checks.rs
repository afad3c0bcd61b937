//! What the last checks found, one row for each thing that is checked.

use super::entities::check_result;
use super::{Store, StoreError, Txn};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// What was checked; one of the names of `connect::checks`.
    pub name: &'a str,
    /// `ok`, `bad` or `unknown`.
    pub state: &'a str,
    /// Which sentence tells it.
    pub code: &'a str,
    /// Values for the sentence; `reason` holds the other side's words.
    pub args: BTreeMap<String, String>,
}

impl Store {
    /// What checks found about these subjects. Whoever asks has found the subjects with their owner.
    pub async fn checks_of(
        &self,
        subjects: &[Uuid],
    ) -> Result<Vec<check_result::Model>, StoreError> {
        Ok(check_result::Entity::find()
            .filter(check_result::Column::SubjectId.is_in(subjects.iter().copied()))
            .all(self.reader())
            .await?)
    }

    /// Notes what checks of a subject found, in a transaction of its own.
    pub async fn checks_note(
        &self,
        subject: Uuid,
        findings: &[Finding<'_>],
        at: i64,
    ) -> Result<(), StoreError> {
        let txn = self.begin().await?;
        txn.checks_note_in_txn(subject, findings, at).await?;
        txn.commit().await
    }
}

impl Txn {
    /// Notes what checks of a subject found; what was found before is forgotten.
    pub async fn checks_note_in_txn(
        &self,
        subject: Uuid,
        findings: &[Finding<'_>],
        at: i64,
    ) -> Result<(), StoreError> {
        for found in findings {
            let args = serde_json::to_string(&found.args)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            self.run(
                "INSERT INTO check_result (id, subject_id, name, state, code, args, at) \
                 VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject_id, name) DO UPDATE SET \
                 state = excluded.state, code = excluded.code, args = excluded.args, at = excluded.at",
                [
                    Uuid::now_v7().into(),
                    subject.into(),
                    found.name.into(),
                    found.state.into(),
                    found.code.into(),
                    args.into(),
                    at.into(),
                ],
            )
            .await?;
        }
        Ok(())
    }

    /// Forgets what was found about a subject: all of it, or the checks with these names.
    pub async fn checks_drop_in_txn(
        &self,
        subject: Uuid,
        names: Option<&[&str]>,
    ) -> Result<(), StoreError> {
        match names {
            None => {
                self.run(
                    "DELETE FROM check_result WHERE subject_id = ?",
                    [subject.into()],
                )
                .await?;
            }
            Some(names) => {
                for name in names {
                    self.run(
                        "DELETE FROM check_result WHERE subject_id = ? AND name = ?",
                        [subject.into(), (*name).into()],
                    )
                    .await?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::engines;

    #[tokio::test]
    async fn the_last_finding_counts() {
        for test in engines().await {
            let subject = Uuid::now_v7();
            let finding = |state| Finding {
                name: "token",
                state,
                code: "token_good",
                args: BTreeMap::from([("kind".to_owned(), "USER".to_owned())]),
            };
            for (state, at) in [("unknown", 1), ("ok", 2)] {
                let findings = [finding(state)];
                test.store
                    .checks_note(subject, &findings, at)
                    .await
                    .unwrap();
            }
            let found = test.store.checks_of(&[subject]).await.unwrap();
            assert_eq!(found.len(), 1, "{}", test.engine);
            assert_eq!((found[0].state.as_str(), found[0].at), ("ok", 2));
            assert_eq!(found[0].args, "{\"kind\":\"USER\"}");
        }
    }
}
