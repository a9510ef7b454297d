import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { InputField } from './input-field.tsx';

function Field({ messages }: { messages: string[] }) {
  const [name, setName] = useState('');
  return (
    <>
      <InputField label="Name" hint="As others know it." messages={messages} value={name} onChange={setName} />
      <output>{name}</output>
    </>
  );
}

it('hands on what is written', async () => {
  render(<Field messages={[]} />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Ada');
  expect(screen.getByRole('status')).toHaveTextContent('Ada');
});

it('says what to know until something is wrong', () => {
  const { rerender } = render(<Field messages={[]} />);
  const field = screen.getByRole('textbox', { name: 'Name' });
  expect(field).toHaveAccessibleDescription('As others know it.');
  expect(field).toBeValid();
  rerender(<Field messages={['is taken']} />);
  expect(field).toHaveAccessibleDescription('is taken');
  expect(field).toBeInvalid();
});
