/** Hands a file to the browser, which keeps it where downloads are kept. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read it only after the click has been worked off.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
