// Small things, each a comfort only: every page works without them.
(function () {
  "use strict";
  var root = document.documentElement;
  var presses = [];
  var address = document.currentScript.getAttribute("data-copy");

  // Leaving: the page is covered in the same moment, before the network has answered.
  function cover() {
    root.classList.add("covered");
    document.title = "\u00a0";
    forget("");
    if (word("plan") === "take") takeOff();
  }

  // Drops what pages keep of unsent words in this tab (drafts.js): of one address, or all of it.
  function forget(address) {
    try {
      if (address) sessionStorage.removeItem("unsent " + address);
      else sessionStorage.clear();
    } catch (fault) { /* no storage: nothing was kept */ }
  }

  // A copy of a plan in this browser (copy.js), if somebody asked for one: what is to become of it when they leave.
  function word(name) {
    try { return localStorage.getItem(name); } catch (fault) { return null; }
  }

  function takeOff() {
    try {
      localStorage.removeItem("plan");
      localStorage.removeItem("plan asked");
      caches.delete("at-hand").catch(function () {});
    } catch (fault) { /* the worker does it, or the site's answer */ }
  }

  function keepNew() {
    document.querySelectorAll("[data-copy-here]").forEach(function (part) { part.hidden = part.disabled = false; });
    var long = Date.now() - (word("plan asked") || 0) > 3600000;
    if (!long && location.pathname.indexOf("/my-plan/") !== 0) return;
    localStorage.setItem("plan asked", Date.now());
    var script = document.createElement("script");
    script.src = address;
    script.onload = function () { window.planCopy.renew().catch(function () { /* no line: next time */ }); };
    document.head.appendChild(script);
  }
  if (address && word("plan")) keepNew();

  function leave() {
    var form = document.querySelector("form[data-exit]");
    if (!form) return;
    cover();
    form.querySelector("button").click();
  }

  // Shift three times within two seconds, with no other key between, leaves as well.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    if (event.repeat) return;
    var at = Date.now();
    presses = presses.filter(function (then) { return at - then < 2000; });
    presses.push(at);
    if (presses.length >= 3) leave();
  });

  // A form on its way is not sent a second time. Its button rests, and wakes if nothing came of it.
  function rest(form, resting) {
    form.querySelectorAll("button").forEach(function (button) {
      if (button.type !== "submit") return;
      if (resting) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    });
    if (resting) form.setAttribute("data-sent", "");
    else form.removeAttribute("data-sent");
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-exit")) {
      cover();
    } else if (form.hasAttribute("data-sent")) {
      event.preventDefault();
    } else if (!event.defaultPrevented && form.method === "post") {
      if (form.hasAttribute("data-forget")) forget(form.getAttribute("data-forget"));
      if (form.hasAttribute("data-copy-erase") || form.querySelector("[name=copy][value=take]:checked")) takeOff();
      rest(form, true);
      setTimeout(rest, 15000, form, false);
    }
  });

  // Coming back: buttons wake; a page that was left is asked for anew and shows nothing until then.
  window.addEventListener("pageshow", function (event) {
    if (root.classList.contains("covered")) {
      if (event.persisted) location.reload();
      return;
    }
    document.querySelectorAll("form[data-sent]").forEach(function (form) { rest(form, false); });
  });

  // The page of a post that was sent: what the page it was written on had kept is not needed any more.
  var arrived = document.querySelector("[data-arrived]");
  if (arrived) {
    try {
      Object.keys(sessionStorage).forEach(function (name) {
        if (sessionStorage[name].indexOf(arrived.getAttribute("data-arrived")) > 0) sessionStorage.removeItem(name);
      });
    } catch (fault) { /* no storage: nothing was kept */ }
  }
})();
