import { Download } from 'lucide-react';
import Link from 'next/link';
import { httpMethods, type OpenApiDocument } from '#lib/openapi/types';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { OperationSection } from './operation-section.tsx';
import { SchemaView } from './schema-view.tsx';
import { ShellSetup } from './shell-setup.tsx';

/** The API as a page to read, from the document that generators read. */
export function ApiDocsPage({ document, mayMakeKeys }: { document: OpenApiDocument; mayMakeKeys: boolean }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="text-lg font-semibold tracking-tight">API</h1>
          <p className="max-w-3xl text-[13px] text-muted-foreground">
            A program sends an API key.{' '}
            {mayMakeKeys ? (
              <>
                Make one in{' '}
                <Link href="/settings/keys" className="text-foreground underline underline-offset-2">
                  Settings &gt; API keys
                </Link>
                .
              </>
            ) : (
              'Ask an admin for one.'
            )}{' '}
            Every refusal is problem JSON (RFC 9457) that says what happened, why, and which fields are wrong. Beside
            each path stands the least role that may call it.
          </p>
        </div>
        <Button asChild className="sm:ml-auto">
          <a href="/api/openapi.json" download="taskdeck-openapi.json">
            <Download /> OpenAPI {document.openapi}
          </a>
        </Button>
      </div>
      <ShellSetup />
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
