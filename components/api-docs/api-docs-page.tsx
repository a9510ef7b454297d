import { Download } from 'lucide-react';
import { httpMethods, type OpenApiDocument } from '#lib/openapi/types';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { OperationSection } from './operation-section.tsx';
import { SchemaView } from './schema-view.tsx';

/** The API as a page to read, from the document that generators read. */
export function ApiDocsPage({ document }: { document: OpenApiDocument }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="text-lg font-semibold tracking-tight">API</h1>
          <p className="max-w-3xl text-[13px] text-muted-foreground">
            A program sends an API key, made by <code className="text-xs">npm run key</code>. Every refusal is problem
            JSON (RFC 9457) that says what happened, why, and which fields are wrong. Beside each path stands the least
            role that may call it.
          </p>
        </div>
        <Button asChild className="sm:ml-auto">
          <a href="/api/openapi.json" download="taskdeck-openapi.json">
            <Download /> OpenAPI {document.openapi}
          </a>
        </Button>
      </div>
      <pre className="rounded-md border bg-muted/50 p-3 text-xs leading-5 break-words whitespace-pre-wrap">
        {'export TASKDECK_URL=http://127.0.0.1:3000\nexport TASKDECK_API_KEY=tdk_…'}
      </pre>
      {document.tags.map(({ name }) => (
        <TagCard key={name} name={name} document={document} />
      ))}
      <Card>
        <CardHeader>
          <CardTitle>Schemas</CardTitle>
        </CardHeader>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <section key={name} id={`schema-${name}`} className="scroll-mt-16 border-b px-4 py-3 last:border-b-0">
            <h3 className="mb-1.5 font-mono text-xs font-medium">{name}</h3>
            <SchemaView schema={schema} label={name} />
          </section>
        ))}
      </Card>
    </div>
  );
}

function TagCard({ name, document }: { name: string; document: OpenApiDocument }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    httpMethods.flatMap((method) => {
      const operation = methods[method];
      return operation?.tags.includes(name) ? [{ path, method, operation }] : [];
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle className="capitalize">{name}</CardTitle>
      </CardHeader>
      {operations.map((one) => (
        <OperationSection key={one.operation.operationId} {...one} />
      ))}
    </Card>
  );
}
