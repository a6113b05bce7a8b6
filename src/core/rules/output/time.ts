// Times as Suricata writes them, in local time (TZ): seconds since 1970 and a part of a second.

const two = (n: number): string => String(n).padStart(2, '0');
const micros = (nanoseconds: number): string => String(Math.floor(nanoseconds / 1000)).padStart(6, '0');

/** "2024-01-02T03:04:05.678901+0000" */
export function eveTime(seconds: number, nanoseconds: number): string {
  const t = new Date(seconds * 1000);
  const east = -t.getTimezoneOffset();
  const zone = `${east < 0 ? '-' : '+'}${two(Math.floor(Math.abs(east) / 60))}${two(Math.abs(east) % 60)}`;
  return `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())}T${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}.${micros(nanoseconds)}${zone}`;
}

/** "01/02/2024-03:04:05.678901" */
export function fastTime(seconds: number, nanoseconds: number): string {
  const t = new Date(seconds * 1000);
  return `${two(t.getMonth() + 1)}/${two(t.getDate())}/${t.getFullYear()}-${two(t.getHours())}:${two(t.getMinutes())}:${two(t.getSeconds())}.${micros(nanoseconds)}`;
}
