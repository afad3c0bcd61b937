//! Interactive messages as lists, pages and forms show them.

use super::super::Request;
use super::super::phones::slice;
use super::super::scope::{count, scope_of};
use crate::store::Scope;
use crate::store::views::{InteractiveOrder, InteractiveQuestion, InteractiveView, Slice};
use crate::translate::outgoing::interactive_signature;
use app::model::{
    InteractiveContent, InteractiveDetail, InteractiveFilter, InteractiveForm,
    InteractiveFormStart, InteractiveId, InteractiveKind, InteractiveRow, InteractiveSort, Moment,
    Page, PageQuery, Permit, PortalId, Problem, ProblemCode, UserId, change, see,
};
use uuid::Uuid;

impl Request {
    pub(super) async fn interactives_page(
        &self,
        permit: Permit<see::Interactives>,
        query: PageQuery<InteractiveFilter>,
    ) -> Result<Page<InteractiveRow>, Problem> {
        let scope = scope_of(&permit);
        let question = InteractiveQuestion {
            scope,
            search: &query.search,
            kind: query.filter.kind.map(InteractiveKind::as_str),
            order: match query.sort.by {
                InteractiveSort::Name => InteractiveOrder::Name,
                InteractiveSort::Kind => InteractiveOrder::Kind,
                InteractiveSort::Updated => InteractiveOrder::Updated,
            },
            descending: query.sort.descending,
            slice: slice(&query),
        };
        let store = &self.state.store;
        let found = store.interactives_view(&question).await;
        let (rows, total) = found.map_err(|error| self.store_problem(error))?;
        let nothing_at_all = total == 0 && {
            let every = InteractiveQuestion {
                search: "",
                kind: None,
                slice: Slice {
                    limit: 1,
                    offset: 0,
                },
                ..question
            };
            let every = store.interactives_view(&every).await;
            every.map_err(|error| self.store_problem(error))?.1 == 0
        };
        Ok(Page {
            rows: rows.into_iter().map(|view| row(scope, view)).collect(),
            page: query.page.max(1),
            per_page: query.rows(),
            total: count(total),
            nothing_at_all,
        })
    }

    pub(super) async fn interactive_detail(
        &self,
        permit: Permit<see::Interactives>,
        id: InteractiveId,
    ) -> Result<InteractiveDetail, Problem> {
        let scope = scope_of(&permit);
        let view = self.interactive(scope, id).await?;
        let content: Option<InteractiveContent> = serde_json::from_str(&view.row.content).ok();
        let key = view.row.id.simple().to_string();
        let code = content
            .as_ref()
            .map(|content| interactive_signature(&key, content));
        Ok(InteractiveDetail {
            row: row(scope, view),
            has_variables: content
                .as_ref()
                .is_some_and(|content| !content.variables().is_empty()),
            preview: content.as_ref().map(InteractiveContent::preview),
            code: code.unwrap_or_else(|| format!("interactive+{key}")),
        })
    }

    /// A message that may be seen.
    pub(super) async fn interactive(
        &self,
        scope: Scope,
        id: InteractiveId,
    ) -> Result<InteractiveView, Problem> {
        let found = self.state.store.interactive_view(scope, id.uuid()).await;
        let found = found.map_err(|error| self.store_problem(error))?;
        found.ok_or_else(|| Problem::new(ProblemCode::NotFound))
    }

    /// A message that may be changed. In a frame those of other portals' too are seen, and not changed.
    pub(super) async fn interactive_own(
        &self,
        scope: Scope,
        id: InteractiveId,
    ) -> Result<InteractiveView, Problem> {
        let view = self.interactive(scope, id).await?;
        if is_own(scope, &view) {
            Ok(view)
        } else {
            Err(Problem::new(ProblemCode::NotAllowed))
        }
    }

    pub(super) async fn interactive_start(
        &self,
        permit: Permit<change::Interactives>,
        id: Option<InteractiveId>,
    ) -> Result<InteractiveFormStart, Problem> {
        let scope = scope_of(&permit);
        let known = match id {
            Some(id) => Some(self.interactive_own(scope, id).await?),
            None => None,
        };
        let places = self.places(scope, known.as_ref()).await?;
        let form = known.and_then(|view| {
            let content = serde_json::from_str(&view.row.content).ok()?;
            let hashtag = view.row.hashtag.unwrap_or_default();
            let portal = view.row.portal_id;
            let place = portal.map(|portal| PortalId::new(portal).to_string());
            let shared = UserId::new(view.row.owner_id).to_string();
            Some(InteractiveForm::of(
                view.row.name,
                place.unwrap_or(shared),
                hashtag,
                content,
            ))
        });
        Ok(InteractiveFormStart {
            form,
            places,
            refused: None,
        })
    }

    /// Whose a new message is, unless a portal says otherwise.
    pub(super) async fn maker(&self, scope: Scope) -> Result<Uuid, Problem> {
        match scope {
            Scope::Owner(owner) | Scope::Framed { owner, .. } => Ok(owner),
            Scope::All => Ok(self.me().await?.user.uuid()),
        }
    }

    /// Where a message may be sent from: all portals of an owner, or one of them. Of a message that is there its owner
    /// stays.
    async fn places(
        &self,
        scope: Scope,
        known: Option<&InteractiveView>,
    ) -> Result<Vec<(String, String)>, Problem> {
        let portals = self.state.store.portals(scope).await;
        let portals = portals.map_err(|error| self.store_problem(error))?;
        let mut places = Vec::new();
        if !matches!(scope, Scope::Framed { .. }) {
            // Without words the page has its own for it.
            let owner = match known {
                Some(view) => view.row.owner_id,
                None => self.maker(scope).await?,
            };
            places.push((UserId::new(owner).to_string(), String::new()));
        }
        for portal in portals {
            let is_mine = known.is_none_or(|view| view.row.owner_id == portal.owner_id);
            let named = [
                portal.name.unwrap_or_default(),
                portal.domain,
                portal.client_id,
            ];
            let name = named.into_iter().find(|name| !name.is_empty());
            if is_mine {
                let id = PortalId::new(portal.id).to_string();
                places.push((id, name.unwrap_or_default()));
            }
        }
        Ok(places)
    }
}

/// In a frame only what is the portal's own is changed: what is shared is other portals' too.
fn is_own(scope: Scope, view: &InteractiveView) -> bool {
    match scope {
        Scope::All | Scope::Owner(_) => true,
        Scope::Framed { portal, .. } => view.row.portal_id == Some(portal),
    }
}

fn row(scope: Scope, view: InteractiveView) -> InteractiveRow {
    let own = is_own(scope, &view);
    let content: Option<InteractiveContent> = serde_json::from_str(&view.row.content).ok();
    InteractiveRow {
        id: InteractiveId::new(view.row.id),
        name: view.row.name,
        kind: view
            .row
            .kind
            .parse()
            .unwrap_or(InteractiveKind::ReplyButtons),
        hashtag: view.row.hashtag,
        portal: view.portal,
        owner: (scope == Scope::All).then_some(view.owner),
        beginning: content
            .as_ref()
            .map(InteractiveContent::beginning)
            .unwrap_or_default(),
        own,
        updated_at: Moment(view.row.updated_at),
    }
}
