//! Which page answers which address.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    format::provide_now,
    pages::{
        NotFoundPage, OverviewPage, PhoneEditPage, PhoneNewPage, PhonePage, PhonesPage, PortalPage,
        PortalsPage, SetupPage, SignInPage, WabaPage, WabasPage, later,
    },
    ui::Frame,
};

/// The panel. Pages are sent whole, so that they read and their forms work without a script.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_now();
    view! {
        <Router base=crate::base::base()>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/setup/:token") view=SetupPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/") view=OverviewPage ssr=SsrMode::Async />
                    <Route path=path!("/phones") view=PhonesPage ssr=SsrMode::Async />
                    <Route path=path!("/wabas") view=WabasPage ssr=SsrMode::Async />
                    <Route path=path!("/wabas/new") view={Lazy::<later::WabaNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/wabas/connect/:login") view={Lazy::<later::WabaConnect>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/wabas/:id") view=WabaPage ssr=SsrMode::Async />
                    <Route path=path!("/wabas/:id/edit") view={Lazy::<later::WabaEdit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/wabas/:id/delete") view={Lazy::<later::WabaDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/wabas/:id/templates") view={Lazy::<later::Templates>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/wabas/:id/templates/new") view={Lazy::<later::TemplateNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/templates/:id") view={Lazy::<later::Template>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/templates/:id/delete") view={Lazy::<later::TemplateDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/interactive") view={Lazy::<later::Interactives>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/interactive/new") view={Lazy::<later::InteractiveNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/interactive/:id") view={Lazy::<later::Interactive>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/interactive/:id/edit") view={Lazy::<later::InteractiveEdit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/interactive/:id/delete") view={Lazy::<later::InteractiveDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/settings") view={Lazy::<later::Settings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/new") view=PhoneNewPage ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id") view=PhonePage ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/edit") view=PhoneEditPage ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/line") view={Lazy::<later::PhoneLine>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/delete") view={Lazy::<later::PhoneDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling") view={Lazy::<later::Calling>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/check") view={Lazy::<later::CallingCheck>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/why") view={Lazy::<later::CallingWhy>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/setup") view={Lazy::<later::CallingSetup>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/setup/:pbx") view={Lazy::<later::CallingSetupOf>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/password") view={Lazy::<later::CallingPassword>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/password/new") view={Lazy::<later::CallingPasswordNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/phones/:id/calling/history") view={Lazy::<later::CallingHistory>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/calls") view={Lazy::<later::Calls>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/calls/permissions") view={Lazy::<later::CallPermissions>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/lines/:line") view={Lazy::<later::LineOpened>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portals") view=PortalsPage ssr=SsrMode::Async />
                    <Route path=path!("/portals/new") view={Lazy::<later::PortalNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portals/:id") view=PortalPage ssr=SsrMode::Async />
                    <Route path=path!("/portals/:id/edit") view={Lazy::<later::PortalEdit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/portals/:id/delete") view={Lazy::<later::PortalDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/users") view={Lazy::<later::Users>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/users/new") view={Lazy::<later::UserNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/users/:id") view={Lazy::<later::User>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/users/:id/delete") view={Lazy::<later::UserDelete>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account") view={Lazy::<later::Account>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/key") view={Lazy::<later::KeyNew>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/account/key/off") view={Lazy::<later::KeyOff>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries") view={Lazy::<later::Deliveries>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries/dead") view={Lazy::<later::DeadLetters>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries/dead/cause") view={Lazy::<later::Cause>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries/destinations") view={Lazy::<later::Destinations>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries/destinations/:id") view={Lazy::<later::Destination>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/deliveries/:id") view={Lazy::<later::Delivery>::new()} ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
