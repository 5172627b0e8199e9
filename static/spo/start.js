// Start the components of govuk-frontend and moj-frontend. Pages work without any of it.
(function () {
  "use strict";

  GOVUKFrontend.initAll();
  if (window.MOJFrontend) {
    MOJFrontend.initAll();
  }

  // A document that is being made: look again by itself for a minute. Without this there is a link.
  if (document.querySelector("[data-check-again]")) {
    var asked = Number(sessionStorage.getItem("asked " + location.pathname)) || 0;
    if (asked < 30) {
      sessionStorage.setItem("asked " + location.pathname, asked + 1);
      setTimeout(function () { location.reload(); }, 2000);
    }
  }

  // On a phone the side navigation is one scrolling row: begin with the current page in view, not with the first.
  var current = document.querySelector(".moj-side-navigation [aria-current]");
  var row = current && current.closest(".moj-side-navigation");
  if (row && row.scrollWidth > row.clientWidth) {
    row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
})();
