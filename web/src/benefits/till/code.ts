// The eight digits of a voucher: as they are typed, as they stand in the address, as they are scanned.

/** The digits of what was typed; at most eight. */
export function digitsOf(text: string): string {
  return text.replace(/[^\d]/g, "").slice(0, 8);
}

/** Whether these are the digits of a code. */
export function isCode(text: string): boolean {
  return /^\d{8}$/.test(text);
}

/** The code behind the `#` of an address or alone; nothing where there is none. */
export function scannedCode(text: string): string | undefined {
  return /^(?:https?:\/\/[^\s#]+\/benefits\/till#)?(\d{8})$/.exec(text.trim())?.[1];
}
