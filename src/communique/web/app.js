// Makes the app quicker to use; everything it does can be done without it.
"use strict";

(() => {
  const typing = (target) => target.closest("input, textarea, select") !== null;

  // A key for each verdict, and / for the search.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("header input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
      return;
    }
    const chosen = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (chosen) { event.preventDefault(); chosen.click(); return; }
    const step = { "+": "closer", "-": "wider", ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
    const axis = document.activeElement && document.activeElement.closest("[data-first]");
    if (step && (axis || event.key.length === 1)) {
      const link = document.querySelector(`[data-zoom="${step}"]`);
      if (link) { event.preventDefault(); link.click(); }
    }
  });

  // Drawing across a timeline opens that stretch of it.
  const axis = document.querySelector("[data-first]");
  const picture = axis && axis.querySelector("svg.picture");
  if (picture) {
    const [left, right] = [150, 1064]; // where the axis begins and ends, in units of the picture
    const day = 86400000;
    const first = Date.parse(axis.dataset.first);
    const last = Date.parse(axis.dataset.last) + day;
    const place = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
      return Math.min(Math.max(at.x, left), right);
    };
    const written = (x) =>
      new Date(first + ((x - left) / (right - left)) * (last - first)).toISOString().slice(0, 10);
    let from = null;
    let box = null;
    picture.addEventListener("pointerdown", (event) => {
      if (event.button === 0 && event.pointerType === "mouse" && !event.target.closest("a")) from = place(event);
    });
    picture.addEventListener("pointermove", (event) => {
      if (from === null) return;
      const to = place(event);
      if (!box) {
        box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        box.setAttribute("class", "chosen");
        box.setAttribute("y", "0");
        box.setAttribute("height", String(picture.viewBox.baseVal.height));
        picture.append(box);
      }
      box.setAttribute("x", String(Math.min(from, to)));
      box.setAttribute("width", String(Math.abs(to - from)));
    });
    window.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const to = place(event);
      const ends = [Math.min(from, to), Math.max(from, to)];
      from = null;
      if (box) { box.remove(); box = null; }
      if (ends[1] - ends[0] < 8) return;
      const address = new URL(window.location.href);
      address.searchParams.set("since", written(ends[0]));
      address.searchParams.set("until", written(ends[1] - 0.001));
      address.searchParams.delete("page");
      window.location.assign(address);
    });
  }
})();
