import { fieldLabel } from './field-label.ts';

const address = { type: 'object', properties: { zip: { type: 'string', title: 'Postal code' } } };
const schema = {
  type: 'object',
  properties: {
    timeoutMs: { type: 'integer', title: 'Request timeout' },
    maxRows: { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 'Rows' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    recipients: { type: 'array', items: { $ref: '#/$defs/address' } },
    target: { anyOf: [{ type: 'object', properties: { mailTo: {} } }, { $ref: '#/$defs/address' }] },
  },
  $defs: { address },
};

it.each([
  ['', ''],
  ['/timeoutMs', 'Request timeout'],
  ['/maxRows', 'Rows'],
  ['/headers/X~1Id', 'Headers › X/Id'],
  ['/recipients/1/zip', 'Recipients › Item 2 › Postal code'],
  ['/target/mailTo', 'Target › Mail to'],
  ['/target/zip', 'Target › Postal code'],
  ['/extra/deeper', 'extra › deeper'],
])('calls %j what the form calls it', (pointer, label) => {
  expect(fieldLabel(schema, pointer)).toBe(label);
});
