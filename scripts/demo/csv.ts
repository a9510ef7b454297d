const customers = ['Ada', 'Grace', 'Linus', 'Margaret', '', 'Barbara', 'Edsger'];

/** Orders, some of which lack their customer. */
export function csvFile(rows: number): Buffer {
  const lines = Array.from(
    { length: rows },
    (_, index) => `${index + 1},${customers[index % customers.length] ?? ''},${((index * 37) % 1000) / 10}`,
  );
  return Buffer.from(['order,customer,amount', ...lines, ''].join('\n'));
}
