// A step of a lesson as its Markdown file says it: what is put in front of the learner, and what the learner has to have done.

/** Where a step begins. What is absent stays as it is. */
export interface Start {
  readonly sample?: string; //      of `samples/`, by its folder; opened where it is not
  readonly view?: string; //        "packets", "compare", "rules", "bench" or "arithmetic"; absent: text alone
  readonly capture?: string; //     file of the sample whose packets are shown
  readonly packet?: number;
  readonly field?: string; //       of the outermost level that has it
  readonly filter?: string;
  readonly rules?: string; //       for the editor
  readonly decoding?: boolean; //   VXLAN decoding
  readonly source?: string; //      files that are compared
  readonly appliance?: string;
  readonly show?: string; //        a fate, or "All"
}

/** One thing that has to be so. */
export interface Condition { readonly kind: string; readonly value: unknown }

export interface Step {
  readonly id: string; //           the file's name without ".md", and what a link says
  readonly title: string;
  readonly start: Start;
  readonly done: readonly Condition[];
  readonly text: string; //         Markdown
}

export interface Lesson { readonly title: string; readonly line: string; readonly steps: readonly string[] }

/** What is wrong with a lesson's file, and where. */
export interface LessonFault { readonly file: string; readonly line: number; readonly what: string }
