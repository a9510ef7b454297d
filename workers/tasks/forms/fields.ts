import { z } from 'zod';

/*
 * Form hints. A payload schema is published as JSON Schema, and the page that submits a task draws its form from that:
 *
 *   title, description        label and help of the field; the help also says what a pattern asks for when it refuses
 *   examples: [value]         placeholder
 *   format: 'textarea'        a text of several lines
 *   format: 'taskdeck-file'   an upload; the value is the id of the uploaded file (a UUID)
 *   accept: 'audio/wav,.wav'  beside 'taskdeck-file': what the file dialog offers, as in <input accept>
 *   enum, boolean, integer, number, array of string, object of strings: select, switch, number, list, key-value rows
 *
 * They are hints only: a validator need not know these formats, and what a value must be is said by the schema itself.
 */

/** What a field says about itself in a form. */
type Labels = { title: string; description?: string };

/** A field for an uploaded file; the handler reads it with `readUpload`. */
export const fileField = (labels: Labels & { accept: string }) =>
  z.uuid('choose an uploaded file').meta({ ...labels, format: 'taskdeck-file' });

/** A field for a text of several lines. */
export const textField = (text: z.ZodString, labels: Labels) => text.meta({ ...labels, format: 'textarea' });
