// The script library of the portal, for pages inside its frame. The page around them does the work.
(() => {
  const waiting = new Map();
  let number = 0, about = null, ready = null;
  const ask = (action, params, heard) => {
    number += 1;
    if (heard) waiting.set(number, heard);
    window.parent.postMessage({ b24: action, number, params }, "*");
  };
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || !event.data || event.data.b24 !== "answer") return;
    const heard = waiting.get(event.data.number);
    waiting.delete(event.data.number);
    if (heard) heard(event.data.value);
  });
  const needed = (what) => { if (!about) throw new Error(`BX24.${what} before BX24.init`); };
  const size = () => ({ height: document.documentElement.scrollHeight });
  window.BX24 = {
    init(heard) {
      ready ??= new Promise((go) => ask("init", {}, (value) => { about = value; go(); }));
      ready.then(() => heard && heard());
    },
    installFinish() { needed("installFinish"); ask("installFinish", {}); },
    getAuth() { return about ? about.auth : false; },
    refreshAuth(heard) { needed("refreshAuth"); if (heard) heard(about ? about.auth : false); },
    isAdmin() { return Boolean(about && about.admin); },
    getDomain() { return about ? about.auth.domain : ""; },
    getLang() { return "en"; },
    fitWindow(heard) { needed("fitWindow"); ask("resize", size(), heard); },
    resizeWindow(width, height, heard) { needed("resizeWindow"); ask("resize", { width, height }, heard); },
    callMethod(method, params, heard) {
      needed("callMethod");
      ask("callMethod", { method, params: params || {} }, (answer) => heard && heard({
        data: () => answer.result, error: () => answer.error || null, status: answer.status,
      }));
    },
    openApplication(params, heard) { needed("openApplication"); ask("openApplication", params || {}, heard); },
    closeApplication() { needed("closeApplication"); ask("closeApplication", {}); },
    openPath(path, heard) { needed("openPath"); ask("openPath", { path }, heard); },
    placement: {
      info: () => ({ placement: about ? about.placement : "DEFAULT", options: (about && about.options) || {} }),
      call() {},
    },
    ready(heard) { if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", heard); else heard(); },
  };
})();
