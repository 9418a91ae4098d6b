// "Tell me on this phone": asks the browser only after a tap, and sends a plain form with where this phone's bell is.
(function () {
  "use strict";
  var box = document.getElementById("this-phone");
  if (!box) return;
  var form = box.querySelector("form");
  var ready = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

  function show(name) {
    box.querySelectorAll("[data-says]").forEach(function (part) {
      part.hidden = part.getAttribute("data-says") !== name;
    });
  }

  function bytes(key) {
    var text = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(text, function (sign) { return sign.charCodeAt(0); });
  }

  // A bell made for another key of the site would stay silent: it is made anew.
  function bell(registration) {
    var key = bytes(box.getAttribute("data-key"));
    return registration.pushManager.getSubscription().then(function (old) {
      return old ? old.unsubscribe() : null;
    }).then(function () {
      return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    });
  }

  function begin(event) {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    // The other script has put the button to rest; it may be needed again.
    form.removeAttribute("data-sent");
    Notification.requestPermission().then(function (answer) {
      if (answer !== "granted") {
        show("no");
        return null;
      }
      return navigator.serviceWorker.register("/sw.js").then(function () {
        return navigator.serviceWorker.ready;
      }).then(bell).then(function (made) {
        form.elements.endpoint.value = made.endpoint;
        form.submit();
      });
    }).catch(function () { show("failed"); });
  }

  form.addEventListener("submit", begin);
  box.hidden = false;
  if (!ready) show(/iPhone|iPad/.test(navigator.userAgent) ? "iphone" : "cannot");
  else show(Notification.permission === "denied" ? "no" : "ask");
})();
