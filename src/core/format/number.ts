// Numbers as text for people.

/** "1,464". */
export const count = (n: number): string => n.toLocaleString('en-US');

/** "1 packet", "2 packets". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** Milliseconds with three decimals, from seconds: "0.844". */
export const milliseconds = (seconds: number): string => (seconds * 1e3).toFixed(3);

/** "a, b and c". */
export const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`);
