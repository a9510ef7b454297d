/** A row that a logical replication stream reports as inserted, column values as text, null for NULL. */
export type InsertedRow = { schema: string; table: string; values: Record<string, string | null> };

type Relation = { schema: string; table: string; columns: string[] };

const RELATION = 0x52; // 'R'
const INSERT = 0x49; // 'I'
const TUPLE_TEXT = 0x74; // 't'

/**
 * Reads pgoutput protocol 1 (https://www.postgresql.org/docs/17/protocol-logicalrep-message-formats.html): relations
 * are remembered, inserts returned, the rest passed over.
 */
export class PgOutputReader {
  readonly #relations = new Map<number, Relation>();

  /** One message, without the replication protocol's own header. */
  read(message: Buffer): InsertedRow | null {
    if (message[0] === RELATION) this.#remember(message);
    return message[0] === INSERT ? this.#readInsert(message) : null;
  }

  #remember(message: Buffer): void {
    const cursor = new Cursor(message, 1);
    const id = cursor.uint32();
    const schema = cursor.text();
    const table = cursor.text();
    cursor.skip(1); // replica identity
    const columns = Array.from({ length: cursor.uint16() }, () => {
      cursor.skip(1); // flags
      const name = cursor.text();
      cursor.skip(8); // type, type modifier
      return name;
    });
    this.#relations.set(id, { schema, table, columns });
  }

  #readInsert(message: Buffer): InsertedRow | null {
    const cursor = new Cursor(message, 1);
    const relation = this.#relations.get(cursor.uint32());
    if (!relation) return null;
    cursor.skip(1); // 'N': a new tuple follows
    const values: Record<string, string | null> = {};
    for (const column of relation.columns.slice(0, cursor.uint16())) {
      values[column] = cursor.uint8() === TUPLE_TEXT ? cursor.sized() : null;
    }
    return { schema: relation.schema, table: relation.table, values };
  }
}

/** Reads forward through a buffer; reading past its end throws a RangeError. */
class Cursor {
  readonly #buffer: Buffer;
  #offset: number;

  constructor(buffer: Buffer, offset: number) {
    this.#buffer = buffer;
    this.#offset = offset;
  }

  skip(bytes: number): void {
    this.#offset += bytes;
  }

  uint8(): number {
    return this.#buffer.readUInt8(this.#offset++);
  }

  uint16(): number {
    this.#offset += 2;
    return this.#buffer.readUInt16BE(this.#offset - 2);
  }

  uint32(): number {
    this.#offset += 4;
    return this.#buffer.readUInt32BE(this.#offset - 4);
  }

  /** A text that ends with a zero byte. */
  text(): string {
    const end = this.#buffer.indexOf(0, this.#offset);
    const text = this.#buffer.toString('utf8', this.#offset, end);
    this.#offset = end + 1;
    return text;
  }

  /** A text after its length. */
  sized(): string {
    const length = this.uint32();
    this.#offset += length;
    return this.#buffer.toString('utf8', this.#offset - length, this.#offset);
  }
}
