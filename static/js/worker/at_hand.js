// The copy of a plan on this phone (ADR 0034): with no line its page comes from here, and leaving in a hurry takes it off.
(function () {
  "use strict";
  const place = self.SAID.place;

  // A line that gives no answer for so long is none.
  function within(wait, answer) {
    return Promise.race([answer, new Promise(function (_, no) { setTimeout(no, wait); })]);
  }

  // The page asked for; without the network, or with the site down behind it, the page with the copy.
  async function page(request) {
    await leaveAtLast();
    const kept = await caches.match(place.page);
    if (!kept) return fetch(request);
    const own = new URL(request.url).pathname === place.page;
    try {
      const answer = await within(own ? 3000 : 10000, fetch(request));
      return answer.status < 502 || answer.status > 504 ? answer : kept;
    } catch (fault) { return kept; }
  }

  // Style and script of that page lie beside it, under names that change with what is in them.
  async function file(request) {
    return await caches.match(request) || fetch(request);
  }

  async function takeOff() {
    const kept = await caches.match(place.kept);
    if (!kept || (await kept.json()).exit !== "keep") await caches.delete(place.store);
  }

  // "Exit this page" goes on to the neutral page with no network too. The sitting is then ended with the next line.
  async function leave(request) {
    try {
      return await fetch(request);
    } catch (fault) {
      await caches.open(place.left);
      const to = place.onward.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
      const words = '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>\u00a0</title>' +
        '<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0; url=' + to + '">' +
        '<p><a rel="noreferrer" href="' + to + '">' + place.go_on + "</a></p>";
      const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };
      return new Response(words, { headers: headers });
    }
  }

  async function leaveAtLast() {
    if (!await caches.has(place.left)) return;
    try {
      const answer = await fetch(place.leave, { method: "POST", credentials: "same-origin" });
      if (answer.ok) await caches.delete(place.left);
    } catch (fault) { /* still no line: next time */ }
  }

  self.addEventListener("fetch", function (event) {
    const request = event.request, address = new URL(request.url);
    if (address.origin !== self.location.origin) return;
    if (request.method === "POST" && request.mode === "navigate" && address.pathname === place.leave) {
      // Here, not on the page alone: it goes on after the page has gone, and where its script never came.
      event.waitUntil(takeOff());
      event.respondWith(leave(request));
    } else if (request.method === "GET" && request.mode === "navigate") {
      event.respondWith(page(request));
    } else if (request.method === "GET" && address.pathname.startsWith(place.files)) {
      event.respondWith(file(request));
    }
  });
})();
