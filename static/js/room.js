// The page for the room follows the clock: the server's, from when the page came. Without script the page comes anew.
(function () {
  "use strict";
  var line = document.getElementById("now");
  var parts = [].slice.call(document.querySelectorAll("#order > li"));
  if (!line || !parts.length) return;
  // Coming anew is for pages without script.
  document.getElementById("follow").hidden = true;
  var ahead = new Date(line.getAttribute("data-now")) - Date.now();

  function time(part, name) { return new Date(part.getAttribute(name)).getTime(); }

  function look() {
    var now = Date.now() + ahead;
    parts.forEach(function (part) {
      var on = time(part, "data-begins") <= now && now < time(part, "data-ends");
      part.classList.toggle("room__part--over", now >= time(part, "data-ends"));
      if (on === part.hasAttribute("aria-current")) return;
      if (on) part.setAttribute("aria-current", "time");
      else part.removeAttribute("aria-current");
    });
    var said = "";
    if (now < time(parts[0], "data-begins")) said = line.getAttribute("data-ahead");
    else if (now >= time(parts[parts.length - 1], "data-ends")) said = line.getAttribute("data-after");
    if (line.textContent !== said) line.textContent = said;
  }

  look();
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
})();
