// Keys that are commands.

/** Fields in which letters are text and no commands. */
const WRITING = "input, textarea, select, dialog, .drop";

/** Whether a key is a command: nobody writes, and nothing else has taken it. */
export function isCommand({ ctrlKey, metaKey, altKey, defaultPrevented, target }: KeyboardEvent): boolean {
  const isWriting = target instanceof Element && target.closest(WRITING) !== null;
  return !(ctrlKey || metaKey || altKey || defaultPrevented || isWriting);
}
