'use client';

import Link from 'next/link';
import { useEffect, useId, useRef } from 'react';
import { topics } from '#lib/realtime/topics';
import type { TaskGraph as Graph } from '#lib/tasks/types';
import { ArrowHead } from '../charts/arrow-head.tsx';
import { keys } from '../api/keys.ts';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cn } from '../ui/cn.ts';
import { edgePath, layoutGraph, nodeHeight, nodeWidth } from './graph-layout.ts';
import { shortId } from './short-id.ts';
import { StateIcon } from './state-badge.tsx';
import { visibleText } from './visible-text.ts';

type Node = Graph['nodes'][number];

/** What the task came from and what came from it, from left to right. */
export function TaskGraph({ taskId, graph }: { taskId: string; graph: Graph }) {
  const id = useId();
  const own = useRef<HTMLLIElement>(null);
  useRefetchOn(topics.tasks, keys.graph(taskId), 2_000);
  const { places, width, height } = layoutGraph(graph);

  useEffect(() => {
    const box = own.current?.closest('[data-graph]');
    // Only the box scrolls, not the page.
    if (box && own.current) {
      box.scrollLeft = own.current.offsetLeft - (box.clientWidth - nodeWidth) / 2;
      box.scrollTop = own.current.offsetTop - (box.clientHeight - nodeHeight) / 2;
    }
  }, []);

  return (
    <Card aria-labelledby={id}>
      <CardHeader>
        <CardTitle id={id}>Related tasks</CardTitle>
        <span className="flex items-center gap-3 text-xs text-muted-foreground">
          <Legend kind="parent" text="emitted" />
          <Legend kind="dependency" text="waited for by" />
        </span>
      </CardHeader>
      <div
        data-graph
        tabIndex={0}
        role="group"
        aria-label="Graph of related tasks"
        className="max-h-96 overflow-auto p-4"
      >
        <div className="relative" style={{ width, height }}>
          <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
            <ArrowHead id={`${id}-arrow`} />
            {graph.edges.map(({ from, to, kind }) => {
              const [start, end] = [places.get(from), places.get(to)];
              return start && end ? (
                <path
                  key={`${kind} ${from} ${to}`}
                  d={edgePath(start, end)}
                  fill="none"
                  markerEnd={`url(#${id}-arrow)`}
                  strokeDasharray={dashes[kind]}
                  className="stroke-muted-foreground/70"
                />
              ) : null;
            })}
          </svg>
          <ul aria-label="Related tasks">
            {graph.nodes.map((node) => {
              const place = places.get(node.id) ?? { x: 0, y: 0 };
              return (
                <li
                  key={node.id}
                  ref={node.id === taskId ? own : undefined}
                  className="absolute"
                  style={{ left: place.x, top: place.y, width: nodeWidth, height: nodeHeight }}
                >
                  <NodeLink node={node} />
                </li>
              );
            })}
          </ul>
        </div>
      </div>
      {graph.more ? (
        <p className="border-t px-4 py-2 text-xs text-muted-foreground">There are more than can be drawn here.</p>
      ) : null}
    </Card>
  );
}

const dashes: Record<Graph['edges'][number]['kind'], string | undefined> = { parent: '4 3', dependency: undefined };

const relations: Record<Node['relation'], string> = {
  self: 'this task',
  parent: 'it was emitted by this',
  child: 'it emitted this',
  dependency: 'it waits for this',
  dependent: 'this waits for it',
};

function NodeLink({ node }: { node: Node }) {
  const isOwn = node.relation === 'self';
  return (
    <Link
      href={`/tasks/${node.id}`}
      prefetch={false}
      aria-current={isOwn ? 'page' : undefined}
      data-tone={node.state}
      className={cn(
        'flex h-full items-center gap-2 rounded-md border bg-card px-2.5 shadow-card hover:border-tone',
        isOwn && 'border-2 border-tone bg-tone/8',
      )}
    >
      <StateIcon state={node.state} />
      <span className="min-w-0">
        <span className="block truncate text-xs font-medium">{visibleText(node.definition)}</span>{' '}
        <span className="block truncate font-mono text-[11px] text-muted-foreground">{shortId(node.id)}</span>
      </span>
      <span className="sr-only">{`${node.state}, ${relations[node.relation]}`}</span>
    </Link>
  );
}

function Legend({ kind, text }: { kind: Graph['edges'][number]['kind']; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <svg aria-hidden width="20" height="6">
        <path d="M0 3H20" strokeDasharray={dashes[kind]} className="stroke-muted-foreground" />
      </svg>
      {text}
    </span>
  );
}
