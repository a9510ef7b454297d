import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { OpenApiDocument, Operation } from '#lib/openapi/types';
import { renderPage } from '../testing/render.tsx';
import { ApiDocsPage } from './api-docs-page.tsx';

const cancel: Operation = {
  operationId: 'postTasksIdCancel',
  tags: ['tasks'],
  summary: 'Cancel a task',
  description: 'One that waits is cancelled at once.',
  'x-required-role': 'operator',
  security: [{ apiKey: [] }],
  parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: { type: 'object', properties: { reason: { type: 'string' } } }, example: {} },
    },
  },
  responses: {
    '202': {
      description: 'Success.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Task' } } },
    },
    default: { $ref: '#/components/responses/Problem' },
  },
};

const ref = { $ref: '#/components/schemas/Task' };

const document: OpenApiDocument = {
  openapi: '3.1.1',
  info: { title: 'Taskdeck', version: '1', description: '' },
  servers: [{ url: '/' }],
  tags: [{ name: 'tasks' }],
  paths: { '/api/tasks/{id}/cancel': { post: cancel } },
  components: {
    schemas: {
      Task: {
        type: 'object',
        properties: { id: { type: 'string' }, tree: { anyOf: [ref, { type: 'array', items: ref }] } },
        required: ['id'],
      },
    },
    responses: {},
    securitySchemes: {},
  },
};

test('an operation is a line until it is opened', async () => {
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  const line = screen.getByText('Cancel a task');
  const details = line.closest('details');
  expect(details).not.toHaveAttribute('open');
  await userEvent.click(line);
  expect(details).toHaveAttribute('open');
});

test('it says who may call it, how, with what, and what comes back', () => {
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  expect(screen.getByText('operator')).toBeVisible();
  expect(screen.getByText(/curl -X POST "\$TASKDECK_URL\/api\/tasks\/\$ID\/cancel"/)).toBeInTheDocument();
  expect(screen.getByRole('list', { name: 'Parameters', hidden: true })).toHaveTextContent('id: uuid');
  expect(screen.getByRole('list', { name: 'Body', hidden: true })).toHaveTextContent('reason?: string');
  expect(screen.getByText('Answer 202: application/json')).toBeInTheDocument();
});

test('the name of a schema leads to it', () => {
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  const answer = screen.getByRole('list', { name: 'Answer', hidden: true });
  const target = within(answer).getByText('Task').getAttribute('href')?.slice(1);
  expect(globalThis.document.getElementById(target ?? '')).toHaveTextContent('id: string');
});

test('the examples read the address at which the page is', () => {
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  expect(screen.getByText(/export TASKDECK_URL=/)).toHaveTextContent(`TASKDECK_URL=${window.location.origin} export`);
});

test('it says where a key is made, and leads those there who may make one', () => {
  const { unmount } = renderPage(<ApiDocsPage document={document} mayMakeKeys />);
  expect(screen.getByRole('link', { name: 'Settings > API keys' })).toHaveAttribute('href', '/settings/keys');
  unmount();
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  expect(screen.getByText(/Ask an admin for one\./)).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: /API keys/ })).toBeNull();
});

test('the document itself can be taken away', () => {
  renderPage(<ApiDocsPage document={document} mayMakeKeys={false} />);
  expect(screen.getByRole('link', { name: /OpenAPI 3.1.1/ })).toHaveAttribute('href', '/api/openapi.json');
});
