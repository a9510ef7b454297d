const settingsName = 'board-settings';
/** Of the form in which the board keeps them: it takes no other for its own. */
const version = 2;

/** Tells Bull Board which theme to use, and leaves its other settings as its reader has made them. */
export function keepBoardTheme(storage: Pick<Storage, 'getItem' | 'setItem'>, theme: 'light' | 'dark'): void {
  const { state } = read(storage.getItem(settingsName));
  storage.setItem(settingsName, JSON.stringify({ state: { ...state, theme }, version }));
}

function read(text: string | null): { state?: object } {
  try {
    const known: unknown = JSON.parse(text ?? '{}');
    const isOurs = typeof known === 'object' && known !== null && 'version' in known && known.version === version;
    return isOurs && 'state' in known && typeof known.state === 'object' && known.state !== null
      ? { state: known.state }
      : {};
  } catch {
    // What cannot be read the board would not have read either.
    return {};
  }
}
