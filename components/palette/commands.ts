import { roleIncludes, type Role } from '#lib/access/types';
import type { QueueInfo } from '#lib/queues/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import { filterHref } from '../tasks/filter.ts';
import { pagesFor } from '../shell/pages.ts';

export type Theme = 'light' | 'dark' | 'system';

/** What choosing a command does. */
export type Act =
  | { kind: 'go'; href: string }
  | { kind: 'theme'; theme: Theme }
  | { kind: 'queue'; verb: 'pause' | 'resume'; queue: QueueInfo }
  | { kind: 'help' }
  | { kind: 'sign-out' };

export type Group = 'Pages' | 'New task' | 'Actions' | 'Queues' | 'Definitions';

export type Command = { id: string; group: Group; label: string; hint?: string; act: Act };

type Known = { role: Role; definitions: DefinitionInfo[]; queues: QueueInfo[] };

/** Everything that this role may do from the palette, in the order of its groups. */
export function commandsFor({ role, definitions, queues }: Known): Command[] {
  const mayAct = roleIncludes(role, 'operator');
  return [
    ...pagesFor(role).map(({ href, label, goTo }) => ({
      ...go('Pages', label, href),
      ...(goTo && { hint: `g ${goTo}` }),
    })),
    ...(mayAct ? definitions.filter(({ active }) => active).map(newTask) : []),
    ...queues.map(({ name }) => go('Queues', `Tasks of queue ${name}`, filterHref({ queue: name }))),
    ...(mayAct ? queues.map(control) : []),
    ...definitions.map(({ name, title }) =>
      go('Definitions', `${title} (${name})`, `/definitions/${encodeURIComponent(name)}`),
    ),
    ...actions,
  ];
}

const go = (group: Group, label: string, href: string): Command => ({
  id: `go ${href}`,
  group,
  label,
  act: { kind: 'go', href },
});

const newTask = ({ name, title }: DefinitionInfo): Command => ({
  ...go('New task', `New task: ${title}`, `/tasks/new?definition=${encodeURIComponent(name)}`),
  hint: name,
});

const control = (queue: QueueInfo): Command => ({
  id: `control ${queue.name}`,
  group: 'Queues',
  label: `${queue.paused ? 'Resume' : 'Pause'} queue ${queue.name}`,
  act: { kind: 'queue', verb: queue.paused ? 'resume' : 'pause', queue },
});

const theme = (theme: Theme, label: string): Command => ({
  id: `theme ${theme}`,
  group: 'Actions',
  label,
  act: { kind: 'theme', theme },
});

const actions: Command[] = [
  theme('light', 'Use the light theme'),
  theme('dark', 'Use the dark theme'),
  theme('system', 'Use the theme of the system'),
  { id: 'help', group: 'Actions', label: 'Keyboard shortcuts', hint: '?', act: { kind: 'help' } },
  { id: 'sign-out', group: 'Actions', label: 'Sign out', act: { kind: 'sign-out' } },
];

/** Most of a group at once; typing more narrows it. */
const shownOfGroup = 8;

/** The commands whose words begin with what was typed, word for word, in their groups. */
export function matching(commands: Command[], typed: string): [Group, Command[]][] {
  const wanted = wordsOf(typed);
  const groups = new Map<Group, Command[]>();
  for (const command of commands) {
    const words = wordsOf(`${command.label} ${command.hint ?? ''}`);
    if (!wanted.every((word) => words.some((known) => known.startsWith(word)))) continue;
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups].map(([group, found]) => [group, found.slice(0, shownOfGroup)]);
}

/** `importCsv` is found by "csv" too. */
const wordsOf = (text: string): string[] =>
  `${text} ${text.replaceAll(/([a-z])([A-Z])/g, '$1 $2')}`.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
