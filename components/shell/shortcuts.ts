/** What a key does: a function, or one that says in the help what it does. */
export type Shortcut = (() => void) | { does: string; run(): void };
/** By key as KeyboardEvent names it; "g t" is g and then t. */
export type Shortcuts = Record<string, Shortcut>;

export type ActiveShortcut = { does: string; keys: string[] };

type Layer = {
  shortcuts(): Shortcuts;
  /** Gives way to a page that has the same key. */
  fallback: boolean;
  /** False: no keys that are characters, for those who speak to their computer or type with one hand. */
  characters(): boolean;
};

/** What keys do wherever they are found, when their owner does not say so. */
const usually: Record<string, string> = {
  '/': 'Search the list',
  c: 'New task, over this page',
  j: 'Next task in the list',
  k: 'Previous task in the list',
  ArrowDown: 'Next task in the list',
  ArrowUp: 'Previous task in the list',
  x: 'Select the task',
};

const typing = 'input, textarea, select, [contenteditable="true"]';
const dialog = '[role="dialog"], [role="alertdialog"]';
const taken = `${dialog}, [role="menu"], [role="listbox"], [role="tablist"]`;
const sequenceMs = 1_500;

const layers = new Set<Layer>();
let prefix = { key: '', at: 0 };

const isCharacter = (key: string): boolean => key.length === 1 || key.includes(' ');

function inForce(): Layer[] {
  return [...layers].sort((a, b) => Number(a.fallback) - Number(b.fallback));
}

function find(key: string): Shortcut | undefined {
  for (const layer of inForce()) {
    const shortcut = layer.shortcuts()[key];
    if (shortcut && (layer.characters() || !isCharacter(key))) return shortcut;
  }
  return undefined;
}

/** True for a key after which another is waited for. */
const begins = (key: string): boolean =>
  inForce().some((layer) => Object.keys(layer.shortcuts()).some((name) => name.startsWith(`${key} `)));

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest(`${typing}, ${taken}`)) return;
  if (document.querySelector(dialog)) return;
  const begun = prefix.key !== '' && event.timeStamp - prefix.at < sequenceMs ? prefix.key : '';
  prefix = { key: begun === '' && begins(event.key) ? event.key : '', at: event.timeStamp };
  const shortcut = find(begun === '' ? event.key : `${begun} ${event.key}`);
  if (!shortcut) return;
  event.preventDefault();
  if (typeof shortcut === 'function') shortcut();
  else shortcut.run();
}

/** Puts keys in force; the end of it is returned. One listener serves all layers. */
export function addShortcuts(layer: Layer): () => void {
  if (layers.size === 0) document.addEventListener('keydown', onKey);
  layers.add(layer);
  return () => {
    layers.delete(layer);
    if (layers.size === 0) document.removeEventListener('keydown', onKey);
  };
}

/** What keys do on this page at this moment, those that do the same together. Asked by an event, not while rendering. */
export function activeShortcuts(): ActiveShortcut[] {
  const byKey = new Map<string, string>();
  for (const layer of inForce()) {
    for (const [key, shortcut] of Object.entries(layer.shortcuts())) {
      const does = typeof shortcut === 'function' ? usually[key] : shortcut.does;
      if (does !== undefined && !byKey.has(key) && (layer.characters() || !isCharacter(key))) byKey.set(key, does);
    }
  }
  const together = new Map<string, string[]>();
  for (const [key, does] of byKey) together.set(does, [...(together.get(does) ?? []), key]);
  // Enter is no shortcut but what a row does by itself: who walks the rows shall know it all the same.
  return [...together].flatMap(([does, keys]) =>
    does === usually['ArrowUp']
      ? [
          { does, keys },
          { does: 'Open the task', keys: ['Enter'] },
        ]
      : [{ does, keys }],
  );
}
