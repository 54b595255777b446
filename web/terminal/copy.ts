// Copying: across blocks the tools' characters only, to the byte; inside a note the note.

/** within answers the text nodes of a range. */
function* within(range: Range): Generator<Text> {
  const root = range.commonAncestorContainer;
  if (root instanceof Text) return void (yield root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (range.intersectsNode(node)) yield node as Text;
  }
}

/** cut is the part of a text node that lies in a range. */
function cut(node: Text, range: Range): string {
  const from = node === range.startContainer ? range.startOffset : 0;
  const to = node === range.endContainer ? range.endOffset : node.length;
  return node.data.slice(from, to);
}

/** toolText is what a range holds of the tools' voice. */
export function toolText(range: Range): string {
  let text = "";
  for (const node of within(range)) if (node.parentElement?.closest("pre.tool")) text += cut(node, range);
  return text;
}

/** onCopy answers the browser's copy event inside the terminal. */
export function onCopy(e: ClipboardEvent): void {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const root = range.commonAncestorContainer;
  const around = root instanceof Element ? root : root.parentElement;
  if (!around?.closest("[data-terminal]") && !around?.querySelector("[data-terminal]")) return;
  const text = around.closest(".note") ? range.toString() : toolText(range);
  if (text === "") return;
  e.clipboardData?.setData("text/plain", text);
  e.preventDefault();
}
