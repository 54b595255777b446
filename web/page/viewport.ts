// The soft keyboard: where the browser does not make room for it by itself, the page does.

/** begin follows the visible part of the window. */
export function begin(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  let tallest = seen.height;
  const fit = () => {
    if (seen.scale > 1.01) return; // pinch zoom is the visitor's own
    tallest = Math.max(tallest, seen.height);
    const root = document.documentElement;
    root.style.setProperty("--seen", `${seen.height}px`);
    root.toggleAttribute("data-keyboard", tallest - seen.height > 120 && matchMedia("(pointer: coarse)").matches);
  };
  seen.addEventListener("resize", fit);
  fit();
}
