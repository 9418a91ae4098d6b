// A push came. It brings no words, and there are none to show but these: that there is something new.
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

self.addEventListener("push", function (event) {
  event.waitUntil(self.registration.showNotification(self.SAID.title, {
    tag: "new", // a second one takes the place of the first
    renotify: true,
    icon: self.SAID.picture,
    badge: self.SAID.picture
  }));
});

self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (open) {
    return open.length ? open[0].focus() : self.clients.openWindow("/");
  }));
});
