'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ListChecks, Plus } from 'lucide-react';
import Link from 'next/link';
import type { WindowStats } from '#lib/stats/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import { fetchDefinitions } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { JsonView } from '../json/json-view.tsx';
import { useMayAct } from '../shell/member.tsx';
import { filterHref } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/tabs.tsx';
import { Activation } from './activation.tsx';
import { DefinitionDefaults } from './definition-defaults.tsx';
import { DefinitionStats } from './definition-stats.tsx';
import { Inactive } from './definition-list.tsx';
import { SchemaTable } from './schema-table.tsx';

/** One task type: what it does, what it takes, how it runs. */
export function DefinitionPage({ initial, initialStats }: { initial: DefinitionInfo; initialStats: WindowStats }) {
  const { data: definition } = useQuery({
    queryKey: keys.definition(initial.name),
    // A type that is gone stays as it was seen last: its page says so when it is loaded anew.
    queryFn: async ({ signal }) =>
      (await fetchDefinitions(signal)).find(({ name }) => name === initial.name) ?? initial,
    initialData: initial,
  });
  return (
    <div className="flex flex-col gap-4">
      <Heading definition={definition} />
      <DefinitionStats name={initial.name} initial={initialStats} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Tabs defaultValue="fields" asChild>
          <Card className="min-w-0">
            <CardHeader>
              <CardTitle>Payload</CardTitle>
              <TabsList aria-label="How to read the payload">
                <TabsTrigger value="fields">Fields</TabsTrigger>
                <TabsTrigger value="schema">JSON Schema</TabsTrigger>
                <TabsTrigger value="example">Example</TabsTrigger>
              </TabsList>
            </CardHeader>
            <TabsContent value="fields">
              <SchemaTable schema={definition.payloadSchema} />
            </TabsContent>
            <TabsContent value="schema">
              <JsonView value={definition.payloadSchema} label="JSON Schema" />
            </TabsContent>
            <TabsContent value="example">
              <JsonView value={definition.example} label="example" />
            </TabsContent>
          </Card>
        </Tabs>
        <DefinitionDefaults definition={definition} />
      </div>
    </div>
  );
}

function Heading({ definition }: { definition: DefinitionInfo }) {
  const mayAct = useMayAct();
  const { name, title, description, active } = definition;
  return (
    <div className="flex flex-col gap-2">
      <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-xs text-muted-foreground">
        <Link href="/definitions" className="hover:text-foreground">
          Definitions
        </Link>
        <ChevronRight aria-hidden className="size-3" />
        <span className="truncate font-mono">{name}</span>
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-lg font-semibold tracking-tight break-words">{title}</h1>
        {active ? null : <Inactive />}
        <div className="flex flex-wrap gap-2 sm:ml-auto">
          <Button asChild>
            <Link href={filterHref({ definition: name })}>
              <ListChecks /> Its tasks
            </Link>
          </Button>
          <HydratedFieldset>
            <Activation definition={definition} />
          </HydratedFieldset>
          {active && mayAct ? (
            <Button asChild variant="primary">
              <Link href={`/tasks/new?definition=${encodeURIComponent(name)}`}>
                <Plus /> Submit one
              </Link>
            </Button>
          ) : null}
        </div>
      </div>
      {description ? (
        <p className="max-w-3xl text-[13px] whitespace-pre-wrap text-muted-foreground">{description}</p>
      ) : null}
    </div>
  );
}
