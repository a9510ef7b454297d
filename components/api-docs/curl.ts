import type { HttpMethod, Operation } from '#lib/openapi/types';

/** Safe between single quotes of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** A call of the operation for a shell in which TASKDECK_URL and TASKDECK_API_KEY are set. */
export function curlExample(method: HttpMethod, path: string, operation: Operation): string {
  const url = `$TASKDECK_URL${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`;
  const content = operation.requestBody?.content ?? {};
  const json = content['application/json'];
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"${url}"`,
    ...(operation.security.length > 0 ? [`-H "Authorization: Bearer $TASKDECK_API_KEY"`] : []),
    ...('multipart/form-data' in content ? ['-F file=@report.csv'] : []),
    ...(json ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(json.example ?? {}))}`] : []),
  ].join(' \\\n  ');
}
