// How long the meeting has gone on, counted in the page.
(() => {
  const box = document.querySelector("[data-since]");
  if (!box) return;
  const since = Date.parse(box.dataset.since);
  // The demonstration may live on another day than this machine: count on from what the server said.
  const shown = box.querySelector("[data-elapsed]");
  const [hours, minutes] = shown.textContent.trim().split(":").map(Number);
  const begun = Date.now() - (hours * 60 + minutes) * 60000;
  if (Number.isNaN(since)) return;
  setInterval(() => {
    const passed = Math.floor((Date.now() - begun) / 60000);
    shown.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
  }, 15000);
})();
