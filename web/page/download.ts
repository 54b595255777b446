// Handing a file to the visitor.

/** saveText offers a text, or its pieces, as a file. */
export function saveText(name: string, ...text: (string | Blob)[]): void {
  offer(name, new Blob(text, { type: "text/plain" }));
}

/** saveBytes offers bytes as a file. */
export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>, type = "application/octet-stream"): void {
  offer(name, new Blob([bytes], { type }));
}

function offer(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
