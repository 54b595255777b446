/** Menu is what stands in the header, and on phones behind its menu button. */
export function Menu() {
  return (
    <>
      <button type="button" class="folded" data-action="panels">Cluster, keys, users, files</button>
      <button type="button" data-action="lessons">Lessons</button>
      <button type="button" data-action="help">Help</button>
      <button type="button" data-action="world">Worlds</button>
      <button type="button" data-action="timeline">Timeline</button>
      <button type="button" data-action="settings">Settings</button>
      <button type="button" data-action="startOver">Start over</button>
      <button type="button" class="honest" data-action="real">What is real, what is made up</button>
    </>
  );
}

/** toggleMenu opens and closes the menu of the phone's header. */
export function toggleMenu(): void {
  const button = document.querySelector<HTMLElement>("[data-action=menu]")!;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  document.querySelector("header")!.toggleAttribute("data-open", open);
  if (!open) return;
  const leave = (e: Event) => {
    const inside = e.target instanceof Node && document.querySelector("header")!.contains(e.target);
    if (e instanceof KeyboardEvent ? e.key !== "Escape" : inside && !(e.target as Element).closest("#menu button")) return;
    button.setAttribute("aria-expanded", "false");
    document.querySelector("header")!.removeAttribute("data-open");
    document.removeEventListener("click", leave);
    document.removeEventListener("keydown", leave);
  };
  document.addEventListener("click", leave);
  document.addEventListener("keydown", leave);
}
