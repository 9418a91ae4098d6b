// An open page follows what happens. A comfort only: loading the page again shows the same.
(function () {
  "use strict";
  var line = document.getElementById("live");
  if (!line || !window.WebSocket) return;
  var words = line.dataset, place = words.place, had = new Set(), later = new Map();
  var socket = null, timer = 0, tries = 0, told = false, over = false, news = 0, first = "";

  function all(what, act) { document.querySelectorAll(what).forEach(act); }

  function say(text, to) {
    line.textContent = to ? "" : text;
    if (!to) return;
    var link = line.appendChild(document.createElement("a"));
    link.href = to;
    link.textContent = text;
  }

  function sayNews() {
    if (news) say(news === 1 ? words.one : words.many.replace("%n", news), "#" + first);
    else say("");
  }

  function seen() { news = 0; if (socket) sayNews(); }

  // Whatever changes above, the line under the reader's eyes stays where it is.
  function still(change) {
    var at = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    var link = at && at.closest("a[href]"), top = at && at.getBoundingClientRect().top;
    change();
    if (at && !at.isConnected) at = link && document.querySelector('main a[href="' + link.getAttribute("href") + '"]');
    if (at) scrollBy(0, at.getBoundingClientRect().top - top);
  }

  // What somebody is at is left alone until they have gone on.
  function part(id, html) {
    var box = document.getElementById(id);
    if (!box) return;
    later.delete(id);
    if (box.contains(document.activeElement)) later.set(id, html);
    else still(function () { box.innerHTML = html; });
  }

  function orderOf(node) {
    var time = node.querySelector(".post__when time"), post = node.querySelector("[id^=post-]") || node;
    return time ? [Date.parse(time.dateTime), Number(post.id.slice(5))] : null;
  }

  function post(message) {
    var posts = document.getElementById("posts"), id = "post-" + message.id, old = document.getElementById(id);
    var sheet = document.createElement("template");
    sheet.innerHTML = message.html;
    var node = sheet.content.firstElementChild;
    if (!posts || !node) return;
    while (old && old.parentNode !== posts) old = old.parentNode;
    if (old) return replace(old, node);
    if (!("open" in posts.dataset)) return;
    var mine = orderOf(node), after = posts.lastElementChild;
    for (; after; after = after.previousElementSibling) {
      var other = orderOf(after);
      if (other && (other[0] < mine[0] || (other[0] === mine[0] && other[1] < mine[1]))) break;
    }
    still(function () { posts.insertBefore(node, after ? after.nextSibling : posts.firstChild); });
    if (message.own) return;
    if (!news) first = id;
    news += 1;
    sayNews();
    new IntersectionObserver(function (found, eye) {
      if (!found[0].isIntersecting) return;
      eye.disconnect();
      setTimeout(seen, 8000);
    }).observe(node);
  }

  function replace(old, node) {
    if (old.outerHTML === node.outerHTML) return;
    var at = old.contains(document.activeElement) && document.activeElement;
    still(function () { old.replaceWith(node); });
    if (!at) return;
    var same = at.href && node.querySelector('a[href="' + at.getAttribute("href") + '"]');
    if (!same) node.tabIndex = -1;
    (same || node).focus({ preventScroll: true });
  }

  function take(message) {
    if (message.place) place = message.place;
    if (message.kind === "hello") {
      told = true;
      tries = 0;
      sayNews();
      all("[data-here]", function (node) { node.hidden = false; });
    } else if (message.kind === "post" && !had.has(message.key)) {
      had.add(message.key);
      post(message);
    } else if (message.kind === "part") {
      part(message.id, message.html);
    } else if (message.kind === "counts") {
      all("[data-count]", function (node) {
        var n = message[node.dataset.count];
        node.firstElementChild.textContent = n;
        node.hidden = !n;
      });
    }
  }

  function open() {
    clearTimeout(timer);
    if (socket || over || document.hidden) return;
    var mine = socket = new WebSocket(location.origin.replace("http", "ws") + words.address + "?after=" + place);
    mine.onmessage = function (event) { if (mine === socket) take(JSON.parse(event.data)); };
    mine.onclose = function (event) { if (mine === socket) lost(event.code); };
  }

  function rest() {
    var old = socket;
    socket = null;
    clearTimeout(timer);
    if (old) old.close();
  }

  function lost(code) {
    socket = null;
    // Nobody is said to be here on the word of a page that does not know.
    all("[data-here]", function (node) { node.hidden = true; });
    if (code >= 4400) return closed();
    tries += 1;
    if (tries > 1) say(words.away);
    timer = setTimeout(open, Math.min(60000, 1000 * Math.pow(2, tries)) * (0.5 + Math.random() / 2));
  }

  // The right to this page has ended. Loading it says why; but never over something that is being written.
  function closed() {
    over = true;
    // What somebody opened to its reader is covered at once, whatever is being written beside it.
    all("[data-covers]", function (node) { node.textContent = ""; });
    var written = Array.from(document.querySelectorAll("textarea, input")).some(function (field) {
      return field.value !== field.defaultValue;
    });
    if (told && !written) location.reload();
    else say(words.closed, location.pathname + location.search);
  }

  line.addEventListener("click", seen);
  document.addEventListener("focusout", function () {
    setTimeout(function () { later.forEach(function (html, id) { part(id, html); }); });
  });
  document.addEventListener("visibilitychange", function () { document.hidden ? rest() : open(); });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", open);
  window.addEventListener("online", open);
})();
