import { TaskdeckError } from '#lib/errors';
import { handle } from '../handle.ts';

// Programs get problem JSON for a wrong path, not the HTML page that says it to people.
const notFound = handle({ role: 'public', route: '/api/*' }, () => {
  throw new TaskdeckError('not_found', 'There is no such API route.');
});

export { notFound as DELETE, notFound as GET, notFound as PATCH, notFound as POST, notFound as PUT };
