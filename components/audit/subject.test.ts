import { readSubject } from './subject.ts';

it.each([
  ['task:0198', { kind: 'task', name: '0198', href: '/tasks/0198' }],
  ['definition:a/b', { kind: 'task type', name: 'a/b', href: '/definitions/a%2Fb' }],
  ['queue:mail', { kind: 'queue', name: 'mail', href: '/queues' }],
  ['key:1', { kind: 'API key', name: '1', href: '/settings/keys' }],
  ['constructor:x', { kind: 'constructor', name: 'x', href: undefined }],
  ['plain', { kind: 'plain', name: '', href: undefined }],
])('%s', (subject, expected) => {
  expect(readSubject(subject)).toEqual(expected);
});
