import { openApiDocument } from '#lib/openapi/index';
import { type Endpoint, httpMethods, type OpenApiDocument } from '#lib/openapi/types';
import { declared } from './handle.ts';
import { type RouteModule, routes } from './routes.ts';

let document: OpenApiDocument | undefined;

/** The document of the API, from what the routes declare. */
export const apiDocument = (): OpenApiDocument => (document ??= openApiDocument(routes.flatMap(endpointsOf)));

function endpointsOf(route: RouteModule): Endpoint[] {
  return httpMethods.flatMap((method) => {
    const handler = route[method.toUpperCase() as Uppercase<typeof method>];
    if (!handler?.[declared].doc) return [];
    const { role, route: template, doc } = handler[declared];
    return [{ method, role, route: template, doc }];
  });
}
