// Opens the app in its frame and does what the app's script asks for.
const form = document.getElementById("opening");
const frame = document.querySelector("iframe.app");
const about = JSON.parse(form.dataset.about);
form.submit();

async function act(action, params) {
  if (action === "init") return about;
  if (action === "resize") {
    const height = Number(params.height);
    if (height > 0) frame.style.height = `${Math.max(height, 320)}px`;
    return true;
  }
  if (action === "installFinish") {
    const answer = await fetch(`/frame/${about.sid}/finish`, { method: "POST" });
    if (answer.ok) location.reload();
    return answer.ok;
  }
  if (action === "callMethod") {
    const answer = await fetch(`/rest/${params.method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...params.params, auth: about.auth.access_token }),
    });
    return { status: answer.status, ...(await answer.json()) };
  }
  if (action === "openPath" && params.path.startsWith("/")) location.assign(params.path);
  if (action === "closeApplication") location.assign("/contact_center/");
  if (action === "openApplication") location.reload();
  return true;
}

window.addEventListener("message", async (event) => {
  if (event.source !== frame.contentWindow || !event.data || !event.data.b24) return;
  const { b24, number, params } = event.data;
  const value = await act(b24, params || {});
  event.source.postMessage({ b24: "answer", number, value }, event.origin);
});
