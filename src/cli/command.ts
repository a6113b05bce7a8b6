/** One command of `vxlens`: a record of its own file; the table is in main.ts. */
export interface Command {
  /** What `--help` prints. */
  readonly help: string;
  /** Runs it; answers the exit status. Faults that end it may be thrown (FaultError) and are told by main. */
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>;
}

export interface CommandIo {
  /** Results, to standard output; resolves when more may be written. */
  readonly out: (text: string) => void | Promise<void>;
  /** Messages, to standard error; a line each. */
  readonly err: (line: string) => void;
}
