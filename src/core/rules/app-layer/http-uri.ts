// How Suricata normalises a request's target (libhtp with the personality IDS; its user guide, rules/http-uri-normalization.rst): path decoded, backslashes turned, slashes compressed,
// dot segments removed (RFC 3986 section 5.2.4); the query decoded once, + left alone; an invalid %XX stays as it is.

export interface Target {
  /** Host and port of an absolute target, '' and -1 without. */
  readonly host: string;
  readonly port: number;
  /** http.uri. */
  readonly normalized: string;
  /** Whether what was decoded still has %XX in it. */
  readonly doubleEncoded: boolean;
}

const ENCODED = /%[0-9a-fA-F]{2}/;

/** %XX decoded; with `wide` also %uXXXX, cut to a byte as libhtp's best fit does for what fits. */
function decode(text: string, wide: boolean): string {
  if (!text.includes('%')) return text;
  return text.replace(/%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))/g, (whole: string, four: string | undefined, two: string | undefined) => {
    if (two !== undefined) return String.fromCharCode(Number.parseInt(two, 16));
    if (!wide || four === undefined) return whole;
    const code = Number.parseInt(four, 16);
    return code < 0x100 ? String.fromCharCode(code) : code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : '?';
  });
}

/** Takes "." and ".." out of a path. */
function withoutDots(path: string): string {
  if (!path.includes('.')) return path;
  const out: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') { if (out.length > 1) out.pop(); if (last) out.push(''); } else if (segment === '.') { if (last) out.push(''); } else out.push(segment);
  }
  return out.join('/');
}

const normalPath = (path: string): string => withoutDots(decode(path, true).replaceAll('\\', '/').replace(/\/{2,}/g, '/'));

/** Takes a request's target apart. CONNECT has host and port only. */
export function readTarget(raw: string, isConnect: boolean): Target {
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(raw)?.[0] ?? '';
  let rest = raw.slice(absolute.length);
  let authority = '';
  if (absolute !== '' || isConnect) {
    const end = rest.search(/[/?#]/);
    authority = end < 0 ? rest : rest.slice(0, end);
    rest = end < 0 ? '' : rest.slice(end);
  }
  const { host, port } = readAuthority(authority);
  if (isConnect) return { host, port, normalized: raw, doubleEncoded: false };
  const hash = rest.indexOf('#');
  const fragment = hash < 0 ? '' : rest.slice(hash);
  const before = hash < 0 ? rest : rest.slice(0, hash);
  const mark = before.indexOf('?');
  const path = normalPath(mark < 0 ? before : before.slice(0, mark));
  const query = mark < 0 ? '' : decode(before.slice(mark), false);
  return { host, port, normalized: path + query + fragment, doubleEncoded: (raw.includes('%25') && ENCODED.test(path + query)) };
}

/** "user@host:port"; a port that is none gives -1. */
export function readAuthority(text: string): { readonly host: string; readonly port: number; readonly badPort: boolean } {
  const at = text.slice(text.lastIndexOf('@') + 1);
  const [, host = at, digits] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(at) ?? [];
  const port = digits === undefined ? -1 : /^\d{1,5}$/.test(digits) && Number(digits) > 0 && Number(digits) < 65_536 ? Number(digits) : -1;
  return { host: host.toLowerCase().replace(/\.+$/, ''), port, badPort: digits !== undefined && port < 0 };
}
