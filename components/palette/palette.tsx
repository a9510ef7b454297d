'use client';

import { useQuery } from '@tanstack/react-query';
import { Command as List } from 'cmdk';
import { type RefObject, useEffect, useState } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { useDefinitions } from '../api/queries.ts';
import { fetchQueues } from '../queues/calls.ts';
import { useMember } from '../shell/member.tsx';
import { shortId } from '../tasks/short-id.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Dialog, DialogContent, DialogTitle } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { type Command, commandsFor, matching } from './commands.ts';
import { findTasks } from './find-tasks.ts';
import { useAct } from './use-act.ts';

type PaletteProps = {
  onOpenChange(open: boolean): void;
  onHelp(): void;
  returnFocus: RefObject<HTMLElement | null>;
};

/** Every page, task, task type, queue and action, by a few letters. */
export function Palette({ onOpenChange, onHelp, returnFocus }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const { role } = useMember();
  const { data: definitions = [] } = useDefinitions();
  const { data: queues = [] } = useQuery({ queryKey: keys.queues(), queryFn: ({ signal }) => fetchQueues(signal) });
  const act = useAct({ close: () => onOpenChange(false), help: onHelp });
  const groups = matching(commandsFor({ role, definitions, queues }), typed);
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent aria-describedby={undefined} returnFocus={returnFocus} className="max-w-xl">
        <DialogTitle className="sr-only">Search or jump to</DialogTitle>
        <List shouldFilter={false} loop label="Search or jump to" className="flex min-h-0 flex-col">
          <List.Input
            value={typed}
            onValueChange={setTyped}
            placeholder="A page, task ID, task type, queue or action"
            maxLength={1_000}
            className="h-12 w-full border-b bg-transparent pr-12 pl-4 text-sm placeholder:text-muted-foreground focus-visible:outline-none max-sm:text-base"
          />
          <List.List
            label="Results"
            className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted-foreground"
          >
            {groups.map(([group, commands]) => (
              <List.Group key={group} heading={group}>
                {commands.map((command) => (
                  <CommandItem key={command.id} command={command} onSelect={() => void act(command.act)} />
                ))}
              </List.Group>
            ))}
            <Tasks
              typed={typed}
              alone={groups.length === 0}
              onSelect={({ id }) => void act({ kind: 'go', href: `/tasks/${id}` })}
            />
          </List.List>
        </List>
      </DialogContent>
    </Dialog>
  );
}

const itemClasses =
  'flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-2 text-[13px] select-none data-[selected=true]:bg-accent';

function CommandItem({ command, onSelect }: { command: Command; onSelect(): void }) {
  return (
    <List.Item value={command.id} onSelect={onSelect} className={itemClasses}>
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.hint ? <Kbd className="max-sm:hidden">{command.hint}</Kbd> : null}
    </List.Item>
  );
}

const pauseMs = 200;

/** What is typed, once the typing pauses. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

type TasksProps = { typed: string; alone: boolean; onSelect(task: TaskSummary): void };

/** The newest tasks, or those that are found. `alone`: nothing else stands in the list. */
function Tasks({ typed, alone, onSelect }: TasksProps) {
  const settled = useSettled(typed);
  const { data, error, isFetching } = useQuery({
    queryKey: keys.paletteTasks(settled),
    queryFn: ({ signal }) => findTasks(settled, signal),
  });
  if (error) return <Remark>{`Tasks could not be searched. ${describeError(error).title}`}</Remark>;
  // What an earlier text found is not what Enter should open now.
  const busy = isFetching || settled !== typed;
  if (!data || data.length === 0 || settled !== typed) {
    return alone ? <Remark>{busy ? 'Searching …' : 'Nothing is found by that name.'}</Remark> : null;
  }
  return (
    <List.Group heading={settled.trim() === '' ? 'Newest tasks' : 'Tasks'}>
      {data.map((task) => (
        <List.Item key={task.id} value={`task ${task.id}`} onSelect={() => onSelect(task)} className={itemClasses}>
          <StateIcon state={task.state} />
          <span className="min-w-0 flex-1 truncate">
            {task.definition} <span className="font-mono text-xs text-muted-foreground">{shortId(task.id)}</span>
            <span className="sr-only">, {task.state}</span>
          </span>
          <RelativeTime at={task.createdAt} className="shrink-0 text-xs text-muted-foreground" />
        </List.Item>
      ))}
    </List.Group>
  );
}

function Remark({ children }: { children: string }) {
  return (
    <p role="presentation" className="px-2.5 py-6 text-center text-[13px] text-muted-foreground">
      {children}
    </p>
  );
}
