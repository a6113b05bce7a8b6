// What a person calls VNIs and interfaces, as a list: "333 = web mirror", "eth0 = tap", one a line.

/** A list as it was read: names by VNI and by interface. */
export interface Names { readonly vnis: ReadonlyMap<number, string>; readonly interfaces: ReadonlyMap<string, string>; readonly mistakes: readonly string[] }

const MOST_VNI = 2 ** 24 - 1; // 24 bits (RFC 7348, section 5)

/** Reads a list. A number is a VNI, anything else an interface or a capture; of two names of the same the later counts. */
export function namesOf(text: string): Names {
  const vnis = new Map<number, string>(), interfaces = new Map<string, string>(), mistakes: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const split = line.indexOf('=');
    const key = line.slice(0, split).trim(), name = line.slice(split + 1).trim();
    if (split < 0 || key === '' || name === '') mistakes.push(`Line ${at + 1} is left out: it needs a VNI or an interface, "=" and a name, as in "333 = web mirror".`);
    else if (!/^\d+$/.test(key)) interfaces.set(key, name);
    else if (Number(key) > MOST_VNI) mistakes.push(`Line ${at + 1} is left out: ${key} is no VNI, the highest is ${MOST_VNI}.`);
    else vnis.set(Number(key), name);
  }
  return { vnis, interfaces, mistakes };
}

/** "333 “web mirror”"; the number alone where nobody named it. */
export function vniNamed(vni: string, { vnis }: Names): string {
  const name = /^\d+$/.test(vni) ? vnis.get(Number(vni)) : undefined;
  return name === undefined ? vni : `${vni} “${name}”`;
}

/** A sentence with the names of its VNIs: every "VNI 333" becomes "VNI 333 “web mirror”". */
export const withNames = (sentence: string, names: Names): string => sentence.replace(/\bVNI (\d+)\b/g, (_, vni: string) => `VNI ${vniNamed(vni, names)}`);

/** The name of where packets were captured: of the interface that the file names, else of the capture's name, with or without its ending, else of what it ends in: "eth0" of "source-eth0.pcap". */
export function placeName(capture: string, interfaceName: string, { interfaces }: Names): string | undefined {
  const bare = capture.replace(/(\.(pcap|pcapng|cap|gz))+$/i, '');
  return [interfaceName, capture, bare, bare.slice(Math.max(...['-', '_', '.', ' '].map((sign) => bare.lastIndexOf(sign))) + 1)].map((key) => interfaces.get(key)).find((name) => name !== undefined);
}
