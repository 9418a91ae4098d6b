// Three small things, each a comfort only: every page works without them.
(function () {
  "use strict";
  var root = document.documentElement;
  var presses = [];

  // Leaving: the page is covered in the same moment, before the network has answered.
  function cover() {
    root.classList.add("covered");
    document.title = "\u00a0";
    forget("");
  }

  // Drops what pages keep of unsent words in this tab (drafts.js): of one address, or all of it.
  function forget(address) {
    try {
      if (address) sessionStorage.removeItem("unsent " + address);
      else sessionStorage.clear();
    } catch (fault) { /* no storage: nothing was kept */ }
  }

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
