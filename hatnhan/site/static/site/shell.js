// "/" goes to the search box; the list of errors takes focus when a form comes back with some.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (box) {
    event.preventDefault();
    box.focus();
  }
});
// On a wide screen nothing is saved by folding these away.
if (window.matchMedia("(min-width: 64rem)").matches) {
  for (const box of document.querySelectorAll("details[data-open-wide]")) box.open = true;
}
// Tabs that slide on a phone begin with the one that is open in sight.
for (const tab of document.querySelectorAll(".hn-tabs-slide [aria-current]")) {
  const tabs = tab.closest(".hn-tabs-slide");
  tabs.scrollLeft = tab.getBoundingClientRect().left - tabs.getBoundingClientRect().left;
}
document.getElementById("loi")?.focus();
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
// Pages keep in this browser what could not be sent; whoever signs out on a shared phone leaves none of it behind.
for (const form of document.querySelectorAll("form[data-signs-out]")) {
  form.addEventListener("submit", (event) => {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith("hatnhan:"));
    if (kept.length && !window.confirm(form.dataset.signsOut)) return event.preventDefault();
    for (const key of kept) localStorage.removeItem(key);
  });
}
