// Runs before the first paint: that there is a script at all, the theme, and whether a world was here before, so that nothing flashes.

document.documentElement.dataset["script"] = "";
try {
  const { theme, notes } = JSON.parse(localStorage.getItem("hsmplay:settings") ?? "{}") as Record<string, string>;
  const root = document.documentElement.dataset;
  if (theme) root["theme"] = theme;
  if (notes) root["notes"] = notes;
  if (localStorage.getItem("hsmplay:visited")) root["visit"] = "again";
} catch {
  // Refused storage: the page begins as on a first visit.
}
