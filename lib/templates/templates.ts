import { v7 as uuidv7 } from 'uuid';
import { type Actor, actorRef } from '#lib/access/types';
import { actorName, audit } from '#lib/audit/index';
import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import type { CreateTemplate, TemplatePatch } from './schema.ts';
import type { Template } from './types.ts';

/** A definition has no more: a list of a hundred names is not one that a person chooses from. */
const maxTemplates = 100;

type TemplateRow = Omit<Template, 'updatedAt'> & { updatedAt: Date };

const columns = () => db()`
  id, definition, name, payload, options, created_by as "createdBy", ${actorName('task_templates.created_by')} as "createdByName",
  updated_at as "updatedAt"`;

const toTemplate = (row: TemplateRow): Template => ({ ...row, updatedAt: row.updatedAt.toISOString() });

/** The templates of a definition by name. At most 100. */
export async function listTemplates(definition: string): Promise<Template[]> {
  const rows = await db()<TemplateRow[]>`
    select ${columns()} from task_templates where definition = ${definition} order by lower(name), id limit ${maxTemplates}`;
  return rows.map(toTemplate);
}

/**
 * Keeps a template.
 *
 * @throws TaskdeckError not_found (the definition), conflict (the name is taken, or there are too many).
 */
export async function createTemplate(actor: Actor, input: CreateTemplate): Promise<Template> {
  return db().begin(async (tx) => {
    // The row lock makes the count true when two are made at once.
    const [definition] = await tx`select from task_definitions where name = ${input.definition} for no key update`;
    if (!definition) throw new TaskdeckError('not_found', `There is no task type "${input.definition}".`);
    const [row] = await tx<TemplateRow[]>`
      insert into task_templates (id, definition, name, payload, options, created_by)
      select ${uuidv7()}, ${input.definition}, ${input.name}, ${JSON.stringify(input.payload)}::text::jsonb,
        ${JSON.stringify(input.options)}::text::jsonb, ${actorRef(actor)}
      where (select count(*) from task_templates where definition = ${input.definition}) < ${maxTemplates}
      on conflict (definition, name) do nothing
      returning ${columns()}`;
    if (!row) throw await refusal(tx, input);
    await audit(tx, actor, 'template.create', `template:${row.id}`, { definition: row.definition, name: row.name });
    return toTemplate(row);
  });
}

/**
 * Changes a template; what the patch leaves out stays.
 *
 * @throws TaskdeckError not_found, conflict (the name is taken).
 */
export async function updateTemplate(actor: Actor, id: string, patch: TemplatePatch): Promise<Template> {
  return db().begin(async (tx) => {
    const [before] = await tx<
      TemplateRow[]
    >`select ${columns()} from task_templates where id = ${id} for no key update`;
    if (!before) throw notFound();
    const { name, payload, options } = { ...before, ...patch };
    const [row] = await tx<TemplateRow[]>`
      update task_templates set name = ${name}, payload = ${JSON.stringify(payload)}::text::jsonb,
        options = ${JSON.stringify(options)}::text::jsonb, updated_at = clock_timestamp()
      where id = ${id} and not exists (
        select from task_templates other where other.definition = ${before.definition} and other.name = ${name} and other.id <> ${id})
      returning ${columns()}`;
    if (!row) throw nameTaken(name);
    await audit(tx, actor, 'template.update', `template:${id}`, { definition: row.definition, name });
    return toTemplate(row);
  });
}

/** @throws TaskdeckError not_found. */
export async function deleteTemplate(actor: Actor, id: string): Promise<void> {
  await db().begin(async (tx) => {
    const [row] = await tx<Pick<Template, 'definition' | 'name'>[]>`
      delete from task_templates where id = ${id} returning definition, name`;
    if (!row) throw notFound();
    await audit(tx, actor, 'template.delete', `template:${id}`, { ...row });
  });
}

async function refusal(tx: Queryable, { definition, name }: CreateTemplate): Promise<TaskdeckError> {
  const [same] = await tx`select from task_templates where definition = ${definition} and name = ${name}`;
  if (same) return nameTaken(name);
  return new TaskdeckError('conflict', `This task type has ${maxTemplates} templates already.`, {
    hint: 'Delete one that nobody uses.',
  });
}

const notFound = () => new TaskdeckError('not_found', 'There is no such template.');

const nameTaken = (name: string) =>
  new TaskdeckError('conflict', `There is a template "${name}" already.`, {
    hint: 'Choose another name, or change that one.',
    fields: [{ pointer: '/name', message: 'is taken' }],
  });
