import { render } from '@testing-library/react';
import { Bars } from './bars.tsx';

const drawn = (parts: { values: number[]; className: string }[], max: number) => {
  const { container } = render(
    <svg>
      <Bars parts={parts} max={max} />
    </svg>,
  );
  return [...container.querySelectorAll('rect')].map((rect) => ({
    part: rect.getAttribute('class'),
    from: Number(rect.getAttribute('y')) + Number(rect.getAttribute('height')),
    to: Number(rect.getAttribute('y')),
  }));
};

it('stands parts on each other', () => {
  expect(
    drawn(
      [
        { values: [20], className: 'failed' },
        { values: [30], className: 'completed' },
      ],
      100,
    ),
  ).toEqual([
    { part: 'failed', from: 100, to: 80 },
    { part: 'completed', from: 80, to: 50 },
  ]);
});

it('lets a single failure among thousands be seen', () => {
  const [failed, completed] = drawn(
    [
      { values: [1], className: 'failed' },
      { values: [9_999], className: 'completed' },
    ],
    10_000,
  );
  expect(failed).toEqual({ part: 'failed', from: 100, to: 98.5 });
  expect(completed).toEqual({ part: 'completed', from: 98.5, to: 0 });
});

it('draws nothing where nothing happened', () => {
  expect(drawn([{ values: [0, 0], className: 'failed' }], 1)).toEqual([]);
});
