// Keeps what is being written (ADR 0015): on the server, and until it is there encrypted in this tab.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const field = form.elements, said = form.querySelector("[data-said]"), store = sessionStorage;
  const place = "unsent " + location.pathname;
  const names = (form.dataset.names || "title text cover").split(" ").filter((name) => field[name]);
  let saved, timer, busy, key, turn, wait = 3000;

  const words = () => names.map((name) => field[name].value).join("\0");
  const fill = (values) => {
    for (const name in values) if (field[name]) field[name].value = values[name];
    if (field.cover && field.cover.value) field.cover.closest("details").open = true;
  };
  const say = (what) => {
    if (said.textContent !== said.dataset[what]) said.textContent = said.dataset[what];
  };

  // The tab's copy, under a key of this sitting alone; where the line is not safe there is none.
  const bytes = (list) => new Uint8Array(list);
  if (crypto.subtle) {
    const raw = bytes(form.dataset.draft.match(/../g).map((two) => parseInt(two, 16)));
    turn = key = crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  }
  const keep = async () => {
    const values = Object.fromEntries(new FormData(form)), iv = crypto.getRandomValues(bytes(12));
    delete values.csrfmiddlewaretoken;
    const plain = new TextEncoder().encode(JSON.stringify(values));
    const shut = bytes(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, plain));
    if (words() === saved || document.querySelector("html.covered")) return;
    store[place] = JSON.stringify([[...iv], [...shut], values.page_key]);
  };
  const kept = async () => {
    const [iv, shut] = JSON.parse(store[place]).map(bytes);
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, shut)));
  };

  // The server's copy: what it has now, or nothing where it could not be asked.
  const ask = async (values, keepalive) => {
    const body = new FormData(form), headers = { Accept: "application/json" };
    for (const name in values) body.set(name, values[name]);
    body.set("save_draft", 1);
    try {
      const answer = await fetch(location.href, { method: "POST", body, headers, keepalive });
      if (answer.ok) return await answer.json();
      say(answer.status < 500 ? "stopped" : "unsaved");
    } catch (fault) { say("unsaved"); }
  };
  const has = (answer, now) => {
    saved = now;
    if (words() === now) delete store[place];
    if (!answer.sent) fill(answer);
    say(answer.apart ? "apart" : "saved");
  };
  const save = async (last) => {
    const now = words();
    timer = 0;
    if (busy || now === saved || form.hasAttribute("data-sent")) return;
    busy = true;
    field.attempt.value++;
    const answer = await ask({}, last === true);
    busy = false;
    if (answer) has(answer, now);
    wait = answer ? 3000 : Math.min(wait * 2, 60000);
    soon();
  };
  const soon = () => {
    if (!timer && words() !== saved) timer = setTimeout(save, wait);
  };

  form.oninput = () => {
    if (key) turn = turn.then(keep).catch(() => {});
    soon();
  };
  form.onsubmit = () => { field.attempt.value++; };
  window.ononline = save;
  document.onvisibilitychange = () => { if (document.hidden) save(true); };
  // Brought back whole by the Back button, it is another page.
  window.onpageshow = (event) => { if (event.persisted) field.page_key.value = ""; };

  if (!form.dataset.unsaved) saved = words();
  soon();
  // What a crash or a reload left here goes back into the box, unless it was sent.
  if (key && store[place]) kept().then(async (tail) => {
    tail.attempt = +tail.attempt + 99;
    const before = words(), answer = await ask(tail);
    if (answer && answer.sent || words() !== before) return delete store[place];
      if (answer) delete tail.page_key;
    fill(tail);
    if (answer) has(answer, words());
    soon();
  }).catch(() => delete store[place]);
})();
